"""The editorial checks: what must be right before an entry is published.

A check looks at an entry as plain values, so the same rules hold for what is stored,
for what is imported, and for what a form brings. docs/checks.md has a section for
every rule.
"""

from papers.checks import (
    code,
    form,
    formulas,
    readiness,
    references,
    statements,
    tables,
)
from papers.checks.findings import Finding, Severity
from papers.checks.registry import RULES
from papers.values import PaperDocument

__all__ = [
    "GUARDED",
    "RULES",
    "check_paper",
    "code",
    "errors",
    "form",
    "formulas",
    "readiness",
    "references",
    "statements",
    "tables",
]

# An entry in one of these is public, or will be by itself: no error may stand against it.
GUARDED = frozenset({"published", "scheduled"})


def check_paper(paper: PaperDocument) -> list[Finding]:
    """Every finding about an entry, errors first."""
    findings = [
        Finding(code=code, severity=severity, field=field, message=message)
        for code, severity, find in RULES
        for field, message in find(paper)
    ]
    return sorted(findings, key=lambda finding: finding.severity != Severity.ERROR)


def errors(paper: PaperDocument) -> list[Finding]:
    """The findings that stop publishing."""
    return [f for f in check_paper(paper) if f.severity == Severity.ERROR]
