"""The passages that the rules about words read, and where each word of them stands.

A passage is what a reader would see of a text, without code, formulas and addresses.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from markdown_it.token import Token

from papers.checks.registry import Problem
from papers.checks.texts import texts_of_head, texts_of_sections, texts_of_tables
from papers.rendering import LONGEST_MARKDOWN, read_tokens
from papers.values import PaperDocument

HIDDEN = "\ufffc"  # Stands for a piece that is no prose: code, a formula, an address.
LONGEST_QUOTE = 60
# How far on in the source a piece of text is looked for: past a long address.
LOOK_AHEAD = 3000
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CHUNK = re.compile(r"[^\W_]+|[^\w\s\\]|_")
QUOTED = re.compile(r'“[^“”]{0,600}”|"[^"]{0,600}"')
COMPUTED = re.compile(r"\[\[=[^\[\]]{0,300}\]\]")


class Run(NamedTuple):
    """Where a stretch of a text stands; it `is_own` if no link's and not emphasised."""

    start: int
    end: int
    position: int
    is_own: bool


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph, heading, item or cell as a reader would see it.

    `sources` are the places of notes and links, `lines` where the source's lines begin.
    """

    text: str
    kind: str = "paragraph"
    runs: tuple[Run, ...] = ()
    sources: tuple[int, ...] = ()
    lines: tuple[int, ...] = (0,)
    first_line: int = 1

    @cached_property
    def lower(self) -> str:
        """The text in lower case, each letter at its place."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        # The lower case of some letters is two.
        return "".join(letter.lower()[0] for letter in self.text)

    @cached_property
    def unquoted(self) -> str:
        """The text in lower case, with what it quotes hidden."""
        return hide(QUOTED, self.lower)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of a place in the text; near it, if it was escaped."""
        at = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        if not self.runs:
            return 0, 0
        run = self.runs[max(at, 0)]
        position = run.position + min(offset - run.start, run.end - run.start)
        line = bisect_right(self.lines, position)
        return line + self.first_line - 1, position - self.lines[line - 1] + 1


class Reading(NamedTuple):
    """The passages of a text, and whether it has nothing but words."""

    passages: tuple[Passage, ...] = ()
    is_prose: bool = True


class Reader:
    """Walks through the inline tokens of one text, along with its source."""

    def __init__(self, source: str, first_line: int) -> None:
        self.source, self.first_line = source, first_line
        lengths = (len(line) for line in source.splitlines(keepends=True))
        self.lines = (0, *accumulate(lengths))
        self.cursor, self.map = 0, [0, 0]

    def read_passage(self, token: Token, kind: str) -> Passage:
        if token.map and token.map != self.map:
            self.map = token.map
            self.cursor = self.lines[min(token.map[0], len(self.lines) - 1)]
        self.depth, self.address = 0, False
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.sources: list[int] = []
        self.length = 0
        for child in token.children or ():
            self.take(child)
        text = "".join(self.parts).replace("’", "'")
        runs, sources = tuple(self.runs), tuple(self.sources)
        return Passage(text, kind, runs, sources, self.lines, self.first_line)

    def take(self, child: Token) -> None:
        if child.type in {"link_open", "footnote_ref", "figure_ref"}:
            self.sources.append(max(self.length - (child.type == "footnote_ref"), 0))
        if child.type in {"link_open", "link_close"}:
            self.address = child.type == "link_open" and bool(child.markup)
        self.depth += child.nesting
        if child.type == "text" and not self.address:
            self.add_text(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            self.add("\n")
        elif child.type != "footnote_ref" and (child.content or child.type == "image"):
            self.cursor = max(self.cursor, self.find(child.content))
            self.add(HIDDEN)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def find(self, text: str, look_ahead: int = LOOK_AHEAD) -> int:
        return self.source.find(text, self.cursor, self.cursor + len(text) + look_ahead)

    def add_text(self, text: str) -> None:
        """Note where a text stands: as a whole, or word by word if it was escaped."""
        if (whole := self.find(text)) >= 0:
            self.note(0, text, whole)
        else:
            for chunk in CHUNK.finditer(text):
                # A mark that was written in another way must not be found far off.
                ahead = LOOK_AHEAD if chunk[0].isalnum() else 4
                self.note(chunk.start(), chunk[0], self.find(chunk[0], ahead))
        self.add(text)

    def note(self, offset: int, text: str, position: int) -> None:
        if position >= 0:
            start = self.length + offset
            self.runs.append(Run(start, start + len(text), position, self.depth == 0))
            self.cursor = position + len(text)


KINDS = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}
MORE = re.compile(
    "fence|code_block|figure_ref|image|(?:bullet|ordered)_list|table|math"
)


@lru_cache(maxsize=512)  # As many as a year has: its board reads them all each time.
def read(
    source: str, *, is_line: bool = False, kind: str = "paragraph", first_line: int = 1
) -> Reading:
    """Read a text as rendering does; one that is too long for any page is not read.

    `kind` is that of what is neither a heading nor a cell.
    """
    if len(source) > LONGEST_MARKDOWN:
        return Reading()
    reader, passages, is_prose = Reader(source, first_line), [], True
    here = kind
    for token in read_tokens(source, is_line=is_line):
        if token.type == "inline":
            passages.append(reader.read_passage(token, here))
        elif token.nesting == 1:
            here = KINDS.get(token.type, kind)
        is_prose = is_prose and not MORE.match(token.type)
    return Reading(tuple(passages), is_prose)


@lru_cache(maxsize=512)
def read_plain(text: str, first_line: int = 1) -> Passage:
    """The passage that is a text without any Markdown."""
    runs = (Run(0, len(text), 0, is_own=True),)
    lines = (0, *(found.end() for found in re.finditer("\n", text)))
    plain = text[:LONGEST_MARKDOWN].replace("’", "'")
    return Passage(plain, "plain", runs, lines=lines, first_line=first_line)


Passages = Iterator[tuple[str, Passage]]


def passages_of(paper: PaperDocument) -> Passages:
    """Everything an entry says in words, with the field that says it."""
    for text in (*texts_of_head(paper), *texts_of_sections(paper)):
        kind = "line" if text.is_line else "paragraph"
        for passage in read(text.source, is_line=text.is_line, kind=kind).passages:
            yield text.field, passage
    for place, figure in enumerate(paper.figures):
        if not figure.wanted:
            yield from read_line(f"figures.{place}.caption", figure.caption)
            yield f"figures.{place}.alt", read_plain(figure.alt)
            lines = enumerate(figure.notes[:LONGEST_MARKDOWN].splitlines(), start=1)
            for number, line in ((n, line) for n, line in lines if line.strip()):
                yield from read_line(f"figures.{place}.notes", line, number)


def titles_of(paper: PaperDocument) -> Passages:
    """What stands beside the texts: headings, who made the figures, cells of tables."""
    yield "headline", read_plain(paper.headline)
    for place, section in enumerate(paper.sections):
        yield f"sections.{place}.heading", read_plain(section.heading)
    for place, figure in enumerate(paper.figures):
        if not figure.wanted:
            yield f"figures.{place}.credit", read_plain(figure.credit)
    for text in texts_of_tables(paper):
        yield text.field, Passage(text.source)


def read_line(field: str, source: str, number: int = 1) -> Passages:
    """A caption or a note: what is computed in it is no word of the author's."""
    shown = hide(COMPUTED, source)
    for passage in read(
        shown, is_line=True, kind="caption", first_line=number
    ).passages:
        yield field, passage


def hide(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: HIDDEN * len(found[0]), text)


def quote(text: str) -> str:
    words = " ".join(text.split())
    is_long = len(words) > LONGEST_QUOTE
    return f"“{words[: LONGEST_QUOTE - 1]}…”" if is_long else f"“{words}”"


def problem_at(field: str, passage: Passage, offset: int, message: str) -> Problem:
    line, column = passage.place(offset)
    return Problem(field, message, line, column)
