"""Identifiers: whether they are real, of this paper, and called what they are."""

import re
from calendar import SATURDAY, monthrange
from collections.abc import Iterator
from itertools import chain

from papers import dates
from papers.checks import people
from papers.checks.fillers import is_filler_arxiv
from papers.checks.findings import Fix, Severity
from papers.checks.registry import Across, Problem, Problems, review_rule, rule
from papers.checks.source_links import find_wrong_labels
from papers.checks.source_texts import (
    LONGEST_URL,
    SourceText,
    find_doi,
    read_sources,
    read_texts,
    split_address,
)
from papers.identifiers import shorten
from papers.records.entry import find_arxiv_id
from papers.values import PaperDocument, ReviewDocument

# The month in an arXiv id.

LAST_DAYS, FIRST_DAYS, FIRST_NUMBERS = 27, 3, 2_000


def months_after(arxiv_id: str, date: dates.PartialDate) -> int:
    """By how many months the date is later than the id."""
    digits = arxiv_id.rpartition("/")[2][:4]
    # The older scheme began in 1991.
    century = 1900 if "/" in arxiv_id and digits > "9000" else 2000
    year, month = century + int(digits[:2]), int(digits[2:])
    if date.precision == "year":
        return 12 * (date.year - year) if abs(date.year - year) > 1 else 0
    return 12 * (date.year - year) + date.month - month


def is_at_turn(arxiv_id: str, date: dates.PartialDate, months: int) -> bool:
    """Whether a paper sent at the end of one month may have got the id of the next."""
    if date.precision != "day":
        return abs(months) <= 1
    if months == -1:
        number = int(arxiv_id.rpartition(".")[2]) if "." in arxiv_id else 0
        is_last = date.day_of_month >= LAST_DAYS or working_days_after(date) <= 1
        return is_last and number < FIRST_NUMBERS
    return months == 1 and date.day_of_month <= FIRST_DAYS


def working_days_after(date: dates.PartialDate) -> int:
    """How many days of the same month come after it that arXiv announces papers on."""
    first, days = monthrange(date.year, date.month)
    later = range(date.day_of_month + 1, days + 1)
    return sum((first + day - 1) % 7 < SATURDAY for day in later)


@rule("identifiers.date", Severity.WARNING)
def other_month(paper: PaperDocument) -> Problems:
    arxiv_id = find_arxiv_id(paper.arxiv_id)
    date = people.read_date(paper)
    if not arxiv_id or date is None or is_filler_arxiv(arxiv_id):
        return
    months = months_after(arxiv_id, date)
    is_published = months > 0 and bool(paper.venue.strip() or find_doi(paper.doi))
    if months and not is_published and not is_at_turn(arxiv_id, date, months):
        reason = f"Compare the date {date} with the id: {arxiv_id} is of another month."
        yield Problem("arxiv_id", reason, 1, 1)


def own_ids(paper: PaperDocument) -> tuple[str, str]:
    """The entry's own arXiv id, which its DOI may say too, and its publisher's DOI."""
    arxiv_id = find_arxiv_id(paper.arxiv_id) or find_arxiv_id(paper.doi)
    return arxiv_id, find_doi(paper.doi)


def names_another(text: str, ids: tuple[str, str]) -> str:
    """The identifier in an address that is not the entry's own, where both have one."""
    own, ours = ids
    arxiv_id, doi = find_arxiv_id(text), find_doi(text)
    if arxiv_id and own and arxiv_id != own:
        return arxiv_id
    return doi if doi and ours and doi != ours else ""


# A link that says what else it is, beside one to the paper itself.
SAYS_ONLY_PAPER = re.compile(
    r"(?:read|see|the|this|full|paper|article|arxiv|preprint|pdf|abstract|doi|on|link|"
    r"to|here|html|text|[\s:.\d/v()-])*",
    re.IGNORECASE,
)
MEANS_ANOTHER = re.compile(
    r"\b(?:part\s+\w+|follow\w*|supersed\w*|exten[ds]\w*|earlier|previous\w*|companion|"
    r"builds|version of|see also|instead|correct\w*|not)\b",
    re.IGNORECASE,
)
ANY_ARXIV_ID = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|:\s?|\.|\s)(?P<id>\d{4}\.\d{4,5})(?![\dx?#])",
    re.I,
)


@rule("identifiers.disagree", Severity.WARNING)
def disagreements(paper: PaperDocument) -> Problems:
    ids = own_ids(paper)
    if other := find_arxiv_id(paper.doi) and names_another(paper.doi, ids):
        yield Problem("doi", DISAGREES.format(other), 1, 1)
    papers = [link for link in paper.links if link.kind in {"paper", "pdf"}]
    has_own = any(find_arxiv_id(link.url) == ids[0] for link in papers)
    for place, link in enumerate(paper.links):
        says_more = has_own and not SAYS_ONLY_PAPER.fullmatch(link.label[:300])
        other = names_another(link.url, ids)
        if link in papers and other and not says_more:
            yield Problem(f"links.{place}.url", DISAGREES.format(shorten(other)), 1, 1)
    yield from find_wrong_words(paper)
    note = SourceText("citation_note", paper.citation_note)
    found = [(m["id"], m.start("id")) for m in ANY_ARXIV_ID.finditer(note.words)]
    found += [(find_doi(link.url), link.start) for link in note.links]
    others = [(n, start) for n, start in found if names_another(n, ids)]
    is_meant = MEANS_ANOTHER.search(note.words) or ids[0] in dict(found)
    if others and not is_meant:
        number, start = others[0]
        yield note.problem(start, DISAGREES.format(shorten(number)))


def find_wrong_words(paper: PaperDocument) -> Iterator[Problem]:
    """The links that name one arXiv id and lead to another."""
    for place, link in enumerate(paper.links):
        if other := leads_to_another(link.label, link.url):
            yield Problem(f"links.{place}.label", LEADS.format(other), 1, 1)
    for text in read_texts(paper):
        for found in text.links:
            if other := leads_to_another(found.words, found.url):
                yield text.problem(found.start, LEADS.format(other))


def leads_to_another(words: str, url: str) -> str:
    said = {match["id"] for match in ANY_ARXIV_ID.finditer(words[:LONGEST_URL])}
    target = find_arxiv_id(url) if said else ""
    return target if target and target not in said else ""


LEADS = "The link names another arXiv id than it leads to, {}: correct one."
DISAGREES = "“{}” is not the entry's own identifier: correct one of the two."


# What is called by another scheme's name.

AN_ID = r"[\[(]?\s?(?:arxiv\s?[:.]|https?://(?:www\.)?arxiv\.org/|\d{4}\.\d{4,5}(?!\d))"
A_DOI = r"[\[(]?(?:https?://(?:dx\.)?doi\.org/)?10\.(?!48550/)\d{4,9}/"
MARKS = r"[*_]{0,3}\s{0,3}:[*_]{0,3}\s{0,3}"
CALLED_DOI = re.compile(
    rf"\bDOI(?:{MARKS}|\s)(?P<rest>(?={AN_ID})\S{{1,60}})", re.I | re.A
)
CALLED_OTHER = re.compile(
    r"\b(?P<scheme>arXiv|PMC?ID|ISBN|ISSN|HAL|SSRN|ADS)"
    rf"(?:\s(?:number|no\.?|id|identifier|preprint|e-print))?{MARKS}(?P<rest>(?={A_DOI})\S{{1,60}})",
    re.I | re.A,
)


@rule("identifiers.scheme", Severity.WARNING)
def wrong_scheme(paper: PaperDocument) -> Problems:
    yield from find_wrong_labels(paper)
    for text in chain(read_texts(paper), read_sources(paper)):
        for match in CALLED_DOI.finditer(text.words):
            rest = match["rest"]
            reason = f"“{shorten(rest)}” is an arXiv id: do not call it a DOI."
            is_named = rest.lstrip("[(").lower().startswith("arxiv")
            after = rest if is_named else f"arXiv:{rest}"
            yield text.problem(match.start(), reason, renamed(match, after))
        for match in CALLED_OTHER.finditer(text.words):
            scheme = (
                "arXiv id" if match["scheme"].lower() == "arxiv" else match["scheme"]
            )
            article = "an" if scheme[0] in "aAIHS" else "a"
            rest = shorten(match["rest"])
            reason = f"“{rest}” is a DOI: do not call it {article} {scheme}."
            after = f"DOI: {match['rest']}"
            yield text.problem(match.start(), reason, renamed(match, after))


def renamed(match: re.Match[str], after: str) -> Fix | None:
    # A bold label has its marks outside the match too.
    label = match[0].removesuffix(match["rest"])
    return None if "*" in label or "_" in label else Fix(match[0], after)


def sources_of(paper: PaperDocument) -> Iterator[tuple[str, str]]:
    """What names the paper, each in one form, with the field that does."""
    arxiv_id, doi = own_ids(paper)
    yield "arxiv_id", f"arXiv:{arxiv_id}" if arxiv_id else ""
    yield "doi", doi
    for place, link in enumerate(paper.links):
        if link.kind == "paper" and SAYS_ONLY_PAPER.fullmatch(link.label[:300]):
            linked = find_arxiv_id(link.url)
            key = f"arXiv:{linked}" if linked else find_doi(link.url)
            yield f"links.{place}.url", key or "/".join(split_address(link.url))


@review_rule("identifiers.repeated", Severity.WARNING)
def repeated_sources(review: ReviewDocument) -> Across:
    """The papers that two entries of a review are about: the place of the later one."""
    papers, first = review.papers, dict[str, int]()
    for place, paper in enumerate(papers):
        said: set[str] = set()
        for field, key in sources_of(paper):
            if key and key not in said and first.setdefault(key, place) != place:
                other = shorten(papers[first[key]].headline or papers[first[key]].slug)
                reason = (
                    f"The entry “{other}” is about this paper too: correct one of them."
                )
                yield place, Problem(field, reason, 1, 1)
            said.add(key)
