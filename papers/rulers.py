"""The ruler: a year from 1 January to 31 December, a mark for each day with a paper.

An SVG without a view box, positions in per cent, so that it is never distorted.
"""

from calendar import isleap, month_name
from collections.abc import Iterable
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.dates import PartialDate


def draw_ruler(
    year: int,
    days: Iterable[PartialDate],
    others: Iterable[PartialDate] = (),
    label: str = "",
) -> SafeString:
    """Draw the year with its days in ink and the other papers' days faded.

    A date known to the month stands on the 15th without a number; one known to the
    year alone, or of another year, has no place. Without `label` the days are read out.
    """
    marked = sorted({d for d in days if has_place(d, year)}, key=lambda d: d.day)
    faded = sorted({d for d in others if has_place(d, year)} - set(marked), key=str)
    spoken = ", ".join(d.words.removesuffix(f" {year}") for d in marked) or "none"
    return format_html(
        '<svg role="img" aria-label="{}">{}{}{}{}{}</svg>',
        label or f"The days of {year} on which these papers appeared: {spoken}",
        format_html_join("", MONTH, (month(year, number) for number in range(1, 13))),
        END,
        format_html_join("", OTHER, ((at(d.day), at(d.day)) for d in faded)),
        format_html_join("", DAY, ((at(d.day), at(d.day)) for d in marked)),
        format_html_join(
            "", DATE, ((at(d.day), d.day_of_month) for d in marked if d.day_of_month)
        ),
    )


MONTH = (
    '<line class="start" x1="{0}" x2="{0}" y1="30" y2="40"/>'
    '<text x="{0}" y="59">{1}<tspan class="two">{2}</tspan>'
    '<tspan class="rest">{3}</tspan></text>'
)
END = SafeString(
    '<line class="start" x1="100%" x2="100%" y1="30" y2="40"/>'
    '<line class="base" x1="0" x2="100%" y1="40" y2="40"/>'
)
OTHER = '<line class="other" x1="{}" x2="{}" y1="20" y2="40"/>'
DAY = '<line class="day" x1="{}" x2="{}" y1="16" y2="40"/>'
DATE = '<text class="date" x="{}" y="10">{}</text>'


def has_place(day: PartialDate, year: int) -> bool:
    return day.year == year and day.month > 0


def share(day: date) -> float:
    """How much of its year is over in the middle of the day: more than 0, less than 1."""
    length = 366 if isleap(day.year) else 365
    return (day.timetuple().tm_yday - 0.5) / length


def at(day: date) -> str:
    return f"{100 * share(day):.2f}%"


def month(year: int, number: int) -> tuple[str, str, str, str]:
    first = date(year, number, 1)
    length = 366 if isleap(year) else 365
    start = f"{100 * (first.timetuple().tm_yday - 1) / length:.2f}%"
    name = month_name[number]
    return start, name[0], name[1:3], name[3:]
