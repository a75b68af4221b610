"""What an entry needs before readers should see it."""

from papers import names
from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.values import PaperDocument

SECTION_TITLES = {
    "technical": "Technical context",
    "figures": "Figures",
    "historical": "Historical context",
    "relevance": "Relevance at the end of the year",
}


@rule("entry.incomplete", Severity.ERROR, can_be_waived=False)
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
    for place, figure in enumerate(paper.figures):
        needs_words = figure.kind in {"image", "diagram", "chart"}
        if needs_words and not figure.wanted and not figure.alt.strip():
            yield (
                f"figures.{place}.alt",
                f"Say in the alt text what the figure “{figure.key}” shows.",
            )


def read_authors(paper: PaperDocument) -> names.AuthorList:
    """The authors; none where the list cannot be read, which is a finding of its own."""
    try:
        return names.parse_authors(paper.authors)
    except ValueError:
        return names.AuthorList()


@rule("authors.incomplete", Severity.WARNING)
def incomplete_authors(paper: PaperDocument) -> Problems:
    if read_authors(paper).is_incomplete:
        yield "authors", "The list ends in “et al.”: list every author."


@rule("authors.organisation-only", Severity.WARNING)
def organisation_only(paper: PaperDocument) -> Problems:
    listed = read_authors(paper).authors
    if listed and all(author.is_organisation for author in listed):
        yield "authors", "Only an organisation is named: list the people who wrote it."


@rule("sections.missing", Severity.WARNING)
def missing_sections(paper: PaperDocument) -> Problems:
    written = {section.kind for section in paper.sections if section.body.strip()}
    for kind, title in SECTION_TITLES.items():
        if kind not in written:
            yield f"sections.{kind}", f"Write the section “{title}”."


@rule("figures.wanted", Severity.WARNING)
def wanted_figures(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        if figure.wanted:
            yield (
                f"figures.{place}.wanted",
                f"The figure “{figure.key}” is still wanted.",
            )


@rule("figures.no-credit", Severity.WARNING)
def no_credit(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        if not figure.wanted and not figure.credit.strip():
            reason = f"Say who made the figure “{figure.key}”, or from what."
            yield f"figures.{place}.credit", reason


@rule("tags.no-chip", Severity.WARNING)
def no_chip(paper: PaperDocument) -> Problems:
    if not paper.chips:
        yield "tags", "Choose the tags that the card shows."


@rule("claims.none", Severity.INFO)
def no_claims(paper: PaperDocument) -> Problems:
    if not paper.claims:
        yield "claims", "List what the entry rests on, with its sources."


@rule("records.none", Severity.INFO)
def no_record(paper: PaperDocument) -> Problems:
    if (paper.arxiv_id or paper.doi) and not paper.records:
        yield "arxiv_id", "Ask the catalogue: no record of the paper is kept yet."
