"""What a single cell of a table says: a number, a date, nothing; and its note marks."""

import re
from math import isfinite

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

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
YEAR = r"(?P<year>19[0-9]{2}|20[0-3][0-9])"
MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
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
    digits = re.sub(r"[^0-9.]", "", found["digits"])
    power = (found["power"] or "0").replace("−", "-")
    value = float(f"{digits}e{power}") * SCALES.get(found["scale"] or "", 1)
    value = -value if found["sign"] in {"-", "−", "–"} else value
    return value if isfinite(value) else None


def parse_date(text: str) -> int | None:
    """A date as a number in the order of time, 20240108; None where it is no date."""
    found = next(filter(None, (d.fullmatch(text.strip()) for d in DATES)), None)
    if found is None:
        return None
    said = found.groupdict()
    name = said.get("name")
    month = MONTHS.index(name[:3].lower()) + 1 if name else int(said.get("month") or 0)
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
