"""What is odd in a table although it can be shown."""

from papers.checks.findings import Severity
from papers.checks.registry import Problems, rule
from papers.tabular import find_odd_cells, read_table
from papers.values import PaperDocument


@rule("tables.mixed-column", Severity.WARNING)
def mixed_columns(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        if figure.kind not in {"table", "chart"} or figure.wanted:
            continue
        try:
            odd = list(find_odd_cells(read_table(figure.content)))
        except ValueError:
            continue  # It is broken, which is a finding of its own.
        for line, column, cell in odd:
            reason = (
                f"Figure “{figure.key}”, line {line}: “{cell.text[:60]}” is no number, "
                f"as the other cells of the column “{column.title}” are."
            )
            yield f"figures.{place}.content", reason
