"""Identifiers of papers: recognise what an editor pastes, keep one canonical form.

arXiv: https://info.arxiv.org/help/arxiv_identifier.html. DOI: the ISO 26324 handbook,
https://www.doi.org/doi-handbook/HTML/ (section 3.1 on syntax).
"""

import re
from urllib.parse import unquote

# The scheme since April 2007 (YYMM.NNNN, five digits since 2015), then the older one.
NEW_ARXIV_ID = r"(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})"
OLD_ARXIV_ID = r"(?P<old>[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})"
ARXIV_ADDRESS = (
    r"(?:(?:https?://)?(?:www\.|export\.)?(?:arxiv\.org|alphaxiv\.org)"
    r"/(?:abs|pdf|html|format|overview)/"
    r"|(?:https?://)?huggingface\.co/papers/"
    r"|(?:https?://)?doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\."
    r"|arxiv:\s*)?"
)
ARXIV = re.compile(
    rf"(?i:{ARXIV_ADDRESS})(?:{NEW_ARXIV_ID}|{OLD_ARXIV_ID})"
    r"(?:v(?P<version>[1-9]\d{0,2}))?(?:\.pdf)?/?(?:[?#]\S*)?",
    re.ASCII,
)
DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.\d{4,9}/[!-~]+)",
    re.IGNORECASE | re.ASCII,
)
LONGEST = 300  # No identifier is longer; nothing longer is searched.


def parse_arxiv_id(value: str) -> str:
    """Return the bare arXiv id in an id, a label or an address; nothing in nothing.

    The version is left out: an entry is about the paper, not about one version of it.
    Raise ValueError when the text is anything but one id.
    """
    value = value.strip()
    if not value:
        return ""
    match = ARXIV.fullmatch(value) if len(value) <= LONGEST else None
    if not match:
        raise ValueError(
            f"Not an arXiv id: {shorten(value)!r}. One looks like 2401.04088."
        )
    return match["new"] or match["old"]


def parse_doi(value: str) -> str:
    """Return the bare, lower-cased DOI in a DOI or a doi.org address; nothing in nothing.

    A DOI is compared without regard to case. Raise ValueError when the text is
    anything but one DOI.
    """
    value = value.strip()
    if not value:
        return ""
    match = DOI.fullmatch(unquote(value)) if len(value) <= LONGEST else None
    if not match:
        raise ValueError(
            f"Not a DOI: {shorten(value)!r}. One looks like 10.1000/xyz123."
        )
    return match["doi"].lower()


def arxiv_url(arxiv_id: str) -> str:
    return f"https://arxiv.org/abs/{arxiv_id}"


def doi_url(doi: str) -> str:
    return f"https://doi.org/{doi}"


def shorten(value: str, length: int = 60) -> str:
    """The text as one line of at most so many characters, for a message."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[: length - 1] + "…"
