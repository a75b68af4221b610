"""The Key Details of a card: labelled lines to the fields of an entry."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import PageElement

from papers.documents.page.authors import read_authors
from papers.documents.page.dates import read_date
from papers.documents.page.identifiers import Identifiers, look_for_identifiers
from papers.documents.page.links import judge, kind_of
from papers.documents.page.markdown import NOTHING, to_line
from papers.documents.page.remarks import Remarks
from papers.documents.page.tree import (
    Loose,
    children,
    line_of,
    pieces,
    squeeze,
    text_of,
)
from papers.identifiers import shorten
from papers.values import LinkDocument

# The first that a label contains says what the field is.
KINDS = {
    "focus": r"\bfocus|\bmain (?:paper|topic)",
    "authors": r"\bauthors?\b",
    "date": r"\bdates?\b",
    "impact": r"\bimpact",
    "citation": r"\bcit(?:e|ation)",
    "link": r"\blinks?\b|\bresources?\b|\burls?\b",
    "topics": r"\btags?\b|\btopics?\b|\bkeywords?\b",
}
QUOTES = " '\u2018\u2019"
# A label of these words says no more than its kind.
PLAIN_LABELS = frozenset(
    "main paper topic focus publication date authors author tags tag topics information"
    " citation link links to resource short impact summary url keywords".split()
)
LABELS = frozenset({"b", "strong", "th"})
ITEMS = frozenset({"dd", "li", "p", "tr"})
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One labelled line of the page; `text` and `markdown` say its value."""

    label: str
    text: str
    markdown: str
    element: Tag

    @property
    def kind(self) -> str:
        known = (
            kind for kind, words in KINDS.items() if re.search(words, self.label, re.I)
        )
        return next(known, "")

    @property
    def line(self) -> int:
        return line_of(self.element)

    @property
    def links(self) -> list[Tag]:
        return self.element.find_all("a", href=True)


@dataclass
class Details:
    """What the fields of a card say. Notes hold what they say beyond that."""

    focus: str = ""
    title: str = ""
    date: str = ""
    authors: str = ""
    topics: list[str] = field(default_factory=list)
    topics_line: int = 0
    citation_note: str = ""
    impact: str = ""
    links: list[LinkDocument] = field(default_factory=list)
    identifiers: Identifiers = field(default_factory=Identifiers)
    notes: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def note(self, item: Item) -> None:
        self.notes.append(f"{item.label}: {item.markdown}")


def read_items(root: Tag, skipped: frozenset[int]) -> Iterator[Item | Loose]:
    """The labelled lines of an element, and what stands between them."""
    term = ""

    def is_known(tag: Tag) -> bool:
        return tag.name in ITEMS or tag.name in {"dt", "summary"} or id(tag) in skipped

    for piece in pieces(root, is_known):
        if isinstance(piece, Loose):
            yield piece
        elif piece.name == "dt":
            term = text_of(piece).rstrip(": ")
        elif piece.name == "dd":
            yield Item(term, text_of(piece), to_line(piece.contents, skipped), piece)
        elif piece.name in ITEMS and id(piece) not in skipped:
            yield from read_item(piece, skipped)


def read_item(element: Tag, skipped: frozenset[int]) -> Iterator[Item | Loose]:
    """A line with its label, or its words when it has none."""
    label = find_label(element)
    source = label or element
    rest = skipped | {id(source)} if label else skipped
    name, _, text = text_of(source, skipped).partition(":")
    markdown = to_line(source.contents, skipped).partition(":")[2]
    if label:
        text += " " + clean(text_of(element, rest))
        markdown += " " + clean(to_line(contents_of(element, rest), rest))
    item = Item(name.strip(), clean(text), clean(markdown), element)
    if label or item.kind:
        yield item
    elif words := to_line(element.contents, skipped):
        yield Loose(line_of(element), words)


def contents_of(element: Tag, skipped: frozenset[int]) -> list[PageElement]:
    """What is in a line; of a table's row, what is in its cells."""
    if element.name != "tr":
        return element.contents
    cells = (cell for cell in children(element) if id(cell) not in skipped)
    return [node for cell in cells for node in cell.contents]


def clean(text: str) -> str:
    return re.sub(r"^[\s:]+", "", text).rstrip()


def find_label(element: Tag) -> Tag | None:
    """The bold words that a line begins with."""
    for node in element.descendants:
        if isinstance(node, Tag) and node.name in LABELS:
            return node if text_of(node) else None
        if not isinstance(node, Tag) and str(node).strip():
            return None
    return None


def read_details(
    details: Details, root: Tag, remarks: Remarks, skipped: frozenset[int] = NOTHING
) -> None:
    """Add what the lines of an element say."""
    for item in read_items(root, skipped):
        if isinstance(item, Loose):
            remarks.leave(item.line, item.text)
        elif not item.kind:
            details.note(item)
            remarks.warning(
                "fields.unknown",
                f"“{item.label}” is no field of an entry: its words are in the notes.",
                "notes",
                item.line,
            )
        elif item.kind in details.seen and item.text:
            details.note(item)
            remarks.warning(
                "fields.repeated",
                f"“{item.label}” stands twice: the second is in the notes.",
                "notes",
                item.line,
            )
        elif item.text:
            report_label(item, remarks)
            details.seen.add(item.kind)
            READERS[item.kind](details, item, remarks)


def report_label(item: Item, remarks: Remarks) -> None:
    if not set(re.findall(r"\w+", item.label.lower())) <= PLAIN_LABELS:
        remarks.info(
            "fields.label",
            f"“{item.label}” is read as the {item.kind} of the entry.",
            "",
            item.line,
        )


def read_focus(details: Details, item: Item, remarks: Remarks) -> None:
    details.focus = item.markdown
    look_for_identifiers(details.identifiers, item.element, remarks)
    details.title = next(filter(None, map(title_in, item.links)), "")
    if details.title:
        remarks.info(
            "title.unchecked",
            f"The title “{details.title}” is taken from the page: compare it with the"
            " paper.",
            "title",
            item.line,
        )


def title_in(link: Tag) -> str:
    """The paper's title in the words of a link to the paper; nothing when in doubt."""
    address = judge(str(link["href"])).url
    if not address or kind_of(address) not in {"paper", "pdf"}:
        return ""
    words = text_of(link)
    if quoted := re.search(r"[“\"«]\s*(.+?)\s*[”\"»]", words):
        return quoted[1]
    words = re.sub(r"\s*\(\s*arxiv\b[^()]*\)\s*$", "", words, flags=re.I)
    words = re.sub(r"\s+paper$", "", words.strip(), flags=re.I).strip(QUOTES)
    return "" if NO_TITLE.match(words) else words


NO_TITLE = re.compile(
    r"(?:(?:the|this|an?|original|full|paper|here|link|arxiv|pdf|preprint)\b\W*)*$"
    r"|(?:read|see|view|download)\b|(?:arxiv|doi)\s*:|https?:|[\d.v/]+$",
    re.IGNORECASE,
)


def read_published(details: Details, item: Item, remarks: Remarks) -> None:
    details.date = read_date(item.text)
    if not details.date:
        details.note(item)
        remarks.warning(
            "date.unreadable",
            f"“{shorten(item.text)}” is no date: write 2024, 2024-01 or 2024-01-08.",
            "date",
            item.line,
        )
    elif any(judge(str(link["href"])).url for link in item.links):
        details.note(item)


def read_names(details: Details, item: Item, remarks: Remarks) -> None:
    try:
        found = read_authors(item.text)
    except ValueError:
        found = None
    quoted = f"“{shorten(item.text, 200)}”"
    if found is None:
        message = f"{quoted} is no list of names: write the authors, one a line."
        remarks.warning("authors.unreadable", message, "authors", item.line)
    elif found.is_unknown:
        message = f"{quoted} names nobody: write the authors, one a line."
        remarks.warning("authors.unknown", message, "authors", item.line)
    elif found.is_incomplete:
        message = f"{quoted} names only some: write all the authors, one a line."
        remarks.warning("authors.incomplete", message, "authors", item.line)
    if found and found.is_organisation_only:
        message = (
            f"{quoted} is an organisation: write the authors that the paper names."
        )
        remarks.warning("authors.organisation-only", message, "authors", item.line)
    details.authors = found.lines if found else ""
    if not found or not found.says_all or item.links:
        details.notes.append(f"Authors, as the page has them: {item.markdown}")


def read_topics(details: Details, item: Item, remarks: Remarks) -> None:
    details.topics = split_topics(item.text)
    details.topics_line = item.line
    if any(judge(str(link["href"])).url for link in item.links):
        details.note(item)


def split_topics(text: str) -> list[str]:
    """Split at commas outside of parentheses; a full stop at the end is dropped."""
    depth, parts = 0, [""]
    for char in text.strip().removesuffix("."):
        depth = max(0, depth + {"(": 1, ")": -1}.get(char, 0))
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    if depth:
        parts = text.strip().removesuffix(".").split(",")
    return [squeeze(part) for part in parts if part.strip()]


def read_citation(details: Details, item: Item, remarks: Remarks) -> None:
    details.citation_note = item.markdown
    look_for_identifiers(details.identifiers, item.element, remarks)


def read_impact(details: Details, item: Item, remarks: Remarks) -> None:
    details.impact = item.markdown


def read_links(details: Details, item: Item, remarks: Remarks) -> None:
    look_for_identifiers(details.identifiers, item.element, remarks)
    used = frozenset(
        id(link)
        for link in item.links
        if judge(str(link["href"])).url.startswith("http")
    )
    found = [
        (text_of(link), judge(str(link["href"])).url)
        for link in item.links
        if id(link) in used
    ]
    words = text_of(item.element, used).partition(":")[2]
    found += [(address, judge(address).url) for address in WEB_ADDRESS.findall(words)]
    for label, url in found:
        document = LinkDocument(kind=kind_of(url), label=label, url=url)
        if url and document not in details.links:
            details.links.append(document)
    if re.search(r"\w", WEB_ADDRESS.sub("", words)):
        details.note(item)
        remarks.warning(
            "links.text-instead-of-link",
            f"“{shorten(words)}” leads nowhere: write the address that is meant.",
            "links",
            item.line,
        )


READERS: dict[str, Callable[[Details, Item, Remarks], None]] = {
    "focus": read_focus,
    "authors": read_names,
    "date": read_published,
    "impact": read_impact,
    "citation": read_citation,
    "link": read_links,
    "topics": read_topics,
}
