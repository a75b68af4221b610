"""Where an axis begins and ends, and which numbers stand along it."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from papers.charts.data import Series
from papers.quantities import EXACT, ONE, Quantity, format_number

FEWEST_STEPS = 3
STEPS = tuple(map(Decimal, (1, 2, 5, 10)))


def make_axis(values: Sequence[Decimal]) -> list[Decimal]:
    """Round numbers at equal steps, from at most the smallest to at least the largest.

    Zero is among them unless all values are far from it, compared with each other.
    """
    with localcontext(EXACT):
        low, high = widen(min(values), max(values))
        step = find_step((high - low) / FEWEST_STEPS)
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        return [(first + n) * step for n in range(int(last - first) + 1)]


def widen(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    if low > 0 and (low == high or 2 * low < high):
        low = Decimal(0)
    if high < 0 and (low == high or 2 * high > low):
        high = Decimal(0)
    return (low, high) if low < high else (low, low + 1)


def find_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5, times a power of ten, that is as large."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in STEPS if step * power >= least)


def format_ticks(axis: Sequence[Decimal], series: Series) -> list[str]:
    """The numbers of an axis as text, in the first cell's unit if each cell has one."""
    quantities = [cell.quantity for cell in series.cells]
    first = quantities[0] if all(q.unit for q in quantities) else Quantity(ONE)
    return [
        f"{format_number(EXACT.normalize(first.express(tick)))}{first.unit}"
        for tick in axis
    ]
