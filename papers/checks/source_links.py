"""Links in the texts and beside them: what they say, and where they lead."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from papers.checks.findings import Fix, Severity
from papers.checks.registry import Problem, Problems, rule
from papers.checks.source_texts import (
    Link,
    SourceText,
    is_on,
    read_texts,
    split_address,
)
from papers.identifiers import shorten
from papers.values import PaperDocument

SITES = {
    "arxiv": ("arxiv.org", "alphaxiv.org"),
    "doi": ("doi.org",),
    "github": ("github.com", "github.io", "githubusercontent.com", "github.blog"),
    "gitlab": ("gitlab.com", "gitlab.io"),
    "huggingface": ("huggingface.co", "hf.co"),
    "openreview": ("openreview.net",),
    "youtube": ("youtube.com", "youtu.be"),
    "zenodo": ("zenodo.org",),
    "kaggle": ("kaggle.com",),
}
SITE = (
    r"(?P<site>arxiv|doi|github|gitlab|hugging\s?face|openreview|youtube|zenodo|kaggle)"
)
# A label that says only where the link leads: `GitHub`, `Code (GitHub)`, `Read on arXiv`.
LABELS = [
    re.compile(rf"{SITE}(?:\s(?:id|link|page|repo(?:sitory)?|paper|preprint|pdf|abstract|"
               r"code|dataset|model|model card))?(?:\s?:.{0,200})?", re.I),
    re.compile(rf"(?:.{{1,150}}\s)?(?:on|at|from|via)\s(?:the\s)?{SITE}", re.I),
    re.compile(rf".{{1,150}}(?:[(\[:]|\s[–—-]\s)\s?{SITE}[)\]]?", re.I),
]  # fmt: skip
HAS_DOI = re.compile(r"10\.(?P<prefix>\d{4,9})/")


def promised_site(label: str) -> str:
    """The site that a label names as the one it leads to."""
    words = " ".join(label[:200].split()).strip(" .→↗»*_")
    for form in LABELS:
        if match := form.fullmatch(words):
            return re.sub(r"\s", "", match["site"].lower())
    return ""


def leads_elsewhere(label: str, url: str) -> str:
    """What to do about a label that names another site than the address leads to."""
    site = promised_site(label)
    host, path = split_address(url)
    if not site or not host or is_on(host, SITES[site]):
        return ""
    doi = HAS_DOI.search(path)
    # A DOI leads to the site that it is registered for.
    if (doi and site in {"doi", "zenodo"}) or (doi and doi["prefix"] == "48550"):
        return ""
    if is_on(host, ("doi.org",)) and site not in {"arxiv", "github", "gitlab"}:
        return ""
    return f"“{shorten(label)}” leads to {shorten(host)}: correct label or address."


class Clash(NamedTuple):
    """Kinds that an address is not: its sites, its path, and what it is."""

    kinds: frozenset[str]
    sites: tuple[str, ...]
    path: re.Pattern[str]
    what: str


def clash(kinds: str, sites: tuple[str, ...], path: str, what: str) -> Clash:
    return Clash(frozenset(kinds.split()), sites, re.compile(path, re.I), what)


NO_MODEL = "datasets|spaces|papers|blog|docs|collections|posts|learn|organizations"
CLASHES = [
    clash("code data model blog talk", SITES["arxiv"], r"/(?:abs|pdf|html)/.+", "a paper"),
    clash("code data model", SITES["openreview"], r"/(?:forum|pdf).*", "a paper"),
    clash("paper pdf code data model", SITES["youtube"], r"/.+", "a talk"),
    clash("paper pdf model", SITES["huggingface"], r"/datasets/.+", "data"),
    clash("paper pdf data talk", SITES["huggingface"], rf"/(?!(?:{NO_MODEL})/)[^/]+/[^/]+/?",
          "a model"),
    clash("pdf talk", ("github.com",), r"/[^/]+/[^/]+/?", "code"),
    clash("pdf", ("arxiv.org",), r"/abs/.+", "the abstract"),
]  # fmt: skip


def find_wrong_labels(paper: PaperDocument) -> Problems:
    """The links whose label or kind says something else than their address."""
    for place, link in enumerate(paper.links):
        if reason := leads_elsewhere(link.label, link.url):
            yield Problem(f"links.{place}.label", reason, 1, 1)
            continue
        host, path = split_address(link.url)
        for kinds, sites, form, what in CLASHES:
            if link.kind in kinds and is_on(host, sites) and form.fullmatch(path):
                reason = f"The address leads to {what}: choose another kind or address."
                yield f"links.{place}.kind", reason
                break
    for text in read_texts(paper):
        for found in text.links:
            if found.words and (reason := leads_elsewhere(found.words, found.url)):
                yield text.problem(found.start, reason)


SAYS_NOTHING = re.compile(
    r"(?:(?:click|tap|see|look|press)(?:\s+(?:on|at))?\s*)?(?:(?:right\s+)?here|this|it|that|link|"
    r"the link|(?:this|that)\s+(?:link|page|one|site|website|url))"
    r"|click|links|url|page|website|(?:read|see|learn|find out)?\s*more|source link|\W*",
    re.IGNORECASE,
)


def to_key(url: str) -> str:
    """The address without what leads to the same page: protocol, www, a last slash."""
    bare = re.sub(r"^(?:https?:)?//(?:www\.)?|^www\.", "", url.strip(), flags=re.I)
    return bare.rstrip("/")


@rule("links.text", Severity.WARNING)
def poor_words(paper: PaperDocument) -> Problems:
    first: dict[str, str] = {}
    for text, link in links_with_words(paper):
        words = link.words.strip("*_ ")
        if SAYS_NOTHING.fullmatch(words.strip(".!:→»› ")):
            reason = f"Say in the link what it leads to: “{shorten(words)}” does not."
            yield text.problem(link.start, reason)
        elif first.setdefault(words.casefold(), to_key(link.url)) != to_key(link.url):
            reason = (
                f"“{shorten(words)}” leads to another page before: tell them apart."
            )
            yield text.problem(link.start, reason)


def links_with_words(paper: PaperDocument) -> Iterator[tuple[SourceText, Link]]:
    for text in read_texts(paper):
        for link in text.links:
            if not link.is_bare:
                yield text, link


MOST_REPEATS = 2


@rule("links.repeated", Severity.INFO)
def repeated_links(paper: PaperDocument) -> Problems:
    seen: Counter[str] = Counter()
    for text in read_texts(paper):
        for link in text.links:
            key = to_key(link.url)
            seen[key] += 1
            if seen[key] == MOST_REPEATS + 1 and not key.startswith("#"):
                reason = f"Linked twice before: “{shorten(link.url)}”. Keep the first."
                yield text.problem(link.start, reason)


# Words where a link should be.

PLACES = (
    r"(?:the\s+(?=hugging|arxiv))?(?P<place>arxiv|github|gitlab|hugging\s?face|openreview|zenodo|kaggle|"
    r"(?:the|their|its)\s+(?:project\s+)?(?:web)?(?:site|page))"
)
AVAILABLE = re.compile(
    r"\b(?:available|hosted|open[- ]sourced|can be (?:found|downloaded|obtained)|"
    r"(?:code|weights?|data|datasets?|models?|checkpoints?) (?:is|are))"
    rf"(?:\s+\w{{1,20}}){{0,3}}?\s+(?:on|at|from|via|through)\s+{PLACES}\b",
    re.IGNORECASE,
)
BARE = re.compile(
    r"(?<![\w/@.:-])(?:github\.com|gitlab\.com|huggingface\.co|arxiv\.org|doi\.org|"
    r"openreview\.net|zenodo\.org|kaggle\.com|youtube\.com|youtu\.be|"
    r"[a-z\d-]{2,40}\.(?:github\.io|com|org|net|io|ai|co|dev|edu|gov))/[^\s<>\[\](){}\"]{1,300}",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"^[ \t>]{0,9}(?:[-*+][ \t]{1,3})?[*_]{0,2}(?:(?:paper|code|project|data|model)\s)?(?:link|url)s?"
    r"(?:\sto\s(?:the\s)?(?:paper|code|project|data|model|resource)s?)?[*_]{0,2}:[*_]{0,2}[ \t]*\S"
    r"|\b(?:click|tap)\s+here\b"
    r"|(?<!\])\((?:(?:paper|code|see|project)\s+)?(?:link|url)(?:\s+here)?\)"
    r"|(?<![\]!\\])\[(?:(?:paper|code)\s+)?(?:link|url)(?:\s+here)?\](?![(\[:])",
    re.IGNORECASE | re.MULTILINE,
)


@rule("links.bare", Severity.INFO)
def missing_links(paper: PaperDocument) -> Problems:
    for text in read_texts(paper):
        words = blank_links(text)
        yield from find_bare_addresses(text, words)
        for match in AVAILABLE.finditer(words):
            if not leads_there(text, match):
                reason = f"Link it: “{shorten(match[0])}” leads nobody there."
                yield text.problem(match.start(), reason)
        for match in NAMELESS.finditer(words):
            if not any(text.links_in_line(match.start())):
                reason = f"Make it a link: “{shorten(match[0])}” leads nowhere."
                yield text.problem(match.start(), reason)


def blank_links(text: SourceText) -> str:
    """The words of a text outside its links, each where it stands."""
    kept, end = [], 0
    for link in text.links:
        kept += [text.words[end : link.start], "\0" * (link.end - link.start)]
        end = link.end
    return "".join([*kept, text.words[end:]])


def find_bare_addresses(text: SourceText, words: str) -> Iterator[Problem]:
    for match in BARE.finditer(words):
        address = match[0].rstrip(".,;:!?*_'")
        reason = f"Make it a link: write https:// before “{shorten(address, 50)}”."
        fix = Fix(address, f"https://{address}")
        yield text.problem(match.start(), reason, fix)


def leads_there(text: SourceText, match: re.Match[str]) -> bool:
    """Whether the line has a link to the site that is named; any, if it has no name."""
    place = re.sub(r"\s", "", match["place"].lower())
    sites = SITES.get(place)
    return any(
        sites is None or is_on(split_address(link.url)[0], sites)
        for link in text.links_in_line(match.start())
    )
