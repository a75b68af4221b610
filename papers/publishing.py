"""The gate, and the moves of an entry between its statuses."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from papers import checks
from papers.checks.findings import Finding
from papers.documents.stored import read_paper
from papers.models import ContentVersion, Paper, Review, Status

logger = logging.getLogger(__name__)


class Refused(Exception):
    """The gate did not open: the findings that stop publishing."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


def check_gate(paper: Paper) -> None:
    """Raise Refused when an error stands against an entry that is to be public."""
    is_guarded = paper.status in checks.GUARDED
    if is_guarded and (findings := checks.errors(read_paper(paper))):
        raise Refused(findings)


@transaction.atomic
def publish(paper: Paper) -> None:
    """Make an entry public now. Raise Refused, with nothing changed, if it is not ready."""
    before = paper.status, paper.publish_at
    paper.status, paper.publish_at = Status.PUBLISHED, None
    try:
        check_gate(paper)
    except Refused:
        paper.status, paper.publish_at = before
        raise
    paper.save()


@transaction.atomic
def publish_due() -> int:
    """Publish what is scheduled and due; return how many went public.

    An entry that the gate refuses by now goes back to its editors as in review.
    """
    published = 0
    now = timezone.now()
    due = {"status": Status.SCHEDULED, "publish_at__lte": now}
    for review in Review.objects.select_for_update().filter(**due):
        review.status, review.publish_at = Status.PUBLISHED, None
        review.save()
        published += 1
    papers = Paper.objects.select_for_update(of=("self",)).select_related("review")
    for paper in papers.filter(**due):
        try:
            publish(paper)
            published += 1
        except Refused as refused:
            logger.warning("Not published as scheduled: %s. %s", paper, refused)
            paper.status, paper.publish_at = Status.IN_REVIEW, None
            paper.save()
    return published


def current_version() -> ContentVersion:
    """The content's version, after everything that is due has gone public."""
    version = ContentVersion.current()
    if version.is_due:
        publish_due()
        version = ContentVersion.current()
    return version
