"""What stands for an identifier or an address that was to be looked up."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from papers.checks import people
from papers.checks.findings import Severity
from papers.checks.registry import Problem, Problems, rule
from papers.checks.source_texts import (
    SourceText,
    find_doi,
    is_on,
    read_sources,
    read_texts,
    split_address,
)
from papers.identifiers import shorten
from papers.records.entry import find_arxiv_id
from papers.values import PaperDocument

NAMED_ID = re.compile(
    r"(?=[ahx\d])(?:(?:arxiv(?:\.org/(?:abs|pdf|html|format)/|[.:\s])\s?(?:(?:preprint|e-print|id)\s)?"
    r"(?:arxiv:)?[\s:\[(]{0,3}|huggingface\.co/papers/|alphaxiv\.org/(?:abs|overview)/)"
    r"(?P<id>[\dx]{4}\.[\dxn?#]{4,5})(?![\dx])"
    r"|(?<![\w./])(?P<bare>[\dx]{4}\.x{4,5})(?!\w))",
    re.IGNORECASE | re.ASCII,
)
# A letter may stand for the digit that looks like it.
NAMED_DOI = re.compile(
    r"(?=[1li])(?<![\w.])(?:10|1o|[li][0o])\.(?:[\doli]{4,9}|x{3,9})/[^\s\"'<>\[\](){}]{1,200}",
    re.I | re.ASCII,
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
    is_mistyped = not prefix.replace(".", "").isdigit()
    return (
        prefix in FILLER_PREFIXES or is_mistyped or bool(FILLER_IN_DOI.search(suffix))
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


Known = frozenset[str]


def find_fillers(text: SourceText, known: Known) -> Iterator[tuple[int, str]]:
    """The identifiers in a text that stand for others: where, and what to do."""
    for match in NAMED_ID.finditer(text.words):
        name = "id" if match["id"] else "bare"
        if is_filler_arxiv(match[name]) and match[name].lower() not in known:
            yield match.start(name), LOOK_UP.format("arXiv id", match[name])
    for match in NAMED_DOI.finditer(text.words):
        doi = match[0].rstrip(".,;:!?*_")
        is_arxiv = doi.lower().startswith("10.48550/")
        if not is_arxiv and is_filler_doi(doi) and doi.lower() not in known:
            yield match.start(), LOOK_UP.format("DOI", shorten(doi, 50))


def find_placeholders(text: SourceText, known: Known) -> Iterator[Problem]:
    fillers = list(find_fillers(text, known))
    for filler in fillers:
        yield text.problem(*filler)
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
    """What is malformed in its own field is a finding of its own."""
    known = known_to_catalogues(paper)
    arxiv_id, doi = find_arxiv_id(paper.arxiv_id), find_doi(paper.doi)
    if arxiv_id and is_filler_arxiv(arxiv_id) and arxiv_id not in known:
        yield Problem("arxiv_id", LOOK_UP.format("arXiv id", arxiv_id), 1, 1)
    if doi and is_filler_doi(doi) and doi not in known:
        yield Problem("doi", LOOK_UP.format("DOI", shorten(doi, 50)), 1, 1)
    for place, link in enumerate(paper.links):
        address = SourceText(f"links.{place}.url", link.url)
        fillers = list(find_fillers(address, known))
        # What is no address at all is a finding of its own.
        is_address = bool(split_address(link.url)[0])
        if not fillers and is_address and is_filler_address(link.url):
            fillers = [(0, LEADS_NOWHERE.format(shorten(link.url, 50)))]
        label = SourceText(f"links.{place}.label", link.label)
        yield from (address.problem(*filler) for filler in fillers)
        yield from (label.problem(*filler) for filler in find_fillers(label, known))
    for text in chain(read_texts(paper), read_sources(paper)):
        yield from find_placeholders(text, known)


def known_to_catalogues(paper: PaperDocument) -> Known:
    """The identifiers that a record is kept of: they are real, however they look."""
    names = [record.identifier for record in paper.records]
    return frozenset(find_arxiv_id(name) or name.lower() for name in names)
