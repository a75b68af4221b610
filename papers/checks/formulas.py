"""Formulas that cannot be drawn, so that readers would see their source."""

from papers import mathml
from papers.checks import texts
from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.values import PaperDocument

MOST_SHOWN = 60  # Characters of a formula: enough to find it by.


@rule("formulas.broken", Severity.WARNING)
def broken_formulas(paper: PaperDocument) -> Problems:
    for text in (
        *texts.texts_of_head(paper),
        *texts.texts_of_sections(paper),
        *texts.texts_of_figures(paper),
        *texts.texts_of_tables(paper),
    ):
        # Most cells hold none, and looking for one costs more than this.
        for formula in text.pieces.formulas if "$" in text.source else ():
            if reason := mathml.find_problem(formula):
                shown = f"The formula “{formula[:MOST_SHOWN]}” cannot be drawn"
                yield text.field, f"{shown}: {reason}"
