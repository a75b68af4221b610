"""The gate, and the moves of an entry between its statuses."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from papers import checks
from papers.checks.findings import Finding, Severity
from papers.documents.entry import write_entry
from papers.documents.plain import to_plain
from papers.documents.revisions import get_newest, record, show
from papers.documents.store import EntryError
from papers.documents.stored import read_own_texts, read_paper
from papers.drafts import User, get_working, rewrite
from papers.models import ContentVersion, Paper, Review, Revision, Status
from papers.values import PaperDocument

logger = logging.getLogger(__name__)
Kind = Revision.Kind


class Refused(Exception):
    """The gate did not open: the findings that stop publishing."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


def check_gate(document: PaperDocument) -> None:
    """Raise Refused when an error stands against an entry that is to be public."""
    is_guarded = document.publication.status in checks.GUARDED
    if is_guarded and (findings := checks.errors(document)):
        raise Refused(findings)


def check_review_gate(review: Review) -> None:
    """Raise Refused when something is still to come in a review that is to be public."""
    is_guarded = review.status in checks.GUARDED
    if is_guarded and (findings := checks.errors_in_own_texts(read_own_texts(review))):
        raise Refused(findings)


@transaction.atomic
def publish(paper: Paper, *, by: User = None, at: datetime | None = None) -> None:
    """Make the newest version of an entry public, now or by itself at a time.

    Raise Refused, with nothing changed, if it is not ready.
    """
    working = get_working(paper)
    publication = replace(
        working.document.publication,
        status=Status.SCHEDULED if at else Status.PUBLISHED,
        publish_at=at,
        withdrawal_reason="",
    )
    document = replace(working.document, publication=publication)
    check_gate(document)
    try:
        write_entry(document, paper)
    except EntryError as error:
        finding = Finding(
            code="entry.refused",
            severity=Severity.ERROR,
            field=error.field,
            message=error.reason,
        )
        raise Refused([finding]) from error
    note = f"For {at:%-d %B %Y, %H:%M %Z}" if at else ""
    mark(paper, Kind.SCHEDULED if at else Kind.PUBLISHED, by=by, note=note)


def mark(paper: Paper, kind: str, *, by: User, note: str = "") -> None:
    """Say in the history what became of the newest version, which the rows now hold."""
    newest = get_newest(paper)
    document = read_paper(paper)
    if newest and newest.made_by == by and newest.kind in STILL_OPEN:
        show(paper, rewrite(newest, to_plain(document), kind, note))
    else:
        show(paper, record(paper, document, kind, by=by, note=note))


STILL_OPEN = {Kind.SAVED, Kind.AUTOSAVED, Kind.RESTORED}


@transaction.atomic
def withdraw(paper: Paper, reason: str, *, by: User = None) -> None:
    """Take an entry from the public; its address says why. The words stay as they are.

    Raise ValueError without a reason, and for an entry that was never public.
    """
    if not reason.strip():
        raise ValueError("Say why it was withdrawn; readers will see it.")
    if paper.status != Status.PUBLISHED:
        raise ValueError("Only a published entry can be withdrawn.")
    working = get_working(paper)
    paper.status, paper.withdrawal_reason = Status.WITHDRAWN, reason.strip()[:1000]
    paper.save()
    number = paper.shown_revision
    revision = record(paper, working.document, Kind.WITHDRAWN, by=by, note=reason)
    if not working.has_changes or not number:
        show(paper, revision)


@transaction.atomic
def set_stage(paper: Paper, status: str) -> None:
    """Move an entry that is not public between draft and in review.

    A scheduled entry loses its time. Raise ValueError for one that is or was public.
    """
    movable = {Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED}
    if paper.status not in movable or status not in {Status.DRAFT, Status.IN_REVIEW}:
        raise ValueError("Only an entry that is not public yet can be moved there.")
    paper.status, paper.publish_at = status, None
    paper.save()


@transaction.atomic
def publish_due() -> int:
    """Publish what is scheduled and due; return how many went public.

    What the gate refuses by now goes back to its editors as in review.
    """
    published = 0
    now = timezone.now()
    due = {"status": Status.SCHEDULED, "publish_at__lte": now}
    for review in Review.objects.select_for_update().filter(**due):
        review.status, review.publish_at = Status.PUBLISHED, None
        published += open_gate(review, check_review_gate)
    papers = Paper.objects.select_for_update(of=("self",)).select_related("review")
    for paper in papers.filter(**due):
        paper.status, paper.publish_at = Status.PUBLISHED, None
        published += open_gate(paper, lambda row: check_gate(read_paper(row)))
    return published


Row = TypeVar("Row", Paper, Review)


def open_gate(row: Row, check: Callable[[Row], None]) -> bool:
    """Save what is due as public, or as in review if the gate refuses it."""
    try:
        check(row)
    except Refused as refused:
        logger.warning("Not published as scheduled: %s. %s", row, refused)
        row.status = Status.IN_REVIEW
    row.save()
    return row.status == Status.PUBLISHED


def current_version() -> ContentVersion:
    """The content's version, after everything that is due has gone public."""
    version = ContentVersion.current()
    if version.is_due:
        publish_due()
        version = ContentVersion.current()
    return version
