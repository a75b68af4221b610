"""The pieces of an entry's texts that rules on damage look at: code, and paragraphs."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from papers.checks.findings import Fix
from papers.checks.registry import Problem
from papers.checks.texts import Text, texts_of_head, texts_of_sections
from papers.rendering import LONGEST_MARKDOWN
from papers.values import PaperDocument

PYTHON = frozenset("python python3 py py3".split())
# In these a # begins no comment, and a backslash stands in strings alone.
BRACED = frozenset("c cpp c++ csharp go java javascript js json kotlin rust ts".split())
TEXT = frozenset(("", "text", "txt", "plain", "plaintext", "none"))
MOST_SHOWN = 60


class Piece(NamedTuple):
    """Lines of a field that belong together; `line` is the field's, of the first."""

    field: str
    line: int
    text: str
    language: str = ""

    def problem(
        self, message: str, line: int = 1, column: int = 1, fix: Fix | None = None
    ) -> Problem:
        """What is wrong at a line and column of the piece, as of its field."""
        return Problem(self.field, message, self.line + line - 1, column, fix)


def shorten(text: str) -> str:
    return " ".join(text.split())[:MOST_SHOWN]


def texts_of(paper: PaperDocument) -> Iterator[Text]:
    """The texts before the figures and the sections; no form takes a longer one."""
    texts = (*texts_of_head(paper), *texts_of_sections(paper))
    return (text for text in texts if len(text.source) <= LONGEST_MARKDOWN)


def pieces_of_code(paper: PaperDocument) -> Iterator[Piece]:
    for place, figure in enumerate(paper.figures):
        is_read = len(figure.content) <= LONGEST_MARKDOWN and not figure.wanted
        if figure.kind == "code" and is_read:
            language = figure.language.strip().lower()
            yield Piece(f"figures.{place}.content", 1, figure.content, language)
    for text in texts_of(paper):
        for block in text.pieces.code:
            language = block.language.strip().lower()
            yield Piece(text.field, block.line + 1, block.code, language)


@lru_cache(maxsize=64)  # Several rules read them in turn.
def paragraphs_of(text: Text) -> tuple[Piece, ...]:
    """The runs of lines that are neither empty nor within a block of code."""
    lines = text.source.split("\n")
    for block in text.pieces.code:
        end = block.line + block.code.count("\n") + 1
        lines[block.line - 1 : end] = [""] * len(lines[block.line - 1 : end])
    start, pieces = 0, []
    for place, line in enumerate([*lines, ""]):
        if not line.strip():
            if place > start:
                piece = "\n".join(lines[start:place])
                pieces.append(Piece(text.field, start + 1, piece))
            start = place + 1
    return tuple(pieces)


class Places:
    """The line and column, from 1, of each place of a text."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(end.end() for end in re.finditer("\n", text))]

    def __getitem__(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1
