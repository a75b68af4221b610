"""A flattened table of words alone: where each cell begins as a sentence does."""

import re
from collections.abc import Sequence
from itertools import pairwise

from papers.tabular.headers import is_plausible, natural_width
from papers.tabular.pasted import Rows
from papers.tabular.segments import WORDS, Unclear
from papers.tabular.shapes import MOST_COLUMNS, Found, Paragraphs, flat

DANGLING = re.compile(
    r"\b(?:a|an|and|as|at|before|by|for|from|in|of|on|or|than|the|to|with)$"
)


def by_capitals(heads: Sequence[str], paragraphs: Paragraphs) -> Found | None:
    """A row a line, all of words: where each cell begins with a capital."""
    lines = [line.strip() for line in flat(paragraphs)]
    over = [] if heads else lines[:1]
    lines = lines if heads else lines[1:]
    words = [*heads, *over]
    is_written = all(re.search(r"\w", line) for line in lines)
    if not words or len(lines) < 2 or not is_written:  # noqa: PLR2004 -- no pattern in one
        return None
    width = natural_width(words[-1])
    if not 1 < width <= MOST_COLUMNS or not is_plausible(words[-1], width):
        return None
    rows: Rows = []
    for line in lines:
        if rows and not line[0].isupper():
            continue_cell(rows[-1], line)
        else:
            rows.append(split_sentences(line, width))
    return Found(rows, WORDS * width, None, over)


def continue_cell(row: list[str], line: str) -> None:
    """Add a line to the one cell that ends in the middle of a sentence."""
    open_cells = [n for n, cell in enumerate(row) if DANGLING.search(cell)]
    if len(open_cells) != 1:
        raise Unclear(f"Nothing tells which cell “{line[:60]}” belongs to.")
    row[open_cells[0]] += f" {line}"


def split_sentences(line: str, width: int) -> list[str]:
    """The cells of a line: each begins with a capital, and goes on in the small."""
    words = line.split()
    # A capital after a small letter begins a cell; so does the last of several
    # capitals, if small letters follow it. A letter alone is a symbol: best-of-N.
    capital = [word[0].isupper() and len(word) > 1 for word in words]
    sure = [
        n for n in range(1, len(words)) if capital[n] and not words[n - 1][0].isupper()
    ]
    maybe = [
        n
        for n, (one, other) in enumerate(pairwise(capital), 1)
        if one and other and n + 1 < len(words) and not capital[n + 1]
    ]
    cuts = sorted({*sure, *maybe})
    if len(cuts) != width - 1:
        cuts = sure
    if len(cuts) != width - 1:
        raise Unclear(f"Nothing tells where the columns of “{line[:60]}” end.")
    edges = [0, *cuts, len(words)]
    return [" ".join(words[a:b]) for a, b in pairwise(edges)]
