"""Identifiers: whether they are real, of this paper, and called what they are."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from papers import dates, identifiers
from papers.checks import people
from papers.checks.findings import Fix, Severity
from papers.checks.registry import Across, Problem, Problems, review_rule, rule
from papers.checks.source_links import find_wrong_labels
from papers.checks.source_texts import (
    LONGEST_URL,
    SourceText,
    is_on,
    read_sources,
    read_texts,
    split_address,
)
from papers.identifiers import shorten
from papers.records.entry import find_arxiv_id
from papers.values import PaperDocument, ReviewDocument

DOI_OF_PUBLISHER = re.compile(
    r"/doi/(?:[a-z]{2,8}/)?(10\.\d{4,9}/[^\s?#]{1,200})", re.I
)


def find_doi(text: str) -> str:
    """The DOI in a DOI or an address; nothing where it is arXiv's, which says no more."""
    match = DOI_OF_PUBLISHER.search(text[:LONGEST_URL])
    try:
        doi = identifiers.parse_doi(match[1] if match else text)
    except ValueError:
        return ""
    return "" if doi.startswith("10.48550/") else doi


# What stands for an identifier that was to be looked up.

NAMED_ID = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf|html|format)/|[.:\s])\s?(?:(?:preprint|e-print|id)\s)?"
    r"(?:arxiv:)?[\s:\[(]{0,3}|huggingface\.co/papers/|alphaxiv\.org/(?:abs|overview)/)"
    r"(?P<id>[\dx]{4}\.[\dxn?#]{4,5})(?![\dx])"
    r"|(?<![\w./])(?P<bare>[\dx]{4}\.x{4,5})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
NAMED_DOI = re.compile(
    r"(?<![\w.])10\.(?:\d{4,9}|x{3,9})/[^\s\"'<>\[\](){}]{1,200}", re.I | re.ASCII
)
FILLERS = frozenset("12345 54321 56789 67890 98765".split())
FIVE_DIGITS_SINCE, FIRST_MONTH = (
    "1501",
    "0704",
)  # https://info.arxiv.org/help/arxiv_identifier.html
MOST_IN_A_MONTH = 60_000  # Twice as many papers as arXiv ever got in one.
FILLER_PREFIXES = frozenset({"10.0000", "10.1234", "10.12345", "10.9999", "10.99999"})
FILLER_IN_DOI = re.compile(
    r"(?<![a-z\d])(?:x{3,}|n{4,}|y{4,}|tbd|todo|placeholder|example|your-?doi|xyz123)"
    r"(?![a-z\d])|(?<!\d)(?:0{5,}|12345(?:6(?:7(?:8(?:90?)?)?)?)?)(?!\d)"
)


def is_filler_arxiv(arxiv_id: str) -> bool:
    """Whether no paper has this id, or one in ten thousand that counts like a filler."""
    if "/" in arxiv_id:
        return arxiv_id.endswith("000")
    month, _, number = arxiv_id.partition(".")
    if not (month + number).isdigit() or not 1 <= int(month[2:]) <= 12:  # noqa: PLR2004 -- months
        return True
    is_five = month >= FIVE_DIGITS_SINCE
    return (
        int(number) == 0
        or not FIRST_MONTH <= month <= f"{people.today():%y%m}"
        or len(number) != (5 if is_five else 4)
        or number in FILLERS
        or (is_five and len(set(number)) == 1)
        or int(number) > MOST_IN_A_MONTH
    )


def is_filler_doi(doi: str) -> bool:
    prefix, _, suffix = doi.lower().partition("/")
    return (
        prefix in FILLER_PREFIXES or "x" in prefix or bool(FILLER_IN_DOI.search(suffix))
    )


# These lead nowhere by agreement; example.org stands for an address in our own texts.
NOWHERE = ("example.com", "example.net", "example", "invalid", "test", "localhost")
FILLER_TARGETS = frozenset(
    "# url link href todo tbd ... … xxx placeholder address".split()
)
FILLER_SEGMENT = re.compile(
    r"x{3,}|[<{\[].*[>}\]]|todo|tbd|placeholder|username|"
    r"your[-_]?(?:user(?:name)?|name|org(?:ani[sz]ation)?|repo(?:sitory)?|project|model|"
    r"paper|link|url|id|handle|domain|site)",
    re.IGNORECASE,
)
FILLER_PATH = re.compile(
    r"/(?:user|owner|org|author|name)/(?:repo(?:sitory)?|project|name|model)/?"
    r"|/(?:abs|pdf)/?",
    re.I,
)


def is_filler_address(url: str) -> bool:
    if not url or url.lower() in FILLER_TARGETS:
        return True
    host, path = split_address(url)
    if not host:
        return False
    is_bare = is_on(host, ("arxiv.org", "github.com", "gitlab.com", "huggingface.co"))
    return (
        is_on(host, NOWHERE)
        or (is_bare and bool(FILLER_PATH.fullmatch(path)))
        or any(FILLER_SEGMENT.fullmatch(part) for part in path.split("/"))
    )


def find_fillers(text: SourceText) -> Iterator[tuple[int, str]]:
    """The identifiers in a text that stand for others: where, and what to do."""
    for match in NAMED_ID.finditer(text.words):
        name = "id" if match["id"] else "bare"
        if is_filler_arxiv(match[name]):
            yield match.start(name), LOOK_UP.format("arXiv id", match[name])
    for match in NAMED_DOI.finditer(text.words):
        doi = match[0].rstrip(".,;:!?*_")
        if not doi.lower().startswith("10.48550/") and is_filler_doi(doi):
            yield match.start(), LOOK_UP.format("DOI", shorten(doi, 50))


def find_placeholders(text: SourceText) -> Iterator[Problem]:
    fillers = list(find_fillers(text))
    for start, message in fillers:
        yield text.problem(start, message)
    places = sorted(start for start, _ in fillers)
    for link in text.links:
        # One whose identifier is named already is not named again.
        is_named = bisect_left(places, link.start) != bisect_left(places, link.end)
        if is_filler_address(link.url) and not is_named:
            words = shorten(link.url or link.words, 50)
            yield text.problem(link.start, LEADS_NOWHERE.format(words))


LEADS_NOWHERE = "Give the real address: “{}” leads nowhere."
LOOK_UP = "Look up the {}: “{}” is a placeholder or mistyped."


@rule("identifiers.placeholder", Severity.ERROR)
def placeholders(paper: PaperDocument) -> Problems:
    """What a catalogue has a record of is real, however it looks."""
    known = {record.identifier.lower() for record in paper.records}
    for problem in look_for_placeholders(paper):
        if not any(identifier in problem.message.lower() for identifier in known):
            yield problem


def look_for_placeholders(paper: PaperDocument) -> Iterator[Problem]:
    """What is malformed in its own field is a finding of its own."""
    arxiv_id, doi = find_arxiv_id(paper.arxiv_id), find_doi(paper.doi)
    if arxiv_id and is_filler_arxiv(arxiv_id):
        yield Problem("arxiv_id", LOOK_UP.format("arXiv id", arxiv_id), 1, 1)
    if doi and is_filler_doi(doi):
        yield Problem("doi", LOOK_UP.format("DOI", shorten(doi, 50)), 1, 1)
    for place, link in enumerate(paper.links):
        address = SourceText(f"links.{place}.url", link.url)
        fillers = list(find_fillers(address))
        # What is no address at all is a finding of its own.
        is_address = bool(split_address(link.url)[0])
        if not fillers and is_address and is_filler_address(link.url):
            fillers = [(0, LEADS_NOWHERE.format(shorten(link.url, 50)))]
        label = SourceText(f"links.{place}.label", link.label)
        yield from (address.problem(*filler) for filler in fillers)
        yield from (label.problem(*filler) for filler in find_fillers(label))
    for text in chain(read_texts(paper), read_sources(paper)):
        yield from find_placeholders(text)


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
        return date.day_of_month >= LAST_DAYS and number < FIRST_NUMBERS
    return months == 1 and date.day_of_month <= FIRST_DAYS


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
    r"arxiv(?:\.org/(?:abs|pdf|html)/|:\s?|\.|\s)(?P<id>\d{4}\.\d{4,5})(?!\d)", re.I
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
CALLED_ARXIV = re.compile(
    rf"\barXiv{MARKS}(?P<rest>(?={A_DOI})\S{{1,60}})", re.I | re.A
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
        for match in CALLED_ARXIV.finditer(text.words):
            reason = f"“{shorten(match['rest'])}” is a DOI: do not call it an arXiv id."
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
