r"""The letters of a title or a name, however it is written: case, accents, LaTeX, signs.

What LaTeX writes as `$k$-means`, `\emph{Deep}` or `{\"o}` is compared by its letters.
"""

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and its mark; in titles a sign
# of multiplication is typed as an x, and an ampersand is read as a word.
PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"}
PLAIN |= {"þ": "th", "×": "x", "&": " and "}
# As those write them who have no such letters.
SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
GREEK = re.compile(r"GREEK SMALL LETTER (?:FINAL )?(\w+)$")
FORMAT = re.compile(
    r"\\(?:emph|text(?:it|bf|tt|sc|rm|sf|sl|up|normal|superscript|subscript)?"
    r"|math(?:cal|bf|bb|rm|sf|it|tt|frak|scr|ord|op)|boldsymbol|bm|operatorname"
    r"|ensuremath|mbox|left|right|it|bf|em|rm|sc|sf|tt|uppercase|lowercase|url)"
    r"(?![A-Za-z])"
)
# An accent that is a letter stands before a brace or a space: \v{c}, \c c.
ACCENT = re.compile(r"\\[uvHcdbkrt](?=\s*\{|\s)\s*|\\[^A-Za-z]")
SPACED = re.compile(r"(\\(?:ss|SS|aa|AA|ae|AE|oe|OE|o|O|l|L|i|j))(?:\{\}|\s+)")
TIMES = re.compile(r"\\times(?![A-Za-z])")


def strip_latex(text: str) -> str:
    """The text without commands that only say how it looks; their words stay.

    An accent is left out, as it does not count where letters are compared.
    """
    if not {"\\", "$"} & set(text):
        return text
    text = TIMES.sub("x", text.replace(r"\&", "&"))
    text = SPACED.sub(r"\1", ACCENT.sub("", FORMAT.sub("", text)))
    return re.sub(r"[\\{}$]", "", text)


def to_letters(text: str) -> str:
    """The letters and digits of a text, without case and without accents."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def to_words(text: str) -> list[str]:
    """The words of a text, by the same letters, in their order."""
    plain = "".join(
        letter for letter in fold(text) if not unicodedata.combining(letter)
    )
    return re.findall(r"[^\W_]+", plain)


def fold(text: str) -> str:
    folded = unicodedata.normalize("NFKD", strip_latex(text).casefold())
    return "".join(map(name_letter, folded))


def name_letter(letter: str) -> str:
    if "α" <= letter <= "ω":
        match = GREEK.match(unicodedata.name(letter, ""))
        return match[1].lower() if match else letter
    return PLAIN.get(letter, letter)


def to_spelled(text: str) -> str:
    """The same, with umlauts and their like spelled in two letters: Mueller, Soerensen."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return to_letters("".join(SPELLED.get(letter, letter) for letter in composed))


def is_alike(one: str, other: str) -> bool:
    """Whether two texts have the same letters, in one of the ways to write them."""
    return to_letters(one) == to_letters(other) or to_spelled(one) == to_spelled(other)
