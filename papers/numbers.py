"""The year in numbers: two small charts, drawn from what the review holds.

SVG without a view box, positions in per cent, so that text keeps its size on a phone.
"""

from calendar import month_abbr
from collections.abc import Mapping, Sequence
from math import log

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST_TAGS = 6
ROW = 34
FIRST_MONTH, MONTH_STEP = 35, 5  # Per cent of the width.
TOP = 26
SHIFT = 6  # Pixels between papers of one month, so that each has its mark.
MOST_PAPERS = 40  # More rows than this are no chart any more.

AXIS = '<text class="axis mid" x="{}%" y="14">{}</text>'
TICK = '<line class="tick{}" x1="{x}%" x2="{x}%" y1="{}" y2="{}" transform="translate({})"/>'
TAG_ROW = (
    '<line class="grid" x1="0" x2="100%" y1="{bottom}" y2="{bottom}"/>'
    '<text x="0" y="{text}">{name}</text>{ticks}'
    '<text class="end" x="100%" y="{text}">{count}</text>'
)


def draw_tags(months_by_tag: Mapping[str, Sequence[int]]) -> SafeString:
    """Draw a mark for each paper of each tag, month by month; empty for no tags.

    The tags carried by most papers have a row each, the rest share one.
    """
    ranked = sorted(months_by_tag.items(), key=lambda item: (-len(item[1]), item[0]))
    shared = [item for item in ranked if len(item[1]) > 1][:MOST_TAGS]
    others = ranked[len(shared) :]
    rows = [(name, sorted(months), "") for name, months in shared]
    if others:
        name = f"{len(others)} other{'s' if len(others) > 1 else ''}"
        rows.append((name, sorted(m for _, months in others for m in months), " soft"))
    if not rows:
        return SafeString("")
    spoken = ", ".join(f"{name}: {len(months)}" for name, months, _ in rows)
    return format_html(
        '<svg height="{}" role="img" aria-label="Papers by tag and month. {}">{}{}</svg>',
        TOP + ROW * len(rows),
        spoken,
        format_html_join("", AXIS, ((at(n), month_abbr[n][0]) for n in range(1, 13))),
        format_html_join(
            "",
            "{}",
            ((draw_tag_row(n, *row),) for n, row in enumerate(rows)),
        ),
    )


def draw_tag_row(
    number: int, name: str, months: Sequence[int], tone: str
) -> SafeString:
    top = TOP + ROW * number
    return format_html(
        TAG_ROW,
        bottom=top + ROW,
        text=top + ROW - 12,
        name=name,
        count=len(months),
        ticks=format_html_join(
            "", "{}", ((draw_ticks(months, month, top, tone),) for month in set(months))
        ),
    )


def draw_ticks(months: Sequence[int], month: int, top: int, tone: str) -> SafeString:
    found = list(months).count(month)
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    TICK,
                    tone,
                    top + 8,
                    top + ROW,
                    SHIFT * n - SHIFT * (found - 1) // 2,
                    x=at(month),
                ),
            )
            for n in range(min(found, 5))
        ),
    )


def at(month: int) -> int:
    return FIRST_MONTH + MONTH_STEP * (month - 1)


AUTHOR_ROW = 20
LEFT, RIGHT = 12.0, 88.0
SCALE = (1, 3, 10, 30, 100, 300, 1000, 3000)
GUIDE = (
    '<line class="grid" x1="{x}%" x2="{x}%" y1="20" y2="{}"/>'
    '<text class="axis mid" x="{x}%" y="14">{}</text>'
)
STEM = (
    '<text x="0" y="{text}">{}</text>'
    '<line class="stem" x1="{left}%" x2="{x}%" y1="{line}" y2="{line}"/>'
    '<circle class="mark" cx="{x}%" cy="{line}" r="4"/>'
    '<text dx="9" x="{x}%" y="{text}">{}</text>'
)


def draw_authors(authors: Sequence[tuple[int, int]]) -> SafeString:
    """Draw how many authors each paper has, given as (month, number), on a log scale.

    Empty where there is nothing to compare, or too much for a chart.
    """
    numbers = [number for _, number in authors if number]
    if len(numbers) < 2 or len(authors) > MOST_PAPERS:  # noqa: PLR2004 -- to compare
        return SafeString("")
    low = max(mark for mark in SCALE if mark <= min(numbers))
    high = max(*numbers, low * 3)

    def place(number: int) -> str:
        share = log(number / low) / log(high / low)
        return f"{LEFT + (RIGHT - LEFT) * share:.1f}"

    height = 26 + AUTHOR_ROW * len(authors)
    spoken = ", ".join(f"{month_abbr[month]} {number}" for month, number in authors)
    guides = (mark for mark in SCALE if low <= mark <= high)
    stems = (
        format_html(
            STEM,
            month_abbr[month],
            number,
            text=AUTHOR_ROW * n + 36.5,
            line=AUTHOR_ROW * n + 32,
            left=LEFT,
            x=place(number),
        )
        for n, (month, number) in enumerate(authors)
        if number
    )
    return format_html(
        '<svg height="{}" role="img" aria-label="Authors of each paper, on a '
        'logarithmic scale: {}">{}{}</svg>',
        height,
        spoken,
        format_html_join(
            "",
            "{}",
            ((format_html(GUIDE, height, mark, x=place(mark)),) for mark in guides),
        ),
        format_html_join("", "{}", ((stem,) for stem in stems)),
    )
