"""What is odd in a table although it can be shown, and what is a table no more."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from papers.checks.findings import Severity
from papers.checks.flattened import FEWEST_LINES, Flattened, find_flattened
from papers.checks.pieces import (
    TEXT,
    Piece,
    paragraphs_of,
    pieces_of_code,
    shorten,
    texts_of,
)
from papers.checks.registry import Problems, rule
from papers.checks.texts import read_data
from papers.rendering import LONGEST_MARKDOWN
from papers.tabular import find_odd_cells, read_table, to_csv
from papers.tabular.pasted import split_bars
from papers.values import PaperDocument


class Row(NamedTuple):
    line: int
    cells: list[str]


@rule("tables.mixed-column", Severity.WARNING)
def mixed_columns(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        table = read_data(figure)
        for line, column, cell in find_odd_cells(table) if table else ():
            reason = (
                f"Figure “{figure.key}”, line {line}: “{cell.text[:60]}” is no number, "
                f"as the other cells of the column “{column.title}” are."
            )
            yield f"figures.{place}.content", reason
    for text in texts_of(paper):
        for piece in paragraphs_of(text):
            yield from find_mixed(piece, read_bars(piece.text))


def find_mixed(piece: Piece, rows: Sequence[Row]) -> Problems:
    """The odd cells of a table in Markdown, without their emphasis."""
    if len({len(row.cells) for row in rows}) != 1:
        return
    source = to_csv([[EMPHASIS.sub("", cell) for cell in row.cells] for row in rows])
    try:
        table = read_table(source)
    except ValueError:  # It has more cells than any page shows.
        return
    for line, column, cell in find_odd_cells(table):
        reason = (
            f"“{shorten(cell.text)}” is no number, as the other cells of the column "
            f"“{column.title}” are."
        )
        yield piece.problem(reason, rows[line - 1].line)


EMPHASIS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


@rule("tables.flattened", Severity.WARNING)
def flattened_tables(paper: PaperDocument) -> Problems:
    for piece, tables in flattened_in(paper):
        for table in tables:
            reason = (
                f"A table that begins with “{shorten(table.first)}” seems to have lost its "
                "columns: make it a table figure with the repair helper."
            )
            yield piece.problem(reason, table.line)


def flattened_in(
    paper: PaperDocument,
) -> Iterator[tuple[Piece, tuple[Flattened, ...]]]:
    for piece in pieces_of_code(paper):
        if piece.language in TEXT:
            yield piece, find_flattened(piece.text)
    for text in texts_of(paper):
        for piece in paragraphs_of(text):
            yield piece, find_flattened(piece.text, is_set_apart=False)


@rule("tables.wrapped-row", Severity.WARNING)
def wrapped_rows(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        is_read = len(figure.content) <= LONGEST_MARKDOWN and not figure.wanted
        if figure.kind == "table" and is_read:
            piece = Piece(f"figures.{place}.content", 1, figure.content)
            yield from say_wrapped(piece, read_rows(piece.text))
    for text in texts_of(paper):
        for piece in paragraphs_of(text):
            rows = read_bars(piece.text)
            yield from say_wrapped(piece, rows)
            yield from say_uneven(piece, rows)
    for piece, tables in flattened_in(paper):
        for table in tables:
            if table.broken:
                number, *more = table.broken
                words = shorten(piece.text.split("\n")[number - 1])
                others = f" (so do {len(more)} lines after it)" if more else ""
                reason = f"“{words}” seems to go on with the row above it{others}."
                yield piece.problem(reason, number)


def read_rows(text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error:  # That is a finding of its own.
        return []
    return rows


def read_bars(text: str) -> list[Row]:
    lines = text.split("\n")
    if len(lines) < FEWEST_LINES or "|" not in lines[0] or not BARS.fullmatch(lines[1]):
        return []
    return [Row(n, split_bars(line)) for n, line in enumerate(lines, 1) if n != 2]  # noqa: PLR2004


BARS = re.compile(r"[ \t|:-]*-[ \t|:-]*")


def say_wrapped(piece: Piece, rows: Sequence[Row]) -> Problems:
    for before, row in pairwise(rows[1:]):
        filled = [n for n, cell in enumerate(row.cells) if cell]
        if len(row.cells) > 1 == len(filled) and filled[0] < len(before.cells):
            rest, start = row.cells[filled[0]], before.cells[filled[0]]
            # A row of one cell in the first column may be the heading of those below.
            is_open = start.count("(") > start.count(")") and ")" in rest
            is_more = rest[0].islower() and start and start[-1] not in ".!?;:"
            if is_open or (filled[0] and is_more):
                reason = f"“{shorten(rest)}” seems to belong to the cell above it."
                yield piece.problem(reason, row.line)


def say_uneven(piece: Piece, rows: Sequence[Row]) -> Problems:
    for row in rows[1:]:
        if len(row.cells) != len(rows[0].cells):
            reason = (
                f"The row has {len(row.cells)} cells where the header has "
                f"{len(rows[0].cells)}: “{shorten(' | '.join(row.cells))}”."
            )
            yield piece.problem(reason, row.line)
