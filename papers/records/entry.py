"""What a catalogue knows about one paper, as a plain value, and how its text is cleaned.

The tags that are taken out are those of HTML, of JATS (https://jats.nlm.nih.gov/) and
of MathML; what else stands in angle brackets may be meant.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from papers.dates import PartialDate, parse_date
from papers.identifiers import arxiv_url, doi_url, parse_arxiv_id, parse_doi
from papers.names import Author, parse_author, split_name

MOST_BYTES = 5_000_000  # No catalogue says more about one paper.
LONGEST_ADDRESS = 500
ARXIV_DOI = "10.48550/arxiv."

# What a database cannot keep: control characters, and halves of characters.
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
ATTRIBUTE = r"""\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*')"""
BLOCK = "p|sec|title|list|list-item|break|br|div|ul|ol|li|disp-formula"
INLINE = (
    "i|b|u|em|strong|sub|sup|sc|scp|tt|span|a|italic|bold|underline|monospace|code"
    "|ext-link|xref|inline-formula|alternatives|tex-math|semantics|annotation"
    "|math|mi|mn|mo|mtext|mspace|mrow|mfrac|msqrt|mroot|mstyle|mfenced|mpadded|msub"
    "|msup|msubsup|mover|munder|munderover|mtable|mtr|mtd"
)
BLOCK_TAG = re.compile(rf"</?(?:jats:)?(?:{BLOCK})(?:{ATTRIBUTE})*\s*/?>", re.I)
INLINE_TAG = re.compile(
    rf"</?(?:(?:jats|mml|m):)?(?:{INLINE})(?:{ATTRIBUTE})*\s*/?>", re.I
)
MATHML = re.compile(r"<(/?)(?:mml:|m:)?math\b[^<>]*>", re.I)
HEADING = re.compile(r"<(?:jats:)?title>\s*abstract\s*</(?:jats:)?title>", re.I)
# Words that no person is called, but groups who write papers together are.
GROUPS = frozenset(
    "team collaboration consortium group initiative committee community".split()
)

Link = tuple[str, str, str]


class Unknown(Exception):
    """The catalogue has no such paper."""


class Garbled(Exception):
    """The catalogue's answer is not what such a catalogue answers."""


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One paper. What the catalogue does not say is empty; the title never is.

    `authors` is the text that papers.names reads, `date` is ISO as precise as known,
    a link is (kind, label, address), and `payload` is the answer as JSON has it.
    `withdrawn` are the catalogue's words for that, of a paper that was taken back.
    An arXiv paper's DOI is its publisher's: the one arXiv gives says no more than the id.
    """

    title: str
    catalogue: str
    identifier: str
    payload: dict[str, object]
    authors: str = ""
    date: str = ""
    venue: str = ""
    arxiv_id: str = ""
    doi: str = ""
    abstract: str = ""
    links: tuple[Link, ...] = ()
    subjects: tuple[str, ...] = ()
    version: str = ""
    url: str = ""
    withdrawn: str = ""


def clean(text: str) -> str:
    """The text on one line, without what a database cannot keep."""
    return " ".join(UNSTORABLE.sub("", text).split())


def strip_markup(text: str) -> str:
    """The words alone of a text that may hold tags and entities, even doubly escaped."""
    text = HEADING.sub("", html.unescape(text))
    if "tex-math" in text:
        text = drop_mathml(text)
    text = INLINE_TAG.sub("", BLOCK_TAG.sub(" ", text))
    return clean(html.unescape(text))


def drop_mathml(text: str) -> str:
    """Of a formula that is there as TeX and as MathML, TeX is what people can read."""
    kept, start, is_formula = [], 0, False
    for tag in MATHML.finditer(text):
        if not is_formula:
            kept.append(text[start : tag.start()])
        start, is_formula = tag.end(), not tag[1]
    return "".join(kept if is_formula else [*kept, text[start:]])


def to_author_lines(authors: Iterable[Author]) -> str:
    """The authors as papers.names reads them; a name without a letter is left out."""
    lines = (to_author_line(author) for author in authors)
    return "\n".join(line for line in lines if line)


def to_author_line(author: Author) -> str:
    family, given = strip_braces(author.family), strip_braces(author.given)
    if author.is_organisation:
        named = Author(family, is_organisation=True)
    else:
        # A comma parts the family name from the given one.
        named = Author(family.replace(",", ""), given)
    try:
        return parse_author(named.line).line
    except ValueError:
        return ""


def strip_braces(text: str) -> str:
    return clean(text.replace("{", "").replace("}", ""))


def guess_author(name: str) -> Author:
    """The author in a name that is not parted: `Given Family`, or a group's name."""
    words = {word.strip(".,:()").lower() for word in name.split()}
    if words & GROUPS:
        return Author(name, is_organisation=True)
    given, family = split_name(name)
    return Author(family, given)


def find_date(text: str) -> str:
    """The date that an ISO text begins with, as precise as it is one; else nothing."""
    for length in (10, 7, 4):
        try:
            return str(parse_date(text.strip()[:length]))
        except ValueError:
            continue
    return ""


def join_date(year: int, month: int = 0, day: int = 0) -> str:
    """The date of these numbers, as far as there is such a date."""
    for numbers in ((year, month, day), (year, month), (year,)):
        try:
            return str(parse_date(str(PartialDate(*numbers))))
        except ValueError:
            continue
    return ""


def find_arxiv_id(*texts: str) -> str:
    """The first arXiv id among texts that may be one; nothing where none is."""
    for text in texts:
        try:
            if arxiv_id := parse_arxiv_id(text):
                return arxiv_id
        except ValueError:
            continue
    return ""


def find_doi(text: str) -> str:
    """The DOI in a text that may be one, unless it is arXiv's own; else nothing."""
    try:
        doi = parse_doi(text)
    except ValueError:
        return ""
    return "" if doi.startswith(ARXIV_DOI) else doi


def is_address(text: str) -> bool:
    """Whether this can be a link: HTTP, with a host, and not too long to keep."""
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
    return is_web and text.isascii() and not re.search(r"\s", text) and is_short(text)


def is_short(address: str) -> bool:
    return len(address) <= LONGEST_ADDRESS


def make_links(arxiv_id: str, doi: str, page: str = "") -> tuple[Link, ...]:
    """Where readers find the paper: each address once."""
    links: list[Link] = []
    if arxiv_id:
        links.append(("paper", "arXiv", arxiv_url(arxiv_id)))
        links.append(("pdf", "", f"https://arxiv.org/pdf/{arxiv_id}"))
    if doi:
        links.append(("paper", "DOI", doi_url(doi)))
    is_known = find_arxiv_id(page) or find_doi(page)
    if is_address(page) and not is_known:
        links.append(("paper", "", page))
    return tuple(link for link in links if is_short(link[2]))
