"""Links in the texts and beside them: what they say, and where they lead."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papers.checks.findings import Fix, Severity
from papers.checks.registry import Across, Problem, Problems, rule, side_by_side
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


# What a label says that it leads to, where it does not speak of something about it.
PROMISES = (
    ("pdf", re.compile(r".{0,80}(?:\bPDF\b|\.pdf\b).{0,20}", re.I)),
    (
        "model",
        re.compile(
            r"(?:(?!about|for|of|on|with)\w+ ){0,3}(?:weights|checkpoints?)", re.I
        ),
    ),
    (
        "data",
        re.compile(r"(?:(?!about|for|of|on|with)\w+ ){0,3}(?:data|data ?sets?)", re.I),
    ),
    ("code", re.compile(r"(?:(?:the|source|official|authors['’]?) )*code", re.I)),
)


def find_clash(kind: str, url: str) -> str:
    """What an address leads to that is not of the kind; nothing where it may be."""
    host, path = split_address(url)
    for kinds, sites, form, what in CLASHES:
        if kind in kinds and is_on(host, sites) and form.fullmatch(path):
            return what
    return ""


def breaks_promise(label: str, url: str) -> str:
    """What to do about a label whose words are of another kind than its address."""
    words = " ".join(label[:200].split()).strip(" .:→↗»*_")
    kind = next((kind for kind, form in PROMISES if form.fullmatch(words)), "")
    what = find_clash(kind, url) if kind else ""
    return (
        f"“{shorten(label)}” leads to {what}: correct label or address." if what else ""
    )


def find_wrong_labels(paper: PaperDocument) -> Problems:
    """The links whose label or kind says something else than their address."""
    for place, link in enumerate(paper.links):
        if reason := leads_elsewhere(link.label, link.url):
            yield Problem(f"links.{place}.label", reason, 1, 1)
        elif what := find_clash(link.kind, link.url):
            reason = f"The address leads to {what}: choose another kind or address."
            yield f"links.{place}.kind", reason
        elif reason := breaks_promise(link.label, link.url):
            yield Problem(f"links.{place}.label", reason, 1, 1)
    for text in read_texts(paper):
        for found in text.links:
            reason = leads_elsewhere(found.words, found.url)
            reason = reason or breaks_promise(found.words, found.url)
            if found.words and reason:
                yield text.problem(found.start, reason)


SAYS_NOTHING = re.compile(
    r"(?:(?:click|tap|see|look|press)(?:\s+(?:on|at))?\s*)?(?:(?:right\s+)?here|this|it|that|link|"
    r"the link|(?:this|that)\s+(?:link|page|one|site|website|url))"
    r"|(?:over\s+)?there|go(?:\s+(?:there|to))?|view|visit|open|\\?\[?\d{1,3}\\?\]?"
    r"|click|links|url|page|website|(?:read|see|learn|find out)?\s*more|source link|\W*",
    re.IGNORECASE,
)


# Left over where an address was put round what was a link already; not “[PDF]”.
IN_BRACKETS = re.compile(r"\\?\[[^\[\]\s]+(?:\s+[^\[\]\s]+){2,40}\]")
ARROWS = ".!:→»›➜➔➡⇒↗▶ "
# A label that is an address alone: no words say what is there.
ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z\d-]{1,60}\.){1,4}[a-z]{2,10}(?:/\S{0,300})?", re.IGNORECASE
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
        if SAYS_NOTHING.fullmatch(words.strip(ARROWS)):
            reason = f"Say in the link what it leads to: “{shorten(words)}” does not."
            yield text.problem(link.start, reason)
        elif IN_BRACKETS.fullmatch(words):
            reason = (
                f"Take the brackets off: readers see them around “{shorten(words)}”."
            )
            yield text.problem(link.start, reason)
        elif first.setdefault(words.casefold(), to_key(link.url)) != to_key(link.url):
            reason = (
                f"“{shorten(words)}” leads to another page before: tell them apart."
            )
            yield text.problem(link.start, reason)
    for place, entry_link in enumerate(paper.links):
        label = entry_link.label[:LONGEST_LABEL].strip("*_ ")
        says_nothing = SAYS_NOTHING.fullmatch(label.strip(ARROWS))
        if label and (says_nothing or ADDRESS.fullmatch(label)):
            reason = f"Say in the link what it leads to: “{shorten(label)}” does not."
            yield Problem(f"links.{place}.label", reason, 1, 1)


LONGEST_LABEL = 300


def links_with_words(paper: PaperDocument) -> Iterator[tuple[SourceText, Link]]:
    for text in read_texts(paper):
        for link in text.links:
            if not link.is_bare:
                yield text, link


def gather_words(paper: PaperDocument) -> dict[str, tuple[str, Problem]]:
    """The words of an entry's links, each with the first address and place of them."""
    found: dict[str, tuple[str, Problem]] = {}
    for place, link in enumerate(paper.links):
        label = link.label.strip()
        if label and not names_its_site(label, link.url):
            key = to_key(link.url), Problem(f"links.{place}.label", label, 1, 1)
            found.setdefault(label.casefold(), key)
    for text, link_in in links_with_words(paper):
        words = link_in.words.strip("*_ ")
        key = to_key(link_in.url), text.problem(link_in.start, words)
        found.setdefault(words.casefold(), key)
    return found


def names_its_site(label: str, url: str) -> bool:
    """Whether a link beside the texts says where it leads: “Hugging Face”, “arXiv”.

    That list is the entry's own, where there is no second one.
    """
    host, _ = split_address(url)
    name = re.sub(r"[\W_]", "", label.casefold())
    return bool(name) and name in host.split(".")


FEWEST_TARGETS = 3


@side_by_side("links.repeated-words", Severity.INFO, gather_words)
def repeated_words(entries: Sequence[dict[str, tuple[str, Problem]]]) -> Across:
    """Words that lead to three pages or more, in each of the entries that say them."""
    targets: dict[str, set[str]] = defaultdict(set)
    for found in entries:
        for words, (url, _) in found.items():
            targets[words].add(url)
    for place, found in enumerate(entries):
        for words, (_, where) in found.items():
            others = len(targets[words]) - 1
            # What says nothing at all is a finding of its own.
            is_poor = SAYS_NOTHING.fullmatch(words.strip(ARROWS))
            if others + 1 >= FEWEST_TARGETS and not is_poor:
                reason = (
                    f"“{shorten(where.message)}” leads to {others} other pages elsewhere in "
                    "the review: name in it what this one is."
                )
                yield place, where._replace(message=reason)


MOST_REPEATS = 2


@rule("links.repeated", Severity.INFO)
def repeated_links(paper: PaperDocument) -> Problems:
    """In the order of the page: the links beside the texts come last."""
    seen: Counter[str] = Counter()
    for url, where in addresses_of(paper):
        key = to_key(url)
        seen[key] += 1
        if seen[key] == MOST_REPEATS + 1 and not key.startswith("#"):
            reason = f"Linked twice before: “{shorten(url)}”. Keep the first."
            yield where._replace(message=reason)


def addresses_of(paper: PaperDocument) -> Iterator[tuple[str, Problem]]:
    for text in read_texts(paper):
        for link in text.links:
            yield link.url, text.problem(link.start, "")
    for place, entry_link in enumerate(paper.links):
        yield entry_link.url, Problem(f"links.{place}.url", "", 1, 1)


# Words where a link should be.

PLACES = (
    r"(?:the\s+(?=hugging|arxiv))?(?P<place>arxiv|github|gitlab|hugging\s?face|openreview|zenodo|kaggle|"
    r"figshare|dryad|osf|ssrn|(?:bio|med|chem|psy|soc)[a-z]{0,4}rxiv|"
    r"(?:the|their|its)\s+(?:project\s+)?(?:web)?(?:site|page))"
)
AVAILABLE = re.compile(
    r"\b(?=[acdhmoprstw])(?:"  # What all of these begin with comes first.
    r"(?:available|hosted|open[- ]sourced|can be (?:found|downloaded|obtained)|"
    r"(?:code|weights?|data|datasets?|models?|checkpoints?) (?:is|are))"
    rf"(?:\s+\w{{1,20}}){{0,3}}?\s+(?:on|at|from|via|through)\s+{PLACES}\b"
    r"|^(?:the\s+)?(?:paper|preprint|(?:technical\s+)?report|code|weights|data(?:set)?|model)"
    r"\s+(?:(?:is|are)\s+)?(?:freely\s+)?available\s+(?:from|at|on|via|through)\s+"
    r"(?=[A-Z\d\s.]{0,40})[^\n.]{1,60}\.?$"
    r"|see\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]{1,30}\s+)?"
    r"(?:preprint\s+server|server|repository|archive|[a-z]{2,6}rxiv)(?=[.;)\n]|$))",
    re.IGNORECASE | re.MULTILINE,
)
BARE = re.compile(
    r"(?<![\w/@.:-])(?=[a-z\d.-]{4,60}/)(?:github\.com|gitlab\.com|huggingface\.co|arxiv\.org|doi\.org|"
    r"openreview\.net|zenodo\.org|kaggle\.com|youtube\.com|youtu\.be|"
    r"[a-z\d-]{2,40}\.(?:github\.io|com|org|net|io|ai|co|dev|edu|gov))/[^\s<>\[\](){}\"]{1,300}",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"^[ \t>]{0,9}(?:[-*+][ \t]{1,3})?[*_]{0,2}(?:(?:paper|code|project|data|model)\s)?(?:link|url)s?"
    r"(?:\sto\s(?:the\s)?(?:paper|code|project|data|model|resource)s?)?[*_]{0,2}:[*_]{0,2}[ \t]*\S"
    r"|(?=[ct(\[])(?:\b(?:click|tap)\s+here\b"
    r"|(?<!\])\((?:(?:paper|code|see|project)\s+)?(?:link|url)(?:\s+here)?\)"
    r"|(?<![\]!\\])\[(?:(?:paper|code)\s+)?(?:link|url)(?:\s+here)?\](?![(\[:]))",
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
    place = re.sub(r"\s", "", (match["place"] or "").lower())
    sites = SITES.get(place)
    return any(
        sites is None or is_on(split_address(link.url)[0], sites)
        for link in text.links_in_line(match.start())
    )
