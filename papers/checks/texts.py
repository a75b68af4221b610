"""The Markdown of an entry, each text with the field that holds it."""

from collections.abc import Iterator
from typing import NamedTuple

from papers.rendering import Pieces, find_pieces
from papers.tabular.reading import read_table
from papers.values import FigureDocument, PaperDocument


class Text(NamedTuple):
    """A text; `is_line` says that it is one line of Markdown, without blocks."""

    field: str
    source: str
    is_line: bool = True

    @property
    def pieces(self) -> Pieces:
        return find_pieces(self.source, is_line=self.is_line)


def texts_of_head(paper: PaperDocument) -> Iterator[Text]:
    """What stands before the sections, where figures have no numbers."""
    yield Text("summary", paper.summary, is_line=False)
    for name in ("focus", "impact", "citation_note"):
        yield Text(name, getattr(paper, name))


def texts_of_sections(paper: PaperDocument) -> Iterator[Text]:
    for place, section in enumerate(paper.sections):
        is_known = section.kind != "other"
        field = f"sections.{section.kind}" if is_known else f"sections.{place}.body"
        yield Text(field, section.body, is_line=False)


def texts_of_figures(paper: PaperDocument) -> Iterator[Text]:
    """The words beside the figures that readers see."""
    for place, figure in enumerate(paper.figures):
        if not figure.wanted:
            yield Text(f"figures.{place}.caption", figure.caption)
            for line in figure.notes.splitlines():
                yield Text(f"figures.{place}.notes", line)


def texts_of_tables(paper: PaperDocument) -> Iterator[Text]:
    """The cells of the tables that readers see."""
    for place, figure in enumerate(paper.figures):
        if figure.kind == "table" and not figure.wanted:
            for cell in cells_of(figure):
                yield Text(f"figures.{place}.content", cell)


def cells_of(figure: FigureDocument) -> Iterator[str]:
    """The cells; none of a table that cannot be read, which is a finding of its own."""
    try:
        table = read_table(figure.content)
    except ValueError:
        return
    yield from (column.title for column in table.columns)
    yield from (cell.text for row in table.rows for cell in row)
