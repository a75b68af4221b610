"""The editorial checks: what must be right before an entry is published.

A check looks at an entry as plain values, so the same rules hold for what is stored,
for what is imported, and for what a form brings. docs/checks.md has a section for
every rule.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from papers import names
from papers.checks.findings import Finding, Severity
from papers.values import PaperDocument

Problems = Iterator[tuple[str, str]]
SECTION_TITLES = {
    "technical": "Technical context",
    "figures": "Figures",
    "historical": "Historical context",
    "relevance": "Relevance at the end of the year",
}


# An entry in one of these is public, or will be by itself: no error may stand against it.
GUARDED = frozenset({"published", "scheduled"})


class Rule(NamedTuple):
    """A stable code, how grave it is, and what yields each (field, message)."""

    code: str
    severity: Severity
    find: Callable[[PaperDocument], Problems]


RULES: list[Rule] = []


def rule(
    code: str, severity: Severity
) -> Callable[
    [Callable[[PaperDocument], Problems]], Callable[[PaperDocument], Problems]
]:
    def register(
        find: Callable[[PaperDocument], Problems],
    ) -> Callable[[PaperDocument], Problems]:
        RULES.append(Rule(code, severity, find))
        return find

    return register


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


@rule("entry.incomplete", Severity.ERROR)
def incomplete(paper: PaperDocument) -> Problems:
    needed = {
        "headline": "Give the entry a headline.",
        "title": "Give the paper's title, as the paper has it.",
        "summary": "Write the summary.",
        "date": "Give the date of the paper, as precisely as is known.",
        "authors": "List the paper's authors, one a line.",
    }
    for field, message in needed.items():
        if not getattr(paper, field).strip():
            yield field, message


@rule("identifiers.missing", Severity.ERROR)
def no_identifier(paper: PaperDocument) -> Problems:
    if not (paper.arxiv_id or paper.doi or any(k.kind == "paper" for k in paper.links)):
        yield "arxiv_id", "Give an arXiv id, a DOI, or a link to the paper."


@rule("figures.no-alt", Severity.ERROR)
def no_alt_text(paper: PaperDocument) -> Problems:
    for figure in paper.figures:
        needs_words = figure.kind in {"image", "diagram", "chart"}
        if needs_words and not figure.wanted and not figure.alt.strip():
            yield (
                "figures",
                f"Say in the alt text what the figure “{figure.key}” shows.",
            )


@rule("authors.incomplete", Severity.WARNING)
def incomplete_authors(paper: PaperDocument) -> Problems:
    if names.parse_authors(paper.authors).is_incomplete:
        yield "authors", "The list ends in “et al.”: list every author."


@rule("authors.organisation-only", Severity.WARNING)
def organisation_only(paper: PaperDocument) -> Problems:
    listed = names.parse_authors(paper.authors).authors
    if listed and all(author.is_organisation for author in listed):
        yield "authors", "Only an organisation is named: list the people who wrote it."


@rule("sections.missing", Severity.WARNING)
def missing_sections(paper: PaperDocument) -> Problems:
    written = {section.kind for section in paper.sections if section.body.strip()}
    for kind, title in SECTION_TITLES.items():
        if kind not in written:
            yield "sections", f"Write the section “{title}”."


@rule("figures.wanted", Severity.WARNING)
def wanted_figures(paper: PaperDocument) -> Problems:
    for figure in paper.figures:
        if figure.wanted:
            yield "figures", f"The figure “{figure.key}” is still wanted."


@rule("figures.no-credit", Severity.WARNING)
def no_credit(paper: PaperDocument) -> Problems:
    for figure in paper.figures:
        if not figure.wanted and not figure.credit.strip():
            yield "figures", f"Say who made the figure “{figure.key}”, or from what."


@rule("tags.no-chip", Severity.WARNING)
def no_chip(paper: PaperDocument) -> Problems:
    if not paper.chips:
        yield "tags", "Choose the tags that the card shows."


@rule("claims.none", Severity.INFO)
def no_claims(paper: PaperDocument) -> Problems:
    if not paper.claims:
        yield "claims", "List what the entry rests on, with its sources."
