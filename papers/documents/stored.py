"""What is stored, as documents: the opposite of papers.documents.store."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model
from django.db.models.fields.files import FieldFile

from papers import pictures
from papers.models import Figure, Paper, Review, Tag
from papers.models.base import Publishable
from papers.values import (
    ClaimDocument,
    DocumentError,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    PictureDocument,
    Publication,
    RecordDocument,
    ReviewDocument,
    SectionDocument,
    TagDocument,
    WaiverDocument,
)

Document = TypeVar(
    "Document",
    LinkDocument,
    ClaimDocument,
    SectionDocument,
    RecordDocument,
    WaiverDocument,
)

PARTS = (
    "paper_tags__tag",
    "links",
    "claims",
    "figures",
    "sections",
    "records",
    "waivers",
    "former_addresses",
)


def read_review(year: int) -> ReviewDocument:
    """Return a stored review. Raise DocumentError when there is none of that year."""
    review = Review.objects.filter(year=year).first()
    if review is None:
        raise DocumentError(f"There is no review of {year}.")
    papers = (
        review.papers.select_related("review")
        .prefetch_related(*PARTS)
        .order_by("month", "place", "pk")
    )
    documents = place_in_month([read_paper(paper) for paper in papers])
    used = Tag.objects.filter(paper_tags__paper__review=review).distinct()
    return ReviewDocument(
        year=review.year,
        title=review.title,
        publication=read_publication(review),
        introduction=review.introduction,
        attribution=review.attribution,
        tags=tuple(read_tag(tag) for tag in used.prefetch_related("aliases")),
        papers=tuple(documents),
        pictures=tuple(read_pictures(review, documents)),
    )


def read_own_texts(review: Review) -> ReviewDocument:
    """What a review says itself, stored or not, without its entries."""
    return ReviewDocument(
        year=review.year,
        title=review.title,
        introduction=review.introduction,
        attribution=review.attribution,
    )


def read_vocabulary(papers: Sequence[PaperDocument]) -> Iterator[TagDocument]:
    """Those of the tags that entries carry which there are already."""
    names = {name for paper in papers for name in paper.tags}
    known = Tag.objects.filter(name__in=names).prefetch_related("aliases")
    return map(read_tag, known.order_by("name"))


def read_pictures(
    review: Review, papers: Sequence[PaperDocument]
) -> Iterator[PictureDocument]:
    """The pictures that stand within the texts of a review, each once."""
    texts: list[str] = [review.introduction, review.attribution]
    for paper in papers:
        texts += [paper.summary, *(section.body for section in paper.sections)]
    pattern = re.compile(
        rf"{re.escape(settings.MEDIA_URL)}{pictures.FOLDER}/([a-z0-9]+\.\w+)"
    )
    for name in sorted({found for text in texts for found in pattern.findall(text)}):
        if data := pictures.load(name):
            yield PictureDocument(name=name, data=data)


def place_in_month(papers: Sequence[PaperDocument]) -> list[PaperDocument]:
    """Count the places anew, so that they say the order and nothing else."""
    placed: list[PaperDocument] = []
    for paper in papers:
        is_same = placed and placed[-1].month == paper.month
        place = placed[-1].place + 1 if is_same else 1
        placed.append(replace(paper, place=place))
    return placed


def read_tag(tag: Tag) -> TagDocument:
    return TagDocument(
        name=tag.name,
        slug=tag.slug,
        full_name=tag.full_name,
        description=tag.description,
        aliases=tuple(alias.name for alias in tag.aliases.all()),
    )


def read_publication(thing: Publishable) -> Publication:
    return Publication(
        status=thing.status,
        publish_at=thing.publish_at,
        published_at=thing.published_at,
        withdrawal_reason=thing.withdrawal_reason,
    )


def read_paper(paper: Paper) -> PaperDocument:
    """An entry as plain values; reads each kind of part once unless it is prefetched."""
    rows = list(paper.paper_tags.all())
    return PaperDocument(
        **read_words(paper),
        publication=read_publication(paper),
        tags=tuple(row.tag.name for row in rows),
        chips=tuple(row.tag.name for row in rows if row.on_card),
        figures=tuple(read_figure(figure) for figure in paper.figures.all()),
        records=tuple(copy(RecordDocument, record) for record in paper.records.all()),
        waivers=tuple(copy(WaiverDocument, waiver) for waiver in paper.waivers.all()),
        former=tuple(str(former) for former in paper.former_addresses.all()),
    )


# The fields that an entry's row and its document call by the same name.
SAME_NAMES = (
    "month",
    "place",
    "headline",
    "title",
    "authors",
    "venue",
    "arxiv_id",
    "doi",
    "focus",
    "impact",
    "citation_note",
    "notes",
    "summary",
)


def read_words(paper: Paper) -> dict[str, Any]:
    """What an entry's own fields, links, claims and sections say, by PaperDocument's names."""
    return {
        **{name: getattr(paper, name) for name in SAME_NAMES},
        "slug": paper.slug,
        "date": paper.published_on,
        "links": tuple(copy(LinkDocument, link) for link in paper.links.all()),
        "claims": tuple(copy(ClaimDocument, claim) for claim in paper.claims.all()),
        "sections": tuple(copy(SectionDocument, part) for part in paper.sections.all()),
    }


def copy(document: type[Document], row: Model) -> Document:
    return document(**{each.name: getattr(row, each.name) for each in fields(document)})


def read_figure(figure: Figure) -> FigureDocument:
    image, dark = read_picture(figure.image), read_picture(figure.dark)
    return replace(read_figure_words(figure), image=image, dark=dark)


def read_figure_words(figure: Figure) -> FigureDocument:
    """The figure without its pictures, which are not read."""
    names = {each.name for each in fields(FigureDocument)} - {"image", "dark"}
    return FigureDocument(**{name: getattr(figure, name) for name in names})


def read_picture(file: FieldFile) -> bytes:
    return pictures.load((file.name or "").rpartition("/")[2])
