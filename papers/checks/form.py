"""What a draft may hold and a published entry may not: half an id, a link to nowhere."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from papers import dates, identifiers, names
from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.markup import Frame
from papers.models import Figure
from papers.values import FigureDocument, PaperDocument

LONGEST_URL = 500
is_web_address = URLValidator(schemes=["http", "https"])
PARSERS: dict[str, Any] = {
    "arxiv_id": identifiers.parse_arxiv_id,
    "doi": identifiers.parse_doi,
    "authors": names.parse_authors,
    "date": lambda text: dates.parse_date(text) if text.strip() else None,
}


@rule("entry.malformed", Severity.ERROR, can_be_waived=False)
def malformed(paper: PaperDocument) -> Problems:
    for field, parse in PARSERS.items():
        try:
            parse(getattr(paper, field))
        except ValueError as error:
            yield field, str(error)


@rule("links.malformed", Severity.ERROR, can_be_waived=False)
def malformed_links(paper: PaperDocument) -> Problems:
    for place, link in enumerate(paper.links):
        if not is_url(link.url):
            yield f"links.{place}.url", f"Not an address: “{link.url[:60]}”."
    for place in repeated(link.url for link in paper.links):
        yield f"links.{place}.url", "The entry links to this address already."


def is_url(text: str) -> bool:
    try:
        is_web_address(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_URL


def repeated(values: Iterable[object]) -> list[int]:
    """The places of what stood before already."""
    seen: set[object] = set()
    places = []
    for place, value in enumerate(values):
        if value in seen:
            places.append(place)
        seen.add(value)
    return places


@rule("figures.broken", Severity.ERROR, can_be_waived=False)
def broken_figures(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        if problem := problem_of(figure):
            yield f"figures.{place}.content", f"Figure “{figure.key}”: {problem}"
    for place in repeated(figure.key for figure in paper.figures):
        yield f"figures.{place}.key", "Another figure of the entry has this name."


def problem_of(figure: FigureDocument) -> str:
    if figure.wanted:
        return ""
    if not (figure.image if figure.kind == "image" else figure.content.strip()):
        return "add what it is made from, or mark it as wanted."
    read = ("key", "kind", "chart", "content", "caption", "alt", "notes")
    row = Figure(**{name: getattr(figure, name) for name in read})
    try:
        row.make_html(Frame())
    except ValueError as error:
        return str(error)
    return ""


@rule("sections.heading", Severity.ERROR, can_be_waived=False)
def headings(paper: PaperDocument) -> Problems:
    for place, section in enumerate(paper.sections):
        if section.kind == "other" and not section.heading.strip():
            yield f"sections.{place}.heading", "Give the section a heading."
    for place in repeated((s.kind, s.heading.strip()) for s in paper.sections):
        reason = "The entry has this section already."
        yield f"sections.{place}.heading", reason


@rule("claims.no-source", Severity.ERROR, can_be_waived=False)
def no_source(paper: PaperDocument) -> Problems:
    for place, claim in enumerate(paper.claims):
        if not claim.text.strip():
            yield f"claims.{place}.text", "Say what the entry rests on."
        if claim.status != "unverified" and not claim.source.strip():
            reason = "A confirmed or contradicted statement needs its source."
            yield f"claims.{place}.source", reason
    for place in repeated(claim.key or claim for claim in paper.claims):
        yield f"claims.{place}.key", "Another claim of the entry has this name."
