"""Citations of a paper as text.

BibTeX: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, with the fields that
arXiv recommends and biblatex reads (eprint, archivePrefix, eprinttype).
"""

import re
from calendar import month_abbr
from collections.abc import Iterable
from dataclasses import dataclass

from papers.dates import PartialDate
from papers.names import Author, AuthorList

LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        # BibTeX counts a brace after a backslash like any other.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
BRACES = str.maketrans({"{": "%7B", "}": "%7D"})
# A word that BibTeX styles would lower-case although its case carries meaning.
CASED = re.compile(r"\S*[^\W\d_]\S*[A-Z]\S*|\b[A-Z]\d\S*")


@dataclass(frozen=True, kw_only=True)
class Citation:
    """What is needed to cite a paper; every format is a view of it."""

    key: str
    title: str
    authors: AuthorList
    date: PartialDate | None
    url: str = ""
    doi: str = ""
    arxiv_id: str = ""
    venue: str = ""


def to_bibtex(citation: Citation) -> str:
    """One BibTeX entry, ending in a line end."""
    fields = {
        "title": protect_case(citation.title),
        "author": " and ".join(bibtex_names(citation.authors)),
        "year": str(citation.date.year) if citation.date else "",
        "howpublished": escape(citation.venue),
        "eprint": citation.arxiv_id,
        "archivePrefix": "arXiv" if citation.arxiv_id else "",
        "eprinttype": "arxiv" if citation.arxiv_id else "",
        "doi": citation.doi.translate(BRACES),
        "url": citation.url.translate(BRACES),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if citation.date and citation.date.month:
        lines.append(f"  month = {month_abbr[citation.date.month].lower()},")
    return "\n".join([f"@misc{{{citation.key},", *lines, "}"]) + "\n"


def to_bibliography(citations: Iterable[Citation]) -> str:
    return "\n".join(to_bibtex(citation) for citation in citations)


def bibtex_names(authors: AuthorList) -> list[str]:
    listed = [bibtex_name(author) for author in authors.authors]
    return [*listed, "others"] if authors.is_incomplete and listed else listed


def bibtex_name(author: Author) -> str:
    if author.is_organisation or not author.given:
        return f"{{{escape(author.family)}}}"
    return f"{escape(author.family)}, {escape(author.given)}"


def protect_case(title: str) -> str:
    return " ".join(
        f"{{{escape(word)}}}" if CASED.fullmatch(word) else escape(word)
        for word in title.split()
    )


def escape(text: str) -> str:
    return text.translate(LATEX)


def to_words(citation: Citation, most_authors: int = 4) -> str:
    """The reference in words: authors, year, title, venue, identifier."""
    names = [author.display for author in citation.authors.authors]
    is_cut = len(names) > most_authors or citation.authors.is_incomplete
    written = ", ".join(names[:most_authors]) + (", et al." if is_cut else "")
    parts = [
        written.rstrip("."),
        str(citation.date.year) if citation.date else "",
        citation.title.rstrip("."),
        citation.venue,
        f"arXiv:{citation.arxiv_id}" if citation.arxiv_id else "",
        f"https://doi.org/{citation.doi}" if citation.doi else "",
    ]
    return "".join(f"{part}. " for part in parts if part).strip()
