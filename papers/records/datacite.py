"""DataCite's answer about one DOI, in JSON: data, software, theses, preprints.

https://support.datacite.org/docs/api-get-doi and https://schema.datacite.org/ (4.6).
"""

from papers.identifiers import doi_url, parse_doi
from papers.names import Author
from papers.records.answers import dig, get_items, get_text, read_json
from papers.records.entry import (
    CatalogueEntry,
    Garbled,
    Unknown,
    find_arxiv_id,
    find_date,
    find_doi,
    guess_author,
    make_links,
    to_author_lines,
)

# From when it was out to when it was made.
DATES = ("Issued", "Available", "Submitted", "Created")
LONGEST_VERSION = 20
# Fields of the OECD's list, which stand on everything and tell nothing.
FIELDS_OF_SCIENCE = "FOS:"


def read(answer: bytes) -> CatalogueEntry:
    """The work in an answer. Raise Unknown when DataCite does not know it, or Garbled."""
    payload = read_json(answer)
    if get_text(payload, "errors", 0, "status") == "404":
        raise Unknown("DataCite knows no such DOI.")
    work = dig(payload, "data", "attributes")
    title, identifier = read_title(work), read_identifier(work)
    if not title or not identifier:
        raise Garbled("The answer names no work.")
    arxiv_id, doi = find_arxiv_id(get_text(work, "doi")), find_doi(identifier)
    return CatalogueEntry(
        title=title,
        authors=to_author_lines(
            read_author(each) for each in get_items(work, "creators")
        ),
        date=read_date(work),
        venue=get_text(work, "container", "title"),
        arxiv_id=arxiv_id,
        doi=doi,
        abstract=read_abstract(work),
        links=make_links(arxiv_id, doi, get_text(work, "url")),
        subjects=read_subjects(work),
        catalogue="datacite",
        identifier=identifier,
        version=get_text(work, "version")[:LONGEST_VERSION],
        url=doi_url(identifier),
        withdrawn=read_withdrawal(work),
        payload=payload,
    )


def read_identifier(work: object) -> str:
    try:
        return parse_doi(get_text(work, "doi"))
    except ValueError:
        return ""


def read_title(work: object) -> str:
    """The title proper: translations and subtitles have a type, it has none."""
    titles = get_items(work, "titles")
    proper = [each for each in titles if not dig(each, "titleType")]
    return next(filter(None, (get_text(each, "title") for each in proper)), "")


def read_author(creator: object) -> Author:
    name = get_text(creator, "name")
    if dig(creator, "nameType") == "Organizational":
        return Author(name, is_organisation=True)
    if family := get_text(creator, "familyName"):
        return Author(family, get_text(creator, "givenName"))
    if "," in name:
        family, given = name.split(",", 1)
        return Author(family, given)
    return guess_author(name)


def read_date(work: object) -> str:
    """The first date in the order of DATES, made more precise by those after it."""
    dates = get_items(work, "dates")
    found = [
        find_date(get_text(each, "date"))
        for kind in DATES
        for each in dates
        if dig(each, "dateType") == kind
    ]
    found = [*filter(None, found), find_date(get_text(work, "publicationYear"))]
    return max((date for date in found if date.startswith(found[0])), key=len)


def read_withdrawal(work: object) -> str:
    """Since when it is withdrawn, or that its DOI was taken out of use."""
    for each in get_items(work, "dates"):
        if dig(each, "dateType") == "Withdrawn":
            return f"Withdrawn {find_date(get_text(each, 'date'))}".rstrip()
    return "No longer active" if dig(work, "isActive") is False else ""


def read_abstract(work: object) -> str:
    for each in get_items(work, "descriptions"):
        if dig(each, "descriptionType") == "Abstract":
            return get_text(each, "description")
    return ""


def read_subjects(work: object) -> tuple[str, ...]:
    subjects = [get_text(each, "subject") for each in get_items(work, "subjects")]
    return tuple(
        dict.fromkeys(
            each for each in subjects if each and not each.startswith(FIELDS_OF_SCIENCE)
        )
    )
