"""Dates as precise as they are known (ISO 8601: 2024, 2024-01, 2024-01-08)."""

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date

# The name of a month, whole or as people shorten it.
MONTH_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A year, with a month and a day where they are known (else 0)."""

    year: int
    month: int = 0
    day_of_month: int = 0

    @property
    def precision(self) -> str:
        if self.day_of_month:
            return "day"
        return "month" if self.month else "year"

    @property
    def day(self) -> date:
        """The day itself, or the middle of what is known."""
        return date(self.year, self.month or 7, self.day_of_month or 15)

    @property
    def words(self) -> str:
        """As a reader reads it: 8 January 2024."""
        parts = [self.day_of_month, month_name[self.month], self.year]
        return " ".join(str(part) for part in parts if part)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        text += f"-{self.month:02}" if self.month else ""
        return text + (f"-{self.day_of_month:02}" if self.day_of_month else "")


def month_number(name: str) -> int:
    """The month of a name that MONTH_NAME fits, in any case: 1 to 12."""
    return MONTHS.index(name[:3].lower()) + 1


def parse_date(text: str) -> PartialDate:
    """Return the date in ISO form. Raise ValueError for another form or no such day."""
    match = PARTIAL.fullmatch(text.strip())
    if not match:
        raise ValueError(
            f"Not a date: {text[:60]!r}. Write 2024, 2024-01 or 2024-01-08."
        )
    found = PartialDate(*(int(part or 0) for part in match.groups()))
    has_zero = "00" in match.groups()[1:]
    try:
        if has_zero:
            raise ValueError
        date(found.year, found.month or 1, found.day_of_month or 1)
    except ValueError:
        raise ValueError(f"There is no such date: {text.strip()}.") from None
    return found
