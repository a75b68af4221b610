"""What formatters, converters and pasting do to code, tables and figures in a text."""

import ast
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from textwrap import dedent
from typing import NamedTuple

from papers import mangled, syntax
from papers.checks.findings import Fix, Severity
from papers.checks.registry import Problem, Problems, rule
from papers.checks.texts import Text, texts_of_head, texts_of_sections
from papers.tabular import is_nothing, parse_date, parse_number, propose
from papers.tabular.pasted import Rows, split_bars
from papers.tabular.repair import SeveralTables
from papers.tabular.segments import Unshaped
from papers.values import PaperDocument

PYTHON = frozenset("python python3 py py3".split())
# In these a # begins no comment, and a backslash stands in strings alone.
BRACED = frozenset("c cpp c++ csharp go java javascript js json kotlin rust ts".split())
TEXT = frozenset(("", "text", "txt", "plain", "plaintext", "none"))
LONGEST = mangled.LONGEST
MOST_SHOWN = 60


class Piece(NamedTuple):
    """Lines of a field that belong together; `line` is the field's, of the first."""

    field: str
    line: int
    text: str
    language: str = ""

    def problem(self, message: str, line: int = 1, column: int = 1) -> Problem:
        return Problem(self.field, message, self.line + line - 1, column)


def shorten(text: str) -> str:
    return " ".join(text.split())[:MOST_SHOWN]


def texts_of(paper: PaperDocument) -> Iterator[Text]:
    texts = (*texts_of_head(paper), *texts_of_sections(paper))
    return (text for text in texts if len(text.source) <= LONGEST)


def pieces_of_code(paper: PaperDocument) -> Iterator[Piece]:
    for place, figure in enumerate(paper.figures):
        if figure.kind == "code" and not figure.wanted:
            language = figure.language.strip().lower()
            yield Piece(f"figures.{place}.content", 1, figure.content, language)
    for text in texts_of(paper):
        for block in text.pieces.code:
            language = block.language.strip().lower()
            yield Piece(text.field, block.line + 1, block.code, language)


def paragraphs_of(text: Text) -> Iterator[Piece]:
    """The runs of lines that are neither empty nor within a block of code."""
    lines = text.source.split("\n")
    for block in text.pieces.code:
        end = block.line + block.code.count("\n") + 1
        lines[block.line - 1 : end] = [""] * len(lines[block.line - 1 : end])
    start = 0
    for place, line in enumerate([*lines, ""]):
        if not line.strip():
            if place > start:
                yield Piece(text.field, start + 1, "\n".join(lines[start:place]))
            start = place + 1


@rule("code.mangled", Severity.ERROR)
def mangled_code(paper: PaperDocument) -> Problems:
    for piece in pieces_of_code(paper):
        yield from say_damage(piece, find_damage(piece))
    for text in texts_of(paper):
        for piece in paragraphs_of(text):
            yield from say_damage(piece, find_damage_in_prose(piece.text))


def find_damage(piece: Piece) -> list[mangled.Damage]:
    if piece.language in PYTHON:
        return mangled.find_damage(piece.text)
    return find_in_braced(piece.text) if piece.language in BRACED else []


def find_in_braced(code: str) -> list[mangled.Damage]:
    """Entities, escapes and curly quotes outside strings and comments."""
    shown = QUOTED.sub(lambda found: " " * len(found[0]), code[:LONGEST])
    return [
        mangled.Damage(*place_of(code, found.start()), found[0], CERTAIN[found[0]])
        for found in CERTAIN_MARK.finditer(shown)
    ]


QUOTED = re.compile(
    r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)|`[^`]*(?:`|\Z)"
    r'|"(?:[^"\\\n]|\\.)*(?:"|$)|\'(?:[^\'\\\n]|\\.)*(?:\'|$)',
    re.MULTILINE,
)
CERTAIN = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "\\_": "_",
    "\\*": "*",
    "“": '"',
    "”": '"',
}
CERTAIN_MARK = re.compile("|".join(map(re.escape, CERTAIN)))


def place_of(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def find_damage_in_prose(text: str) -> Iterator[mangled.Damage]:
    for found in IN_PROSE.finditer(text):
        name = found["name"]
        if name is None:
            yield mangled.Damage(*place_of(text, found.end() - 4), "*", "_")
        elif found["before"] or name in mangled.KNOWN - mangled.PLAIN:
            at = found.start("name") - 2
            yield mangled.Damage(*place_of(text, at), f"**{name}**", f"__{name}__")


IN_PROSE = re.compile(
    r"(?P<before>\bdef |(?<=[\w)])\.)?(?<!\*)\*\*(?P<name>[a-z][a-z_]{0,30})\*\*\("
    r"|\bfor \* in"
)


def say_damage(piece: Piece, damage: Iterable[mangled.Damage]) -> Problems:
    """One problem for each line; the fix mends all of the line."""
    lines = piece.text.split("\n")
    for number, found in groupby(damage, key=lambda one: one.line):
        line, at, mended = lines[number - 1], 0, ""
        marks = list(found)
        for mark in marks:
            mended += line[at : mark.column - 1] + mark.after
            at = mark.column - 1 + len(mark.text)
        mended += line[at:]
        reason = f"A formatter has changed this code: write “{shorten(mended)}”."
        problem = piece.problem(reason, number, marks[0].column)
        yield problem._replace(fix=Fix(line, mended))


@rule("code.foreign-lines", Severity.WARNING)
def foreign_lines(paper: PaperDocument) -> Problems:
    for piece in pieces_of_code(paper):
        for number, line in enumerate(lines_of_code(piece), 1):
            if is_foreign(line, piece.language):
                shown = piece.text.split("\n")[number - 1]
                reason = f"“{shorten(shown)}” is no code: take it out of the block."
                column = len(shown) - len(shown.lstrip()) + 1
                yield piece.problem(reason, number, column)


def lines_of_code(piece: Piece) -> Sequence[str]:
    """The lines with strings and comments blank; none of Python that can be read."""
    if len(piece.text) > LONGEST:
        return ()
    if piece.language in PYTHON and syntax.find_problem(piece.text, "python"):
        blank = mangled.OPAQUE.sub(blank_out, piece.text)
    elif piece.language in BRACED:
        blank = QUOTED.sub(blank_out, piece.text)
    else:
        return ()
    return blank.split("\n")


def blank_out(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n") if "\n" in found[0] else '""'


def is_foreign(line: str, language: str) -> bool:
    if RULER.fullmatch(line) or (language in BRACED and HEADING.match(line)):
        return True
    return language in PYTHON and bool(TAG.search(line) or is_prose(line))


RULER = re.compile(r"\s*(?:-{3,}|\*{3,}|_{4,})\s*")
HEADING = re.compile(r"#{1,6} +[A-Z0-9]")
TAG = re.compile(r"<br ?/?>|</?(?:p|div|span|pre|code|strong|em|ul|li|h[1-6])>")
SENTENCE = re.compile(
    r"\s*(?:[*•-] +)?[A-Z][\w'’-]*(?:[,;]? +[\w'’-]+){3,40}[.:!?]?\s*"
)


def is_prose(line: str) -> bool:
    """Whether a line is words alone, one after the other, as no Python is."""
    return len(line) <= 500 and bool(SENTENCE.fullmatch(line))  # noqa: PLR2004 -- a line


@rule("code.no-fence", Severity.WARNING)
def code_without_fence(paper: PaperDocument) -> Problems:
    for text in texts_of(paper):
        for piece in paragraphs_of(text) if not text.is_line else ():
            if reads_as_code(piece.text):
                reason = (
                    f"“{shorten(piece.text)}” seems to be code: "
                    "put it between lines of ``` and name its language."
                )
                yield piece.problem(reason)


def reads_as_code(text: str) -> bool:
    if text.count("\n") < 2 or not SIGNS.search(text):  # noqa: PLR2004 -- three lines
        return False
    code = mangled.repair(text)
    if not mangled.is_python(code):
        return False
    try:
        body = ast.parse(dedent(code)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    assigned = sum(isinstance(node, ast.Assign | ast.AnnAssign) for node in body)
    return any(isinstance(node, BLOCKS) for node in body) or assigned > 1


SIGNS = re.compile(
    r"^\s*(?:def|class|import|from|for|while|with|async) |=", re.MULTILINE
)
BLOCKS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
    ast.For,
    ast.While,
    ast.With,
)


@rule("tables.flattened", Severity.WARNING)
def flattened_tables(paper: PaperDocument) -> Problems:
    pieces = [piece for piece in pieces_of_code(paper) if piece.language in TEXT]
    paragraphs = (p for text in texts_of(paper) for p in paragraphs_of(text))
    kept = [piece for piece in pieces if is_flattened(piece.text, is_set_apart=True)]
    kept += [p for p in paragraphs if is_flattened(p.text, is_set_apart=False)]
    for piece in kept:
        first = next(line for line in piece.text.split("\n") if line.strip())
        reason = (
            f"A table that begins with “{shorten(first)}” seems to have lost its columns: "
            "make it a table figure with the repair helper."
        )
        yield piece.problem(reason)


def is_flattened(text: str, *, is_set_apart: bool) -> bool:
    """Whether a text shows no columns, and yet a table can be made of it."""
    lines = [line for line in text.split("\n") if line.strip()]
    goes_on = not is_set_apart and any(line.lstrip()[0].islower() for line in lines)
    if not FEWEST_LINES <= len(lines) <= MOST_LINES or goes_on or has_form(lines):
        return False
    is_titled = is_set_apart and bool(HEADING_LINE.match(lines[0]))
    try:
        return has_values(propose(text).rows, is_titled=is_titled)
    except Unshaped:
        return False
    except ValueError as error:
        return is_titled or (is_set_apart and isinstance(error, SeveralTables))


def has_values(table: Rows, *, is_titled: bool) -> bool:
    """Whether a proposed table says enough in numbers and dates to be one."""
    header, *rows = table
    cells = [cell for row in rows for cell in row if not is_nothing(cell)]
    values = sum(is_value(cell) for cell in cells)
    is_named = any(header) or is_titled
    is_long = len(rows) >= FEWEST_LINES and values * 2 >= len(cells)
    return len(header) > 1 and is_named and (is_long or (is_titled and len(rows) > 1))


FEWEST_LINES, MOST_LINES = 3, 200
HEADING_LINE = re.compile(r"\s*#{1,6}\s+\S")
FORM = re.compile(
    r"[|\t=;{}]|→|\S {2,}\S.* {2,}\S|^\s*(?:[-*+]|[0-9]+[.)]) |[.!?:]\s*$"
)


def has_form(lines: Sequence[str]) -> bool:
    """Whether lines are a list, sentences, code, or a table whose columns are seen."""
    shaped = sum(bool(FORM.search(line[:300])) for line in lines)
    first = {line.split()[0] for line in lines}
    return shaped * 2 > len(lines) or len(first) == 1


def is_value(cell: str) -> bool:
    return parse_number(cell) is not None or parse_date(cell) is not None


@rule("tables.wrapped-row", Severity.WARNING)
def wrapped_rows(paper: PaperDocument) -> Problems:
    for place, figure in enumerate(paper.figures):
        if figure.kind == "table" and not figure.wanted:
            piece = Piece(f"figures.{place}.content", 1, figure.content[:LONGEST])
            yield from say_wrapped(piece, read_rows(piece.text))
    for text in texts_of(paper):
        for piece in paragraphs_of(text):
            rows = read_bars(piece.text)
            yield from say_wrapped(piece, rows)
            yield from say_uneven(piece, rows)


class Row(NamedTuple):
    line: int
    cells: list[str]


def read_rows(text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error:  # That is a finding of its own.
        return []
    return rows


def read_bars(text: str) -> list[Row]:
    lines = text.split("\n")
    if len(lines) < FEWEST_LINES or "|" not in lines[0] or not BARS.fullmatch(lines[1]):
        return []
    return [Row(n, split_bars(line)) for n, line in enumerate(lines, 1) if n != 2]  # noqa: PLR2004


BARS = re.compile(r"[ \t|:-]*-[ \t|:-]*")


def say_wrapped(piece: Piece, rows: Sequence[Row]) -> Problems:
    for before, row in pairwise(rows[1:]):
        filled = [n for n, cell in enumerate(row.cells) if cell]
        if (
            len(row.cells) > 1
            and len(filled) == 1
            and 0 < filled[0] < len(before.cells)
        ):
            rest, start = row.cells[filled[0]], before.cells[filled[0]]
            if rest[0].islower() and start and start[-1] not in ".!?;:":
                reason = f"“{shorten(rest)}” seems to belong to the cell above it."
                yield piece.problem(reason, row.line)


def say_uneven(piece: Piece, rows: Sequence[Row]) -> Problems:
    for row in rows[1:]:
        if len(row.cells) != len(rows[0].cells):
            reason = (
                f"The row has {len(row.cells)} cells where the header has "
                f"{len(rows[0].cells)}: “{shorten(' | '.join(row.cells))}”."
            )
            yield piece.problem(reason, row.line)


@rule("figures.described", Severity.INFO)
def described_figures(paper: PaperDocument) -> Problems:
    has_figures = any(not figure.wanted for figure in paper.figures)
    for text in texts_of_sections(paper):
        for piece in paragraphs_of(text) if len(text.source) <= LONGEST else ():
            if found := find_described(piece.text, has_figures=has_figures):
                reason = f"“{shorten(found[0])}” stands for a figure: make the figure."
                yield piece.problem(reason, *place_of(piece.text, found.start()))


def find_described(text: str, *, has_figures: bool) -> re.Match[str] | None:
    shown = INLINE.sub(lambda code: " " * len(code[0]), text)
    if found := WANTED.search(shown):
        return found
    return None if has_figures else CAPTION.match(shown) or SEE.search(shown)


INLINE = re.compile(r"`[^`\n]*`")
THING = r"(?:figure|image|diagram|chart|screenshot|illustration|picture|graph|plot)s?"
WANTED = re.compile(
    rf"(?<!\[)\[(?:(?:insert|add|place|embed) (?:an? |the )?{THING}\b|{THING} ?:"
    rf"|{THING} (?:goes )?here\b|placeholder for)[^\[\]\n]{{0,400}}\](?![(\[:])",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"[*_]{0,3}(?:Figure|Fig\.) [0-9]{1,2}[*_]{0,3}[:.][^\n]+(?:\n[^\n]+){0,9}\Z"
)
SEE = re.compile(
    rf"\bsee (?:the )?{THING} (?:below|above)|\bas shown in the {THING} (?:below|above)",
    re.IGNORECASE,
)
