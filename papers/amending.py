"""The parts of an entry that can be corrected one by one, and how one is changed.

A part is either a value, which is corrected as a whole, or words in which a passage is.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from papers.differences import SECTIONS
from papers.values import FigureDocument, PaperDocument

LONGEST = 500  # Characters of a value.
VALUES = {
    "title": "Title of the paper",
    "date": "Date of the paper",
    "venue": "Venue",
    "arxiv_id": "arXiv id",
    "doi": "DOI",
}
DETAILS = {"focus": "Focus", "impact": "Impact", "citation_note": "Citation note"}
LINK_KINDS = {"pdf": "PDF"}
# Drawings are not in it: what a reader sees of one is not its source.
READABLE = {"table", "chart", "code"}
# What stands between the words of a passage where it was copied from the page.
MARKS = "*_`~"
BETWEEN = rf"[\s{MARKS}]+"
RUN_OF_MARKS = re.compile(rf"([{MARKS}])\1*")

Path = tuple[Any, ...]  # The name of a field; or of parts, a place and a field of it.


class Changed(Exception):
    """The passage does not stand there, or more than once: `text` is what does."""

    def __init__(self, text: str) -> None:
        super().__init__("The passage does not stand there.")
        self.text = text


@dataclass(frozen=True)
class Spot:
    """One text of an entry: where in the document it stands, and what it says."""

    path: Path
    text: str


@dataclass(frozen=True)
class EntryPart:
    """A part in a reader's words. Its key stays its key while it is the same part."""

    key: str
    label: str
    group: str
    spots: tuple[Spot, ...]
    is_value: bool

    @property
    def text(self) -> str:
        return "\n\n".join(spot.text for spot in self.spots if spot.text)

    @property
    def is_whole(self) -> bool:
        """Whether it is corrected as a whole; there is no passage in nothing."""
        return self.is_value or not self.text


def list_parts(document: PaperDocument) -> list[EntryPart]:
    """What readers see of an entry, in the order of its page."""
    words = [
        field(document, "headline", "Headline", "The entry", is_value=True),
        field(document, "summary", "Summary", "The entry"),
        *(field(document, name, DETAILS[name], "The entry") for name in DETAILS),
        field(document, "authors", "Authors", "The paper"),
        *(
            field(document, name, VALUES[name], "The paper", is_value=True)
            for name in VALUES
        ),
    ]
    # One cannot say which words to change where there are none.
    empty = {"summary", *DETAILS}
    return [
        *(part for part in words if part.text or part.key not in empty),
        *links(document),
        *sections(document),
        *figures(document),
        *claims(document),
    ]


def field(
    document: PaperDocument,
    name: str,
    label: str,
    group: str,
    *,
    is_value: bool = False,
) -> EntryPart:
    spot = Spot((name,), getattr(document, name))
    return EntryPart(name, label, group, (spot,), is_value)


def links(document: PaperDocument) -> Iterator[EntryPart]:
    for place, link in enumerate(document.links):
        name = link.label or LINK_KINDS.get(link.kind, link.kind.capitalize())
        spot = Spot(("links", place, "url"), link.url)
        key = f"links/{digest(link.url)}"
        yield EntryPart(key, f"Link “{name[:200]}”", "The paper", (spot,), True)


def sections(document: PaperDocument) -> Iterator[EntryPart]:
    for place, section in enumerate(document.sections):
        if section.body.strip():
            name = section.heading or SECTIONS.get(section.kind, section.kind)
            key = "/".join(filter(None, ("sections", section.kind, section.heading)))
            spot = Spot(("sections", place, "body"), section.body)
            yield EntryPart(key, f"Section “{name}”", "Deeper dive", (spot,), False)


def figures(document: PaperDocument) -> Iterator[EntryPart]:
    number = 0
    for place, figure in enumerate(document.figures):
        if not figure.wanted:
            number += 1
            spots = tuple(
                Spot(("figures", place, name), getattr(figure, name))
                for name in seen_of(figure)
            )
            key = f"figures/{figure.key}"
            yield EntryPart(key, f"Figure {number}", "Figures", spots, False)


def seen_of(figure: FigureDocument) -> Sequence[str]:
    names = ("caption", "alt", "notes", "credit", "source")
    return ("content", *names) if figure.kind in READABLE else names


def claims(document: PaperDocument) -> Iterator[EntryPart]:
    for place, claim in enumerate(document.claims):
        spots = tuple(
            Spot(("claims", place, name), getattr(claim, name))
            for name in ("text", "value", "source", "place")
        )
        key = f"claims/{digest(claim.text)}"
        label = f"Statement {place + 1}"
        yield EntryPart(key, label, "What it rests on", spots, False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def find_part(document: PaperDocument, key: str) -> EntryPart | None:
    return next((part for part in list_parts(document) if part.key == key), None)


def find_passage(part: EntryPart, words: str) -> str:
    """The passage of the part's source that a reader means by these words.

    Spaces, and marks of emphasis that the page does not show, need not be the same.
    Raise ValueError, in a reader's words, where it is none or not a single one.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if part.is_whole:
        if words != part.text.strip():
            raise ValueError("The entry says something else by now: look once more.")
        return part.text
    found = exact(part, words) or alike(part, words)
    if not words or not found:
        raise ValueError(
            "These words do not stand there. Copy them from the text below as it is."
        )
    if len(found) > 1:
        raise ValueError(
            f"These words stand there {len(found)} times. "
            "Copy some more of the words around the ones you mean."
        )
    return found[0]


def exact(part: EntryPart, words: str) -> list[str]:
    return [words] * sum(spot.text.count(words) for spot in part.spots)


def alike(part: EntryPart, words: str) -> list[str]:
    """What the words were copied from, with the marks around it that belong to it."""
    tokens = re.findall(rf"[^\s{MARKS}]+", words)
    if not tokens:
        return []
    marks = f"[{MARKS}]*"
    pattern = re.compile(marks + BETWEEN.join(map(re.escape, tokens)) + marks)
    found = [match[0] for spot in part.spots for match in pattern.finditer(spot.text)]
    return [each for each in found if is_balanced(each)]


def is_balanced(passage: str) -> bool:
    """Whether what it opens, it closes: no emphasis is cut in two."""
    marks = Counter(match[0] for match in RUN_OF_MARKS.finditer(passage))
    return all(times % 2 == 0 for times in marks.values())


def amend(document: PaperDocument, key: str, now: str, should_be: str) -> PaperDocument:
    """The document with one passage of a part, or its value, as it should be.

    Raise Changed where the passage is not, or no more, the only one of its words.
    """
    part = find_part(document, key)
    if part is None:
        raise Changed("")
    if part.is_whole or not now:
        matching = [spot for spot in part.spots if spot.text == now]
    else:
        matching = [spot for spot in part.spots if now in spot.text]
        if sum(spot.text.count(now) for spot in matching) > 1:
            raise Changed(part.text)
    if not matching:
        raise Changed(part.text)
    spot = matching[0]
    text = spot.text.replace(now, should_be) if now else should_be
    return put(document, spot.path, text)


def put(document: PaperDocument, path: Path, text: str) -> PaperDocument:
    name, *rest = path
    value: Any = text
    if rest:
        place, field_name = rest
        parts = list(getattr(document, name))
        parts[place] = replace(parts[place], **{field_name: text})
        value = tuple(parts)
    changes: dict[str, Any] = {name: value}
    return replace(document, **changes)
