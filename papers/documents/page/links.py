"""Addresses on a page: which of them lead somewhere, and to what."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bs4 import Tag

from papers.documents.page.tree import UNSEEN
from papers.identifiers import parse_arxiv_id, parse_doi

LONGEST_ADDRESS = 500
PAPER_ADDRESS = re.compile(
    r"https?://(?:www\.|export\.)?(?:arxiv\.org/(?:abs|pdf|html|format)/.|(?:dx\.)?doi\.org/.)",
    re.IGNORECASE,
)
# The first that fits an address, without its scheme and `www.`, names its kind.
KINDS = [
    ("paper", r"arxiv\.org/abs/|huggingface\.co/papers/"),
    ("pdf", r"[^?#]*\.pdf(?:[?#]|$)|arxiv\.org/pdf/|openreview\.net/pdf"),
    ("code", r"github\.com/|gitlab\.com/|gitlab\.|codeberg\.org/|bitbucket\.org/"),
    ("data", r"huggingface\.co/datasets/"),
    ("blog", r"huggingface\.co/blog(?:/|$)"),
    ("model", r"huggingface\.co/"),
    ("talk", r"(?:m\.)?youtube\.com/|youtu\.be/"),
    ("paper", r"(?:export\.)?arxiv\.org/|(?:dx\.)?doi\.org/|openreview\.net/"),
]

Fault = Literal["", "empty", "placeholder", "scheme", "relative", "unreadable"]


@dataclass(frozen=True)
class Judged:
    """An address as it may be used, or what is wrong with it and how it was written."""

    url: str = ""
    fault: Fault = ""
    written: str = ""


def judge(address: str) -> Judged:
    """Say whether an address of the page can be used on another site."""
    written = address.strip()
    # Browsers leave out white space and control characters within a scheme.
    plain = re.sub(r"[\x00-\x1f\x7f\ufffd]", "", written).strip()
    if plain.startswith("//"):
        plain = f"https:{plain}"
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    if not plain or not scheme:
        return Judged(fault="relative" if plain else "empty", written=written)
    if scheme[1].lower() == "mailto":
        return Judged(url=plain)
    if scheme[1].lower() not in {"http", "https"}:
        return Judged(fault="scheme", written=written)
    return judge_web(plain, written)


def judge_web(plain: str, written: str) -> Judged:
    try:
        host = urlsplit(plain).hostname or ""
    except ValueError:
        host = ""
    if not re.fullmatch(r"[\w.:-]+", host) or len(plain) > LONGEST_ADDRESS:
        return Judged(fault="unreadable", written=written)
    if PAPER_ADDRESS.match(plain) and not any(identifiers_in(plain)):
        return Judged(fault="placeholder", written=written)
    return Judged(url=plain.replace(" ", "%20"))


def identifiers_in(text: str) -> tuple[str, str]:
    """The arXiv id and the DOI that a text or an address is, or nothing."""
    try:
        return parse_arxiv_id(text), ""
    except ValueError:
        pass
    try:
        return "", parse_doi(text)
    except ValueError:
        return "", ""


def kind_of(url: str) -> str:
    """What a link leads to, as far as its address says."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE)
    kinds = (kind for kind, known in KINDS if re.match(known, bare, re.IGNORECASE))
    return next(kinds, "blog")


def is_script(tag: Tag) -> bool:
    return tag.name in UNSEEN
