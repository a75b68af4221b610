"""What a caption says about the numbers of its figure, and whether they say so."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, permutations
from typing import NamedTuple

from papers import derived
from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.checks.texts import read_data
from papers.tabular import Table
from papers.values import FigureDocument, PaperDocument

MOST_LINES = 60  # Of a figure that is looked at, down and across.
PER_CENT = r"\s?(?:%|per\s?cent\b)"
NUMBER = r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?)"
APART = r"(?<![\w.,)+\-−–×])"  # Neither 8x2 nor 10-50%.
MORE = "more|higher|larger|greater|longer|faster|better|bigger"
LESS = "less|fewer|lower|smaller|shorter|slower|worse|cheaper"
SIGNED = re.compile(rf"{APART}(?P<sign>[+\-−]){NUMBER}{PER_CENT}", re.IGNORECASE)
COMPARED = re.compile(
    rf"{APART}{NUMBER}{PER_CENT}\s(?:(?P<more>{MORE})|(?P<less>{LESS}))\b",
    re.IGNORECASE,
)
MULTIPLE = re.compile(rf"{APART}{NUMBER}(?:\s?×|x|\stimes)(?![\w]|\s?[0-9])")


class Statement(NamedTuple):
    """What is said, and the ratios that it may stand for: from the least to the most."""

    text: str
    least: float
    most: float


@rule("figures.unsupported-number", Severity.WARNING)
def unsupported_numbers(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        for text in find_unsupported(figure):
            yield (
                f"figures.{place}.caption",
                f"No two numbers of the figure “{figure.key}” give “{text}”.",
            )


def find_unsupported(figure: FigureDocument) -> list[str]:
    """The statements of a caption that do not follow from its figure.

    None of a figure that cannot be read, which is a finding of its own, or that is too
    large to look at.
    """
    table = read_data(figure)
    if table is None or max(len(table.columns), len(table.rows)) > MOST_LINES:
        return []
    said = list(find_statements(derived.remove(figure.caption)))
    if not said:
        return []
    ratios = sorted(find_ratios(table))
    return [statement.text for statement in said if not is_among(statement, ratios)]


def find_statements(text: str) -> Iterator[Statement]:
    for found in SIGNED.finditer(text):
        yield read_change(found, is_less=found["sign"] != "+")
    for found in COMPARED.finditer(text):
        yield read_change(found, is_less=bool(found["less"]))
    for found in MULTIPLE.finditer(text):
        number, slack = read_number(found["number"])
        yield Statement(found[0], number - slack, number + slack)


def read_change(found: re.Match[str], *, is_less: bool) -> Statement:
    number, slack = read_number(found["number"])
    change = -number if is_less else number
    return Statement(found[0], 1 + (change - slack) / 100, 1 + (change + slack) / 100)


def read_number(text: str) -> tuple[float, float]:
    """A number, and how far from it what was rounded to it may be.

    Zeros at the end of three digits or more may be rounded to: of 140 the last digit
    that counts is the 4.
    """
    _, _, decimals = text.partition(".")
    digits = len(text.rstrip("0")) if not decimals and len(text) > 2 else len(text)  # noqa: PLR2004 -- two digits count
    power = -len(decimals) if decimals else len(text) - max(digits, 2)
    return float(text), 10.0**power / 2


def find_ratios(table: Table) -> Iterator[float]:
    """Each number of a row or column by each other one, and what cells say themselves."""
    for line in (*table.rows, *zip(*table.rows, strict=True)):
        numbers = [cell.number for cell in line if cell.number is not None]
        for one, other in permutations(numbers, 2):
            if other:
                yield one / other
            if other < 0:  # A change is counted from the size of what was.
                yield 2 - one / other
    for cell in chain.from_iterable(table.rows):
        said = find_statements(cell.text)
        yield from ((statement.least + statement.most) / 2 for statement in said)


def is_among(statement: Statement, ratios: Sequence[float]) -> bool:
    # What is rounded in binary may lie a hair outside.
    hair = 1e-9 * max(1.0, abs(statement.most))
    place = bisect_left(ratios, statement.least - hair)
    return place < len(ratios) and ratios[place] <= statement.most + hair
