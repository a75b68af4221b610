"""Documents into the database: all of a review or nothing of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from papers import checks, images, pictures
from papers.documents.revisions import record, show
from papers.documents.stored import SAME_NAMES, place_in_month, read_paper, read_tag
from papers.models import (
    Claim,
    Figure,
    FormerAddress,
    Link,
    Paper,
    PaperTag,
    Record,
    Review,
    Revision,
    Section,
    Tag,
    TagAlias,
    Waiver,
)
from papers.models.base import Publishable
from papers.values import (
    DocumentError,
    FigureDocument,
    PaperDocument,
    Publication,
    ReviewDocument,
    TagDocument,
)


class EntryError(DocumentError):
    """What the database or the gate refuses, with the entry and the field it is about."""

    def __init__(self, reason: str, *, entry: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.entry = entry
        self.field = field

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(filter(None, [place or self.entry, self.field, self.reason]))


@dataclass
class Outcome:
    """What writing a review did: names of entries, and whether the review itself changed."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    review_changed: bool = False
    review_kept: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.created or self.changed or self.review_changed)


class DryRun(Exception):
    """Ends the transaction of a dry run; nothing of it stays."""


def write_review(
    review: ReviewDocument, *, replace_existing: bool = True, dry_run: bool = False
) -> Outcome:
    """Store a review, in one transaction, and say what that changed.

    What is stored and equal is left as it is; what differs becomes what the document
    says, unless `replace_existing` is false: then what is there stays as it is. Entries
    that the document does not hold are left alone. Raise EntryError, with nothing
    stored, where the database or the gate refuses something.
    """
    outcome = Outcome()
    try:
        with transaction.atomic():
            write_all(review, outcome, replace_existing=replace_existing)
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return outcome


def write_all(
    document: ReviewDocument, outcome: Outcome, *, replace_existing: bool
) -> None:
    for picture in document.pictures:
        pictures.store(images.clean_image(picture.data))
    tags = Vocabulary(outcome, replace_existing=replace_existing)
    for tag in document.tags:
        tags.add(tag)
    review = Review.objects.filter(year=document.year).first()
    if review is None or replace_existing:
        review = write_own_fields(document, review, outcome)
    else:
        outcome.review_kept = True
    for paper in place_in_month(document.papers):
        write_paper(tags.translate(paper), review, tags, outcome, replace_existing)
    named = {paper.slug for paper in document.papers}
    others = review.papers.exclude(slug__in=named).order_by("month", "place", "pk")
    outcome.left_alone += others.values_list("slug", flat=True)


def write_own_fields(
    document: ReviewDocument, review: Review | None, outcome: Outcome
) -> Review:
    review = review or Review(year=document.year)
    publication = known_since(document, review)
    values = {
        "title": document.title,
        "introduction": document.introduction,
        "attribution": document.attribution,
        **vars(publication),
    }
    if review.pk and all(
        getattr(review, key) == value for key, value in values.items()
    ):
        return review
    if publication.status in checks.GUARDED:
        for finding in checks.errors_in_own_texts(document):
            name = f"review of {document.year}"
            raise EntryError(finding.message, entry=name, field=finding.field)
    for key, value in values.items():
        setattr(review, key, value)
    clean(review, entry=f"review of {document.year}")
    review.save()
    outcome.review_changed = True
    return review


class Vocabulary:
    """The tags of a review by the names its document gives them."""

    def __init__(self, outcome: Outcome, *, replace_existing: bool) -> None:
        self.outcome = outcome
        self.replace_existing = replace_existing
        self.by_name: dict[str, Tag] = {}

    def add(self, document: TagDocument) -> None:
        """Find the tag by its address, its name, or another name it has; else make it."""
        known = (
            Tag.objects.filter(slug=document.slug).first()
            or Tag.objects.filter(name__iexact=document.name).first()
        )
        tag = known or Tag.objects.filter(aliases__name__iexact=document.name).first()
        if tag is None or (self.replace_existing and known):
            tag = self.write(document, known or Tag())
        self.by_name[document.name] = tag

    def write(self, document: TagDocument, tag: Tag) -> Tag:
        aliases = self.free_aliases(document)
        if tag.pk and read_tag(tag) == replace(document, aliases=aliases):
            return tag
        for name in ("name", "slug", "full_name", "description"):
            setattr(tag, name, getattr(document, name))
        clean(tag, entry=f"tag {document.name}", field="tags")
        tag.save()
        tag.aliases.exclude(name__in=aliases).delete()
        for name in set(aliases) - set(tag.aliases.values_list("name", flat=True)):
            alias = TagAlias(tag=tag, name=name)
            clean(alias, entry=f"tag {document.name}", field="tags")
            alias.save()
        self.outcome.review_changed = True
        return tag

    def free_aliases(self, document: TagDocument) -> tuple[str, ...]:
        """The tag's other names, without those that are tags of their own here."""
        names = sorted(document.aliases, key=str.lower)
        taken = {
            name for name in names if Tag.objects.filter(name__iexact=name).exists()
        }
        return tuple(name for name in names if name not in taken)

    def translate(self, paper: PaperDocument) -> PaperDocument:
        """The entry with its tags by the names they have here, each once."""

        def here(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(self.by_name[name].name for name in names))

        tags, chips = here(paper.tags), here(paper.chips)
        return replace(paper, tags=tags, chips=tuple(t for t in tags if t in chips))

    def named(self) -> Mapping[str, Tag]:
        return {tag.name: tag for tag in self.by_name.values()}


def write_paper(
    document: PaperDocument,
    review: Review,
    tags: Vocabulary,
    outcome: Outcome,
    replace_existing: bool,
) -> None:
    paper = find_paper(review, document.slug)
    if paper:
        document = keep_history(document, paper)
    if paper and (not replace_existing or read_paper(paper) == document):
        outcome.unchanged.append(document.slug)
        return
    if document.publication.status in checks.GUARDED:
        for finding in checks.errors(document):
            raise EntryError(finding.message, entry=document.slug, field=finding.field)
    done = outcome.changed if paper else outcome.created
    paper = paper or Paper(review=review, slug=document.slug)
    write_fields(document, paper)
    write_parts(document, paper, tags.named())
    paper.settle()
    show(paper, record(paper, document, Revision.Kind.IMPORTED))
    done.append(document.slug)


def find_paper(review: Review, slug: str) -> Paper | None:
    """The entry at an address, or the one that had the address before."""
    formerly = Paper.objects.filter(
        review=review,
        former_addresses__year=review.year,
        former_addresses__slug=slug,
    )
    return review.papers.filter(slug=slug).first() or formerly.first()


def keep_history(document: PaperDocument, paper: Paper) -> PaperDocument:
    """A document that is silent about what was before does not undo it."""
    known = {str(address) for address in paper.former_addresses.all()}
    known |= {f"{paper.review.year}/{paper.slug}"}
    known -= {f"{paper.review.year}/{document.slug}"}
    return replace(
        document,
        publication=known_since(document, paper),
        former=tuple(sorted(known | set(document.former))),
    )


def known_since(
    document: PaperDocument | ReviewDocument, row: Publishable
) -> Publication:
    since = document.publication.published_at or row.published_at
    return replace(document.publication, published_at=since)


def write_fields(document: PaperDocument, paper: Paper) -> None:
    values = {name: getattr(document, name) for name in SAME_NAMES}
    values |= {"slug": document.slug, "published_on": document.date} | vars(
        document.publication
    )
    for name, value in values.items():
        setattr(paper, name, value)
    clean(paper, entry=document.slug)
    paper.save()


def write_parts(document: PaperDocument, paper: Paper, tags: Mapping[str, Tag]) -> None:
    """Replace what the entry is made of. The caller settles the entry after."""
    rows: dict[str, list[Any]] = {
        "paper_tags": [
            PaperTag(tag=tags[name], on_card=name in document.chips)
            for name in document.tags
        ],
        "links": [Link(**vars(link)) for link in document.links],
        "claims": [Claim(**vars(claim)) for claim in document.claims],
        "figures": [make_figure(figure) for figure in document.figures],
        "sections": [Section(**vars(section)) for section in document.sections],
    }
    for name, parts in rows.items():
        for position, part in enumerate(parts):
            part.position = position
        write_rows(paper, name, parts)
    write_rows(paper, "records", [Record(**vars(each)) for each in document.records])
    write_rows(paper, "waivers", [Waiver(**vars(each)) for each in document.waivers])
    write_rows(paper, "former_addresses", [read_address(a) for a in document.former])


def write_rows(paper: Paper, name: str, rows: Sequence[Any]) -> None:
    manager = getattr(paper, name)
    manager.all().delete()
    for row in rows:
        row.paper = paper
        clean(row, entry=paper.slug, field=name)
    try:
        manager.bulk_create(rows)
    except IntegrityError as error:
        reason = "Two of these are the same, and only one may be."
        raise EntryError(reason, entry=paper.slug, field=name) from error


def read_address(address: str) -> FormerAddress:
    year, _, slug = address.partition("/")
    return FormerAddress(year=int(year), slug=slug)


def make_figure(document: FigureDocument) -> Figure:
    pictures = {"image", "dark"}
    values = {k: value for k, value in vars(document).items() if k not in pictures}
    figure = Figure(**values)
    if document.image:
        figure.set_image(images.clean_image(document.image))
    if document.dark:
        figure.set_dark(images.clean_image(document.dark))
    return figure


def clean(row: Model, *, entry: str, field: str = "") -> None:
    """Let the model's own rules speak; their words carry the entry and the field."""
    try:
        row.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            where = field or ("" if name == "__all__" else name)
            detail = f"{name}: " if field and name not in {"__all__", field} else ""
            raise EntryError(detail + messages[0], entry=entry, field=where) from error
