"""Identifiers that a card names, and addresses that only look like them."""

import re
from dataclasses import dataclass, field

from bs4 import Tag

from papers.documents.page.links import identifiers_in, judge
from papers.documents.page.remarks import Remarks
from papers.documents.page.tree import line_of, text_of
from papers.identifiers import shorten

# An identifier in a sentence: what ends the sentence is no part of it.
IN_TEXT = re.compile(
    r"(?<!\w)(?:arxiv:\s{0,3}[\w./-]{1,60}|10\.\d{4,9}/[^\s\"<>]{1,200}"
    r"|https?://[^\s\"<>]{1,300})",
    re.IGNORECASE,
)
WRONG_LABEL = re.compile(
    r"\bdoi\b\s?:?\s?(?:https?://)?(?:arxiv\b|\d{4}\.\d{4,5})", re.I
)
LABEL_LIKE_AN_ID = re.compile(r"arxiv:\s*[\w./-]*(?:\d{3}|x{2})", re.I)


@dataclass
class Identifiers:
    """The first of each kind that was named, and all others."""

    arxiv_id: str = ""
    doi: str = ""
    others: set[str] = field(default_factory=set)


def look_for_identifiers(known: Identifiers, element: Tag, remarks: Remarks) -> None:
    """Add the identifiers in the links and words of an element. The first one stays."""
    text = text_of(element)
    line = line_of(element)
    if WRONG_LABEL.search(text):
        remarks.warning(
            "identifiers.wrong-scheme-label",
            "“DOI” stands before an arXiv id: say arXiv there.",
            "citation_note",
            line,
        )
    linked = [judge(str(a["href"])).url for a in element.find_all("a", href=True)]
    in_text = [match[0].rstrip(".,;:)]") for match in IN_TEXT.finditer(text)]
    for candidate in [*linked, *in_text]:
        arxiv_id, doi = identifiers_in(candidate)
        known.arxiv_id = known.arxiv_id or arxiv_id
        known.doi = known.doi or doi
        report_conflict(known, "arxiv_id", arxiv_id, line, remarks)
        report_conflict(known, "doi", doi, line, remarks)
    report_placeholders([text for text in in_text if text not in linked], line, remarks)


def report_conflict(
    known: Identifiers, kind: str, other: str, line: int, remarks: Remarks
) -> None:
    first = known.doi if kind == "doi" else known.arxiv_id
    if not other or other == first or other in known.others:
        return
    known.others.add(other)
    remarks.error(
        "identifiers.conflict",
        f"The entry names {first} and {other}: keep the paper's own. {first} is taken"
        " for now.",
        kind,
        line,
    )


def report_placeholders(in_text: list[str], line: int, remarks: Remarks) -> None:
    for written in in_text:
        is_address = written.lower().startswith("http")
        fault = judge(written).fault if is_address else ""
        is_label = LABEL_LIKE_AN_ID.match(written)
        if fault == "placeholder" or (is_label and not any(identifiers_in(written))):
            report_placeholder(written, line, remarks)


def report_placeholder(written: str, line: int, remarks: Remarks) -> None:
    remarks.error(
        "identifiers.placeholder",
        f"“{shorten(written, 200)}” stands for an identifier and is none: write the"
        " paper's own.",
        "arxiv_id",
        line,
    )
