"""A line of a flattened table, parted where its kind changes: words, a number, a date."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papers.tabular.cells import DAY, MONTH, YEAR, is_nothing
from papers.tabular.pasted import Rows

WORDS, NUMBER, DATE = "T", "N", "D"


class Unclear(ValueError):
    """The text does not tell which of its words belong in which column."""


class Unshaped(ValueError):
    """The text has nothing of a table."""


class Segment(NamedTuple):
    kind: str
    text: str


AMOUNT = (
    r"[~≈<>≤≥±]?[+\-−–]?[$€£]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    r"(?:e[+\-]?[0-9]{1,3})?(?:[%‰kKMBTx×]|bn|pp)?"
)
SCALED = rf"{AMOUNT}(?:\s?±\s?[0-9.]+%?)?(?:\s(?:thousand|million|billion|trillion))?"
# Several numbers in one cell: 8B, 70B; 8/4/3; 10-70B.
NUMBERS = rf"{SCALED}(?:(?:,\s|/|\s?–\s?){SCALED})*(?:\\?[*†‡])?"
YEAR_ALONE, ISO = r"(?:19[0-9]{2}|20[0-3][0-9])", r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
NAMED = re.sub(r"\?P<\w+>", "?:", rf"(?:{DAY} )?{MONTH} {YEAR}|{MONTH} {DAY}, {YEAR}")
VALUE = re.compile(
    rf"(?<!\S)(?:(?P<date>{NAMED}|{ISO}|{YEAR_ALONE})|(?P<number>{NUMBERS}|n/a|[-–—]))(?!\S)",
    re.IGNORECASE,
)


def part(line: str) -> list[Segment]:
    """The line's segments in order; two that touch are of different kinds, or values."""
    return list(filter(lambda segment: segment.text, parts(line)))


def parts(line: str) -> Iterator[Segment]:
    at = 0
    for found in VALUE.finditer(line):
        yield Segment(WORDS, line[at : found.start()].strip())
        yield Segment(DATE if found["date"] else NUMBER, found[0])
        at = found.end()
    yield Segment(WORDS, line[at:].strip())


def pattern(segments: Sequence[Segment]) -> str:
    return "".join(segment.kind for segment in segments)


def kind_of(text: str) -> str:
    """The kind of a text that is one cell."""
    segments = part(text)
    return segments[0].kind if len(segments) == 1 else WORDS


def kinds_of(rows: Rows) -> str:
    """The kind of each column: that of all its filled cells, or words."""
    columns = (
        [c for c in column if not is_nothing(c)] for column in zip(*rows, strict=True)
    )
    found = ({kind_of(cell) for cell in column} for column in columns)
    return "".join(kinds.pop() if len(kinds) == 1 else WORDS for kinds in found)


def fit(segments: Sequence[Segment], wanted: str) -> list[str] | None:
    """The segments as cells of the wanted kinds, in order; None where they do not fit.

    A cell of words takes in values beside it: “Dolma 1.6” is a name. Where there are
    several ways, the values go to the first columns that they fit.
    """
    # For each number of segments taken, the cells of the first way to take so many.
    ways: dict[int, list[str]] = {0: []}
    for kind in wanted:
        found: dict[int, list[str]] = {}
        for taken, cells in ways.items():
            longest = len(segments) if kind == WORDS else min(taken + 1, len(segments))
            for end in range(taken + 1, longest + 1):
                piece = segments[taken:end]
                if kind == WORDS and all(s.kind != WORDS for s in piece):
                    continue
                if kind != WORDS and piece[0].kind != kind:
                    continue
                found.setdefault(end, [*cells, " ".join(s.text for s in piece)])
        ways = found
    return ways.get(len(segments))
