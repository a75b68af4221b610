"""What a formatter of Markdown does to Python that it takes for prose, and its undoing.

`__init__` is bold to it and comes out as `**init**`, `for _ in` as `for * in`, quotes are
curled, `<` becomes `&lt;`. Nothing is ever run, and what cannot be told stays as it is.
"""

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from keyword import kwlist
from textwrap import dedent
from typing import NamedTuple

from papers import syntax

LONGEST = 200_000  # No text of an entry is longer.


class Damage(NamedTuple):
    """A damaged mark: its line and column (from 1), and what stood there before."""

    line: int
    column: int
    text: str
    after: str


class Edit(NamedTuple):
    """What to put in a place; not certain where only the whole can tell if it is right."""

    start: int
    end: int
    after: str
    is_certain: bool = True


def repair(code: str) -> str:
    """The code without the damage; the same text where any of it cannot be told.

    What is given back, if it is not the same, can be read as Python and the code could
    not; code that can be read is never changed.
    """
    edits = find_edits(code) if may_be_damaged(code) else []
    made = apply(code, edits)
    is_mended = bool(edits) and is_python(made)
    return made if is_mended and not leaves_doubt(code, edits, made) else code


def find_damage(code: str) -> list[Damage]:
    """The damaged marks in the order of the text; none in what can be read as Python.

    Where the whole cannot be repaired, only those that no Python could hold.
    """
    edits = find_edits(code) if may_be_damaged(code) else []
    is_whole = bool(edits) and is_python(apply(code, edits))
    starts = [0, *(found.end() for found in re.finditer("\n", code))]
    damage = []
    for edit in edits:
        if is_whole or edit.is_certain:
            line = bisect_right(starts, edit.start)
            column = edit.start - starts[line - 1] + 1
            text = code[edit.start : edit.end]
            damage.append(Damage(line, column, text, edit.after))
    return damage


def may_be_damaged(code: str) -> bool:
    return len(code) <= LONGEST and bool(MARKS.search(code)) and not is_python(code)


def is_python(code: str) -> bool:
    return syntax.parse_python(dedent(code).strip("\n")) is None


def apply(code: str, edits: Sequence[Edit]) -> str:
    pieces, at = [], 0
    for edit in edits:
        pieces += [code[at : edit.start], edit.after]
        at = edit.end
    return "".join([*pieces, code[at:]])


# What is told apart: strings and comments, where nearly everything may stand, and code.

CURLY = {ord(c): '"' for c in "“”„‟"} | {ord(c): "'" for c in "‘’‚‛"}
# What no Python holds outside a string or a comment.
FOREIGN = dict(zip("–−…→≤≥≠", "- - ... -> <= >= !=".split(), strict=True))
FOREIGN |= dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
FOREIGN |= dict.fromkeys("\u200b\u2060", "")
MARKS = re.compile(rf"[*\\“”„‟‘’‚‛{''.join(FOREIGN)}]|&\w+;|&#\w+;")
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#0?39|#x27|#34|#160);")
# Each alternative ends at the latest where its line or the text does: nothing is tried
# twice from the same place.
OPAQUE = re.compile(
    r"""
    (?P<entity>&\#\w+;)|(?P<escape>\\[^\n])
    |(?P<comment>\#[^\n]*)
    |(?P<long>\"{3}(?:[^\\]|\\.)*?(?:\"{3}|\Z)|'{3}(?:[^\\]|\\.)*?(?:'{3}|\Z))
    |(?P<short>"(?:[^"\\\n]|\\.)*(?:"|$)|'(?:[^'\\\n]|\\.)*(?:'|$))
    |(?P<curly>“[^“”\n]*”|‘[^‘’\n]*’)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


class Source(NamedTuple):
    """The text; with straight quotes; and with strings as quotes, comments as blanks."""

    text: str
    straight: str
    masked: str
    opaque: list[re.Match[str]]


def read_source(code: str) -> Source:
    """Where no straight quote is left, all were curled, in comments too."""
    if '"' in code or "'" in code:
        straight = OPAQUE.sub(straighten, code)
    else:
        straight = code.translate(CURLY)
    opaque = [m for m in OPAQUE.finditer(straight) if m.lastgroup in SHOWN_AS]
    return Source(code, straight, OPAQUE.sub(mask, straight), opaque)


SHOWN_AS = {"comment": " ", "long": '"', "short": '"'}


def straighten(found: re.Match[str]) -> str:
    if not found["curly"]:
        return found[0]
    quote = found[0][0].translate(CURLY)
    return f"{quote}{found[0][1:-1]}{quote}"


def mask(found: re.Match[str]) -> str:
    shown = SHOWN_AS.get(found.lastgroup or "")
    return shown * len(found[0]) if shown else found[0]


def find_edits(code: str) -> list[Edit]:
    """The edits of all kinds, none within another, in the order of the text."""
    source = read_source(code)
    found = [edit for find in FINDERS for edit in find(source)]
    found += within_strings(source, found)
    kept: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def find_curled(source: Source) -> Iterator[Edit]:
    for place, (old, new) in enumerate(zip(source.text, source.straight, strict=True)):
        if old != new:
            yield Edit(place, place + 1, new)


def find_foreign(source: Source) -> Iterator[Edit]:
    for found in FOREIGN_MARK.finditer(source.masked):
        yield Edit(found.start(), found.end(), FOREIGN[found[0]])
    for found in ENTITY.finditer(source.masked):
        yield Edit(found.start(), found.end(), unescape(found[0]))


FOREIGN_MARK = re.compile(f"[{''.join(FOREIGN)}]")


def unescape(entity: str) -> str:
    return html.unescape(entity).replace("\u00a0", " ")


def find_escapes(source: Source) -> Iterator[Edit]:
    for found in ESCAPE.finditer(source.masked):
        yield Edit(found.start(), found.end(), found[1])


# A backslash in code stands at the end of a line and nowhere else.
ESCAPE = re.compile(r"\\([_*\[\]#`<>~|{}()!.+\-&])")

# Marks of emphasis

# Of Python's own, of its data model and of modules; the words of English are told apart.
PLAIN = frozenset(
    "abs add all annotations and bases bool bytes call class code complex contains context "
    "copy defaults del delete dict dir doc enter eq exit file float floor format get "
    "globals hash index int invert iter len loader missing mod module name next or pow "
    "package path reduce round self set size spec sub trunc version wrapped".split()
)
KNOWN = PLAIN | frozenset(
    "aenter aexit aiter anext annotate author await builtins cached cause ceil "
    "class_getitem closure cmp debug deepcopy delattr delitem dictoffset divmod "
    "flags floordiv fspath func future ge getattr getattribute getinitargs getitem "
    "getnewargs getnewargs_ex getstate gt iadd iand ifloordiv ilshift imatmul imod import "
    "imul init init_subclass instancecheck ior ipow irshift isub itruediv ixor kwdefaults "
    "le length_hint lshift lt main main_subclass match_args matmul mro mro_entries mul "
    "ne neg new nonzero objclass pos post_init prepare qualname radd rand rdivmod "
    "reduce_ex repr reversed rfloordiv rlshift rmatmul rmod rmul ror rpow rrshift "
    "rshift rsub rtruediv rxor set_name setattr setitem setstate sizeof slots str "
    "subclasscheck subclasses subclasshook suppress_context torch_function traceback truediv "
    "type_params typing_subst unicode weakref weakrefoffset xor array array_interface "
    "array_ufunc array_function cuda_array_interface jax_array html".split()
)
# What cannot end a value, though it is spelled as a name may be.
KEYWORDS = frozenset(kwlist) - {"None", "True", "False"} | {"case"}
OPERAND_END = re.compile(r"(\w+)[ \t]*\Z|[)\]}\"][ \t]*\Z")
LOOK_BACK = 80


def has_value_before(masked: str, place: int) -> bool:
    """Whether what stands in the line before a place is a value: a star multiplies it."""
    found = OPERAND_END.search(masked, max(0, place - LOOK_BACK), place)
    return found is not None and (found[1] or "") not in KEYWORDS


def find_bold(source: Source) -> Iterator[Edit]:
    masked = source.masked
    for found in BOLD.finditer(masked):
        before = masked[max(0, found.start() - LOOK_BACK) : found.start()]
        is_named = before.endswith(".") or bool(DEFINES.search(before))
        is_power = has_value_before(masked, found.start()) and not is_named
        is_open = bool(VALUE_AFTER.match(masked, found.end())) and not is_named
        if not is_power and not (is_open and found[1] not in KNOWN):
            is_certain = is_named or found[1] in KNOWN
            yield Edit(found.start(), found.end(), f"__{found[1]}__", is_certain)


BOLD = re.compile(r"(?<!\*)\*\*([A-Za-z]\w{0,60}?)\*\*(?!\*)")
DEFINES = re.compile(r"\b(?:def|class)[ \t]+\Z")
VALUE_AFTER = re.compile(r"[ \t]*[\w(\[{\"]")


def find_lone(source: Source) -> Iterator[Edit]:
    """A star that neither multiplies nor unpacks: it was an underscore alone."""
    masked = source.masked
    openings = find_openings(masked)
    for found in LONE.finditer(masked):
        start, after = found.start(), found["after"]
        before = masked[max(0, start - LOOK_BACK) : start]
        is_loop = bool(IN_LOOP.search(before)) and after in {"in", ","}
        is_star = has_value_before(masked, start) or bool(IMPORTS.search(before))
        if after in {",", ""} and not is_loop:
            is_star = is_star or is_signature(masked, openings.get(start, 0), start)
        if not is_star:
            is_certain = is_loop or bool(FOR_SURE.search(f"{before}*{after}"))
            yield Edit(start, start + 1, "_", is_certain)


def find_openings(masked: str) -> dict[int, int]:
    """For each star within brackets, where the innermost opens."""
    opened: list[int] = []
    found = {}
    for mark in BRACKET_OR_STAR.finditer(masked):
        if mark[0] in "([{":
            opened.append(mark.start())
        elif mark[0] == "*" and opened:
            found[mark.start()] = opened[-1]
        elif opened and mark[0] != "*":
            opened.pop()
    return found


def is_signature(masked: str, opening: int, star: int) -> bool:
    """Whether a star before a comma parts the parameters of a function."""
    before = masked[max(0, opening - LOOK_BACK) : opening]
    called = CALLED.search(before)
    is_called = called is not None and (called[1] or "") not in KEYWORDS
    line = masked[max(0, star - LOOK_BACK) : star]
    return is_called or bool(IN_LAMBDA.search(line))


BRACKET_OR_STAR = re.compile(r"[(\[{)\]}*]")
CALLED = re.compile(r"(?:(\w+)|[)\]*])[ \t]*\Z")
IN_LAMBDA = re.compile(r"\blambda\b[^:\n]*\Z")
LONE = re.compile(
    r"(?<![*\w.])\*(?=(?![*=])[ \t]*"
    r"(?P<after>(?:in|is|and|or|if|else|not|as|for)\b|[,)\]}:;=+/%<>!.|&^]|\(\"|$))",
    re.MULTILINE,
)
IN_LOOP = re.compile(r"\bfor[ \t(]+(?:[\w*]+[ \t]*,[ \t(]*){0,9}\Z")
IMPORTS = re.compile(r"\bimport[ \t(]*\Z")
FOR_SURE = re.compile(
    r"\blambda[ \t]+\*:\Z|\bas[ \t]+\*[:)\]]\Z|^[ \t]*\*=\Z|\n[ \t]*\*=\Z|\*\.\Z"
)


def find_joined(source: Source) -> Iterator[Edit]:
    """A star within a name: the name stands elsewhere, or its halves stand nowhere."""
    names = Counter(NAME.findall(source.masked))
    chains = list(TIGHT.finditer(source.masked))
    halves = Counter(half for chain in chains for half in chain[0].split("*"))
    alone = {name for name, count in names.items() if count > halves[name]}
    for chain in chains:
        parts = chain[0].split("*")
        is_known = "_".join(parts) in names
        is_product = set(parts) <= alone
        place = chain.start() - 1
        for one, other in pairwise(parts):
            place += len(one) + 1
            is_name = is_known or f"{one}_{other}" in names
            has_number = one[0].isdigit() or other[0].isdigit()
            if is_name or not (is_product or has_number):
                yield Edit(place, place + 1, "_", is_name and not is_product)
    for found in ATTRIBUTE.finditer(source.masked):
        yield Edit(found.end() - 1, found.end(), "_")


NAME = re.compile(r"(?<![\w])[A-Za-z_]\w*")
TIGHT = re.compile(r"(?<!\w)\w+(?:\*\w+)+(?!\w)")
ATTRIBUTE = re.compile(r"(?<=[\w)\]])\.\*(?=[A-Za-z])")

FINDERS: tuple[Callable[[Source], Iterator[Edit]], ...] = (
    find_curled,
    find_foreign,
    find_escapes,
    find_bold,
    find_lone,
    find_joined,
)


# Within strings and comments

RAW = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|nbsp|#\w+);)|[<>]")


def within_strings(source: Source, found: Sequence[Edit]) -> Iterator[Edit]:
    """Marks in strings and comments, where the code about them shows the same damage."""
    marks = {source.text[edit.start : edit.end] for edit in found}
    is_escaped = not RAW.search(source.text)
    is_sure = is_escaped and any(map(ENTITY.fullmatch, marks))
    is_bold = any(mark.startswith("**") for mark in marks)
    has_joined = find_all_joined(source, found)
    for piece in source.opaque if found else ():
        if is_sure or (is_escaped and piece.lastgroup != "short"):
            yield from undo(piece, ENTITY, unescape)
        for bold in KNOWN_BOLD.finditer(piece[0]):
            is_all = len(bold[0]) + 2 == len(piece[0])
            is_sure_name = bold[1] not in PLAIN or is_bold or is_all
            if bold[1] in KNOWN and is_sure_name:
                at = piece.start() + bold.start()
                yield Edit(at, at + len(bold[0]), f"__{bold[1]}__")
        if "\\_" in marks:
            yield from undo(piece, ESCAPED_LINE, lambda mark: "_")
        for chain in TIGHT.finditer(piece[0]) if has_joined else ():
            if chain[0].replace("*", "_") in has_joined:
                start = piece.start() + chain.start()
                yield Edit(start, start + len(chain[0]), chain[0].replace("*", "_"))


def find_all_joined(source: Source, found: Sequence[Edit]) -> set[str]:
    """The names that the code has once its own are whole; none if all of them were."""
    if not any(edit.after == "_" and is_tight(source, edit) for edit in found):
        return set()
    edits = sorted(edit for edit in found if edit.after == "_")
    return set(NAME.findall(apply(source.masked, edits)))


def is_tight(source: Source, edit: Edit) -> bool:
    return bool(TIGHT_MARK.fullmatch(source.masked[edit.start - 1 : edit.end + 1]))


def undo(
    piece: re.Match[str], mark: re.Pattern[str], change: Callable[[str], str]
) -> Iterator[Edit]:
    for found in mark.finditer(piece[0]):
        start = piece.start() + found.start()
        yield Edit(start, start + len(found[0]), change(found[0]))


KNOWN_BOLD = re.compile(r"(?<![*\w])\*\*([A-Za-z]\w{0,60}?)\*\*(?![*\w])")
ESCAPED_LINE = re.compile(r"(?<!\\)\\_")
TIGHT_MARK = re.compile(r"[\w.]\*\w")


def leaves_doubt(code: str, edits: Sequence[Edit], made: str) -> bool:
    """Whether marks remain that may be damage, and may be what the author wrote."""
    source = read_source(code)
    remade = read_source(made)
    texts = "\n".join(piece[0] for piece in remade.opaque)
    has_entities = bool(ENTITY.search(made)) and not RAW.search(code)
    has_marks = bool(KNOWN_BOLD.search(texts) or UNPACKED.search(remade.masked))
    is_joined = any(edit.after == "_" and is_tight(source, edit) for edit in edits)
    if is_joined:
        return has_entities or has_marks or bool(TIGHT.search(texts + remade.masked))
    return has_entities or has_marks or any(map(may_be_name, TIGHT.findall(texts)))


UNPACKED = re.compile(r"(?:(?<![=!<>])=|\breturn)[ \t]*\*\(")


def may_be_name(chain: str) -> bool:
    return not chain[0].isdigit() and min(map(len, chain.split("*"))) > 1
