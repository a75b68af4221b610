"""How like a paper that a catalogue lists is to the one that an entry is about."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from papers.names import parse_authors
from papers.records.compare import is_same_author
from papers.records.entry import CatalogueEntry
from papers.records.letters import strip_latex, to_letters, to_words

LONGEST_TITLE = 300  # Characters that are compared, and searched for.
MOST_WORDS, LONGEST_WORD = 20, 40
TITLE, AUTHOR, YEAR = 80, 12, 8  # What each counts, where both sides have it.
YEARS_APART = 1  # A preprint is published in the next year.
LEAST, MOST = 50, 5  # What is offered: the likeness, and how many.


class Wanted(NamedTuple):
    """What is known of the paper that is looked for, as an entry has it."""

    title: str
    authors: str
    date: str


class Candidate(NamedTuple):
    entry: CatalogueEntry
    likeness: int

    @property
    def authors(self) -> str:
        """The authors in a few words; nothing where they cannot be read."""
        try:
            return parse_authors(self.entry.authors).in_brief
        except ValueError:
            return ""

    @property
    def label(self) -> str:
        return "arXiv" if self.entry.catalogue == "arxiv" else "DOI"

    @property
    def key(self) -> str:
        """The field of an entry that the identifier is for, and the identifier."""
        field = "arxiv_id" if self.entry.catalogue == "arxiv" else "doi"
        return f"{field}:{self.entry.identifier}"


def to_query(title: str) -> list[str]:
    """The words of a title to search by: letters and digits alone, and not too many.

    No sign of a query language is left; small letters are no operators.
    """
    plain = strip_latex(title[: 2 * LONGEST_TITLE])[:LONGEST_TITLE].lower()
    words = re.findall(r"[^\W_]+", plain)
    return [word[:LONGEST_WORD] for word in words[:MOST_WORDS]]


def rank(wanted: Wanted, found: Iterable[CatalogueEntry]) -> list[Candidate]:
    """The likest, with how like they are, each identifier once; what is unlike is not."""
    once = {(entry.catalogue, entry.identifier): entry for entry in found}
    known = [Candidate(entry, likeness(wanted, entry)) for entry in once.values()]
    likely = [each for each in known if each.likeness >= LEAST]
    return sorted(likely, key=lambda each: (-each.likeness, each.entry.catalogue))[
        :MOST
    ]


def likeness(wanted: Wanted, entry: CatalogueEntry) -> int:
    """From 0 to 100: the title's letters and words, the first author, the year."""
    scores = [(TITLE, like_title(wanted.title, entry.title))]
    if (author := like_first_author(wanted.authors, entry.authors)) is not None:
        scores.append((AUTHOR, author))
    if wanted.date and entry.date:
        scores.append((YEAR, like_year(wanted.date, entry.date)))
    weight = sum(weight for weight, _ in scores)
    # Rounded down: only what is the same in everything is 100 per cent alike.
    return int(100 * sum(weight * score for weight, score in scores) / weight + 1e-9)


def like_title(ours: str, theirs: str) -> float:
    one, other = to_letters(ours)[:LONGEST_TITLE], to_letters(theirs)[:LONGEST_TITLE]
    if one == other:
        return 1
    letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    words, others = set(to_words(ours)), set(to_words(theirs))
    shared = 2 * len(words & others) / max(1, len(words) + len(others))
    return (letters + shared) / 2


def like_first_author(ours: str, theirs: str) -> float | None:
    """Whether the first authors are the same; None where one is not known."""
    try:
        listed, known = parse_authors(ours).authors, parse_authors(theirs).authors
    except ValueError:
        return None
    return float(is_same_author(listed[0], known[0])) if listed and known else None


def like_year(ours: str, theirs: str) -> float:
    years = ours[:4], theirs[:4]
    if not all(year.isdecimal() for year in years):
        return 0
    return float(abs(int(years[0]) - int(years[1])) <= YEARS_APART)
