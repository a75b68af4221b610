"""The Deeper Dive of a card: what follows each heading becomes a section."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import PageElement

from papers.documents.page.fields import KINDS as FIELDS
from papers.documents.page.fields import find_label
from papers.documents.page.markdown import to_markdown
from papers.documents.page.parts import is_details
from papers.documents.page.remarks import Remarks
from papers.documents.page.tree import HEADINGS, has_role, line_of, text_of
from papers.values import SectionDocument

# The first whose words a heading contains is its kind.
KINDS = {
    "technical": r"technical",
    "figures": r"figures?\b|diagrams?\b",
    "historical": r"historical",
    "relevance": r"relevance",
}
# Headings that say no more than their kind.
PLAIN_HEADING = re.compile(
    r"technical(?: context| explanation| context/explanation)?"
    r"|figures?(?: (?:or|and) diagrams?|/diagrams?)?|diagrams?"
    r"|historical(?: context| comparison| context/comparison)?"
    r"|relevance(?: at (?:the )?end of (?:the )?year)?",
    re.IGNORECASE,
)
DEEPER = re.compile(r"\bdeep|\bdive\b", re.IGNORECASE)
PLAIN_TITLES = {"key": "Key Details", "deeper": "Deeper Dive"}
PLAIN_TITLE = re.compile("|".join(PLAIN_TITLES.values()), re.IGNORECASE)
KEY = re.compile(r"\bkey\b|\bdetails?\b|\bfacts?\b", re.IGNORECASE)


@dataclass
class Sections:
    documents: list[SectionDocument] = field(default_factory=list)

    def add(
        self, heading: str, body: str, where: tuple[str, int], remarks: Remarks
    ) -> None:
        kind = kind_of_heading(heading)
        place, line = where
        if kind != "other" and kind in {one.kind for one in self.documents}:
            kind = "other"
            remarks.info(
                "sections.repeated",
                f"“{heading}” is the second of its kind: it keeps its heading.",
                place,
                line,
            )
        if not body:
            remarks.warning(
                "sections.empty",
                f"Nothing stands under “{heading}”: the section is left out.",
                place,
                line,
            )
            return
        if kind == "other":
            self.documents.append(
                SectionDocument(kind=kind, heading=heading, body=body)
            )
            return
        self.documents.append(SectionDocument(kind=kind, body=body))
        if not PLAIN_HEADING.fullmatch(heading):
            remarks.info(
                "sections.heading",
                f"“{heading}” becomes the heading that every section of its kind has.",
                place,
                line,
            )


def kind_of_heading(heading: str) -> str:
    kinds = (kind for kind, words in KINDS.items() if re.search(words, heading, re.I))
    return next(kinds, "other")


def summary_of(details: Tag) -> Tag | None:
    """The element with the title of some details."""
    return next(
        (
            tag
            for tag in details.find_all(True)
            if tag.name == "summary" or has_role(tag, "summary")
        ),
        None,
    )


def kind_of_details(details: Tag) -> str:
    """`key`, `deeper` or `other`, by its title or, without one, by what it holds."""
    summary = summary_of(details)
    title = text_of(summary) if summary else ""
    if title:
        is_key = KEY.search(title) and not DEEPER.search(title)
        return "key" if is_key else "deeper" if DEEPER.search(title) else "other"
    if any(is_field(item) for item in details.find_all("li")):
        return "key"
    return "deeper" if details.find(HEADINGS) else "other"


def report_titles(details: Sequence[Tag], remarks: Remarks) -> None:
    """Say how details were read whose title is not one of the usual two."""
    for element in details:
        summary = summary_of(element)
        title = text_of(summary) if summary else ""
        kind = kind_of_details(element)
        if kind != "other" and title and not PLAIN_TITLE.fullmatch(title):
            message = f"“{title}” is read as {PLAIN_TITLES[kind]}."
            remarks.info("details.title", message, "", line_of(element))


def is_field(item: Tag) -> bool:
    label = find_label(item)
    words = text_of(label) if label else ""
    return any(re.search(known, words, re.IGNORECASE) for known in FIELDS.values())


def separate(details: Sequence[Tag]) -> list[Tag]:
    """These details and those within them that were meant to stand beside them."""
    found: dict[int, Tag] = {}
    for outer in details:
        found[id(outer)] = outer
        inner = (tag for tag in outer.find_all(True) if is_details(tag))
        found |= {id(tag): tag for tag in inner if kind_of_details(tag) != "other"}
    return list(found.values())


def read_sections(
    sections: Sections, details: Tag, remarks: Remarks, skipped: frozenset[int]
) -> None:
    """Add a section for each heading in the details, and one for what precedes them."""
    summary = summary_of(details)
    title = text_of(summary) if summary else ""
    hidden = skipped | ({id(summary)} if summary else set())
    headings = section_headings(details, hidden)
    for heading, nodes in split(details, headings, hidden):
        body = to_markdown(nodes, hidden)
        name = text_of(heading) if heading else title
        where = ("sections", line_of(heading or details))
        if heading is None and headings and not body:
            continue
        if heading is None or not name:
            remarks.info(
                "sections.untitled",
                f"What stands under “{title}” has no heading of its own: give it one.",
                *where,
            )
        sections.add(name or title or "Details", body, where, remarks)


def section_headings(details: Tag, hidden: frozenset[int]) -> list[Tag]:
    """The headings that start a section: h4 and above or, without any, the others."""
    found = [
        tag
        for tag in details.find_all(HEADINGS)
        if not hidden & {id(tag), *map(id, tag.parents)}
    ]
    upper = [tag for tag in found if tag.name in HEADINGS[:4]]
    highest = min((tag.name for tag in found), default="")
    return upper or [tag for tag in found if tag.name == highest]


def split(
    details: Tag, headings: Sequence[Tag], hidden: frozenset[int]
) -> Iterator[tuple[Tag | None, list[PageElement]]]:
    """Each heading with the nodes up to the next; first what stands before them all."""
    starts = {id(heading) for heading in headings}
    holders = {id(parent) for heading in headings for parent in heading.parents}
    current: Tag | None = None
    nodes: list[PageElement] = []
    waiting = details.contents[::-1]
    while waiting:
        node = waiting.pop()
        if id(node) in starts and isinstance(node, Tag):
            yield current, nodes
            current, nodes = node, []
        elif id(node) in holders and isinstance(node, Tag) and id(node) not in hidden:
            waiting.extend(reversed(node.contents))
        else:
            nodes.append(node)
    yield current, nodes
