"""Tables whose columns are lost: where in a text they begin, and where rows are broken."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from papers.tabular import find_starts, is_nothing, parse_date, parse_number, propose
from papers.tabular.pasted import Rows
from papers.tabular.repair import SeveralTables
from papers.tabular.segments import WORDS, Unshaped, part, pattern

FEWEST_LINES, MOST_LINES = 3, 200
HEADING_LINE = re.compile(r"\s*#{1,6}\s+\S")
BULLET = re.compile(r"\s*[•‣▪◦●]")


class Flattened(NamedTuple):
    """A table without its columns: its first line, and those that go on with a row."""

    line: int
    first: str
    broken: tuple[int, ...]


@lru_cache(maxsize=64)  # Several rules ask in turn.
def find_flattened(text: str, *, is_set_apart: bool = True) -> tuple[Flattened, ...]:
    """The tables in a text that shows no columns, and yet a table can be made of it.

    `is_set_apart` says that the text is a block, and no paragraph of words.
    """
    return tuple(read_flattened(text)) if is_flattened(text, is_set_apart) else ()


def read_flattened(text: str) -> Iterator[Flattened]:
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    starts = find_starts(text) or filled[:1]
    for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        numbers = [number for number in filled if start < number < end]
        yield Flattened(start, lines[start - 1], tuple(find_broken(lines, numbers)))


def find_broken(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[int]:
    """The lines that begin in the small, or with a bullet where rows have bullets."""
    rows = [lines[number - 1].strip() for number in numbers]
    has_lists = any(BULLET.search(row) and not BULLET.match(row) for row in rows)
    is_row = False
    for number, row in zip(numbers, rows, strict=True):
        is_more = has_lists and (BULLET.match(row) or row.startswith("("))
        if is_row and (is_more or row[0].islower()):
            yield number
        is_row = not HEADING_LINE.match(row) and any(map(str.isalpha, row))


def is_flattened(text: str, is_set_apart: bool) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    goes_on = not is_set_apart and any(line.lstrip()[0].islower() for line in lines)
    if not FEWEST_LINES <= len(lines) <= MOST_LINES or goes_on or has_form(lines):
        return False
    is_titled = is_set_apart and bool(HEADING_LINE.match(lines[0]))
    try:
        is_table = has_values(propose(text).rows, is_titled=is_titled)
    except Unshaped:
        is_table = False
    except ValueError as error:
        is_table = is_titled or (is_set_apart and isinstance(error, SeveralTables))
    return is_table or (is_set_apart and has_rows(lines))


def has_rows(lines: Sequence[str]) -> bool:
    """Whether a line of words stands over rows of a name and several values each."""
    header, *rows = (drop_units(line.strip()) for line in lines)
    is_header = pattern(part(header)) == WORDS and len(header.split()) > 1
    names = {row.split()[0] for row in rows if row}
    return (
        is_header
        and len(names) > 1
        and all(ROW.fullmatch(pattern(part(row))) for row in rows)
    )


def drop_units(line: str) -> str:
    """The line with each number alone: without its unit, its range, its time zone."""
    return UNIT.sub(r"\1", CLOCK.sub(r"\1", line[:MOST_IN_ROW]))


MOST_IN_ROW = 300
ROW = re.compile("T[ND]{2,}T?")
CLOCK = re.compile(
    r"(?<!\S)([0-9]{1,2}):[0-9]{2}(?::[0-9]{2})?(?: ?(?:UTC|GMT|[AP]M|[A-Z]{2,3}T))?(?!\S)"
)
UNIT = re.compile(
    r"(?<=[0-9%])()(?: (?:[YZEPTGMkhdcmµμnpf]?(?:m|s|g|eV|Hz|Pa|W|Wh|J|V|A|K|B|bit|L|l|N|T|Ω|mol|"
    r"FLOPs?|pc|yr|bar)(?:/[a-z]{1,3}|[²³])?|min|h|ly|°[CF]?|dB|ppm|ppb|px|fps|USD|EUR|GPUs?))?"
    r"(?: ?[(\[][0-9.,%±–− -]{1,20}[)\]])?(?!\S)"
)


def has_values(table: Rows, *, is_titled: bool) -> bool:
    """Whether a proposed table says enough in numbers and dates to be one."""
    header, *rows = table
    cells = [cell for row in rows for cell in row if not is_nothing(cell)]
    values = sum(is_value(cell) for cell in cells)
    is_named = any(header) or is_titled
    is_long = len(rows) >= FEWEST_LINES and values * 2 >= len(cells)
    return len(header) > 1 and is_named and (is_long or (is_titled and len(rows) > 1))


FORM = re.compile(
    r"[|\t=;{}]|→|\S {2,}\S.* {2,}\S|^\s*(?:[-*+]|[0-9]+[.)]) |[.!?:]\s*$"
)


def has_form(lines: Sequence[str]) -> bool:
    """Whether lines are a list, sentences, code, or a table whose columns are seen."""
    shaped = sum(bool(FORM.search(line[:300])) for line in lines)
    first = {line.split()[0] for line in lines}
    return shaped * 2 > len(lines) or len(first) == 1


def is_value(cell: str) -> bool:
    return parse_number(cell) is not None or parse_date(cell) is not None
