"""What a chart is drawn from: CSV read into labels and numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from papers import tabular
from papers.quantities import Quantity, parse_quantity

MOST_MARKS = 60
MOST_SERIES = 12


@dataclass(frozen=True)
class Cell:
    """A number as it is written, and its worth."""

    text: str
    quantity: Quantity

    @property
    def value(self) -> Decimal:
        return self.quantity.value


@dataclass(frozen=True)
class Row:
    """A label and a cell for each series, None where there is none."""

    line: int
    label: str
    cells: tuple[Cell | None, ...]

    @property
    def filled(self) -> Iterator[tuple[int, Cell]]:
        return ((n, cell) for n, cell in enumerate(self.cells) if cell)


@dataclass(frozen=True)
class Series:
    """The rows of a chart; `names` are the series', `corner` stands above the labels."""

    corner: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        return self.corner if len(self.names) > 1 else self.names[0]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for _, cell in row.filled]

    @property
    def values(self) -> list[Decimal]:
        return [cell.value for cell in self.cells]

    def check_from_zero(self, mark: str) -> None:
        """Raise ValueError where a number is less than nothing."""
        for row in self.rows:
            for _, cell in row.filled:
                if cell.value < 0:
                    raise ValueError(
                        f"Line {row.line}: a {mark} starts at zero, not at {cell.text}."
                    )


def parse_series(source: str) -> Series:
    """Read a chart's CSV: a column of labels, then columns of numbers.

    Raise ValueError, naming the line, for what is no number, and where there is
    nothing to draw or too much.
    """
    table = tabular.read_table(source)
    corner, *names = (column.title for column in table.columns)
    if not names or not table.rows:
        raise ValueError("A chart needs a column of labels and a column of numbers.")
    if len(names) > MOST_SERIES:
        raise ValueError(f"A chart shows at most {MOST_SERIES} columns of numbers.")
    if len(table.rows) * len(names) > MOST_MARKS:
        raise ValueError(f"A chart shows at most {MOST_MARKS} numbers.")
    rows = map(parse_row, table.lines, table.rows)
    series = Series(corner, tuple(names), tuple(rows))
    if not series.cells:
        raise ValueError("A chart needs a number.")
    return series


def parse_row(line: int, row: Sequence[tabular.Cell]) -> Row:
    label, *cells = row
    try:
        return Row(line, label.text, tuple(map(parse_cell, cells)))
    except ValueError as error:
        raise ValueError(f"Line {line}: {error}") from None


def parse_cell(cell: tabular.Cell) -> Cell | None:
    return None if cell.is_empty else Cell(cell.text, parse_quantity(cell.text))
