"""Entries with a text in one section, and what the rules find where they stand together."""

from dataclasses import replace

from papers.checks import check_review
from papers.checks.registry import Problem
from papers.values import PaperDocument, ReviewDocument, SectionDocument


def make_entry(body="", **fields):
    section = SectionDocument(kind="technical", body=body)
    return PaperDocument(slug="entry", month=1, sections=(section,), **fields)


def found_in_section(rule, body):
    """What the rule finds in a section, which is all that the entry says."""
    problems = [Problem(*problem) for problem in rule(make_entry(body))]
    assert {problem.field for problem in problems} <= {"sections.technical"}
    assert all("\n" not in problem.message for problem in problems)
    return problems


def across(code, *entries):
    """What the rule finds where these stand side by side: the place, and the finding."""
    papers = [
        replace(make_entry(entry), slug=f"entry-{place}")
        if isinstance(entry, str)
        else entry
        for place, entry in enumerate(entries)
    ]
    review = ReviewDocument(year=2024, title="2024", papers=tuple(papers))
    return [
        (place, finding)
        for place, (_, findings) in enumerate(check_review(review))
        for finding in findings
        if finding.code == code
    ]
