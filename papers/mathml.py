"""LaTeX formulas to MathML, on the server and without inline styles.

MathML Core: https://www.w3.org/TR/mathml-core/.
"""

import re
from html import escape

from math_core import LatexError, LatexToMathML

LONGEST_FORMULA = 4_000  # Longer is no formula, and its cost would be the reader's.

MACROS = {"substack": r"\begin{subarray}{c}#1\end{subarray}", "R": r"\mathbb{R}"}
CONVERTER = LatexToMathML(
    fancy_error=False, continue_on_error=True, annotation=True, macros=MACROS
)
STRICT = LatexToMathML(fancy_error=False, macros=MACROS)

MATH_TAGS = frozenset(
    "math semantics annotation mrow mi mn mo mtext ms mspace msup msub msubsup munder "
    "mover munderover mmultiscripts mprescripts mfrac msqrt mroot mtable mtr mtd mstyle "
    "mpadded mphantom merror".split()
)
MATH_ATTRIBUTES = frozenset(
    "class display displaystyle scriptlevel mathvariant mathcolor mathbackground mathsize "
    "lspace rspace stretchy symmetric fence separator form largeop movablelimits minsize "
    "maxsize linethickness width height depth voffset columnspan rowspan encoding intent "
    "arg".split()
)

STYLE = re.compile(r' style="([^"]*)"')
COLOUR = re.compile(r"color:\s*(#[0-9A-Fa-f]{6})")
# Chromium draws an accent over its base when it is marked as one.
ACCENT = re.compile(r' accent(?:under)?="true"')


def render_formula(source: str, *, is_block: bool) -> str:
    """MathML for a formula, its LaTeX kept as an annotation; bad LaTeX shows itself."""
    source = source.strip()
    if not source or len(source) > LONGEST_FORMULA:
        return f"<code>{escape(source)}</code>"
    made = CONVERTER.convert_with_local_state(source, displaystyle=is_block)
    return ACCENT.sub("", STYLE.sub(style_to_class, made))


def find_problem(source: str) -> str:
    """Why a formula is shown as its source, in words; nothing where it is drawn."""
    if len(source.strip()) > LONGEST_FORMULA:
        return f"It is longer than {LONGEST_FORMULA:,} characters."
    try:
        STRICT.convert_with_local_state(source.strip(), displaystyle=False)
    except LatexError as error:
        # Before the reason stands the place, counted in bytes.
        return str(error).partition(": ")[2]
    return ""


def style_to_class(match: re.Match[str]) -> str:
    """A strict policy blocks style attributes: each declaration becomes a class."""
    classes, colour = [], ""
    for declaration in filter(None, (part.strip() for part in match[1].split(";"))):
        if found := COLOUR.fullmatch(declaration):
            colour = f' mathcolor="{found[1]}"'
        else:
            classes.append(class_of(declaration))
    return (f' class="{" ".join(classes)}"' if classes else "") + colour


def class_of(declaration: str) -> str:
    return "m-" + re.sub(r"[^a-z0-9]+", "-", declaration.lower()).strip("-")
