"""What a single cell of a table says: a number, a date, nothing; and its note marks."""

import re
from math import isfinite

from papers.dates import MONTH_NAME, month_number

NUMBER = re.compile(
    r"""
    (?:[~≈<>≤≥±]\s?)?
    (?P<sign>[+\-−–]?)\s?
    [$€£]?
    (?P<digits>(?:[0-9]{1,3}(?:[,'’\ \u00a0\u2009\u202f][0-9]{3})+|[0-9]+)
        (?:\.[0-9]+)?|\.[0-9]+)
    (?:e(?P<power>[+\-−]?[0-9]{1,3}))?
    (?:\s?±\s?[0-9]+(?:\.[0-9]+)?)?
    (?:\s?(?P<scale>%|‰|[kKMBTx×]|bn|pp|thousand|million|billion|trillion))?
    (?:\s?±\s?[0-9]+(?:\.[0-9]+)?%?)?
    """,
    re.VERBOSE,
)
THOUSAND, MILLION, BILLION, TRILLION = 1e3, 1e6, 1e9, 1e12
SCALES = {
    "k": THOUSAND,
    "K": THOUSAND,
    "thousand": THOUSAND,
    "M": MILLION,
    "million": MILLION,
    "B": BILLION,
    "bn": BILLION,
    "billion": BILLION,
    "T": TRILLION,
    "trillion": TRILLION,
}
NOTHING = frozenset({"", "-", "–", "—", "n/a", "na"})

YEAR = r"(?P<year>19[0-9]{2}|20[0-3][0-9])"
MONTH = rf"{MONTH_NAME}\.?"
DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{YEAR}(?:-(?P<month>0[1-9]|1[0-2])(?:-{DAY})?)?",
        rf"(?:{DAY} )?{MONTH} {YEAR}",
        rf"{MONTH} {DAY}, {YEAR}",
    )
]

MARK = re.compile(r"\[\^([A-Za-z0-9]{1,20})\]")
LONGEST_MARK = len("[^]") + 20


def is_nothing(text: str) -> bool:
    """Whether a cell is empty, or says that there is nothing to say: n/a, –."""
    return text.strip().lower() in NOTHING


def parse_number(text: str) -> float | None:
    """The number that a cell says, however it is printed; None where it says none.

    `46.7B` is 46,700,000,000, `~40%` is 40, `−3 ± 0.2` is −3.
    """
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    value = float(spell(found)) * SCALES.get(found["scale"] or "", 1)
    return value if isfinite(value) else None


def spell(found: re.Match[str]) -> str:
    """The number before its scale as Python writes it: −1,234.5 is -1234.5e0."""
    digits = re.sub(r"[^0-9.]", "", found["digits"])
    power = (found["power"] or "0").replace("−", "-")
    return f"{'-' if found['sign'] in MINUS else ''}{digits}e{power}"


MINUS = frozenset("-−–")


def parse_date(text: str) -> int | None:
    """A date as a number in the order of time, 20240108; None where it is no date."""
    found = next(filter(None, (d.fullmatch(text.strip()) for d in DATES)), None)
    if found is None:
        return None
    said = found.groupdict()
    name = said.get("name")
    month = month_number(name) if name else int(said.get("month") or 0)
    return int(said["year"]) * 10_000 + month * 100 + int(said.get("day") or 0)


def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A cell without the note marks at its end, and the marks: `47[^a]` is 47 and a."""
    marks: list[str] = []
    end = len(text.rstrip())
    while end and text[end - 1] == "]":
        start = text.rfind("[^", max(0, end - LONGEST_MARK), end)
        found = MARK.fullmatch(text, start, end) if start >= 0 else None
        if found is None:
            break
        marks.append(found[1])
        end = start
        while end and text[end - 1].isspace():
            end -= 1
    return text[:end].strip(), tuple(reversed(marks))
