"""Code that a reader may copy: it should at least be code."""

from papers import syntax
from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.checks.texts import texts_of_head, texts_of_sections
from papers.values import PaperDocument


@rule("code.syntax", Severity.WARNING)
def broken_code(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        if figure.kind == "code" and not figure.wanted:
            problem = syntax.find_problem(figure.content, figure.language)
            if problem:
                yield f"figures.{place}.content", f"Figure “{figure.key}”, {problem}"
    for text in (*texts_of_head(paper), *texts_of_sections(paper)):
        for block in text.pieces.code:
            if problem := syntax.find_problem(block.code, block.language):
                where = f"The {block.language} code that begins in line {block.line}"
                yield text.field, f"{where}, {problem}"
