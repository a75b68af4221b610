"""arXiv's answer about one paper: an Atom feed.

https://info.arxiv.org/help/api/user-manual.html (sections 3.3 and 3.4 on the feed).
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from papers.identifiers import ARXIV, arxiv_url
from papers.names import Author
from papers.records.entry import (
    MOST_BYTES,
    CatalogueEntry,
    Garbled,
    Unknown,
    clean,
    find_date,
    find_doi,
    guess_author,
    make_links,
    to_author_lines,
)

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV_SCHEMA = "{http://arxiv.org/schemas/atom}"
LONGEST_WORDS = 300
# arXiv has no field for it: authors and administrators write a sentence. Elsewhere than
# in the comment only an abstract that begins with it is meant.
WITHDRAWN = (
    r"(?:this|the) (?:(?:paper|article|submission|manuscript|preprint|work)|arxiv \S+)"
    r" (?:has been|was|is|had to be) (?:temporarily )?(?:withdrawn|retracted)\b"
)
IN_COMMENT = re.compile(
    rf"\b{WITHDRAWN}(?! from\b)|^(?:withdrawn|retracted)\b(?! from\b)", re.I
)
IN_ABSTRACT = re.compile(rf"(?:arxiv admin note: )?{WITHDRAWN}(?! from\b)", re.I)


def read(answer: bytes) -> CatalogueEntry:
    """The paper in an answer, with the version that it is about.

    The date is that of the first version. Raise Unknown when arXiv has no such paper,
    Garbled when this is no answer of arXiv's.
    """
    return read_entry(find_entry(read_feed(answer)))


def read_all(answer: bytes) -> Sequence[CatalogueEntry]:
    """Every paper in an answer that can be read. Raise Garbled when it is no feed."""
    found = []
    for entry in read_feed(answer).iter(f"{ATOM}entry"):
        try:
            found.append(read_entry(entry))
        except Garbled:
            continue
    return found


def read_entry(entry: Element) -> CatalogueEntry:
    match = ARXIV.fullmatch(get_text(entry, f"{ATOM}id"))
    title = get_text(entry, f"{ATOM}title")
    if not match or not title:
        raise Garbled("The answer names no paper.")
    arxiv_id = match["new"] or match["old"]
    doi = find_doi(get_text(entry, f"{ARXIV_SCHEMA}doi").partition(" ")[0])
    return CatalogueEntry(
        title=title,
        authors=to_author_lines(read_authors(entry)),
        date=find_date(get_text(entry, f"{ATOM}published")),
        venue=get_text(entry, f"{ARXIV_SCHEMA}journal_ref"),
        arxiv_id=arxiv_id,
        doi=doi,
        abstract=get_text(entry, f"{ATOM}summary"),
        links=make_links(arxiv_id, doi),
        subjects=read_subjects(entry),
        catalogue="arxiv",
        identifier=arxiv_id,
        version=f"v{match['version']}" if match["version"] else "",
        url=arxiv_url(arxiv_id),
        withdrawn=read_withdrawal(entry),
        payload=to_payload(entry),
    )


def read_withdrawal(entry: Element) -> str:
    comment = get_text(entry, f"{ARXIV_SCHEMA}comment")
    abstract = get_text(entry, f"{ATOM}summary")
    if IN_COMMENT.search(comment):
        return comment[:LONGEST_WORDS]
    return abstract[:LONGEST_WORDS] if IN_ABSTRACT.match(abstract) else ""


def read_feed(answer: bytes) -> Element:
    feed = read_xml(answer)
    if feed.tag != f"{ATOM}feed":
        raise Garbled("The answer is no feed.")
    return feed


def read_xml(answer: bytes) -> Element:
    """The root of an answer. Raise Garbled for what is no XML, or is more than data."""
    if len(answer) > MOST_BYTES:
        raise Garbled("The answer is too long.")
    try:
        text = answer.decode("utf-8-sig")
        # A feed has no document type; without one there are no entities to expand.
        # The text is parsed as it was looked at: what it says of its encoding is void.
        if "<!DOCTYPE" in text:
            raise Garbled("The answer has a document type.")
        return ET.fromstring(text)  # noqa: S314 -- no entities, see above
    except (ValueError, ET.ParseError) as error:
        raise Garbled("The answer is no XML.") from error


def find_entry(feed: Element) -> Element:
    """The one entry of a feed. Raise Unknown where arXiv says that there is none."""
    entry = feed.find(f"{ATOM}entry")
    if entry is None:
        raise Unknown("arXiv knows no such paper.")
    if get_text(entry, f"{ATOM}title") == "Error":
        raise Unknown(f"arXiv says: {get_text(entry, f'{ATOM}summary')}")
    return entry


def get_text(element: Element, tag: str) -> str:
    return clean(element.findtext(tag) or "")


def get_names(entry: Element) -> list[str]:
    return [get_text(author, f"{ATOM}name") for author in entry.iter(f"{ATOM}author")]


def read_authors(entry: Element) -> list[Author]:
    names = get_names(entry)
    # arXiv lists a group that signs first as an author, and then a colon as another.
    return [
        Author(name, is_organisation=True) if following == ":" else guess_author(name)
        for name, following in zip(names, [*names[1:], ""], strict=True)
        if name
    ]


def read_subjects(entry: Element) -> tuple[str, ...]:
    """The categories, the primary one first."""
    tags = (f"{ARXIV_SCHEMA}primary_category", f"{ATOM}category")
    terms = [clean(each.get("term", "")) for tag in tags for each in entry.iter(tag)]
    return tuple(dict.fromkeys(term for term in terms if term))


def to_payload(entry: Element) -> dict[str, object]:
    """What the entry says, under the names that the feed has for it."""
    once = {
        "id": f"{ATOM}id",
        "title": f"{ATOM}title",
        "summary": f"{ATOM}summary",
        "published": f"{ATOM}published",
        "updated": f"{ATOM}updated",
        "comment": f"{ARXIV_SCHEMA}comment",
        "journal_ref": f"{ARXIV_SCHEMA}journal_ref",
        "doi": f"{ARXIV_SCHEMA}doi",
    }
    said = {name: text for name, tag in once.items() if (text := get_text(entry, tag))}
    return {
        **said,
        "authors": get_names(entry),
        "categories": list(read_subjects(entry)),
        "links": [dict(link.attrib) for link in entry.iter(f"{ATOM}link")],
    }
