"""What every chart has: its frame, its key, and a sign for each series.

Series differ in tone and in the shape of their sign, so no colour has to be seen.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.charts.data import Series
from papers.quantities import EXACT

# Labels are text of the page, so that they wrap; only the marks are drawn.
CHART = '<div class="plate drawn {}" role="img" aria-label="{}">{}{}</div>'
AXIS = '<p class="axis">{}</p>'
TONES = ("mark", "soft", "dark", "grey")
DASHES = ("none", "7 4", "2 3", "9 3 2 3")
ROUND = "M-4.5,0a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0-9,0z"
SQUARE = "M-4,-4h8v8h-8z"
DIAMOND = "M0-5.5L5.5,0L0,5.5L-5.5,0z"
PEAK = "M0-5L5.2,4H-5.2z"
VALLEY = "M0,5L5.2-4H-5.2z"
PLUS = "M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z"
CROSS = "M-4.5-2.5l2-2l2.5,2.5l2.5-2.5l2,2l-2.5,2.5l2.5,2.5l-2,2l-2.5-2.5l-2.5,2.5l-2-2l2.5-2.5z"
HOURGLASS = "M-4.5-5h9l-9,10h9z"
# Twelve: one for each series that a chart may have; the later ones are hollow.
SHAPES = (
    *((shape, "") for shape in (ROUND, SQUARE, PEAK, DIAMOND, PLUS, CROSS, VALLEY)),
    *((shape, " open") for shape in (ROUND, SQUARE, PEAK, DIAMOND, HOURGLASS)),
)


def draw_frame(
    kind: str, series: Series, alt: str, head: SafeString, body: SafeString
) -> SafeString:
    """The chart; `head` says what its numbers and its signs mean."""
    return format_html(CHART, kind, alt or describe(series), head, body)


def describe(series: Series) -> str:
    """Every label and number."""
    is_single = len(series.names) == 1
    rows = (
        f"{row.label} "
        + ", ".join(
            cell.text if is_single else f"{series.names[n]} {cell.text}"
            for n, cell in row.filled
        )
        for row in series.rows
        if any(row.cells)
    )
    return f"{series.heading}: " + "; ".join(rows)


def draw_head(series: Series) -> SafeString:
    """What the numbers are, and below it what the signs mean."""
    return format_html("{}{}", format_html(AXIS, series.heading), draw_key(series))


def join(pieces: Iterator[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def draw_key(series: Series) -> SafeString:
    """The name of each series beside its sign; nothing for a single one."""
    if len(series.names) == 1:
        return SafeString("")
    names = format_html_join(
        " ",
        "<span>{}{}</span>",
        ((draw_sign(n), name) for n, name in enumerate(series.names)),
    )
    return format_html('<p class="keys">{}</p>', names)


def draw_sign(number: int) -> SafeString:
    """The sign of a series, to stand within a line of text."""
    shape, is_open = SHAPES[number]
    return format_html(
        '<svg class="sign" viewBox="-6 -6 12 12" aria-hidden="true">'
        '<path class="{}{}" d="{}"/></svg>',
        tone(number),
        is_open,
        shape,
    )


def draw_mark(number: int, x: str, y: str) -> SafeString:
    """The sign of a series at a place within a picture."""
    shape, is_open = SHAPES[number]
    return format_html(
        '<svg x="{}" y="{}"><path class="{}{}" d="{}"/></svg>',
        x,
        y,
        tone(number),
        is_open,
        shape,
    )


def tone(number: int) -> str:
    return TONES[number % len(TONES)]


def percent(part: Decimal, whole: Decimal) -> str:
    """A length or place, as an attribute: 12.50%."""
    return f"{EXACT.divide(100 * part, whole) if whole else 0:.2f}%"
