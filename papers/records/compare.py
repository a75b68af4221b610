"""Where a catalogue says something else about a paper than an entry does."""

import unicodedata
from collections.abc import Callable
from itertools import zip_longest
from typing import NamedTuple

from papers.names import Author, parse_authors
from papers.records.entry import CatalogueEntry
from papers.values import PaperDocument

# Letters that Unicode does not take apart into a letter and its mark.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


class Difference(NamedTuple):
    """A field of PaperDocument, what the entry says and what the record says."""

    field: str
    ours: str
    theirs: str


def differences(document: PaperDocument, entry: CatalogueEntry) -> list[Difference]:
    """Where the record says something else; what it does not say is no difference.

    Titles are compared by their letters and digits, authors by family name and initial
    in order, dates as precisely as both are known, identifiers exactly.
    """
    found = (find_difference(field, document, entry) for field in COMPARED)
    return [difference for difference in found if difference]


def find_difference(
    field: str, document: PaperDocument, entry: CatalogueEntry
) -> Difference | None:
    """The difference in one field of those that are compared, if there is one."""
    ours, theirs = getattr(document, field), getattr(entry, field)
    is_same = COMPARED[field]
    if not theirs or (ours and is_same(ours, theirs)):
        return None
    return Difference(field, ours, theirs)


def is_equal(ours: str, theirs: str) -> bool:
    return ours == theirs


def is_same_title(ours: str, theirs: str) -> bool:
    return to_letters(ours) == to_letters(theirs)


def is_same_date(ours: str, theirs: str) -> bool:
    return ours.startswith(theirs) or theirs.startswith(ours)


def is_same_doi(ours: str, theirs: str) -> bool:
    return ours.lower() == theirs.lower()


def is_same_authors(ours: str, theirs: str) -> bool:
    try:
        listed, known = parse_authors(ours), parse_authors(theirs)
    except ValueError:
        return False
    return all(
        is_same_author(one, other)
        if one and other
        # The shorter list ends here; it may say itself that there are more.
        else (known if one else listed).is_incomplete
        for one, other in zip_longest(listed.authors, known.authors)
    )


def is_same_author(one: Author, other: Author) -> bool:
    """Whether family name and initial are the same, or else all words in their order.

    The words alone decide where a name is parted otherwise, or a group is not marked.
    """
    if to_letters(one.display) == to_letters(other.display):
        return True
    initials = {to_letters(author.given)[:1] for author in (one, other)} - {""}
    return to_letters(one.family) == to_letters(other.family) and len(initials) <= 1


def to_letters(text: str) -> str:
    """The letters and digits of a text, without case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())


COMPARED: dict[str, Callable[[str, str], bool]] = {
    "title": is_same_title,
    "authors": is_same_authors,
    "date": is_same_date,
    "arxiv_id": is_equal,
    "doi": is_same_doi,
}
