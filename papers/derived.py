"""Statements that are computed from the cells of a figure: [[= times(B3, B2)]].

Cells are named as in a spreadsheet: B3 stands in the second column and the third
row, and the header is the first row.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext

from papers.quantities import (
    EXACT,
    PER_CENT,
    Quantity,
    format_number,
    parse_quantity,
    round_to_decimals,
    round_to_digits,
    shorten,
)
from papers.tabular import is_nothing

OPENING = "[[="
STATEMENT = re.compile(r"\[\[=([^\[\]]{0,200})(\]\])?")
CALL = re.compile(r"([a-z]{1,20})\s*\(([^()]*)\)", re.IGNORECASE)
CELL = re.compile(r"([A-Z]{1,2})([1-9][0-9]{0,5})")
COLUMN = re.compile(r"[A-Z]{1,2}")
DECIMALS = re.compile(r"[0-9]")


def fill(text: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The text with each statement replaced by what it comes to.

    Raise ValueError, in the editor's words, for one that cannot be computed.
    """
    sheet = Sheet([header, *rows])
    with localcontext(EXACT):
        return STATEMENT.sub(lambda found: compute(found, sheet), text)


def remove(text: str) -> str:
    """The text without its statements: what an editor wrote by hand."""
    return STATEMENT.sub("", text)


@dataclass(frozen=True)
class Sheet:
    """The cells of a table by their names; the sums of its columns, once asked for."""

    lines: Sequence[Sequence[str]]
    sums: dict[int, Quantity] = field(default_factory=dict)

    def read(self, name: str) -> str:
        found = CELL.fullmatch(name)
        if not found:
            raise ValueError(f"“{shorten(name)}” is not a cell like B3")
        column, row = number_of(found[1]), int(found[2])
        if column > len(self.lines[0]) or row > len(self.lines):
            raise ValueError(f"{name} is outside the table, {self.size}")
        return self.lines[row - 1][column - 1]

    @property
    def size(self) -> str:
        last = letters_of(len(self.lines[0]))
        return f"which ends at {last}{len(self.lines)}"

    def quantity(self, name: str) -> Quantity:
        text = self.read(name)
        if is_nothing(text):
            raise ValueError(f"{name} is empty")
        try:
            return parse_quantity(text)
        except ValueError as error:
            raise ValueError(f"in {name}, {error}".rstrip(".")) from None

    def number(self, name: str) -> Decimal:
        return self.quantity(name).value

    def divisor(self, name: str) -> Decimal:
        number = self.number(name)
        if not number:
            raise ValueError(f"{name} is zero, and nothing is divided by zero")
        return number

    def sum(self, letters: str) -> Quantity:
        """The sum of a column's filled cells below the header, in the first one's unit."""
        if not COLUMN.fullmatch(letters):
            raise ValueError(f"“{shorten(letters)}” is not a column like B")
        column = number_of(letters)
        if column > len(self.lines[0]):
            raise ValueError(f"{letters} is outside the table, {self.size}")
        if column not in self.sums:
            filled = [
                self.quantity(f"{letters}{row}")
                for row, line in enumerate(self.lines[1:], 2)
                if not is_nothing(line[column - 1])
            ]
            first = filled[0] if filled else Quantity(Decimal(0))
            total = sum((quantity.value for quantity in filled), Decimal(0))
            self.sums[column] = replace(first, number=first.express(total))
        return self.sums[column]


def number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(number: int) -> str:
    before, last = divmod(number - 1, 26)
    return (letters_of(before) if before else "") + chr(ord("A") + last)


def compute(found: re.Match[str], sheet: Sheet) -> str:
    try:
        if not found[2]:
            raise ValueError("it has no ]] at its end")
        return evaluate(found[1].strip(), sheet)
    except ValueError as error:
        raise ValueError(f"“{shorten(found[0])}”: {error}.") from None


def evaluate(source: str, sheet: Sheet) -> str:
    call = CALL.fullmatch(source)
    if not call:
        name = source.upper()
        sheet.number(name)
        return sheet.read(name)
    name = call[1].lower()
    if name not in FUNCTIONS:
        known = ", ".join(FUNCTIONS)
        raise ValueError(f"“{name}” is not known; known are {known}")
    function, arguments, example = FUNCTIONS[name]
    given = [argument.strip().upper() for argument in call[2].split(",")]
    if len(given) == arguments:
        return function(sheet, given, None)
    if len(given) != arguments + 1 or not DECIMALS.fullmatch(given[-1]):
        raise ValueError(
            f"write it as {example}, and a number of decimals last if you like"
        )
    return function(sheet, given[:-1], int(given[-1]))


def times(sheet: Sheet, names: Sequence[str], decimals: int | None) -> str:
    ratio = sheet.number(names[0]) / sheet.divisor(names[1])
    return f"{format_rounded(ratio, decimals)}\u00a0times"


def change(sheet: Sheet, names: Sequence[str], decimals: int | None) -> str:
    before = sheet.divisor(names[0])
    relative = 100 * (sheet.number(names[1]) - before) / abs(before)
    return format_signed(format_rounded(relative, decimals)) + PER_CENT


def difference(sheet: Sheet, names: Sequence[str], decimals: int | None) -> str:
    first = sheet.quantity(names[0])
    left = replace(first, number=first.express(first.value - sheet.number(names[1])))
    return format_signed(format_exact(left, decimals))


def share(sheet: Sheet, names: Sequence[str], decimals: int | None) -> str:
    part = sheet.number(names[0])
    whole = sheet.sum(names[0].rstrip("0123456789")).value
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{names[0]} is no part of the sum of its column")
    return format_rounded(100 * part / whole, decimals) + PER_CENT


def total(sheet: Sheet, names: Sequence[str], decimals: int | None) -> str:
    return format_exact(sheet.sum(names[0]), decimals)


def format_rounded(number: Decimal, decimals: int | None) -> str:
    """What a division gives: to two digits unless a number of decimals is asked for."""
    if decimals is None:
        return format_number(round_to_digits(number))
    return format_number(round_to_decimals(number, decimals))


def format_exact(quantity: Quantity, decimals: int | None) -> str:
    """What adding gives has no more decimals than the cells."""
    number = quantity.number
    if decimals is not None:
        number = round_to_decimals(number, decimals)
    unit = quantity.unit if quantity.factor > 1 else ""
    return format_number(number) + unit


def format_signed(number: str) -> str:
    is_positive = number[0] not in "−0" or number.startswith("0.")
    return f"+{number}" if is_positive else number


Function = Callable[[Sheet, Sequence[str], int | None], str]
FUNCTIONS: dict[str, tuple[Function, int, str]] = {
    "times": (times, 2, "times(B3, B2)"),
    "change": (change, 2, "change(B2, B3)"),
    "difference": (difference, 2, "difference(B3, B2)"),
    "share": (share, 1, "share(B3)"),
    "sum": (total, 1, "sum(B)"),
}
