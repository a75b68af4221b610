"""The texts of an entry as they are read for links, and what addresses say."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlsplit

from papers import identifiers
from papers.checks.findings import Fix
from papers.checks.pieces import Places
from papers.checks.registry import Problem
from papers.checks.texts import texts_of_head, texts_of_sections
from papers.values import PaperDocument

# Every pattern is possessive or bounded, so that no text takes more than linear time.
CODE = re.compile(
    r"^[ >]{0,8}(?P<fence>`{3,}+(?=[^`\n]*+$)|~{3,}+)[^\n]*+"
    r"(?:\n(?![ >]{0,8}(?P=fence))[^\n]*+)*+(?:\n[^\n]*+)?"
    r"|(?<!`)(?P<tick>`{1,3})(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,400}?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE,
)
LINK = re.compile(
    r"\[(?<![!\\]\[)(?P<text>(?:[^\[\]\\]|\\[\s\S]){0,300}+)\](?:"
    r"\((?P<url><[^<>\n]{0,500}>"
    r"|[^\s()<>]{0,500}+(?:\([^\s()<>]{0,200}+\)[^\s()<>]{0,200}+)?)"
    r"(?:\s{1,5}[\"'][^\"'\n]{0,200}+[\"'])?\s{0,5}\)"
    r"|\[(?P<name>[^\[\]\n]{0,200})\])"
    r"|(?P<bare>(?:h(?<![\w(/]h)ttps?://|w(?<![\w(/]w)ww\.)[^\s<>\[\]\"]{1,500}+)"
)
DEFINITION = re.compile(
    r"^ {0,3}\[(?P<name>[^\[\]\n^]{1,200})\]:[ \t]{0,9}<?(?P<url>[^\s<>]{1,500})", re.M
)
MOST_IN_A_LINE = 100  # Links of one line that are looked at.
LONGEST_URL = 2000  # No address is longer; the rest of one is not looked at.


class Link(NamedTuple):
    """A link in a text, from its start to its end; a bare address has no words."""

    start: int
    end: int
    words: str
    url: str
    is_bare: bool


@dataclass(frozen=True)
class SourceText:
    """A text with the field that holds it; `words` is the text with its code blanked."""

    field: str
    source: str

    @cached_property
    def words(self) -> str:
        return blank_code(self.source)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return find_links(self.words)

    @cached_property
    def places(self) -> Places:
        return Places(self.source)

    @cached_property
    def ends(self) -> list[int]:
        return [link.end for link in self.links]

    def links_in_line(self, offset: int) -> Iterator[Link]:
        """The links that stand in the line of a place."""
        starts = self.places.starts
        line, _ = self.places[offset]
        start = starts[line - 1]
        stop = starts[line] if line < len(starts) else len(self.source) + 1
        first = bisect_right(self.ends, start)
        for link in self.links[first : first + MOST_IN_A_LINE]:
            if link.start >= stop:
                break
            yield link

    def problem(self, offset: int, message: str, fix: Fix | None = None) -> Problem:
        """What is wrong at a place of the text."""
        return Problem(self.field, message, *self.places[offset], fix)


@lru_cache(maxsize=64)
def blank_code(source: str) -> str:
    """The text with spaces in place of code, so that every place stays the same."""
    if "`" not in source and "~~~" not in source:
        return source
    return CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), source)


@lru_cache(maxsize=64)
def find_links(words: str) -> tuple[Link, ...]:
    """The links of a text whose code is blanked, in its order."""
    if not any(mark in words for mark in ("[", "://", "www.")):
        return ()
    definitions = list(DEFINITION.finditer(words))
    named = {one["name"].casefold(): one["url"] for one in definitions}
    defined = {one.start("url") for one in definitions}
    found = []
    for match in LINK.finditer(words):
        if match.start() in defined:
            continue
        text = " ".join((match["text"] or "").split())
        if match["bare"]:
            url = match["bare"].rstrip(".,;:!?)*_'")
        elif match["url"] is not None:
            url = match["url"].strip("<>")
        else:
            url = named.get((match["name"] or text).casefold(), "")
        # Without its definition, what looks like a reference is none.
        if url or match["name"] is None:
            end = match.start() + len(url) if match["bare"] else match.end()
            found.append(Link(match.start(), end, text, url, bool(match["bare"])))
    return tuple(found)


def read_texts(paper: PaperDocument) -> Iterator[SourceText]:
    """The Markdown that readers see."""
    for text in chain(texts_of_head(paper), texts_of_sections(paper)):
        yield SourceText(text.field, text.source)
    for place, figure in enumerate(paper.figures):
        if not figure.wanted:
            yield SourceText(f"figures.{place}.caption", figure.caption)
            yield SourceText(f"figures.{place}.notes", figure.notes)


def read_sources(paper: PaperDocument) -> Iterator[SourceText]:
    """The lines that say where something is from."""
    for place, claim in enumerate(paper.claims):
        yield SourceText(f"claims.{place}.source", claim.source)
    for place, figure in enumerate(paper.figures):
        yield SourceText(f"figures.{place}.credit", figure.credit)
        yield SourceText(f"figures.{place}.source", figure.source)


def split_address(url: str) -> tuple[str, str]:
    """Host without www, and path; nothing of what is no address."""
    url = url[:LONGEST_URL]
    try:
        parts = urlsplit(f"//{url}" if url.startswith("www.") else url)
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""


def is_on(host: str, sites: Iterable[str]) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in sites)


DOI_OF_PUBLISHER = re.compile(
    r"/doi/(?:[a-z]{2,8}/)?(10\.\d{4,9}/[^\s?#]{1,200})", re.I
)


def find_doi(text: str) -> str:
    """The DOI in a DOI or an address; nothing where it is arXiv's, which says no more."""
    match = DOI_OF_PUBLISHER.search(text[:LONGEST_URL])
    try:
        doi = identifiers.parse_doi(match[1] if match else text)
    except ValueError:
        return ""
    return "" if doi.startswith("10.48550/") else doi
