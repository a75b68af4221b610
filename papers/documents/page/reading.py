"""A page of the original's form, read into plain values.

Every word of the page is in the review, in a finding, or among what is unplaced.
Nothing is guessed: what the page does not say stays empty and is reported.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bs4 import Tag

from papers.checks.findings import Finding
from papers.documents.page.cards import (
    Card,
    Entries,
    Reading,
    open_card,
    read_card,
    report_address,
)
from papers.documents.page.links import judge
from papers.documents.page.markdown import to_markdown
from papers.documents.page.parts import Layout, lay_out
from papers.documents.page.remarks import Remarks, Unplaced
from papers.documents.page.tree import (
    MEDIA,
    UNSEEN,
    Page,
    comments_of,
    has_role,
    line_of,
    parse_page,
    squeeze,
    text_of,
)
from papers.identifiers import shorten
from papers.values import DocumentError, ReviewDocument

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """The review that a page says, what is wrong, and what has no place in it.

    Findings and unplaced words are in the order of the page's lines.
    """

    review: ReviewDocument
    findings: tuple[Finding, ...]
    unplaced: tuple[Unplaced, ...]
    counts: Mapping[str, int]


def read_page(html: str, *, year: int | None = None, file: str = "") -> PageReading:
    """Read a page. Raise DocumentError when it is none of this form."""
    page = parse_page(html, file)
    remarks = Remarks()
    layout = lay_out(page, remarks)
    if not layout.cards:
        raise DocumentError("This is no page of a review: it has no card.", file=file)
    titles = [title for header in layout.headers for title in titles_in(header)]
    cards = [open_card(roots, remarks) for roots in layout.cards]
    year = choose_year(year, cards, titles, remarks)
    if not year:
        reason = "The page names no year: say which one it is about."
        raise DocumentError(reason, file=file, line=cards[0].parts.line)
    entries = Entries(year)
    readings = [read_card(card, entries, remarks) for card in cards]
    review = ReviewDocument(
        year=year,
        title=name_review(titles, year, remarks),
        introduction=read_introduction(layout, titles),
        attribution=read_attribution(layout),
        tags=entries.vocabulary.tags,
        papers=tuple(reading.paper for reading in readings),
    )
    report_outside(page, layout, remarks)
    report_markup(page, remarks)
    return PageReading(
        review=review,
        findings=tuple(sorted(remarks.findings, key=attrgetter("line"))),
        unplaced=tuple(sorted(remarks.unplaced, key=attrgetter("line"))),
        counts=count(page, readings),
    )


def titles_in(header: Tag) -> list[Tag]:
    return [header] if header.name == "h1" else header.find_all("h1")


def choose_year(
    given: int | None, cards: Sequence[Card], titles: Sequence[Tag], remarks: Remarks
) -> int | None:
    """The year given, or the one that most months name, or the one in the title."""
    named = Counter(card.parts.month[1] for card in cards if card.parts.month[1])
    in_title = YEAR.search(text_of(titles[0])) if titles else None
    found = next((year for year, _ in named.most_common(1)), None)
    if found is None and in_title:
        found = int(in_title[0])
    if given and found and given != found:
        remarks.warning(
            "review.other-year",
            f"The page is about {found} and is read as {given}, as you said.",
            "year",
            cards[0].parts.date_line,
        )
    return given or found


def name_review(titles: Sequence[Tag], year: int, remarks: Remarks) -> str:
    title = next(filter(None, map(text_of, titles)), "")
    if not title:
        title = f"Year in Review {year}"
        message = f"The page has no title: it is called “{title}” for now."
        remarks.warning("review.title-missing", message, "title")
    return title


def read_introduction(layout: Layout, titles: Sequence[Tag]) -> str:
    """What the headers say below the title, without attributions within them."""
    inner = [tag for header in layout.headers for tag in attributions_in(header)]
    hidden = frozenset(map(id, [*titles[:1], *inner]))
    texts = (
        to_markdown([header] if header.name == "h1" else header.contents, hidden)
        for header in layout.headers
    )
    return "\n\n".join(filter(None, texts))


def read_attribution(layout: Layout) -> str:
    inner = [tag for header in layout.headers for tag in attributions_in(header)]
    texts = (to_markdown([tag]) for tag in [*inner, *layout.attributions])
    return "\n\n".join(filter(None, texts))


def attributions_in(header: Tag) -> list[Tag]:
    """The outermost ones."""
    found = header.find_all(lambda tag: has_role(tag, "attribution"))
    ids = set(map(id, found))
    return [tag for tag in found if not ids & set(map(id, tag.parents))]


def report_outside(page: Page, layout: Layout, remarks: Remarks) -> None:
    """Report links that lead nowhere and pictures that stand outside of the cards."""
    inside = {
        id(tag)
        for roots in layout.cards
        for root in roots
        for tag in root.find_all(True)
    }
    for link in page.find_all("a", href=True):
        if id(link) not in inside:
            report_address(judge(str(link["href"])), link, remarks)
    for media in page.find_all(MEDIA):
        if id(media) in inside:
            continue
        said = squeeze(f"{media.get('alt', '')} {media.get('src', '')}")
        remarks.leave(line_of(media), f"[{media.name}] {shorten(said, 500)}".strip())


def report_markup(page: Page, remarks: Remarks) -> None:
    """Report what is no prose: scripts, styles, comments, and nesting beyond reason."""
    if page.too_deep:
        message = "Elements are nested very deep from here: they are read as if flat."
        remarks.warning("markup.too-deep", message, line=page.too_deep)
    for tag in page.find_all(UNSEEN):
        if str(tag.string or "").strip() or tag.get("src"):
            message = f"A {tag.name} element is left out: it is no prose."
            remarks.warning("markup.script", message, line=line_of(tag))
    for tag in page.find_all(has_handler):
        names = ", ".join(name for name in tag.attrs if name.lower().startswith("on"))
        message = f"The attribute {shorten(names)} is left out: it is a script."
        remarks.warning("markup.script", message, line=line_of(tag))
    for comment in comments_of(page):
        if comment.strip():
            message = f"A comment is left out: “{' '.join(comment.split())}”"
            remarks.info("markup.comment", message, line=line_of(comment))


def has_handler(tag: Tag) -> bool:
    return any(name.lower().startswith("on") for name in tag.attrs)


def count(page: Page, readings: Sequence[Reading]) -> dict[str, int]:
    """How much of each kind was read, to compare with what the page shows."""
    papers = [reading.paper for reading in readings]
    chips = [chip for paper in papers for chip in paper.chips]
    topics = [topic for reading in readings for topic in reading.topics]
    links = page.find_all("a", href=True)
    return {
        "papers": len(papers),
        "card tags": len(chips),
        "distinct card tags": len(set(chips)),
        "topics": len(topics),
        "distinct topics": len(set(topics)),
        "sections": sum(len(paper.sections) for paper in papers),
        "blocks of code or text": sum(reading.code_blocks for reading in readings),
        "wanted figures": sum(len(paper.figures) for paper in papers),
        "impact summaries": sum(bool(paper.impact) for paper in papers),
        "links": sum(bool(judge(str(link["href"])).url) for link in links),
    }
