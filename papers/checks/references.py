"""References to figures, [[fig:key]], and to claims, [words](claim:key), to none."""

from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.checks.texts import (
    texts_of_figures,
    texts_of_head,
    texts_of_sections,
    texts_of_tables,
)
from papers.values import PaperDocument


@rule("figures.unknown-reference", Severity.ERROR)
def unknown_references(paper: PaperDocument) -> Problems:
    for text in texts_of_head(paper):
        for key in text.pieces.figure_refs:
            reason = "figures have their numbers in the sections alone: refer there."
            yield text.field, f"The reference [[fig:{key}]] cannot stand here: {reason}"
    shown = {figure.key for figure in paper.figures if not figure.wanted}
    numbered = (texts_of_sections, texts_of_figures, texts_of_tables)
    for text in (text for texts in numbered for text in texts(paper)):
        for key in text.pieces.figure_refs:
            if key not in shown:
                reason = f"The entry shows no figure “{key}”"
                yield text.field, f"{reason}, so [[fig:{key}]] leads nowhere."


@rule("claims.unknown-reference", Severity.ERROR)
def unknown_claims(paper: PaperDocument) -> Problems:
    known = {claim.key for claim in paper.claims if claim.key}
    everywhere = (texts_of_head, texts_of_sections, texts_of_figures, texts_of_tables)
    for text in (text for texts in everywhere for text in texts(paper)):
        for key in text.pieces.claim_refs if "claim:" in text.source else ():
            if key not in known:
                reason = f"The entry has no claim named “{key}”"
                yield text.field, f"{reason}: name one so, or take the mark out."
