"""Where a catalogue says something else about a paper than an entry does."""

from collections.abc import Callable
from itertools import zip_longest
from typing import NamedTuple

from papers.names import Author, parse_authors
from papers.records.entry import CatalogueEntry
from papers.records.letters import is_alike, to_letters, to_words
from papers.values import PaperDocument

# Of the words of the shorter title, so many must be in the other: a title may change
# between versions, and yet hardly ever into one of other words.
SHARED = 0.5


class Difference(NamedTuple):
    """A field of PaperDocument, what the entry says and what the record says."""

    field: str
    ours: str
    theirs: str


def differences(document: PaperDocument, entry: CatalogueEntry) -> list[Difference]:
    """Where the record says something else; what it does not say is no difference.

    Titles are compared by their letters and digits, whichever way they are written
    (papers.records.letters), authors by family name and initial in order, dates as
    precisely as both are known, identifiers exactly.
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
    return is_alike(ours, theirs)


def is_other_paper(ours: str, theirs: str) -> bool:
    """Whether two titles are of other words, so that they are of two papers."""
    if not (ours.strip() and theirs) or is_same_title(ours, theirs):
        return False
    one, other = set(to_words(ours)), set(to_words(theirs))
    return len(one & other) < SHARED * max(1, min(len(one), len(other)))


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
    if is_alike(one.display, other.display):
        return True
    initials = {to_letters(author.given)[:1] for author in (one, other)} - {""}
    return is_alike(one.family, other.family) and len(initials) <= 1


COMPARED: dict[str, Callable[[str, str], bool]] = {
    "title": is_same_title,
    "authors": is_same_authors,
    "date": is_same_date,
    "arxiv_id": is_equal,
    "doi": is_same_doi,
}
