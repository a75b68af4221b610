"""What stands twice: within an entry, and in the entries of a review."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papers.checks.findings import Severity
from papers.checks.passages import WORD, Passage, passages_of, problem_at, quote
from papers.checks.registry import Across, Problem, Problems, rule, side_by_side
from papers.checks.texts import texts_of_head, texts_of_sections
from papers.values import PaperDocument

FEWEST_WORDS = 12  # Of a paragraph that nobody writes twice by chance.
FEWEST_LINES = 4  # The same of code.


def key_of(passage: Passage) -> str:
    """The words of a paragraph that is long enough to know it again; "" of others."""
    words = WORD.findall(passage.text.casefold())
    is_long = len(words) >= FEWEST_WORDS and passage.kind not in {"heading", "cell"}
    return " ".join(words) if is_long else ""


@rule("text.repeated-paragraph", Severity.WARNING)
def repeated_paragraphs(paper: PaperDocument) -> Problems:
    """Also those of which a word or two were changed, and no number."""
    seen: dict[str, str] = {}
    holders: dict[str, str] = {}  # Which paragraph a run of words was first read in.
    for field, passage in passages_of(paper):
        key = key_of(passage)
        if not key:
            continue
        runs = runs_of(key)
        shared = Counter(holders[run] for run in runs if run in holders)
        nearest = max(shared, key=shared.__getitem__, default="")
        if key in seen or is_near(key, nearest, shared[nearest]):
            said = "it" if key in seen else "nearly the same"
            where = seen.get(key) or seen[nearest]
            message = f"Say {quote(passage.text)} once: {where} has {said} already."
            yield problem_at(field, passage, 0, message)
        seen.setdefault(key, field)
        for run in runs:
            holders.setdefault(run, key)


RUN = 4  # Words in a row.
FEWEST_NEAR = 16  # Words of a paragraph of which one may have been changed.
NEAR = 0.7  # Of the runs of the longer of the two paragraphs.
DIGITS = re.compile(r"\d+")


def runs_of(key: str) -> list[str]:
    words = key.split()
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def is_near(key: str, other: str, shared: int) -> bool:
    """Whether two paragraphs are one; what gives other numbers says something else."""
    words = max(key.count(" "), other.count(" ")) + 1
    is_long = words >= FEWEST_NEAR and shared >= NEAR * (words - RUN + 1)
    return is_long and DIGITS.findall(key) == DIGITS.findall(other)


class Block(NamedTuple):
    """What nobody writes twice: what to call it, where it stands, and in which entry."""

    name: str
    problem: Problem
    headline: str


def blocks_of(paper: PaperDocument) -> dict[str, Block]:
    """The first of each block of an entry, by what makes it the same as another."""
    found: dict[str, Block] = {}
    for key, name, problem in find_blocks(paper):
        block = Block(name, problem, paper.headline or paper.slug)
        found.setdefault(key, block)
    found.pop("", None)
    return found


def find_blocks(paper: PaperDocument) -> Iterator[tuple[str, str, Problem]]:
    for field, passage in passages_of(paper):
        if key := key_of(passage):
            name = f"paragraph {quote(passage.text)}"
            yield key, name, problem_at(field, passage, 0, "")
    for text in (*texts_of_head(paper), *texts_of_sections(paper)):
        for block in text.pieces.code:
            yield *name_code(block.code), Problem(text.field, "", block.line)
    for place, figure in enumerate(paper.figures):
        if figure.kind == "code" and not figure.wanted:
            problem = Problem(f"figures.{place}.content", "", 1, 1)
            yield *name_code(figure.content), problem


def name_code(code: str) -> tuple[str, str]:
    lines = [" ".join(line.split()) for line in code.splitlines() if line.strip()]
    is_long = len(lines) >= FEWEST_LINES
    return ("\n".join(lines), f"code {quote(lines[0])}") if is_long else ("", "")


@side_by_side("text.shared-block", Severity.WARNING, blocks_of)
def shared_blocks(entries: Sequence[dict[str, Block]]) -> Across:
    """Each paragraph or piece of code that stands in another entry too: both are told."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, blocks in enumerate(entries):
        for key in blocks:
            holders[key].append(place)
    for key, places in holders.items():
        for place in places if len(places) > 1 else ():
            other = entries[places[place == places[0]]][key].headline
            name, problem, _ = entries[place][key]
            message = f"The {name} is that of “{other}” too: keep one."
            yield place, problem._replace(message=message)
