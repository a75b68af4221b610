"""Months and dates as people write them: January 8, 2024; 8 January 2024; Jan 2024."""

import re

from papers.dates import MONTH_NAME, MONTHS, month_number, parse_date

NAME = rf"{MONTH_NAME}\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
DATES = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{NAME}\s+{DAY}\s*,?\s+{YEAR}",
        rf"{DAY}\s+(?:of\s+)?{NAME}\s*,?\s*{YEAR}",
        rf"{NAME}\s*,?\s*(?:of\s+)?{YEAR}",
        rf"{YEAR}[-/](?P<number>\d{{1,2}})(?:[-/]{DAY})?",
        YEAR,
    )
]
MONTH = re.compile(
    rf"(?<!\w){NAME}(?:\s+{DAY}(?!\d))?(?:\s*,?\s*{YEAR}(?!\d))?"
    rf"|(?<!\d)(?P<year2>\d{{4}})[-/](?P<number>\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)


def month_of(match: re.Match[str]) -> int:
    """The month that a match names, 0 if none."""
    groups = match.groupdict()
    if name := groups.get("name"):
        return month_number(name)
    return int(groups.get("number") or 0)


def read_date(text: str) -> str:
    """The date in ISO form, as precise as it is stated; nothing if it is none."""
    plain = text.strip().removesuffix(".")
    for form in DATES:
        if match := form.fullmatch(plain):
            groups = match.groupdict()
            parts = [
                int(groups["year"]),
                month_of(match),
                int(groups.get("day") or 0),
            ]
            written = "-".join(f"{part:02}" for part in parts if part)
            return checked(written, bool(groups.get("number") or groups.get("name")))
    return ""


def checked(written: str, has_month: bool) -> str:
    if has_month and "-" not in written:
        return ""
    try:
        return str(parse_date(written))
    except ValueError:
        return ""


def read_month(text: str) -> tuple[int, int]:
    """The month and the year that a text names, each 0 if it names none."""
    match = MONTH.search(text[:200])
    if not match:
        return 0, 0
    month = month_of(match)
    year = int(match["year"] or match["year2"] or 0)
    return (month, year) if 1 <= month <= len(MONTHS) else (0, year)
