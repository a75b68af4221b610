"""The review folder: a review as files that a person can read, compare and keep in git.

The format is described in docs/review-folder.md. Reading and writing are each other's
inverse (papers.documents.folder_writer): what was written reads back as an equal document, and writing that gives the
same bytes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NoReturn

from papers import dates, identifiers, images, names
from papers.documents import frontmatter
from papers.documents.folder_parts import read_claims, read_links, read_waivers
from papers.documents.frontmatter import Fields
from papers.values import (
    DocumentError,
    FigureDocument,
    PaperDocument,
    PictureDocument,
    Publication,
    RecordDocument,
    ReviewDocument,
    SectionDocument,
    TagDocument,
)

REVIEW_FILE = "review.md"
PICTURES = "pictures"
PAPER_FILE = re.compile(r"(0[1-9]|1[0-2])-([a-z0-9][a-z0-9_-]*)\.md")
RECORD_FILE = re.compile(r"records/([a-z0-9][a-z0-9_-]*)/[^/]+\.json")
HEADINGS = {
    "technical": "Technical context",
    "figures": "Figures",
    "historical": "Historical context",
    "relevance": "Relevance at the end of the year",
}
HEADING = re.compile(
    r"# (.+) \{#(technical|figures|historical|relevance|other|attribution)\}"
)
ESCAPED = re.compile(r"\\+(?=# .+ \{#[a-z]+\}$)")
STATUSES = {"draft", "in review", "scheduled", "published", "withdrawn"}
FIGURE_KINDS = {"image", "table", "chart", "code", "diagram"}
CATALOGUES = {"arxiv", "crossref", "datacite"}

Files = Mapping[str, bytes]


def read_files(files: Files) -> ReviewDocument:
    """Return the review in a folder's files, by name relative to the folder.

    Raise DocumentError, naming file and line, for anything that is not as described.
    """
    if REVIEW_FILE not in files:
        raise DocumentError(
            "There is no such file, so this is no review.", file=REVIEW_FILE
        )
    fields, body, line = frontmatter.split(decode(files, REVIEW_FILE), REVIEW_FILE)
    introduction, parts = read_body(body, line, REVIEW_FILE, {"attribution"})
    attribution = parts[0].body if parts else ""
    review = ReviewDocument(
        year=fields.parsed("year", parse_year),
        title=fields.text("title"),
        publication=read_publication(fields),
        tags=tuple(read_tags(fields)),
        introduction=introduction,
        attribution=attribution,
        papers=tuple(read_papers(files)),
        pictures=tuple(read_pictures(files)),
    )
    fields.done()
    refuse_unknown_tags(review, files)
    refuse_strays(review, files)
    return review


def parse_year(text: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d|2100", text):
        raise ValueError(f"not a year from 1900 to 2100: {text[:20]!r}.")
    return int(text)


def read_papers(files: Files) -> Iterator[PaperDocument]:
    named = sorted(name for name in files if PAPER_FILE.fullmatch(name))
    papers = [read_paper(files, name) for name in named]
    slugs = [paper.slug for paper in papers]
    for paper, name in zip(papers, named, strict=True):
        if slugs.count(paper.slug) > 1:
            reason = f"Two files of the folder have the slug “{paper.slug}”."
            raise DocumentError(reason, file=name)
    return iter(sorted(papers, key=lambda paper: (paper.month, paper.place)))


def read_paper(files: Files, name: str) -> PaperDocument:
    match = PAPER_FILE.fullmatch(name)
    assert match  # noqa: S101 -- only such names are read
    slug = match[2]
    fields, body, line = frontmatter.split(decode(files, name), name)
    summary, sections = read_body(body, line, name, {*HEADINGS, "other"})
    tags = fields.items("tags")
    paper = PaperDocument(
        slug=slug,
        month=int(match[1]),
        place=fields.parsed("place", parse_place),
        headline=fields.text("headline"),
        title=fields.text("title"),
        publication=read_publication(fields),
        date=fields.parsed("date", parse_day),
        authors=read_authors(fields),
        venue=fields.text("venue"),
        arxiv_id=fields.parsed("arxiv", identifiers.parse_arxiv_id),
        doi=fields.parsed("doi", identifiers.parse_doi),
        tags=tags,
        chips=read_chips(fields, tags),
        focus=fields.text("focus"),
        impact=fields.text("impact"),
        citation_note=fields.text("citation"),
        notes=fields.text("notes"),
        summary=summary,
        links=tuple(read_links(fields)),
        claims=tuple(read_claims(fields)),
        figures=tuple(read_figures(fields, files, slug)),
        waivers=tuple(read_waivers(fields)),
        sections=sections,
        records=tuple(read_records(files, slug)),
        former=fields.items("former"),
    )
    fields.done()
    if bad := [old for old in paper.former if not re.fullmatch(r"\d{4}/[\w-]+", old)]:
        fields.fail(f"Not an address: {bad[0]!r}.", fields.line_of("former"))
    return paper


def read_chips(fields: Fields, tags: tuple[str, ...]) -> tuple[str, ...]:
    """The chips, in the order of the tags."""
    chips = fields.items("chips")
    if stray := [chip for chip in chips if chip not in tags]:
        fields.fail(f"“{stray[0]}” is a chip but no tag.", fields.line_of("chips"))
    return tuple(tag for tag in tags if tag in chips)


def parse_place(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}|", text):
        raise ValueError(f"not a place from 1 up: {text[:20]!r}.")
    return int(text or 1)


def parse_day(text: str) -> str:
    return str(dates.parse_date(text)) if text else ""


def read_authors(fields: Fields) -> str:
    lines = "\n".join(fields.items("authors"))
    try:
        return names.to_lines(names.parse_authors(lines))
    except ValueError as error:
        fields.fail(f"authors: {error}", fields.line_of("authors"))


def read_publication(fields: Fields) -> Publication:
    return Publication(
        status=fields.choice("status", STATUSES, "draft"),
        publish_at=fields.parsed("publish_at", parse_time),
        published_at=fields.parsed("published", parse_time),
        withdrawal_reason=fields.text("withdrawn"),
    )


def parse_time(text: str) -> datetime | None:
    if not text:
        return None
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; end it with Z.")
    return time.astimezone(UTC)


def read_tags(fields: Fields) -> Iterator[TagDocument]:
    for tag in fields.mappings("tags"):
        yield TagDocument(
            name=tag.text("name"),
            slug=tag.text("slug"),
            full_name=tag.text("full_name"),
            description=tag.text("description"),
            aliases=tag.items("aliases"),
        )
        tag.done()


def read_figures(fields: Fields, files: Files, slug: str) -> Iterator[FigureDocument]:
    for figure in fields.mappings("figures"):
        kind = figure.choice("kind", FIGURE_KINDS)
        path = find_figure_file(figure, "file", files, slug)
        dark = find_figure_file(figure, "dark", files, slug)
        is_image = kind == "image"
        yield FigureDocument(
            key=figure.text("key"),
            kind=kind,
            caption=figure.text("caption"),
            alt=figure.text("alt"),
            credit=figure.text("credit"),
            source=figure.text("source"),
            licence=figure.text("licence"),
            language=figure.text("language"),
            wanted=figure.flag("wanted"),
            note=figure.text("note"),
            chart=figure.text("chart"),
            notes=figure.text("notes"),
            content="" if is_image or not path else decode(files, path).rstrip("\n"),
            image=read_image(files, path).data if is_image and path else b"",
            dark=read_image(files, dark).data if dark else b"",
        )
        figure.done()


def find_figure_file(figure: Fields, name: str, files: Files, slug: str) -> str:
    """The name of a figure's file in the folder; nothing where none is named."""
    file = figure.text(name)
    path = f"figures/{slug}/{file}" if file else ""
    if path and path not in files:
        figure.fail(f"There is no file {path}.", figure.line_of(name))
    return path


def read_image(files: Files, path: str) -> images.CleanImage:
    try:
        return images.clean_image(files[path])
    except ValueError as error:
        raise DocumentError(str(error), file=path) from error


def read_pictures(files: Files) -> Iterator[PictureDocument]:
    for path in sorted(files):
        folder, _, name = path.partition("/")
        if folder == PICTURES:
            image = read_image(files, path)
            if image.name != name:
                reason = "The picture is not the one that has this name."
                raise DocumentError(reason, file=path)
            yield PictureDocument(name=name, data=image.data)


def read_records(files: Files, slug: str) -> Iterator[RecordDocument]:
    for name in sorted(files):
        match = RECORD_FILE.fullmatch(name)
        if not match or match[1] != slug:
            continue
        try:
            record = json.loads(decode(files, name))
            if record["catalogue"] not in CATALOGUES:
                raise ValueError(f"catalogue must be one of {sorted(CATALOGUES)}.")
            yield RecordDocument(
                catalogue=record["catalogue"],
                identifier=str(record["identifier"]),
                version=str(record.get("version", "")),
                fetched_at=parse_time(record["fetched_at"]) or no_time(),
                url=str(record.get("url", "")),
                payload=record["payload"],
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
            reason = f"Not a record: {error}"
            raise DocumentError(reason, file=name, line=line) from error


def no_time() -> NoReturn:
    raise ValueError("fetched_at is empty.")


def read_body(
    body: str, first_line: int, file: str, kinds: set[str]
) -> tuple[str, tuple[SectionDocument, ...]]:
    """Return the text before the first section, and the sections."""
    opening: list[str] = []
    sections: list[tuple[str, str, list[str]]] = []
    for number, line in enumerate(body.split("\n"), first_line):
        match = HEADING.fullmatch(line)
        if not match:
            unescaped = ESCAPED.sub(lambda found: found[0][1:], line, count=1)
            (sections[-1][2] if sections else opening).append(unescaped)
            continue
        heading, kind = match.groups()
        if kind not in kinds:
            raise DocumentError(f"No section {{#{kind}}} here.", file=file, line=number)
        if kind in HEADINGS and heading != HEADINGS[kind]:
            reason = f"The heading of {{#{kind}}} is “{HEADINGS[kind]}”."
            raise DocumentError(reason, file=file, line=number)
        sections.append((kind, heading if kind == "other" else "", []))
        if [(k, h) for k, h, _ in sections].count(sections[-1][:2]) > 1:
            raise DocumentError("This section is here twice.", file=file, line=number)
    return trim(opening), tuple(
        SectionDocument(kind=kind, heading=heading, body=trim(lines))
        for kind, heading, lines in sections
    )


def trim(lines: list[str]) -> str:
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines).rstrip()


def decode(files: Files, name: str) -> str:
    data = files[name]
    if not data.strip():
        raise DocumentError("The file is empty.", file=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError("Not UTF-8.", file=name, line=line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DocumentError("There is a NUL character.", file=name, line=line)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def locate(files: Files, entry: str, field: str) -> tuple[str, int]:
    """Where in the folder an entry says what its field holds: a file, and a line or 0.

    Without an entry of that name it is the review's own file.
    """
    named = (name for name in files if PAPER_FILE.fullmatch(name))
    name = next((n for n in named if n[3:] == f"{entry}.md"), REVIEW_FILE)
    fields, _, _ = frontmatter.split(decode(files, name), name)
    field = field.partition(".")[0]
    key = KEYS.get(field, field) if name != REVIEW_FILE else field
    return name, fields.line_of(key) if key in fields.nodes else 0


# What a field of the database is called in the folder.
KEYS = {
    "arxiv_id": "arxiv",
    "citation_note": "citation",
    "former_addresses": "former",
    "paper_tags": "tags",
    "published_on": "date",
    "withdrawal_reason": "withdrawn",
}


def refuse_unknown_tags(review: ReviewDocument, files: Files) -> None:
    known = {tag.name for tag in review.tags}
    for paper in review.papers:
        if unknown := [tag for tag in paper.tags if tag not in known]:
            name = f"{paper.month:02}-{paper.slug}.md"
            fields, _, _ = frontmatter.split(decode(files, name), name)
            reason = f"“{unknown[0]}” is not in the vocabulary of {REVIEW_FILE}."
            raise DocumentError(reason, file=name, line=fields.line_of("tags"))


def refuse_strays(review: ReviewDocument, files: Files) -> None:
    """A file that nothing names would be lost in silence."""
    slugs = {paper.slug for paper in review.papers}
    for name in sorted(files):
        folder, _, rest = name.partition("/")
        is_entry = name == REVIEW_FILE or PAPER_FILE.fullmatch(name)
        belongs = folder in {"figures", "records"} and rest.partition("/")[0] in slugs
        belongs |= folder == PICTURES
        is_aside = "/" not in name and not name.endswith(".md")
        if not (is_entry or belongs or is_aside):
            raise DocumentError(
                "The file belongs to no entry of the review.", file=name
            )
