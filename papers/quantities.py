"""Numbers as editors write them in a table (1,234.5, −3, 47 B), and as we write them."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from papers.tabular.cells import NUMBER, SCALES, spell

LONGEST = 60
# Numbers of a year's papers end long before; beyond it no ratio could be written out.
FURTHEST_POWER = 308
# Room for the smallest beside the largest: all is computed exactly but divisions. As
# anything shared it is not changed, but for its flags, which nobody reads.
EXACT = Context(prec=700, rounding=ROUND_HALF_UP)
PER_CENT = "\u00a0%"  # Never parted from its number.
# Longer numbers are written with a power of ten.
MOST_DIGITS = 15
ONE = Decimal(1)


@dataclass(frozen=True)
class Quantity:
    """A number with what stands after it: `47 B` is 47 times a factor of 1,000,000,000.

    Of `50%` and of `3×` the factor is 1.
    """

    number: Decimal
    unit: str = ""
    factor: Decimal = ONE

    @property
    def value(self) -> Decimal:
        return EXACT.multiply(self.number, self.factor)

    def express(self, value: Decimal) -> Decimal:
        """The value in the unit of this quantity."""
        if self.factor == ONE:
            return value
        return EXACT.normalize(EXACT.divide(value, self.factor))


def parse_quantity(text: str) -> Quantity:
    """The number in a cell of a table, exactly; what is one, papers.tabular says.

    Raise ValueError for what is no number and for one that is further from 1 than
    anything is.
    """
    found = NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if not found:
        raise ValueError(f"{shorten(text)!r} is not a number.")
    number = Decimal(spell(found))
    if number and abs(number.adjusted()) > FURTHEST_POWER:
        raise ValueError(f"{text!r} is too large or too small.")
    scale = found["scale"] or ""
    gap = "\u00a0" if re.search(rf"\s{scale}", text.strip()) else ""
    return Quantity(number, f"{gap}{scale}", Decimal(SCALES.get(scale, 1)))


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def format_number(number: Decimal) -> str:
    """1,234.5 or −3; a power of ten where there would be too many digits."""
    if number and not -MOST_DIGITS < number.adjusted() < MOST_DIGITS:
        return f"{number:.1e}".replace("-", "−")
    return f"{number:,f}".replace("-", "−") if number else "0"


def round_to_digits(number: Decimal, digits: int = 2) -> Decimal:
    """The number with this many digits that count; a whole 2 stays 2 and is not 2.0."""
    if not number:
        return Decimal(0)
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(number)
    return EXACT.normalize(rounded) if rounded == number else rounded


def round_to_decimals(number: Decimal, decimals: int) -> Decimal:
    rounded = number.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    return rounded if rounded else abs(rounded)
