"""Charts: text stays text, colours come from the page, no script is needed."""

from django.utils.safestring import SafeString

from papers.charts.bars import draw_bars, draw_dots, draw_shares
from papers.charts.data import parse_series
from papers.charts.lines import draw_lines

__all__ = ["draw", "parse_series"]

FORMS = {
    "": draw_bars,
    "bar": draw_bars,
    "line": draw_lines,
    "dot": draw_dots,
    "share": draw_shares,
}


def draw(form: str, source: str, alt: str = "") -> SafeString:
    """Draw CSV, a column of labels and columns of numbers, in one of FORMS.

    `alt` describes the chart; without it every label and number is read out. Raise
    ValueError, naming the line, for what the form cannot show.
    """
    if form not in FORMS:
        raise ValueError(f"There is no chart of the form “{form}”.")
    return FORMS[form](parse_series(source), alt)
