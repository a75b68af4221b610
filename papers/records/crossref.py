"""Crossref's answer about one work, in JSON.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from itertools import takewhile

from papers.identifiers import doi_url
from papers.names import Author
from papers.records.answers import dig, get_items, get_text, is_not_found, read_json
from papers.records.entry import (
    CatalogueEntry,
    Garbled,
    Unknown,
    find_arxiv_id,
    find_doi,
    join_date,
    make_links,
    to_author_lines,
)

# The day readers could have it; paper copies and bookkeeping come later.
DATES = ("published-online", "posted", "published", "issued", "published-print")


def read(answer: bytes) -> CatalogueEntry:
    """The work in an answer. Raise Unknown when Crossref does not know it, or Garbled."""
    if is_not_found(answer):
        raise Unknown("Crossref knows no such DOI.")
    payload = read_json(answer)
    work = dig(payload, "message")
    title, doi = read_title(work), find_doi(get_text(work, "DOI"))
    if not title or not doi:
        raise Garbled("The answer names no work.")
    arxiv_id = read_preprint(work)
    return CatalogueEntry(
        title=title,
        authors=to_author_lines(
            read_author(each) for each in get_items(work, "author")
        ),
        date=read_date(work),
        venue=read_venue(work),
        arxiv_id=arxiv_id,
        doi=doi,
        abstract=get_text(work, "abstract"),
        # The files that Crossref lists are for machines that mine or check texts.
        links=make_links(arxiv_id, doi),
        subjects=tuple(
            filter(None, (get_text(each) for each in get_items(work, "subject")))
        ),
        catalogue="crossref",
        identifier=doi,
        url=doi_url(doi),
        payload=payload,
    )


def read_title(work: object) -> str:
    title, subtitle = get_text(work, "title", 0), get_text(work, "subtitle", 0)
    is_said = subtitle.lower() in title.lower()
    return title if is_said or not title else f"{title.rstrip(' :')}: {subtitle}"


def read_author(author: object) -> Author:
    if name := get_text(author, "name"):
        return Author(name, is_organisation=True)
    given, family = get_text(author, "given"), get_text(author, "family")
    if not family:
        return Author(given)
    return Author(f"{family} {get_text(author, 'suffix')}".rstrip(), given)


def read_date(work: object) -> str:
    for name in DATES:
        parts = get_items(work, name, "date-parts", 0)[:3]
        numbers = [*takewhile(bool, map(read_number, parts))]
        if numbers and (found := join_date(*numbers)):
            return found
    return ""


def read_number(part: object) -> int:
    return part if isinstance(part, int) else 0


def read_venue(work: object) -> str:
    """The journal or the proceedings; for a preprint the house that posted it."""
    return get_text(work, "container-title", 0) or get_text(
        work, "institution", 0, "name"
    )


def read_preprint(work: object) -> str:
    """The id of the work's preprint on arXiv, where Crossref relates them."""
    related = get_items(work, "relation", "has-preprint")
    return find_arxiv_id(*(get_text(each, "id") for each in related))
