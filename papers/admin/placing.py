"""Findings with the field of the entry's form that each is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from papers import checks, drafts
from papers.admin.entry_form import EntryForms
from papers.checks.findings import Finding
from papers.checks.waivers import Report
from papers.models import Paper
from papers.values import PaperDocument


@dataclass(frozen=True)
class Placed:
    """A finding, and the id of the field that it is about."""

    finding: Finding
    anchor: str


def report(document: PaperDocument, forms: EntryForms) -> dict[str, Any]:
    """What the checks say of a document by itself, for the list of findings."""
    return as_context(checks.examine(document), forms)


def as_context(report: Report, forms: EntryForms) -> dict[str, Any]:
    standing, waived = report
    return {
        "findings": place(standing, forms),
        "waived": [(place([finding], forms)[0], why) for finding, why in waived],
    }


def place(findings: Sequence[Finding], forms: EntryForms) -> list[Placed]:
    return [Placed(each, forms.anchor(each.field)) for each in findings]


def examine_beside(paper: Paper) -> tuple[PaperDocument, Report]:
    """The newest version of an entry, and what shows of it beside those of its review."""
    entries = drafts.get_all_working(paper.review)
    at = [entry.pk for entry, _ in entries].index(paper.pk)
    review = drafts.as_review(paper.review, (working for _, working in entries))
    return review.papers[at], checks.examine_beside(review, at)
