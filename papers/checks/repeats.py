"""What stands twice: within an entry, and in the entries of a review."""

from collections import defaultdict
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
    seen: dict[str, str] = {}
    for field, passage in passages_of(paper):
        if (key := key_of(passage)) and key in seen:
            message = f"Say {quote(passage.text)} once: {seen[key]} has it already."
            yield problem_at(field, passage, 0, message)
        seen.setdefault(key, field)


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
