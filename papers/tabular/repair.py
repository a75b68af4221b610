"""A table proposed for a text that has lost its columns.

What is looked for is what such a text still shows: gaps, bullets, numbers and dates that
come back in each line or after as many lines, sentences that begin with a capital. An
editor looks at the proposal before it is used; what cannot be told is not made up.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from papers.tabular import shapes
from papers.tabular.headers import is_plausible, natural_width, split_header
from papers.tabular.pasted import Rows, read_bars, read_separated, read_tabs
from papers.tabular.row_names import refuse_shared_ends
from papers.tabular.segments import Unclear, Unshaped
from papers.tabular.sentences import by_capitals
from papers.tabular.shapes import Found

HEADING = re.compile(r"\s*#{1,6}\s+(?P<text>.*\S)\s*")
RULE = re.compile(r"\s*([-=_*~])(\s?\1){2,}\s*")
NOTE = re.compile(r"\s*(?:\\?\*+\s*\S|†|‡|(?:note|source)s?\b\s*[:.])", re.IGNORECASE)
LONGEST = 20_000  # Far beyond what anybody reads over before using it.


class SeveralTables(ValueError):
    """The text holds more than one table."""


@dataclass(frozen=True)
class Proposal:
    """The header and the rows; and the lines of the text that are not among them."""

    rows: Rows
    left_out: tuple[str, ...] = ()


@dataclass
class Chunk:
    """What may be one table: the headings over it, and its paragraphs of lines.

    `line` is the number of the first of them all in the text, from 1.
    """

    line: int = 0
    heads: list[str] = field(default_factory=list)
    paragraphs: list[list[str]] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [line for paragraph in self.paragraphs for line in paragraph]

    @property
    def is_table(self) -> bool:
        return len(self.lines) > 1 or bool(self.heads and self.lines)


def propose_table(text: str) -> Rows:
    """The rows of the table that a flattened text seems to have been, header first.

    Where the text shows no header, its cells are empty. Raise ValueError, in words,
    where nothing tells what belongs in which column.
    """
    return propose(text).rows


def propose(text: str) -> Proposal:
    """As propose_table, with what is left out of the table."""
    if len(text) > LONGEST:
        raise ValueError(f"At most {LONGEST:,} characters can be repaired at a time.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stripped = text.strip("\n")
    if rows := read_bars(stripped) or read_tabs(stripped) or read_separated(stripped):
        return Proposal(rows)
    chunks = list(read_chunks(text))
    tables = [chunk for chunk in chunks if chunk.is_table]
    if not any(chunk.lines for chunk in chunks):
        raise Unshaped("There is nothing to make a table of.")
    if len(tables) > 1:
        raise SeveralTables(say_how_many(tables))
    table = (tables or [chunk for chunk in chunks if chunk.lines])[0]
    others = [
        line
        for chunk in chunks
        if chunk is not table
        for line in chunk.heads + chunk.lines
    ]
    made = read_chunk(table)
    return Proposal(made.rows, (*made.left_out, *others))


def find_starts(text: str) -> list[int]:
    """The line, from 1, in which each of the flattened tables of a text begins."""
    return [chunk.line for chunk in read_chunks(text) if chunk.is_table]


def say_how_many(tables: Sequence[Chunk]) -> str:
    starts = ", ".join(f"“{(c.heads or c.lines)[0].strip()[:60]}”" for c in tables[:3])
    return (
        f"There seem to be {len(tables)} tables here, from {starts}: "
        "repair one at a time."
    )


def read_chunks(text: str) -> Iterator[Chunk]:
    """The text parted at headings and rules that come after rows."""
    chunk, is_open, last = Chunk(), False, 0
    for number, line in enumerate(text.split("\n"), 1):
        heading = HEADING.fullmatch(line)
        if heading or RULE.fullmatch(line):
            if looks_like_heads(chunk):
                chunk.heads += chunk.lines
                chunk.paragraphs.clear()
            elif chunk.lines:
                title = take_title(chunk)
                after = Chunk(last if title else 0, title)
                yield chunk
                chunk = after
            if heading:
                chunk.line = chunk.line or number
            chunk.heads += [heading["text"]] if heading else []
            is_open = False
        elif not line.strip():
            is_open = False
        elif is_open:
            chunk.paragraphs[-1].append(line)
        else:
            chunk.paragraphs.append([line])
            chunk.line = chunk.line or number
            is_open = True
        last = number if line.strip() else last
    yield chunk


def take_title(chunk: Chunk) -> list[str]:
    """Take a line that stands alone at the end: it is a title of what comes after."""
    is_alone = len(chunk.paragraphs) > 1 and len(chunk.paragraphs[-1]) == 1
    line = chunk.paragraphs[-1][0]
    is_title = (
        is_alone and not shapes.has_value(line) and not shapes.BULLET.search(line)
    )
    return chunk.paragraphs.pop() if is_title else []


def looks_like_heads(chunk: Chunk) -> bool:
    """Whether the few lines before a rule or a heading are a title and a header."""
    lines = chunk.lines
    return len(lines) <= MOST_HEADS and not any(map(shapes.has_value, lines[1:]))


MOST_HEADS = 2


def read_chunk(chunk: Chunk) -> Proposal:
    body, notes = take_notes(chunk.paragraphs)
    lines = [line for paragraph in body for line in paragraph]
    if not lines:
        raise Unshaped("There is nothing to make a table of.")
    for read in READERS:
        found = read(chunk.heads, body)
        if found is not None:
            header, over = read_header(found, chunk.heads)
            if found.header is None and (len(header[0].split()) > 1 or over):
                refuse_shared_ends(found.rows)
            rows = [header, *found.rows]
            return Proposal(
                [[cell.strip() for cell in row] for row in rows], (*over, *notes)
            )
    raise Unshaped("Nothing here tells where one column ends and the next begins.")


def take_notes(paragraphs: Sequence[list[str]]) -> tuple[list[list[str]], list[str]]:
    """The paragraphs up to the notes below the table, and the lines of the notes."""
    kept: list[list[str]] = []
    for place, paragraph in enumerate(paragraphs):
        if kept and NOTE.match(paragraph[0]):
            return kept, [line.strip() for p in paragraphs[place:] for line in p]
        kept.append(paragraph)
    return kept, []


def read_header(found: Found, heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names of the columns, and the lines over the table that name none."""
    if found.header is not None:
        return found.header, [*heads, *found.over]
    over = [*heads, *found.over]
    names = None
    if may_name(over, found):
        names = split_header(over[-1], found.kinds)
        if names is None and natural_width(over[-1]) > len(found.kinds):
            raise Unclear(
                f"“{over[-1][:60]}” seems to name more columns than there are."
            )
    if names is None:
        return [""] * len(found.kinds), [line.strip() for line in over]
    return names, [line.strip() for line in over[:-1]]


def may_name(over: Sequence[str], found: Found) -> bool:
    """Whether the last line over the rows names the columns, and is no title of them."""
    columns = len(found.kinds)
    if not over or not is_plausible(over[-1], columns):
        return False
    is_heading_alone = len(over) == 1 and not found.over
    natural = natural_width(over[-1])
    return not is_heading_alone or natural == columns or 1 < natural == columns - 1


Reader = Callable[[Sequence[str], Sequence[list[str]]], Found | None]
READERS: tuple[Reader, ...] = (
    shapes.by_gaps,
    shapes.by_bullets,
    shapes.one_cell_a_line,
    shapes.by_values,
    shapes.in_one_line,
    by_capitals,
)
