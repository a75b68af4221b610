"""What editors are writing: every save is a revision, and no word is ever lost.

The newest revision of an entry is what its editors see. While the entry is public, or
will be by itself, its rows, and so the site, stay as they are until it is published
again (papers.publishing). The rows of any other entry follow each save.
"""

from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from papers import checks
from papers.documents.entry import free_slug, sketch_entry
from papers.documents.plain import from_plain, to_plain
from papers.documents.revisions import get_newest, record, show
from papers.documents.stored import PARTS, read_paper, read_vocabulary
from papers.models import Paper, Review, Revision
from papers.models.revision import new_token
from papers.values import PaperDocument, ReviewDocument

User = Any  # Of whichever model the project's users are.
Kind = Revision.Kind


class Conflict(Exception):
    """Another version of the entry was saved meanwhile: `theirs`."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__("Somebody saved another version of this entry meanwhile.")
        self.theirs = theirs


@dataclass(frozen=True)
class Working:
    """What an editor works on: the newest words, and which write they come from."""

    document: PaperDocument
    token: str
    revision: Revision | None
    has_changes: bool  # That readers do not see.


def get_working(paper: Paper) -> Working:
    """The newest version of an entry, with its status and records as they are."""
    return as_working(paper, get_newest(paper))


def as_working(paper: Paper, newest: Revision | None) -> Working:
    rows = read_paper(paper)
    if newest is None:
        return Working(rows, "", None, has_changes=False)
    return Working(
        document=with_rows(from_plain(newest.document), rows),
        token=newest.token,
        revision=newest,
        has_changes=newest.number != paper.shown_revision
        and newest.document != to_plain(rows),
    )


def with_rows(document: PaperDocument, rows: PaperDocument) -> PaperDocument:
    """The document with what is not a matter of words as the rows have it."""
    return replace(
        document,
        publication=rows.publication,
        records=rows.records,
        waivers=rows.waivers,
        former=rows.former,
        place=rows.place,
    )


@transaction.atomic
def begin(review: Review, document: PaperDocument, *, by: User) -> Paper:
    """Make a draft, however incomplete, at the end of its month."""
    paper = Paper(review=review, month=document.month, created_by=by)
    month = review.papers.filter(month=document.month).order_by("-place").first()
    place = month.place + 1 if month else 1
    document = replace(document, place=place, slug=free_slug(document, paper))
    sketch_entry(document, paper)
    show(paper, record(paper, document, Kind.SAVED, by=by))
    return paper


@transaction.atomic
def save(
    paper: Paper,
    document: PaperDocument,
    *,
    by: User,
    token: str,
    kind: str = Kind.SAVED,
) -> Revision:
    """Keep a version of an entry. `token` says which version it was made from.

    Words kept while writing are one revision until they are saved. Raise Conflict, with
    nothing changed, where another version was saved meanwhile.
    """
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    newest = get_newest(paper)
    if newest is None:
        newest = record(paper, read_paper(paper), Kind.FOUND)
        show(paper, newest)
    elif newest.token != token:
        raise Conflict(newest)
    plain = to_plain(document)
    is_same = newest.document == plain
    if newest.kind == Kind.AUTOSAVED and newest.made_by == by:
        revision = rewrite(newest, plain, kind)
    elif is_same and kind in {Kind.SAVED, Kind.AUTOSAVED}:
        revision = newest
    else:
        revision = record(paper, document, kind, by=by)
    if kind != Kind.AUTOSAVED and paper.status not in checks.GUARDED:
        sketch_entry(with_rows(document, read_paper(paper)), paper)
        show(paper, revision)
    return revision


def rewrite(revision: Revision, plain: Any, kind: str, note: str = "") -> Revision:
    revision.document, revision.kind, revision.note = plain, kind, note
    revision.made_at, revision.token = timezone.now(), new_token()
    revision.save()
    return revision


def set_aside(paper: Paper, document: PaperDocument, *, by: User) -> Revision:
    """Keep the words of the second of two savers, beside the newest version."""
    return record(paper, document, Kind.SET_ASIDE, by=by)


@transaction.atomic
def restore(paper: Paper, revision: Revision, *, by: User) -> Revision:
    """Make an earlier version the newest; all that came after stays in the history."""
    document = from_plain(revision.document)
    restored = save(
        paper, document, by=by, token=get_working(paper).token, kind=Kind.RESTORED
    )
    restored.note = f"From version {revision.number}"
    restored.save(update_fields=["note"])
    return restored


@contextmanager
def as_if_saved(paper: Paper) -> Iterator[None]:
    """Within this the rows say what the newest version says; after it they do not.

    It makes the very page that readers would get, and undoes it before anyone can.
    """
    working = get_working(paper)
    if not working.has_changes:
        yield
        return
    with transaction.atomic():
        sketch_entry(working.document, paper)
        yield
        transaction.set_rollback(True)


def get_history(paper: Paper) -> Sequence[Revision]:
    return list(paper.revisions.select_related("made_by"))


def get_all_working(review: Review) -> list[tuple[Paper, Working]]:
    """Every entry of a review with its newest version, in a fixed number of queries."""
    kept = Revision.objects.filter(paper=OuterRef("pk")).exclude(kind=Kind.SET_ASIDE)
    papers = list(
        review.papers.select_related("review")
        .prefetch_related(*PARTS)
        .annotate(newest=Subquery(kept.order_by("-number").values("pk")[:1]))
        .order_by("month", "place", "pk")
    )
    revisions = Revision.objects.select_related("made_by")
    newest = revisions.in_bulk([p.newest for p in papers if p.newest])
    return [(paper, as_working(paper, newest.get(paper.newest))) for paper in papers]


def as_review(review: Review, workings: Iterable[Working]) -> ReviewDocument:
    """The review as it would be if the newest version of each entry were its only one."""
    papers = tuple(working.document for working in workings)
    return ReviewDocument(
        year=review.year,
        title=review.title,
        tags=tuple(read_vocabulary(papers)),
        papers=papers,
    )


@transaction.atomic
def move(paper: Paper, *, month: int, place: int, by: User) -> None:
    """Put an entry in a month, at a place among its entries; the others make room."""
    paper = Paper.objects.select_for_update().select_related("review").get(pk=paper.pk)
    newest, from_month = get_newest(paper), paper.month
    others = paper.review.papers.filter(month=month).exclude(pk=paper.pk)
    order = list(others.order_by("place", "pk").values_list("pk", flat=True))
    order.insert(min(place, len(order) + 1) - 1, paper.pk)
    for number, pk in enumerate(order, 1):
        Paper.objects.filter(pk=pk).exclude(place=number).update(place=number)
    paper.refresh_from_db()
    paper.month = month
    paper.save(update_fields=["month"])
    if newest is None or from_month == month:
        return
    document = replace(from_plain(newest.document), month=month)
    note = f"Moved from {month_name[from_month]} to {month_name[month]}"
    moved = record(paper, document, Kind.SAVED, by=by, note=note)
    if paper.shown_revision == newest.number:
        show(paper, moved)
