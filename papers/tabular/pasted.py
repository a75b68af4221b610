"""Tables as they come out of a spreadsheet, a text file or a README."""

import csv
import io
import re
from collections.abc import Sequence

LONGEST_PASTE = 200_000
RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
FRAME = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")  # The lines of a table from a terminal.
# Code, an escaped character, or a bar: what stands between two bars is a cell.
PIECE = re.compile(r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))|\\.|\|", re.DOTALL)
Rows = list[list[str]]


def read_pasted(text: str) -> Rows:
    """The rows of a pasted table, the header first, each of the same number of cells.

    A spreadsheet's cells (tabs between them), CSV with commas or semicolons, and
    Markdown are known. Raise ValueError in words for what is none of them.
    """
    if len(text) > LONGEST_PASTE:
        raise ValueError(f"A table has at most {LONGEST_PASTE:,} characters.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    rows = read_bars(text) or read_tabs(text) or read_separated(text)
    if not rows:
        raise ValueError("There is no table here: no tabs, no commas, no bars.")
    return rows


def read_bars(text: str) -> Rows:
    """The rows of a Markdown table; none where it is no such table."""
    lines = [line for line in text.split("\n") if line.strip()]
    lines = [line for line in lines if not FRAME.fullmatch(line)]
    has_rule = len(lines) > 1 and "|" in lines[0] and bool(RULE.fullmatch(lines[1]))
    widths = {len(split_bars(line)) for line in lines} if "|" in text else set()
    is_even = len(lines) > 1 and len(widths) == 1 and widths != {1}
    if not (has_rule or is_even):
        return []
    kept = [line for place, line in enumerate(lines) if place != 1 or not has_rule]
    width = len(split_bars(kept[0]))
    rows = [split_to(line, width) for line in kept]
    for number, row in enumerate(rows, 1):
        if len(row) > width:
            raise ValueError(
                f"Row {number} has {len(row)} cells where the header has {width}."
            )
    return even(rows)


def split_to(line: str, width: int) -> list[str]:
    """The cells of a line; bars in code part cells only where that makes it fit."""
    cells = split_bars(line)
    if len(cells) == width:
        return cells
    parted = split_bars(line, keep_code=False)
    return parted if len(parted) == width else cells


def split_bars(line: str, *, keep_code: bool = True) -> list[str]:
    line = line.strip().removeprefix("|")
    cells, start, at = [], 0, 0
    while found := PIECE.search(line, at):
        at = found.end()
        if found[0] == "|":
            cells.append(line[start : found.start()])
            start = at
        elif found["code"] and not keep_code:
            at = found.start() + 1
    last = line[start:]
    cells += [last] if last.strip() or not cells else []
    return [cell.strip().replace("\\|", "|") for cell in cells]


def read_tabs(text: str) -> Rows:
    if "\t" not in text:
        return []
    try:
        rows = read_csv(text, "\t")
    except csv.Error:  # A quotation mark that is one, and quotes nothing.
        rows = [
            [cell.strip() for cell in line.split("\t")] for line in text.split("\n")
        ]
    return even(rows)


def read_separated(text: str) -> Rows:
    """CSV with commas, or with semicolons, by which of them each line has as many."""
    for separator in (",", ";"):
        try:
            rows = read_csv(text, separator)
        except csv.Error:
            continue
        widths = {len(row) for row in rows}
        if len(rows) > 1 and len(widths) == 1 and widths != {1}:
            return rows
    return []


def read_csv(text: str, separator: str) -> Rows:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [[cell.strip() for cell in row] for row in lines if row]


def even(rows: Sequence[Sequence[str]]) -> Rows:
    """The rows with empty cells after the shorter ones; none where there is one cell."""
    filled = [row for row in rows if any(row)]
    width = max(map(len, filled), default=0)
    return [[*row, *[""] * (width - len(row))] for row in filled]
