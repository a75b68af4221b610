"""Charts with a row for each label: bars, dots, and shares of a whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.charts.axes import format_ticks, make_axis
from papers.charts.data import Cell, Row, Series
from papers.charts.pieces import (
    draw_frame,
    draw_head,
    draw_mark,
    draw_sign,
    join,
    percent,
    tone,
)
from papers.quantities import EXACT, PER_CENT

BAR = (
    '<div class="bar"><span>{}</span> <b>{}</b><svg aria-hidden="true">'
    '<rect class="mark" width="{}" height="10"/></svg></div>'
)
GROUP = '<p class="group">{}</p>{}'
GROUP_BAR = (
    '<div class="bar">{}<svg aria-hidden="true">'
    '<rect class="{}" width="{}" height="10"/></svg> <b>{}</b></div>'
)


def draw_bars(series: Series, alt: str) -> SafeString:
    """One horizontal bar for each number; lengths are in per cent of the largest."""
    series.check_from_zero("bar")
    largest = max(series.values)
    if len(series.names) == 1:
        bars = (
            format_html(BAR, row.label, cell.text, percent(cell.value, largest))
            for row in series.rows
            for _, cell in row.filled
        )
        return draw_frame("bars", series, alt, draw_head(series), join(bars))
    groups = (
        format_html(GROUP, row.label, draw_group(row, largest)) for row in series.rows
    )
    return draw_frame("bars groups", series, alt, draw_head(series), join(groups))


def draw_group(row: Row, largest: Decimal) -> SafeString:
    return join(
        format_html(
            GROUP_BAR, draw_sign(n), tone(n), percent(cell.value, largest), cell.text
        )
        for n, cell in row.filled
    )


ENDS = '<p class="axis ends"><span>{}</span> <span>{}</span></p>'
DOTS = (
    '<div class="bar"><span>{}</span> <b>{}</b><svg aria-hidden="true">{}{}</svg></div>'
)
ZERO = '<line class="zero" x1="{0}" x2="{0}" y2="100%"/>'


def draw_dots(series: Series, alt: str) -> SafeString:
    """A row for each label, with a dot for each series on an axis that all share."""
    axis = make_axis(series.values)
    low, span = axis[0], axis[-1] - axis[0]
    ticks = format_ticks(axis, series)
    zero = format_html(ZERO, percent(-low, span)) if low < 0 < axis[-1] else ""
    rows = (
        format_html(
            DOTS,
            row.label,
            list_numbers((n, cell.text) for n, cell in row.filled)
            if len(series.names) > 1
            else join_texts(row),
            zero,
            join(
                draw_mark(n, percent(cell.value - low, span), "50%")
                for n, cell in row.filled
            ),
        )
        for row in series.rows
    )
    ends = format_html(ENDS, ticks[0], ticks[-1])
    body = format_html("{}{}", join(rows), ends)
    return draw_frame("dots", series, alt, draw_head(series), body)


def join_texts(row: Row) -> str:
    return " ".join(cell.text for _, cell in row.filled)


def list_numbers(numbers: Iterator[tuple[int, str]]) -> SafeString:
    """Numbers with the signs of their series."""
    return format_html_join(
        " ", "<span>{}{}</span>", ((draw_sign(n), text) for n, text in numbers)
    )


MOST_PARTS = 12
SMALLEST_SIGNED = Decimal(5)  # Per cent of a bar that has room for a sign.
STACK = '<svg class="stack" aria-hidden="true">{}</svg>'
PART = '<rect class="{}" x="{}" width="{}" height="100%"/>'
SHARE = '<p class="group">{}</p>{}<p class="keys">{}</p>'
SINGLE = '{}<p class="keys">{}</p>'


def draw_shares(series: Series, alt: str) -> SafeString:
    """A bar for each row, parted as its numbers are; one bar for a single column."""
    series.check_from_zero("share")
    if len(series.names) == 1:
        return draw_frame("shares", series, alt, draw_head(series), draw_whole(series))
    rows = join(
        format_html(SHARE, row.label, *draw_parts(list(row.filled), f"Line {row.line}"))
        for row in series.rows
        if any(row.cells)
    )
    return draw_frame("shares", series, alt, draw_head(series), rows)


def draw_whole(series: Series) -> SafeString:
    parts = [(row.label, cell) for row in series.rows for _, cell in row.filled]
    if len(parts) > MOST_PARTS:
        raise ValueError(f"A bar of shares has at most {MOST_PARTS} parts.")
    numbered = [(n, cell) for n, (_, cell) in enumerate(parts)]
    return format_html(
        SINGLE, *draw_parts(numbered, "The column", [label for label, _ in parts])
    )


def draw_parts(
    parts: Sequence[tuple[int, Cell]], place: str, labels: Sequence[str] = ()
) -> tuple[SafeString, SafeString]:
    """The parted bar, and the list of its shares, by their labels if there are any."""
    with localcontext(EXACT):
        whole = sum((cell.value for _, cell in parts), Decimal(0))
        if not whole:
            raise ValueError(f"{place}: shares of zero cannot be drawn.")
        start = Decimal(0)
        pieces = []
        for n, cell in parts:
            pieces.append(draw_part(n, start, cell.value, whole))
            start += cell.value
        shares = [(n, format_share(100 * cell.value / whole)) for n, cell in parts]
    texts = (
        format_html(
            "<span>{}{} <b>{}</b></span>",
            draw_sign(n),
            labels[n] if labels else "",
            text,
        )
        for n, text in shares
    )
    listed = format_html_join(" ", "{}", ((text,) for text in texts))
    return format_html(STACK, join(iter(pieces))), listed


def draw_part(
    number: int, start: Decimal, value: Decimal, whole: Decimal
) -> SafeString:
    part = format_html(PART, tone(number), percent(start, whole), percent(value, whole))
    if 100 * value < SMALLEST_SIGNED * whole:
        return part
    middle = percent(start + value / 2, whole)
    return format_html("{}{}", part, draw_mark(number, middle, "50%"))


def format_share(share: Decimal) -> str:
    """37 % of a whole; with a decimal where there is one digit before it."""
    if 0 < share < Decimal("0.05"):
        return f"<0.1{PER_CENT}"
    rounded = round(share, 0 if share >= 10 else 1)  # noqa: PLR2004 -- one digit
    return f"{EXACT.normalize(rounded):f}{PER_CENT}"
