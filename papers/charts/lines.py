"""Line charts: a line for each series over the labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.charts.axes import format_ticks, make_axis
from papers.charts.data import Row, Series
from papers.charts.pieces import (
    AXIS,
    DASHES,
    SHAPES,
    draw_frame,
    draw_mark,
    join,
    percent,
    tone,
)
from papers.quantities import EXACT, parse_quantity

MOST_COLUMNS = 5  # So many labels stand under the plot in columns, and wrap.
LONGEST_TICK = 12  # Letters of a label that stands at its place, in one line.
# Per cent of the narrowest plot that a letter takes, and the room between two labels.
LETTER, ROOM = 2.6, 3.0

PLOT = (
    '<div class="plot"><p class="ticks">{}</p><svg class="field" aria-hidden="true">'
    '{}{}{}</svg>{}</div><p class="axis end">{}</p>'
)
GRID = '<line class="{}" x2="100%" y1="{y}" y2="{y}"/>'
# One box of 100 by 100 for all lines, drawn out to the plot.
LINES = '<svg viewBox="0 0 100 100" preserveAspectRatio="none">{}</svg>'
LINE = (
    '<path class="line {}" d="{}" stroke-dasharray="{}" '
    'vector-effect="non-scaling-stroke"/>'
)
KEY = (
    '<span><svg class="sign long" viewBox="-16 -6 32 12" aria-hidden="true">'
    '<path class="line {tone}" d="M-16,0H16" stroke-dasharray="{dash}"/>'
    '<path class="{tone}{open}" d="{shape}"/></svg>{name}</span>'
)


@dataclass(frozen=True)
class Plot:
    """Rows from left to right at their places, and the axis that stands beside them."""

    rows: Sequence[Row]
    places: Sequence[Decimal]  # Per cent of the width.
    axis: Sequence[Decimal]
    is_in_columns: bool = False

    def x(self, place: int) -> str:
        return percent(self.places[place], Decimal(100))

    def y(self, value: Decimal) -> str:
        return percent(self.axis[-1] - value, self.axis[-1] - self.axis[0])


def draw_lines(series: Series, alt: str) -> SafeString:
    """A line and marks for each series, broken where a cell is empty.

    Labels that are all numbers or years stand at their places, others at equal steps.
    """
    plot = make_plot(series)
    columns = range(len(series.names))
    grid = (
        format_html(GRID, "grid" if tick else "zero", y=plot.y(tick))
        for tick in plot.axis
    )
    ticks = format_html_join(
        " ", "<span>{}</span>", ((t,) for t in format_ticks(plot.axis[::-1], series))
    )
    body = format_html(
        PLOT,
        ticks,
        join(grid),
        format_html(LINES, join(draw_line(plot, n) for n in columns)),
        join(
            draw_mark(n, plot.x(place), plot.y(cell.value))
            for place, row in enumerate(plot.rows)
            for n, cell in row.filled
        ),
        draw_labels(plot),
        series.corner,
    )
    return draw_frame("lines", series, alt, draw_line_head(series), body)


def make_plot(series: Series) -> Plot:
    rows, axis = series.rows, make_axis(series.values)
    if numbers := read_labels(rows):
        numbered = sorted(zip(numbers, rows, strict=True), key=lambda pair: pair[0])
        first, last = numbered[0][0], numbered[-1][0]
        places = [
            EXACT.divide(100 * EXACT.subtract(n, first), EXACT.subtract(last, first))
            for n, _ in numbered
        ]
        return Plot([row for _, row in numbered], places, axis)
    if len(rows) <= MOST_COLUMNS:
        middles = [Decimal(100 * n + 50) / len(rows) for n in range(len(rows))]
        return Plot(rows, middles, axis, is_in_columns=True)
    steps = [Decimal(100 * n) / (len(rows) - 1) for n in range(len(rows))]
    return Plot(rows, steps, axis)


def read_labels(rows: Sequence[Row]) -> list[Decimal]:
    """The labels as numbers; none if one is no number or all are the same."""
    try:
        numbers = [parse_quantity(row.label).value for row in rows]
    except ValueError:
        return []
    return numbers if len(set(numbers)) > 1 else []


def draw_line(plot: Plot, number: int) -> SafeString:
    steps = []
    is_down = False  # As a pen: the first point of a line is moved to.
    for place, row in enumerate(plot.rows):
        cell = row.cells[number]
        if cell:
            x, y = plot.x(place)[:-1], plot.y(cell.value)[:-1]
            steps.append(f"{'L' if is_down else 'M'}{x},{y}")
        is_down = cell is not None
    return format_html(LINE, tone(number), "".join(steps), DASHES[number % len(DASHES)])


def draw_line_head(series: Series) -> SafeString:
    """What the numbers are: the name of a single line, or of each with its sign."""
    if len(series.names) == 1:
        return format_html(AXIS, series.heading)
    names = format_html_join(
        " ", "{}", ((draw_name(n, name),) for n, name in enumerate(series.names))
    )
    return format_html('<p class="keys">{}</p>', names)


def draw_name(number: int, name: str) -> SafeString:
    shape, is_open = SHAPES[number]
    return format_html(
        KEY,
        tone=tone(number),
        dash=DASHES[number % len(DASHES)],
        open=is_open,
        shape=shape,
        name=name,
    )


COLUMNS = '<p class="labels columns">{}</p>'
ENDS = '<p class="labels ends"><span>{}</span> <span>{}</span></p>'
PLACED = '<svg class="labels" aria-hidden="true">{}</svg>'
LABEL = '<text class="{}" x="{}" y="1em">{}</text>'


def draw_labels(plot: Plot) -> SafeString:
    """The labels under the plot: all of a few, else those that have room on a phone."""
    labels = [row.label for row in plot.rows]
    if plot.is_in_columns:
        spans = format_html_join(" ", "<span>{}</span>", ((text,) for text in labels))
        return format_html(COLUMNS, spans)
    if max(len(labels[0]), len(labels[-1])) > LONGEST_TICK:
        return format_html(ENDS, labels[0], labels[-1])
    last = len(labels) - 1
    return format_html(
        PLACED,
        format_html_join(
            "",
            LABEL,
            (
                (
                    "end" if place == last else "mid" if place else "start",
                    plot.x(place),
                    labels[place],
                )
                for place in choose_labels(plot, labels)
            ),
        ),
    )


def choose_labels(plot: Plot, labels: Sequence[str]) -> Iterator[int]:
    """The first, the last, and between them each that touches no other."""
    last = len(labels) - 1
    free = len(labels[0]) * LETTER + ROOM
    end = 100 - len(labels[last]) * LETTER - ROOM
    yield 0
    for place in range(1, last):
        middle, half = float(plot.places[place]), len(labels[place]) * LETTER / 2
        if middle - half >= free and middle + half <= end:
            free = middle + half + ROOM
            yield place
    yield last
