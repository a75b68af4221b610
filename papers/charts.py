"""Bar charts: text stays text, colours come from the page, no script is needed."""

import csv
import io
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST_BARS = 60


def parse_table(source: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of CSV (RFC 4180).

    Raise ValueError, naming the line, where a row does not fit the header.
    """
    try:
        lines = list(csv.reader(io.StringIO(source), strict=True))
    except csv.Error as error:
        raise ValueError(f"Not a table: {error}.") from error
    lines = [[cell.strip() for cell in row] for row in lines]
    if not any(any(row) for row in lines):
        raise ValueError("The table is empty.")
    header, *rows = lines
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise ValueError(
                f"Line {number} has {len(row)} cells where the header has {len(header)}."
            )
    return header, rows


def parse_series(source: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and rows of a chart's CSV: a label, then numbers from zero up.

    Raise ValueError, naming the line, for anything a bar cannot show.
    """
    header, rows = parse_table(source)
    if len(header) < 2 or not rows:  # noqa: PLR2004 -- a label and a series
        raise ValueError("A chart needs a column of labels and a column of numbers.")
    if len(rows) * (len(header) - 1) > MOST_BARS:
        raise ValueError(f"A chart shows at most {MOST_BARS} bars.")
    for number, row in enumerate(rows, 2):
        for cell in filter(None, row[1:]):
            try:
                value = to_number(cell)
            except ValueError:
                raise ValueError(f"Line {number}: {cell!r} is not a number.") from None
            if not 0 <= value < float("inf"):
                raise ValueError(f"Line {number}: a bar starts at zero, not at {cell}.")
    return header, rows


def to_number(cell: str) -> float:
    return float(cell.replace(",", "").replace("−", "-").removesuffix("%"))


def draw_bars(source: str, alt: str = "") -> SafeString:
    """Draw one horizontal bar for each number; lengths are in per cent of the largest.

    `alt` describes the chart; without it every label and number is read out.
    """
    header, rows = parse_series(source)
    series = header[1:]
    bars = [
        (label if len(series) == 1 else f"{label}, {name}", cell, column)
        for label, *cells in rows
        for column, (name, cell) in enumerate(zip(series, cells, strict=True))
        if cell
    ]
    largest = max((to_number(cell) for _, cell, _ in bars), default=0) or 1
    heading = series[0] if len(series) == 1 else header[0]
    pieces = format_html_join(
        "",
        BAR,
        (
            (
                label,
                cell,
                TONES[n % len(TONES)],
                f"{to_number(cell) / largest * 100:.2f}",
            )
            for label, cell, n in bars
        ),
    )
    return format_html(CHART, alt or describe(heading, bars), heading, pieces)


# Labels are text of the page, so that they wrap; only the bars are drawn.
CHART = (
    '<div class="plate bars" role="img" aria-label="{}"><p class="axis">{}</p>{}</div>'
)
BAR = (
    '<div class="bar"><span>{}</span> <b>{}</b><svg aria-hidden="true">'
    '<rect class="{}" width="{}%" height="10"/></svg></div>'
)
TONES = ("mark", "soft")


def describe(heading: str, bars: Sequence[tuple[str, str, int]]) -> str:
    return f"{heading}: " + "; ".join(f"{label} {cell}" for label, cell, _ in bars)
