"""What is odd in a table although it can be shown."""

from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.checks.texts import read_data
from papers.tabular import find_odd_cells
from papers.values import PaperDocument


@rule("tables.mixed-column", Severity.WARNING)
def mixed_columns(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        table = read_data(figure)
        for line, column, cell in find_odd_cells(table) if table else ():
            reason = (
                f"Figure “{figure.key}”, line {line}: “{cell.text[:60]}” is no number, "
                f"as the other cells of the column “{column.title}” are."
            )
            yield f"figures.{place}.content", reason
