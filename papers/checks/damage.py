"""What formatters, converters and pasting do to code, and to figures in a text."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import dedent

from papers import mangled, syntax
from papers.checks.code_marks import BRACED, blank_out, find_family, find_marks
from papers.checks.findings import Fix, Severity
from papers.checks.flattened import find_flattened
from papers.checks.pieces import (
    PYTHON,
    TEXT,
    Piece,
    Places,
    paragraphs_of,
    pieces_of_code,
    shorten,
    texts_of,
)
from papers.checks.registry import Problems, rule
from papers.checks.texts import texts_of_sections
from papers.mangled import Damage
from papers.values import PaperDocument


@rule("code.mangled", Severity.ERROR)
def mangled_code(paper: PaperDocument) -> Problems:
    for piece in pieces_of_code(paper):
        yield from say_damage(piece, find_damage(piece), MANGLED)
    for text in texts_of(paper):
        for piece in paragraphs_of(text):
            yield from say_damage(piece, find_damage_in_prose(piece.text), MANGLED)


MANGLED = "A formatter has changed this code: write “{}”."


def find_damage(piece: Piece) -> Iterable[Damage]:
    """What no sound code of the piece's language holds."""
    if piece.language in PYTHON:
        return mangled.find_damage(piece.text)
    if piece.language not in TEXT:
        return find_marks(piece.text, piece.language)[0]
    if reads_as_code(piece.text):
        return mangled.find_damage(piece.text)
    return (mark for mark in find_damage_in_prose(piece.text) if mark.after != "_")


@rule("code.marks", Severity.WARNING)
def marked_code(paper: PaperDocument) -> Problems:
    for piece in pieces_of_code(paper):
        yield from say_damage(piece, find_doubtful(piece), MARKED)


MARKED = "A converter may have changed this line: is “{}” meant?"


def find_doubtful(piece: Piece) -> Iterable[Damage]:
    """What is most often damage, though sound code or text may hold it."""
    if piece.language in PYTHON:
        return find_thin(piece.text)
    is_python = piece.language in TEXT and any(find_damage(piece))
    return [] if is_python else find_marks(piece.text, piece.language)[1]


def find_thin(code: str) -> Iterator[Damage]:
    """Names of Python's own that have lost one underscore of two on each side."""
    if not THIN.search(code):
        return
    shown = mangled.OPAQUE.sub(lambda found: blank_out(found[0]), code)
    places = Places(code)
    for found in THIN.finditer(code):
        name = found["defined"] or found["called"] or found["module"]
        at = found.end() - len(name) - len("__")
        is_code = shown[found.start()] == code[found.start()]
        if is_code and (found["module"] or name in THINNED):
            yield Damage(*places[at], f"_{name}_", f"__{name}__")


THIN = re.compile(
    r"\bdef[ \t]+_(?P<defined>[a-z]{2,30})_(?=\([ \t\n]{0,20}self\b)"
    r"|\b(?:super\(\)|self|cls)\._(?P<called>[a-z]{2,30})_(?=\()"
    r"|\bif[ \t]+_(?P<module>name)_(?=[ \t]*==)"
)
THINNED = (mangled.KNOWN - mangled.PLAIN) | frozenset(
    "call contains enter exit hash iter len next".split()
)


def find_damage_in_prose(text: str) -> Iterator[Damage]:
    places: Places | None = None
    for found in IN_PROSE.finditer(text):
        places = places or Places(text)
        name = found["name"]
        if name is None:
            yield Damage(*places[found.end() - len("* in")], "*", "_")
        elif found["before"] or name in mangled.KNOWN - mangled.PLAIN:
            at = found.start("name") - 2
            yield Damage(*places[at], f"**{name}**", f"__{name}__")


IN_PROSE = re.compile(
    r"(?=[df.*])(?:(?P<before>\bdef |(?<=[\w)])\.)?(?<!\*)\*\*(?P<name>[a-z][a-z_]{0,30})\*\*\("
    r"|\bfor \* in)"
)


def say_damage(piece: Piece, damage: Iterable[Damage], reason: str) -> Problems:
    """One problem for each line; the fix mends all of the line."""
    lines = piece.text.split("\n")
    for number, found in groupby(damage, key=lambda one: one.line):
        line, at, kept = lines[number - 1], 0, list[str]()
        marks = list(found)
        for mark in marks:
            kept += [line[at : mark.column - 1], mark.after]
            at = mark.column - 1 + len(mark.text)
        mended = "".join([*kept, line[at:]])
        fix = Fix(line, mended)
        message = reason.format(shorten(mended))
        yield piece.problem(message, number, marks[0].column, fix)


@rule("code.foreign-lines", Severity.WARNING)
def foreign_lines(paper: PaperDocument) -> Problems:
    for piece in pieces_of_code(paper):
        shown = piece.text.split("\n")
        for number, line in enumerate(lines_of_code(piece), 1):
            if is_foreign(line, piece.language):
                words = shorten(shown[number - 1])
                reason = f"“{words}” is no code: take it out of the block."
                column = len(shown[number - 1]) - len(shown[number - 1].lstrip()) + 1
                yield piece.problem(reason, number, column)
        for number in lines_of_marks(piece):
            words = shorten(shown[number - 1])
            reason = f"“{words}” is shown with its marks: they are no part of a table."
            yield piece.problem(reason, number)


def lines_of_code(piece: Piece) -> Sequence[str]:
    """The lines with strings and comments blank; none of Python that can be read."""
    if not MAY_BE_FOREIGN.search(piece.text):
        return ()
    if piece.language in PYTHON:
        is_broken = syntax.find_problem(piece.text, "python")
        opaque = mangled.OPAQUE if is_broken else None
    else:
        family = find_family(piece.language)
        opaque = family.opaque if family else None
    return opaque.sub(blank_string, piece.text).split("\n") if opaque else ()


def blank_string(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n") if "\n" in found[0] else '""'


def lines_of_marks(piece: Piece) -> Iterator[int]:
    """The headings and rulers of a flattened table."""
    is_table = piece.language in TEXT and find_flattened(piece.text)
    for number, line in enumerate(piece.text.split("\n") if is_table else (), 1):
        if RULER.fullmatch(line) or HEADING.match(line):
            yield number


def is_foreign(line: str, language: str) -> bool:
    if language in PYTHON:
        return bool(RULER.fullmatch(line) or TAG.search(line) or is_prose(line))
    if language in BRACED:
        is_tag = language not in WITH_TAGS and END_TAG.search(line)
        return bool(RULER.fullmatch(line) or HEADING.match(line) or is_tag)
    # In others three hyphens may begin a comment, or be what a command printed.
    return bool(STARS.fullmatch(line) or END_TAG.search(line))


RULER = re.compile(r"\s*(?:-{3,}|\*{3,}|_{4,})\s*")
STARS = re.compile(r"\s*\*{3,}\s*")
HEADING = re.compile(r"#{1,6} +[A-Z0-9]")
NAMES_OF_TAGS = r"(?:p|div|span|pre|code|strong|em|ul|li|h[1-6])"
TAG = re.compile(rf"<br ?/?>|</?{NAMES_OF_TAGS}>")
END_TAG = re.compile(rf"<br ?/?>|</{NAMES_OF_TAGS}>")
WITH_TAGS = frozenset("javascript js mjs typescript ts".split())
SENTENCE = re.compile(
    r"\s*(?:[*•-] +)?[A-Z][\w'’-]*(?:[,;]? +[\w'’-]+){3,40}[.:!?]?\s*"
)
# What each of them needs: a ruler, a heading, a tag, or a line of several words.
MAY_BE_FOREIGN = re.compile(
    r"^[ \t]*+(?:-{3}|\*{3}|_{4}|#|(?:[*•-] +)?[A-Z][\w'’-]*[,;]? +\w)|<br|</?[a-z]",
    re.MULTILINE,
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
    # A page that broke its lines by hand comes out with a backslash at each end.
    code = mangled.repair(HARD_BREAK.sub("", text))
    if not mangled.is_python(code):
        return False
    try:
        body = ast.parse(dedent(code)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    assigned = sum(isinstance(node, ast.Assign | ast.AnnAssign) for node in body)
    return any(isinstance(node, BLOCKS) for node in body) or assigned > 1


SIGNS = re.compile(
    r"^[ \t]*+(?:def|class|import|from|for|while|with|async) |=", re.MULTILINE
)
HARD_BREAK = re.compile(r"\\$", re.MULTILINE)
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


@rule("figures.described", Severity.INFO)
def described_figures(paper: PaperDocument) -> Problems:
    yield from find_drawings(paper)
    has_figures = any(not figure.wanted for figure in paper.figures)
    for text in texts_of_sections(paper):
        for piece in paragraphs_of(text):
            found = find_described(piece.text, has_figures=has_figures)
            if not (found or has_figures) and text.field == "sections.figures":
                found = OPENS.match(piece.text)
            if found:
                reason = f"“{shorten(found[0])}” stands for a figure: make the figure."
                yield piece.problem(reason, *Places(piece.text)[found.start()])


def find_drawings(paper: PaperDocument) -> Problems:
    for piece in pieces_of_code(paper):
        if piece.language in TEXT and (found := CONNECTOR.search(piece.text)):
            reason = "This seems to be drawn in characters: make it a diagram."
            yield piece.problem(reason, *Places(piece.text)[found.start()])


# Two lines of a drawing that hold nothing but what leads from one box to the next.
CONNECTOR = re.compile(
    r"^[ \t]*+(?:[|│┃↓⇓▼⬇v][ \t]*+){1,9}\n[ \t]*+[↓⇓▼⬇v][ \t]*+$", re.M
)


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
    r"[*_]{0,3}(?:Figure|Fig\.) [0-9]{1,2}[*_]{0,3}(?:[:.]| [–—-] )[^\n]+(?:\n[^\n]+){0,9}\Z"
    rf"|[*_]{{0,3}}(?!plot|graph){THING} ?: ?[^\n]+(?:\n[^\n]+){{0,9}}\Z",
    re.IGNORECASE,
)
SEE = re.compile(
    rf"\bsee (?:the )?{THING} (?:below|above|on the (?:left|right))"
    rf"|\bas shown in the {THING} (?:below|above|on the (?:left|right))",
    re.IGNORECASE,
)
# Where figures stand, a paragraph that opens so tells of one that is not there; but not
# one that tells of a figure of the paper.
OPENS = re.compile(
    rf"(?:(?:an?|the|this) )?(?:[\w-]+ ){{0,3}}(?:{THING}|visuals?|schematics?|sketch(?:es)?)\b"
    r"(?! ?[0-9]| (?:[0-9]+ )?(?:of|in) the (?:paper|original|article)\b)"
    r"[^.!?\n]{0,60}\b(?:show|illustrat|depict|compar|visuali[sz])\w{0,6}\b",
    re.IGNORECASE,
)
