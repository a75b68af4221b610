"""Writing the review folder; papers.documents.folder reads it back."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from papers import images
from papers.documents import frontmatter
from papers.documents.folder import HEADINGS, PICTURES, REVIEW_FILE
from papers.values import (
    FigureDocument,
    PaperDocument,
    Publication,
    RecordDocument,
    ReviewDocument,
    WaiverDocument,
)

EXTENSIONS = {"table": "csv", "chart": "csv", "diagram": "svg"}
CODE_EXTENSIONS = {"python": "py", "json": "json", "javascript": "js", "bash": "sh"}


def write_files(review: ReviewDocument) -> dict[str, bytes]:
    """Return the files of the review's folder, by name relative to the folder."""
    files: dict[str, bytes] = {REVIEW_FILE: write_review(review).encode()}
    for paper in review.papers:
        files[paper_file(paper)] = write_paper(paper).encode()
        for figure in paper.figures:
            if figure.content or figure.image:
                data = figure.image or f"{figure.content}\n".encode()
                files[f"figures/{paper.slug}/{figure_file(figure)}"] = data
            if figure.dark:
                files[f"figures/{paper.slug}/{dark_file(figure)}"] = figure.dark
        for record in paper.records:
            stamp = zulu(record.fetched_at).replace(":", "-")
            name = f"records/{paper.slug}/{record.catalogue}-{stamp}.json"
            files[name] = write_record(record).encode()
    for picture in review.pictures:
        files[f"{PICTURES}/{picture.name}"] = picture.data
    return files


def paper_file(paper: PaperDocument) -> str:
    return f"{paper.month:02}-{paper.slug}.md"


def figure_file(figure: FigureDocument) -> str:
    if figure.kind == "image":
        extension = images.extension_of(figure.image)
    elif figure.kind == "code":
        extension = CODE_EXTENSIONS.get(figure.language, "txt")
    else:
        extension = EXTENSIONS[figure.kind]
    return f"{figure.key}.{extension}"


def dark_file(figure: FigureDocument) -> str:
    return f"{figure.key}.dark.{images.extension_of(figure.dark)}"


def write_review(review: ReviewDocument) -> str:
    fields: dict[str, object] = {
        "year": review.year,
        "title": review.title,
        **write_publication(review.publication),
        "tags": [
            drop_empty(
                name=tag.name,
                slug=tag.slug,
                full_name=tag.full_name,
                description=tag.description,
                aliases=list(tag.aliases),
            )
            for tag in review.tags
        ],
    }
    body = escape(review.introduction)
    if review.attribution:
        body += f"\n\n# Attribution {{#attribution}}\n\n{escape(review.attribution)}"
    return frontmatter.join(fields, body.strip("\n"))


def write_paper(paper: PaperDocument) -> str:
    fields: dict[str, object] = {
        "headline": paper.headline,
        "title": paper.title,
        **write_publication(paper.publication),
        "place": paper.place if paper.place != 1 else None,
        "date": paper.date,
        "authors": paper.authors.splitlines(),
        "venue": paper.venue,
        "arxiv": paper.arxiv_id,
        "doi": paper.doi,
        "tags": list(paper.tags),
        "chips": list(paper.chips),
        "focus": paper.focus,
        "impact": paper.impact,
        "citation": paper.citation_note,
        "notes": paper.notes,
        "links": [drop_empty(**vars(link)) for link in paper.links],
        "claims": [drop_empty(**vars(claim)) for claim in paper.claims],
        "figures": [write_figure(figure) for figure in paper.figures],
        "waivers": [write_waiver(waiver) for waiver in paper.waivers],
        "former": list(paper.former),
    }
    parts = [escape(paper.summary)]
    for section in paper.sections:
        heading = section.heading or HEADINGS[section.kind]
        parts += [f"# {heading} {{#{section.kind}}}", escape(section.body)]
    return frontmatter.join(fields, "\n\n".join(filter(None, parts)))


def write_waiver(waiver: WaiverDocument) -> dict[str, object]:
    values = {name: value for name, value in vars(waiver).items() if name != "given_on"}
    return drop_empty(**values, date=waiver.given_on.isoformat())


def write_publication(publication: Publication) -> dict[str, object]:
    return {
        "status": publication.status,
        "publish_at": zulu(publication.publish_at),
        "published": zulu(publication.published_at),
        "withdrawn": publication.withdrawal_reason,
    }


def write_figure(figure: FigureDocument) -> dict[str, Any]:
    has_file = figure.content or figure.image
    return drop_empty(
        key=figure.key,
        kind=figure.kind,
        file=figure_file(figure) if has_file else "",
        caption=figure.caption,
        alt=figure.alt,
        credit=figure.credit,
        source=figure.source,
        licence=figure.licence,
        language=figure.language,
        dark=dark_file(figure) if figure.dark else "",
        chart=figure.chart,
        notes=figure.notes,
        wanted=figure.wanted,
        note=figure.note,
    )


def write_record(record: RecordDocument) -> str:
    fields = vars(record) | {"fetched_at": zulu(record.fetched_at)}
    return json.dumps(fields, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def drop_empty(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def zulu(time: datetime | None) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z") if time else ""


def escape(text: str) -> str:
    """Keep a line of the text from reading as a section's heading."""
    return "\n".join(
        f"\\{line}" if re.fullmatch(r"\\*# .+ \{#[a-z]+\}", line) else line
        for line in text.split("\n")
    )
