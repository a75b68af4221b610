"""The editorial checks: what must be right before an entry is published.

A check looks at an entry as plain values, so the same rules hold for what is stored,
for what is imported, and for what a form brings. docs/checks.md has a section for
every rule.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from threading import Lock
from typing import Any, Protocol

from cachetools import LRUCache, cached

from papers.checks import (
    audit,
    code,
    damage,
    form,
    formulas,
    leftovers,
    people,
    placeholders,
    prose,
    readiness,
    references,
    repeats,
    source_links,
    sources,
    spellings,
    statements,
    support,
    tables,
)
from papers.checks.findings import Finding, Severity, errors_among
from papers.checks.own_texts import check_own_texts, errors_in_own_texts
from papers.checks.registry import REVIEW_RULES, RULES, Problem, as_finding
from papers.checks.waivers import Report, sort_out
from papers.values import PaperDocument, ReviewDocument

__all__ = [
    "GUARDED",
    "REVIEW_RULES",
    "RULES",
    "audit",
    "check_own_texts",
    "check_paper",
    "check_review",
    "code",
    "damage",
    "errors",
    "errors_in_own_texts",
    "examine",
    "examine_beside",
    "examine_review",
    "form",
    "formulas",
    "leftovers",
    "people",
    "placeholders",
    "prose",
    "readiness",
    "references",
    "repeats",
    "source_links",
    "sources",
    "spellings",
    "statements",
    "support",
    "tables",
]

# An entry in one of these is public, or will be by itself: no error may stand against it.
GUARDED = frozenset({"published", "scheduled"})

MOST_KNOWN = 2_000  # Reports in memory, of a few kilobytes each.

Read = tuple[Report, dict[str, Any]]


def check_paper(paper: PaperDocument) -> list[Finding]:
    """Every finding about an entry by itself that no waiver is for, the gravest first."""
    return examine(paper).standing


def state_of(paper: PaperDocument) -> bytes:
    """What a report is known by: all that the entry says, and the day."""
    said = pickle.dumps((paper, people.today()))
    return blake2b(said, digest_size=32).digest()


@cached(LRUCache[bytes, Report](maxsize=MOST_KNOWN), key=state_of, lock=Lock())
def examine(paper: PaperDocument) -> Report:
    """The same, with the findings that are waived.

    An entry that did not change since is not read again; nobody changes a report.
    """
    return sort_out(
        paper,
        in_order(
            as_finding(rule, Problem(*problem))
            for rule in RULES
            for problem in rule.find(paper)
        ),
    )


def check_review(review: ReviewDocument) -> list[tuple[PaperDocument, list[Finding]]]:
    """Every entry of a review with its findings, the gravest first.

    They are those of check_paper, and those that only show beside the other entries.
    """
    return [(paper, report.standing) for paper, report in examine_review(review)]


class Each(Protocol):
    """Does something with each entry, and gives what comes of it in their order."""

    def __call__(
        self, read: Callable[[PaperDocument], Read], papers: Iterable[PaperDocument], /
    ) -> Iterable[Read]: ...


def examine_review(
    review: ReviewDocument, each: Each = map
) -> list[tuple[PaperDocument, Report]]:
    """The same, with the findings that are waived; `each` may share out the work."""
    read = list(each(read_entry, review.papers))
    reports, gathered = [one for one, _ in read], [one for _, one in read]
    across: list[list[Finding]] = [[] for _ in review.papers]
    for place, finding in find_across(review, gathered):
        across[place].append(finding)
    return [
        (paper, add(report, sort_out(paper, found)))
        for paper, report, found in zip(review.papers, reports, across, strict=True)
    ]


def read_entry(paper: PaperDocument) -> Read:
    """All that is read of an entry, at once, while its texts are at hand."""
    return examine(paper), gather(paper)


def examine_beside(review: ReviewDocument, place: int) -> Report:
    """What only shows beside the other entries, of the entry at a place of the review."""
    found = find_across(review, [gather(paper) for paper in review.papers])
    own = in_order(finding for at, finding in found if at == place)
    return sort_out(review.papers[place], own)


def gather(paper: PaperDocument) -> dict[str, Any]:
    """What each rule that compares entries keeps of one, by the rule's code."""
    return {rule.code: rule.gather(paper) for rule in REVIEW_RULES if rule.gather}


def find_across(
    review: ReviewDocument, gathered: Sequence[dict[str, Any]]
) -> Iterator[tuple[int, Finding]]:
    """What shows where entries stand side by side: the place of one, and the finding."""
    for rule in REVIEW_RULES:
        facts = [each[rule.code] for each in gathered] if rule.gather else review
        for place, problem in rule.find(facts):
            yield place, as_finding(rule, problem)


def add(report: Report, other: Report) -> Report:
    standing = in_order([*report.standing, *other.standing])
    return Report(standing, [*report.waived, *other.waived])


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: ORDER.index(finding.severity))


ORDER = list(Severity)


def errors(paper: PaperDocument) -> list[Finding]:
    """The findings that stop publishing."""
    return errors_among(check_paper(paper))
