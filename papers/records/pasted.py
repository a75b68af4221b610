"""What an editor pastes to add a paper: an arXiv id, a DOI or one BibTeX entry."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from papers.identifiers import parse_doi, shorten
from papers.records import bibtex
from papers.records.entry import find_arxiv_id

LONGEST_ADDRESS = 2_000
BIBTEX = re.compile(r"^[ \t\ufeff]*@[a-z]+[ \t]*[{(]", re.MULTILINE | re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://)?[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?/\S+", re.I)
RESOLVER = re.compile(r"(?:www\.|dx\.)?doi\.org", re.I)
DOI_IN_PATH = re.compile(r"/(10\.\d{4,9}/[!-~]+)", re.ASCII)
# What publishers put behind a DOI to show one form of the paper, or one version.
FORM = re.compile(
    r"(?:/(?:full|full-text|fulltext|pdf|epdf|abstract|abs|html|meta|epub)"
    r"|\.full|\.pdf)+$",
    re.I,
)
BIORXIV_VERSION = re.compile(r"(?<=\d)v\d{1,2}$")
# As it stands in the margin of a PDF: arXiv:2401.04088v1 [cs.LG] 8 Jan 2024.
MARGIN = re.compile(r"\s{1,9}\[[\w.-]{2,20}\](?:\s{1,9}\d{1,2}\s\w{3}\s\d{4})?$")
WANTED = (
    "Paste one arXiv id or address, one DOI or its address, or one BibTeX entry, "
    "and nothing else."
)


@dataclass(frozen=True)
class Pasted:
    """What was recognised: the canonical identifier, or the text of the entry."""

    kind: Literal["arxiv", "doi", "bibtex"]
    value: str


def identify(text: str) -> Pasted:
    """Recognise what was pasted. Raise ValueError, with a sentence for the editor.

    The version of an arXiv paper is left out; a DOI that arXiv gave is its arXiv id; a
    BibTeX entry is one that papers.records.bibtex reads.
    """
    if "\0" in text:
        raise ValueError(f"The text is damaged: it holds a NUL character. {WANTED}")
    text = text.strip().lstrip("\ufeff").strip()
    if not text:
        raise ValueError(WANTED)
    if len(text) > bibtex.LONGEST:
        raise ValueError(f"That is too long, {len(text):,} characters. {WANTED}")
    if BIBTEX.search(text):
        bibtex.read(text)
        return Pasted("bibtex", text)
    if len(text) > LONGEST_ADDRESS:
        raise ValueError(f"Not an identifier: {shorten(text)!r}. {WANTED}")
    return identify_identifier(MARGIN.sub("", text).rstrip(".,;"))


def identify_identifier(text: str) -> Pasted:
    if arxiv_id := find_arxiv_id(text):
        return Pasted("arxiv", arxiv_id)
    doi = find_doi(text)
    if arxiv_id := find_arxiv_id(doi):
        return Pasted("arxiv", arxiv_id)
    return Pasted("doi", doi)


def find_doi(text: str) -> str:
    """The DOI in a text or in the path of an address. Raise ValueError without one."""
    is_address = ADDRESS.fullmatch(text)
    try:
        doi = find_doi_in_path(text) if is_address else parse_doi(text)
    except ValueError:
        doi = ""
    if doi:
        return doi
    if is_address:
        raise ValueError(
            f"There is no arXiv id and no DOI in the address {shorten(text)!r}. Paste "
            "the DOI that the page shows."
        )
    raise ValueError(f"Not an identifier: {shorten(text)!r}. {WANTED}")


def find_doi_in_path(address: str) -> str:
    """The DOI that an address ends in; nothing, or ValueError, where there is none."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    match = DOI_IN_PATH.search(unquote(parts.path))
    if not match:
        return ""
    if RESOLVER.fullmatch(parts.netloc):
        return parse_doi(match[1])
    doi = FORM.sub("", match[1])
    is_biorxiv = doi.startswith("10.1101/")
    return parse_doi(BIORXIV_VERSION.sub("", doi) if is_biorxiv else doi)
