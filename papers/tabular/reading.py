"""A table as an editor writes it, CSV (RFC 4180), as columns and cells."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from papers.tabular.cells import is_nothing, parse_date, parse_number, take_marks

MOST_CELLS = 10_000  # Each is Markdown to render, and a page holds it.
UNIT = re.compile(
    r"(?P<name>.*\S)\s+(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\])"
)


class Kind(StrEnum):
    """What the filled cells of a column are, all of them."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Cell:
    text: str
    number: float | None = None
    marks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return is_nothing(self.text)


@dataclass(frozen=True)
class Column:
    name: str
    unit: str = ""
    kind: Kind = Kind.TEXT
    marks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The header as it is written, without its marks."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Table:
    """`lines` says on which line of the source each row begins."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]

    @property
    def texts(self) -> tuple[list[str], list[list[str]]]:
        """The header and the rows as they are written, without the marks of notes."""
        rows = [[cell.text for cell in row] for row in self.rows]
        return [column.title for column in self.columns], rows


# A figure's table is drawn, computed with and checked, each from its source.
@lru_cache(maxsize=16)
def read_table(source: str) -> Table:
    """Read CSV whose first line is the header.

    Raise ValueError, naming the line, where a row does not fit the header, where the
    quotes do not close, and where there is nothing or far too much.
    """
    lines = list(read_rows(source))
    if not any(any(row) for _, row in lines):
        raise ValueError("The table is empty.")
    (_, header), *body = lines
    if len(lines) * len(header) > MOST_CELLS:
        raise ValueError(f"A table has at most {MOST_CELLS:,} cells.")
    for number, row in body:
        if len(row) != len(header):
            raise ValueError(
                f"Line {number} has {count(len(row))} where the header has {len(header)}."
            )
    rows = tuple(tuple(make_cell(text) for text in row) for _, row in body)
    columns = tuple(
        make_column(name, [row[place] for row in rows])
        for place, name in enumerate(header)
    )
    return Table(columns, rows, tuple(number for number, _ in body))


def count(cells: int) -> str:
    return f"{cells} cell{'' if cells == 1 else 's'}"


def read_rows(source: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins, and its cells; empty lines are passed over."""
    rows = csv.reader(io.StringIO(source, newline=""), strict=True)
    line = 1
    try:
        for row in rows:
            if row:
                yield line, [cell.strip() for cell in row]
            line = rows.line_num + 1
    except csv.Error as error:
        raise ValueError(f"Not a table: {error}.") from error


def make_cell(written: str) -> Cell:
    text, marks = take_marks(written)
    return Cell(text, parse_number(text), marks)


def make_column(written: str, cells: Sequence[Cell]) -> Column:
    written, marks = take_marks(written)
    found = UNIT.fullmatch(written)
    unit = (found["round"] or found["square"]).strip() if found else ""
    name, inner = take_marks(found["name"]) if found and unit else (written, ())
    return Column(name, unit, kind_of(cells, has_unit=bool(unit)), (*inner, *marks))


def kind_of(cells: Sequence[Cell], *, has_unit: bool) -> Kind:
    filled = [cell for cell in cells if not cell.is_empty]
    if filled and not has_unit and all(parse_date(cell.text) for cell in filled):
        return Kind.DATE
    if filled and all(cell.number is not None for cell in filled):
        return Kind.NUMBER
    return Kind.TEXT


def find_odd_cells(table: Table) -> Iterator[tuple[int, Column, Cell]]:
    """Cells that are no number in a column of numbers: where one or two break it.

    Each with its line and its column. The first column names the rows, so it is free.
    """
    for place, column in enumerate(table.columns[1:], 1):
        filled = [
            (line, row[place])
            for line, row in zip(table.lines, table.rows, strict=True)
            if not row[place].is_empty
        ]
        odd = [(line, cell) for line, cell in filled if cell.number is None]
        numbers = len(filled) - len(odd)
        if len(odd) <= MOST_ODD and numbers > max(len(odd), 1):
            yield from ((line, column, cell) for line, cell in odd)


MOST_ODD = 2


def to_csv(rows: Sequence[Sequence[str]], end: str = "\n") -> str:
    """The rows as CSV, each line with this end; it reads as the same rows."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue()


def to_download(table: Table) -> str:
    r"""The table as a file for a spreadsheet: \r\n as RFC 4180 has it, and no marks.

    What a spreadsheet would take for a formula is made text with an apostrophe.
    """
    header = [defuse(column.title, None) for column in table.columns]
    body = ([defuse(cell.text, cell.number) for cell in row] for row in table.rows)
    return to_csv([header, *body], end="\r\n")


def defuse(text: str, number: float | None) -> str:
    return f"'{text}" if text.startswith(FORMULA) and number is None else text


FORMULA = ("=", "+", "-", "@")
