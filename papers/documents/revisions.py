"""Revisions: an entry's versions, each the whole of it."""

from typing import Any

from papers.documents.plain import to_plain
from papers.models import Paper, Revision
from papers.values import PaperDocument


def get_newest(paper: Paper) -> Revision | None:
    """The version that editors work on; what was set aside is none."""
    return paper.revisions.exclude(kind=Revision.Kind.SET_ASIDE).first()


def record(
    paper: Paper, document: PaperDocument, kind: str, *, by: Any = None, note: str = ""
) -> Revision:
    """Add a version of an entry as its newest. The caller opens the transaction."""
    last = paper.revisions.order_by("-number").values_list("number", flat=True).first()
    return paper.revisions.create(
        number=(last or 0) + 1,
        document=to_plain(document),
        kind=kind,
        note=note[:200],
        made_by=by,
    )


def show(paper: Paper, revision: Revision) -> None:
    """Remember that the entry's rows say what this revision says."""
    paper.shown_revision = revision.number
    Paper.objects.filter(pk=paper.pk).update(shown_revision=revision.number)
