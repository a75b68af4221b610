"""The Markdown of an entry, each text with the field that holds it."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from papers.rendering import LONGEST_MARKDOWN, Pieces, find_pieces
from papers.tabular import Table, read_table
from papers.values import FigureDocument, PaperDocument

NO_PIECES = Pieces((), (), (), ())


class Text(NamedTuple):
    """A text; `is_line` says that it is one line of Markdown, without blocks."""

    field: str
    source: str
    is_line: bool = True

    @property
    def pieces(self) -> Pieces:
        """What it holds; nothing of a text that is too long for any page."""
        if len(self.source) > LONGEST_MARKDOWN:
            return NO_PIECES
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
        if figure.kind == "table":
            for cell in cells_of(figure):
                yield Text(f"figures.{place}.content", cell)


def cells_of(figure: FigureDocument) -> Iterator[str]:
    if table := read_data(figure):
        header, rows = table.texts
        yield from chain(header, *rows)


def read_data(figure: FigureDocument) -> Table | None:
    """What a table or chart shows; none of one that cannot be read.

    That is a finding of its own.
    """
    if figure.kind not in {"table", "chart"} or figure.wanted:
        return None
    try:
        return read_table(figure.content)
    except ValueError:
        return None
