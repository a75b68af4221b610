"""A card of the page to an entry of the review."""

import re
from dataclasses import dataclass, field

from bs4 import Tag
from django.utils.text import slugify

from papers.documents.page.dates import MONTH
from papers.documents.page.fields import Details, read_details
from papers.documents.page.figures import find_figures, read_figure
from papers.documents.page.identifiers import report_placeholder
from papers.documents.page.links import Judged, judge
from papers.documents.page.markdown import code_of, to_line, to_markdown
from papers.documents.page.parts import Parts, take_apart
from papers.documents.page.remarks import Remarks
from papers.documents.page.sections import (
    Sections,
    kind_of_details,
    read_sections,
    report_titles,
    separate,
)
from papers.documents.page.tags import Vocabulary, unique_slug
from papers.documents.page.tree import is_visible, line_of, text_of
from papers.identifiers import shorten
from papers.values import PaperDocument

LONGEST_SLUG = 60


@dataclass
class Card:
    """A card taken apart, before the year is known."""

    roots: list[Tag]
    figures: list[Tag]
    parts: Parts

    @property
    def hidden(self) -> frozenset[int]:
        return frozenset(map(id, self.figures))


@dataclass
class Entries:
    """What the entries share: places in the months, addresses, and the vocabulary."""

    year: int
    month: int = 0
    places: dict[int, int] = field(default_factory=dict)
    slugs: dict[str, int] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


@dataclass(frozen=True)
class Reading:
    """An entry, the names of its topics, and how many blocks of code it holds."""

    paper: PaperDocument
    topics: tuple[str, ...]
    code_blocks: int


def open_card(roots: list[Tag], remarks: Remarks) -> Card:
    figures = find_figures(roots)
    parts = take_apart(roots, frozenset(map(id, figures)), remarks)
    return Card(roots, figures, parts)


def read_card(card: Card, entries: Entries, remarks: Remarks) -> Reading:
    parts = card.parts
    slug = unique_slug(slugify(parts.headline) or "entry", entries.slugs, LONGEST_SLUG)
    remarks = remarks.about(slug)
    if not parts.headline:
        message = "The card has no headline: write one."
        remarks.warning("headline.missing", message, "headline", parts.line)
    month = read_month_of(parts, entries, remarks)
    details, sections = read_all_details(card, remarks)
    details.notes.extend(check_links(card.roots, remarks))
    check_marks(card.roots, remarks)
    details.notes.extend(
        to_line([tag] if tag.name == "a" else tag.contents)
        for tag in parts.plain
        if has_link(tag)
    )
    chips = name_tags(parts.chips, entries, remarks)
    topics = name_tags(
        [(topic, details.topics_line) for topic in details.topics], entries, remarks
    )
    paper = PaperDocument(
        slug=slug,
        month=month,
        place=entries.places[month],
        headline=parts.headline,
        title=details.title,
        date=details.date,
        authors=details.authors,
        arxiv_id=details.identifiers.arxiv_id,
        doi=details.identifiers.doi,
        tags=tuple(dict.fromkeys([*chips, *topics])),
        chips=chips,
        focus=details.focus,
        impact=details.impact,
        citation_note=details.citation_note,
        notes="\n".join(details.notes),
        summary=to_markdown(parts.descriptions, card.hidden),
        links=tuple(details.links),
        figures=tuple(
            read_figure(figure, number, remarks)
            for number, figure in enumerate(card.figures, 1)
        ),
        sections=tuple(sections.documents),
    )
    report_gaps(paper, details, parts, remarks)
    return Reading(paper, topics, count_code(card))


def read_month_of(parts: Parts, entries: Entries, remarks: Remarks) -> int:
    """The card's month; that of the card before it when it names none."""
    month, year = parts.month
    line = parts.date_line or parts.line
    if not month:
        month = entries.month or 1
        said = (
            f"“{parts.date}” names no month" if parts.date else "The card has no month"
        )
        remarks.error(
            "month.unreadable" if parts.date else "month.missing",
            f"{said}: it is put into month {month} for now. Say which it is.",
            "month",
            line,
        )
    if year and year != entries.year:
        remarks.warning(
            "month.other-year",
            f"“{parts.date}” is another year than {entries.year}: see whether the card"
            " belongs here.",
            "month",
            line,
        )
    if parts.month[0] and not MONTH.fullmatch(parts.date):
        remarks.info(
            "month.more-words",
            f"“{parts.date}” says more than a month: put the rest where it belongs.",
            "month",
            line,
        )
    entries.month = month
    entries.places[month] = entries.places.get(month, 0) + 1
    return month


def read_all_details(card: Card, remarks: Remarks) -> tuple[Details, Sections]:
    details, sections = Details(), Sections()
    elements = separate(card.parts.details)
    report_titles(elements, remarks)
    for element in elements:
        # Details that were left open hold the next ones, which are read by themselves.
        outer = {id(element), *map(id, element.parents)}
        hidden = card.hidden | (frozenset(map(id, elements)) - outer)
        if kind_of_details(element) == "key":
            read_details(details, element, remarks, hidden)
        else:
            read_sections(sections, element, remarks, hidden)
    return details, sections


def name_tags(
    said: list[tuple[str, int]], entries: Entries, remarks: Remarks
) -> tuple[str, ...]:
    """The names of the tags in order; one that is said twice counts once."""
    names = [
        entries.vocabulary.add(text, remarks, line)
        for text, line in said
        if text.strip()
    ]
    return tuple(dict.fromkeys(names))


def has_link(tag: Tag) -> bool:
    links = [tag] if tag.name == "a" else tag.find_all("a")
    return any(judge(str(link.get("href", ""))).url for link in links)


def check_links(roots: list[Tag], remarks: Remarks) -> list[str]:
    """Report addresses that lead nowhere. Return those of placeholders, as notes."""
    notes = []
    for root in roots:
        for link in root.find_all("a", href=True):
            judged = judge(str(link["href"]))
            report_address(judged, link, remarks)
            if judged.fault == "placeholder":
                notes.append(f"An address that is none: {judged.written}")
    return notes


# Words between marks of emphasis, as somebody wrote them who took the page for Markdown.
EMPHASISED = re.compile(
    r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]{1,80}(?<=[^\s*])\1(?![\w*])"
)
CODE = ["pre", "code", "script", "style"]


def check_marks(roots: list[Tag], remarks: Remarks) -> None:
    """Report the marks that readers of the page see, and that Markdown takes as its own."""
    for root in roots:
        for text in root.find_all(string=EMPHASISED):
            if is_visible(text) and not text.find_parent(CODE):
                found = ", ".join(f"“{m[0]}”" for m in EMPHASISED.finditer(text))
                message = f"The page shows the marks of {found}: here they emphasise."
                remarks.info("text.literal-markdown", message, "", line_of(text))


def report_address(judged: Judged, link: Tag, remarks: Remarks) -> None:
    address = f"“{shorten(judged.written, 500)}”"
    words = f"the words “{shorten(text_of(link))}” stay without it"
    if judged.fault == "placeholder":
        report_placeholder(judged.written, line_of(link), remarks)
    elif judged.fault == "relative":
        message = f"{address} leads nowhere outside of that page: {words}."
        remarks.warning("links.relative", message, "links", line_of(link))
    elif judged.fault == "scheme":
        message = f"{address} is no address of a page: {words}."
        remarks.warning("links.unusable", message, "links", line_of(link))
    elif judged.fault == "unreadable":
        message = f"{address} cannot be read as an address: {words}."
        remarks.warning("links.unusable", message, "links", line_of(link))


def report_gaps(
    paper: PaperDocument, details: Details, parts: Parts, remarks: Remarks
) -> None:
    if not paper.title:
        message = "The page does not say the paper's title with certainty: write it."
        remarks.warning("title.missing", message, "title", parts.line)
    if not (paper.arxiv_id or paper.doi):
        message = "The page names no identifier: write the arXiv id or the DOI."
        remarks.warning("identifiers.missing", message, "arxiv_id", parts.line)
    wanted = ["focus", "date", "authors", "topics", "citation", "link", "impact"]
    missing = [name for name in wanted if name not in details.seen]
    if missing:
        message = f"Nothing is said about: {', '.join(missing)}."
        remarks.info("fields.missing", message, "", parts.line)


def count_code(card: Card) -> int:
    hidden = card.hidden
    return sum(
        bool(code_of(code)) and not hidden & set(map(id, code.parents))
        for root in card.roots
        for code in root.find_all("pre")
        if not code.find_parent("pre")
    )
