"""Crossref's answer about one work, in JSON.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

import re
from collections.abc import Sequence
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
# What a publisher's notice may do to a paper, so that it no longer stands.
TAKEN_BACK = {"retraction", "withdrawal", "removal"}
LABEL = re.compile(
    r"(?:RETRACTED(?: ARTICLE| PAPER| CHAPTER)?|WITHDRAWN(?: ARTICLE| PAPER)?)\s*:\s*"
)


def read(answer: bytes) -> CatalogueEntry:
    """The work in an answer. Raise Unknown when Crossref does not know it, or Garbled."""
    if is_not_found(answer):
        raise Unknown("Crossref knows no such DOI.")
    payload = read_json(answer)
    return read_work(dig(payload, "message"), payload)


def read_all(answer: bytes) -> Sequence[CatalogueEntry]:
    """Every work in a list that can be read. Raise Garbled when there is no list."""
    payload = read_json(answer)
    if not isinstance(dig(payload, "message", "items"), list):
        raise Garbled("The answer has no list.")
    found = []
    for work in get_items(payload, "message", "items"):
        try:
            found.append(read_work(work, {}))
        except Garbled:
            continue
    return found


def read_work(work: object, payload: dict[str, object]) -> CatalogueEntry:
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
        withdrawn=read_withdrawal(work),
        payload=payload,
    )


def read_withdrawal(work: object) -> str:
    """What a notice says of the work, or its title; or that it is such a notice."""
    for name, words in (
        ("updated-by", "{kind} by {doi}"),
        ("update-to", "A notice of {kind}, about {doi}"),
    ):
        for each in get_items(work, name):
            kind, doi = get_text(each, "type").lower(), get_text(each, "DOI")
            if kind in TAKEN_BACK:
                return words.format(kind=kind, doi=doi[:300]).capitalize()
    match = LABEL.match(get_text(work, "title", 0))
    return match[0].rstrip(" :").capitalize() if match else ""


def read_title(work: object) -> str:
    title = LABEL.sub("", get_text(work, "title", 0), count=1)
    subtitle = get_text(work, "subtitle", 0)
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
