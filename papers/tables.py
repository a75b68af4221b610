"""Tables for readers: what a column holds decides how it is set and how it sorts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from papers.markup import TABLE_CLOSE, TABLE_OPEN, Frame
from papers.rendering import render_inline
from papers.tabular import Cell, Column, Kind, Table, parse_date

# As it is written, or as Markdown has its notes: a: Estimated. [^a]: Estimated.
NOTE = re.compile(r"(?:\[\^(\w{1,20})\]|(\w{1,20}))\s*:\s*(\S.*)", re.ASCII)
# What Markdown leaves as it is; most cells of a large table are.
PLAIN = re.compile(r"(?:[A-Za-z0-9,%()+ -]|\.(?![A-Za-z]))*", re.ASCII)


def parse_notes(notes: str) -> dict[str, str]:
    """The notes by their marks, one a line.

    Raise ValueError, naming the line, for one without a mark and for a mark used twice.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(notes.splitlines(), 1):
        if not line.strip():
            continue
        note = NOTE.fullmatch(line.strip())
        if note is None:
            raise ValueError(
                f"Line {number} of the notes: begin with the mark and a colon, "
                "“a: As reported.”"
            )
        mark = note[1] or note[2]
        if mark in found:
            raise ValueError(
                f"Line {number} of the notes: there is a note {mark} already."
            )
        found[mark] = note[3]
    return found


def render_table(
    table: Table, *, notes: str = "", prefix: str = "", frame: Frame | None = None
) -> SafeString:
    """A data table, and the notes that its marks lead to below it.

    `prefix` starts each id, so that several tables share a page. Raise ValueError for a
    mark without a note and a note without a mark.
    """
    marks = Marks(parse_notes(notes), prefix, frame or Frame())
    head = "".join(
        render_head(column, place, marks) for place, column in enumerate(table.columns)
    )
    body = "".join(
        f"<tr>{''.join(render_row(table, row, marks))}</tr>" for row in table.rows
    )
    marks.check()
    return mark_safe(  # noqa: S308 -- made of safe pieces
        f"{TABLE_OPEN}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{TABLE_CLOSE}"
        f"{marks.render_notes()}"
    )


@dataclass
class Marks:
    """The notes of a table, and how often each was cited so far."""

    notes: Mapping[str, str]
    prefix: str
    frame: Frame
    cited: dict[str, int] = field(default_factory=dict)

    def cite(self, marks: tuple[str, ...]) -> SafeString:
        return format_html_join("", REF, (self.place(mark) for mark in marks))

    def place(self, mark: str) -> dict[str, str]:
        if mark not in self.notes:
            raise ValueError(f"The mark [^{mark}] has no note: add a line “{mark}: …”.")
        self.cited[mark] = self.cited.get(mark, 0) + 1
        nth = f"-{self.cited[mark]}" if self.cited[mark] > 1 else ""
        return {"prefix": self.prefix, "mark": mark, "nth": nth}

    def check(self) -> None:
        for mark in self.notes:
            if mark not in self.cited:
                raise ValueError(
                    f"The note {mark} has no mark: put [^{mark}] at the end of a cell."
                )

    def render_notes(self) -> SafeString:
        if not self.notes:
            return SafeString("")
        items = (
            {
                "prefix": self.prefix,
                "mark": mark,
                "words": render_inline(words, self.frame),
            }
            for mark, words in self.notes.items()
        )
        return format_html(
            '<ul class="notes">{}</ul>', format_html_join("", NOTED, items)
        )


# Django takes a mapping of names for each as well as a sequence.
REF = (
    '<sup class="footnote-ref"><a href="#{prefix}note-{mark}" aria-label="Note {mark}" '
    'id="{prefix}ref-{mark}{nth}">{mark}</a></sup>'
)
NOTED = (
    '<li id="{prefix}note-{mark}"><sup>{mark}</sup> {words} <a href="#{prefix}ref-{mark}" '
    'class="footnote-back" aria-label="Back to the table from note {mark}">↩</a></li>'
)


def render_head(column: Column, place: int, marks: Marks) -> SafeString:
    """A header; a corner with nothing in it heads nothing."""
    if not (column.name or column.unit):
        return format_html("<td>{}</td>", marks.cite(column.marks))
    unit = (
        format_html(' <span class="unit">({})</span>', render_words(column.unit, marks))
        if column.unit
        else ""
    )
    return format_html(
        '<th scope="col"{}>{}{}{}</th>',
        NUM if place and column.kind == Kind.NUMBER else "",
        render_words(column.name, marks),
        unit,
        marks.cite(column.marks),
    )


NUM = mark_safe(' class="num"')


def render_row(table: Table, row: tuple[Cell, ...], marks: Marks) -> list[SafeString]:
    return [
        format_html(
            "<{}{}{}{}>{}{}</{}>",
            "td" if place else "th",
            "" if place else mark_safe(' scope="row"'),
            NUM if place and column.kind == Kind.NUMBER else "",
            render_value(column, cell),
            render_words(cell.text, marks),
            marks.cite(cell.marks),
            "td" if place else "th",
        )
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True))
    ]


def render_value(column: Column, cell: Cell) -> SafeString:
    """What a cell sorts by, where its words do not say it as a script would read them."""
    if cell.is_empty:
        value = ""
    elif column.kind == Kind.DATE:
        value = str(parse_date(cell.text))
    elif column.kind == Kind.NUMBER:
        value = f"{cell.number:.15g}"
    else:
        return SafeString("")
    is_said = value == cell.text and not cell.marks
    return SafeString("") if is_said else format_html(' data-value="{}"', value)


def render_words(text: str, marks: Marks) -> SafeString:
    if PLAIN.fullmatch(text):
        return SafeString(text)
    return render_inline(text, marks.frame)
