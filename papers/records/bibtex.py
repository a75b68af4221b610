"""One BibTeX entry, as an editor pastes it.

http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, with biblatex's names of fields.
"""

import re
from calendar import month_abbr
from collections.abc import Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, Field

from papers.names import ET_AL, OTHERS, Author
from papers.records.entry import (
    CatalogueEntry,
    clean,
    find_arxiv_id,
    find_date,
    find_doi,
    guess_author,
    is_address,
    join_date,
    make_links,
    to_author_lines,
)

LONGEST = 100_000  # Characters; 559 authors take 15,000.
VENUES = ("journal", "journaltitle", "booktitle", "school", "institution")
# Where people write that a paper is a preprint, and which.
NOTES = ("journal", "journaltitle", "howpublished", "note", "number")
WORDS = ("title", "abstract", "keywords", "primaryclass", *VENUES, *NOTES)
MONTHS = [name.lower() for name in month_abbr]
PREPRINT = re.compile(r"arxiv[:\s]{0,5}(\S{9,30})", re.IGNORECASE)
# To LaTeX these begin a comment or part a table; in a title they are what they are.
BARE = re.compile(r"(?<!\\)[%&#]")
ESCAPED = re.compile(r"\\([_%&#~$])")
URL_COMMAND = re.compile(r"\\url\{([^{}]*)\}")

Fields = Mapping[str, str]


def read(text: str) -> CatalogueEntry:
    """The paper in the one entry of a text. Raise ValueError, in the editor's words."""
    entry = parse_entry(text)
    # Field names have no case; of two that differ in it the first is taken.
    fields = {
        field.key.lower(): str(field.value).strip()
        for field in reversed(entry.fields)
        if field.value
    }
    words = decode({name: fields[name] for name in WORDS if name in fields})
    if not words.get("title"):
        raise ValueError("This BibTeX entry has no title.")
    url, doi = read_url(fields.get("url", "")), read_url(fields.get("doi", ""))
    arxiv_id = read_arxiv_id(words, [fields.get("eprint", ""), url, doi])
    return CatalogueEntry(
        title=words["title"],
        authors=read_authors(fields.get("author", "")),
        date=read_date(fields),
        venue=read_venue(words),
        arxiv_id=arxiv_id,
        doi=find_doi(doi),
        abstract=words.get("abstract", ""),
        links=make_links(arxiv_id, find_doi(doi), url),
        subjects=read_subjects(words),
        catalogue="bibtex",
        identifier=clean(entry.key),
        url=url if is_address(url) else "",
        payload={"bibtex": text},
    )


def parse_entry(text: str) -> Entry:
    """The one entry of a text. Raise ValueError when there is none, or are several."""
    if len(text) > LONGEST:
        raise ValueError(f"A BibTeX entry has at most {LONGEST:,} characters.")
    library = parse_string(text.lstrip("\ufeff"))
    failed = library.failed_blocks
    if len(library.entries) + len(failed) > 1:
        raise ValueError("Paste one BibTeX entry at a time.")
    if failed and isinstance(failed[0], DuplicateFieldKeyBlock):
        names = ", ".join(sorted(failed[0].duplicate_keys))
        raise ValueError(f"This BibTeX entry gives a field twice: {names}.")
    if failed:
        raise ValueError(
            "This BibTeX entry is not whole: a brace, a quotation mark or a comma is "
            "missing."
        )
    if not library.entries:
        raise ValueError("There is no BibTeX entry in this text.")
    return library.entries[0]


def decode(fields: Fields, *, keep_groups: bool = False) -> dict[str, str]:
    """The fields with LaTeX turned into letters; braces may stay, for names."""
    escaped = [Field(key, BARE.sub(r"\\\g<0>", text)) for key, text in fields.items()]
    decoder = LatexDecodingMiddleware(keep_braced_groups=keep_groups)
    library = decoder.transform(Library([Entry("misc", "key", escaped)]))
    if not library.entries:
        raise ValueError("The LaTeX in this BibTeX entry cannot be read.")
    return {field.key: clean(field.value) for field in library.entries[0].fields}


def read_authors(text: str) -> str:
    """The names, one a line. LaTeX is decoded before they are parted: J{\\"o}rg."""
    if not text:
        return ""
    decoded = decode({"author": text}, keep_groups=True).get("author", "")
    names = split_multiple_persons_names(decoded)
    is_incomplete = bool(names) and OTHERS.fullmatch(names[-1]) is not None
    listed = to_author_lines(map(read_author, names[:-1] if is_incomplete else names))
    return f"{listed}\n{ET_AL}" if is_incomplete and listed else listed


def read_author(name: str) -> Author:
    if name.startswith("{") and name.endswith("}") and name.count("{") == 1:
        return Author(name, is_organisation=True)
    guessed = guess_author(name)
    if guessed.is_organisation and "," not in name:
        return guessed
    parts = parse_single_name_into_parts(name, strict=False)
    family = " ".join([*parts.von, *parts.last, *parts.jr])
    return Author(family, " ".join(parts.first))


def read_date(fields: Fields) -> str:
    if found := find_date(fields.get("date", "")):
        return found
    year = re.search(r"(?a)\b\d{4}\b", fields.get("year", ""))
    month = re.search(r"(?a)[a-z]{3}|\d{1,2}", fields.get("month", "").lower())
    day = re.fullmatch(r"(?a)\d{1,2}", fields.get("day", ""))
    if not year:
        return ""
    return join_date(
        int(year[0]), read_month(month[0]) if month else 0, int(day[0]) if day else 0
    )


def read_month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return MONTHS.index(text) if text in MONTHS else 0


def read_url(text: str) -> str:
    """An address or a DOI as it is: what is escaped for LaTeX is no part of it."""
    return ESCAPED.sub(r"\1", URL_COMMAND.sub(r"\1", text)).strip()


def read_arxiv_id(words: Fields, candidates: list[str]) -> str:
    if found := find_arxiv_id(*candidates):
        return found
    notes = [
        match[1] for name in NOTES for match in PREPRINT.finditer(words.get(name, ""))
    ]
    return find_arxiv_id(*(note.strip(".,;()[]") for note in notes))


def read_venue(words: Fields) -> str:
    """Where it appeared; that it is a preprint is no place."""
    venues = (words.get(name, "") for name in VENUES)
    is_preprint = re.compile(r"arxiv|\bcorr\b", re.IGNORECASE).search
    return next((venue for venue in venues if venue and not is_preprint(venue)), "")


def read_subjects(words: Fields) -> tuple[str, ...]:
    named = ";".join([words.get("primaryclass", ""), words.get("keywords", "")])
    return tuple(filter(None, (clean(word) for word in re.split("[,;]", named))))
