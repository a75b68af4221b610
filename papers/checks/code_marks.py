"""The marks that formatters and converters leave in code of other languages than Python.

No language is parsed. Strings, comments and regular expressions are told apart from the
rest, and each pattern ends at the latest where its line or the text does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papers.checks.pieces import TEXT, Places
from papers.mangled import Damage

COMMENT = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)"
LONG = r"\"{3}[\s\S]*?(?:\"{3}|\Z)"
DOUBLE = r"\"(?:[^\"\\\n]|\\.)*(?:\"|$)"
SINGLE = r"'(?:[^'\\\n]|\\.)*(?:'|$)"
# A quote that no character follows is a lifetime, or parts the digits of a number.
CHARACTER = r"'(?:\\[^\n']{1,9}|[^'\\\n]{1,4})'"
RAW = (
    r"R\"(?P<raw>[^\s()\\\"]{0,16})\([\s\S]*?(?:\)(?P=raw)\"|\Z)"
    r"|\br(?P<hashes>#{0,9})\"[\s\S]*?(?:\"(?P=hashes)|\Z)|@\"[^\"]*(?:\"|\Z)"
)
TEMPLATE = r"`(?:[^`\\]|\\[\s\S])*(?:`|\Z)"
GO_RAW = r"`[^`]*(?:`|\Z)"
# A slash after a value divides; after anything else it begins a regular expression.
EXPRESSION = (
    r"(?:^|[=(,:\[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else|yield|await)\b)"
    r"[ \t]{0,9}/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,300}\]){1,300}/[a-z]*"
)
WORDS_OF_C = r"^[ \t]*#[ \t]*(?:error|warning|pragma)\b[^\n]*"
HERE = (
    r"<<-?[ \t]*['\"\\]?(?P<end>\w{1,40})['\"]?[^\n]*\n[\s\S]*?(?:^[ \t]*(?P=end)$|\Z)"
)


@dataclass(frozen=True)
class Family:
    """Languages that write strings and comments alike.

    `is_sure` says that an entity, an escape and a curly quote outside of them cannot be
    code; `escape` is what a formatter puts a backslash before.
    """

    names: frozenset[str]
    opaque: re.Pattern[str]
    is_sure: bool = False
    escape: str = r"\\[_*]"


def family(names: str, *patterns: str, sure: bool = False, escape: str = "") -> Family:
    opaque = re.compile("|".join(patterns), re.MULTILINE)
    return Family(frozenset(names.split()), opaque, sure, escape or Family.escape)


WITHIN_WORD = r"(?<=\w)\\_(?=\w)"
SCRIPT = family(
    "javascript js mjs typescript ts", COMMENT, TEMPLATE, DOUBLE, SINGLE, EXPRESSION
)
SHELL = family(
    "bash console sh shell shell-session zsh",
    HERE, r"(?<!\S)\#[^\n]*", r"\"(?:[^\"\\]|\\[\s\S])*(?:\"|\Z)", r"'[^']*(?:'|\Z)",
    escape=WITHIN_WORD,
)  # fmt: skip
FAMILIES = (
    family(
        "c c# c++ cc cpp cs csharp cuda go java json kotlin kt rs rust scala swift",
        COMMENT, WORDS_OF_C, RAW, LONG, GO_RAW, DOUBLE, CHARACTER, sure=True,
    ),
    SCRIPT,
    SHELL,
    family(
        "elixir jl julia nim perl r rb ruby toml",
        r"\#[^\n]*", LONG, DOUBLE, r"'(?:[^'\\\n]|\\.)*'", escape=WITHIN_WORD,
    ),
    family(
        "ada elm haskell hs lua mysql postgresql sql sqlite",
        r"--[^\n]*", r"/\*[\s\S]*?(?:\*/|\Z)", r"\{-[\s\S]*?(?:-\}|\Z)",
        DOUBLE, r"'[^'\n]*'", escape=WITHIN_WORD,
    ),
)  # fmt: skip
BRACED = FAMILIES[0].names | SCRIPT.names
# In these an entity is what it says.
MARKUP = frozenset(
    "asciidoc django erb handlebars html html+jinja htm jinja jsx latex markdown md php rst "
    "svelte svg tex tsx vue xhtml xml xslt".split()
)

AFTER = {
    "&lt;": "<", "&gt;": ">", "&amp;": "&", "\\_": "_", "\\*": "*",
    "“": '"', "”": '"', "‘": "'", "—": "--", "–": "--",
}  # fmt: skip
ENTITY = r"&(?:lt|gt|amp);"
NAMES = re.compile(r"(?<![&\w])(lt|gt|amp)\b")
# An option of a command, whose two hyphens became a dash.
OPTION = r"(?<!\S)[—–](?=[A-Za-z])"
MAY_BE = re.compile(rf"{ENTITY}|[“”‘—–]|\\[_*]")
HAS_TAGS = re.compile(r"</|/>")
NESTED = re.compile(r"\$\{[^}`\n]*`")
PROMPT = re.compile(r"^[ \t]*[$%>] ", re.MULTILINE)


def find_marks(code: str, language: str) -> tuple[list[Damage], list[Damage]]:
    """What is certainly damaged in code, and what may be, each in the order of the text.

    In its strings and comments, in markup, and in what may be an expression of
    JavaScript nothing is certain.
    """
    if language in MARKUP or not MAY_BE.search(code):
        return [], []
    kind = find_family(language)
    if kind is None:
        return [], list(find_in_text(code, language))
    shown = blank(code, kind)
    if kind is SCRIPT and (HAS_TAGS.search(shown) or NESTED.search(code)):
        return [], []
    # In these lines a slash may begin an expression that could not be told.
    unsure = {n for n, line in enumerate(shown.split("\n"), 1) if "/" in line}
    certain: list[Damage] = []
    doubtful: list[Damage] = []
    for mark in find_all(code, shown, kind):
        is_plain = kind.is_sure or (kind is SCRIPT and mark.line not in unsure)
        is_certain = is_plain and mark.text not in {"—", "–", "‘"}
        (certain if is_certain else doubtful).append(mark)
    return certain, doubtful


def find_family(language: str) -> Family | None:
    return next((kind for kind in FAMILIES if language in kind.names), None)


def blank(code: str, kind: Family) -> str:
    """The code with its strings and comments blank, and each place the same."""
    shown = kind.opaque.sub(lambda found: blank_out(found[0]), code)
    if kind is not SHELL or not PROMPT.search(code):
        return shown
    # What stands between the prompts is what the commands said.
    lines = zip(code.split("\n"), shown.split("\n"), strict=True)
    return "\n".join(new if PROMPT.match(old) else " " * len(new) for old, new in lines)


def blank_out(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def find_all(code: str, shown: str, kind: Family) -> Iterator[Damage]:
    names = set(NAMES.findall(shown))
    dashes = OPTION if kind is SHELL else "[—–]"
    marks = re.compile(rf"{ENTITY}|{kind.escape}|[“”‘]|{dashes}")
    places = Places(code)
    for found in marks.finditer(shown):
        # Where code has a variable of that name, it may be the variable's address.
        if found[0][1:-1] not in names:
            yield Damage(*places[found.start()], found[0], AFTER[found[0]])


# A star that led to a note, and an underscore in a name.
ESCAPED = re.compile(
    r"(?<=[\w).,%])\\\*(?=\s|$)|(?<![^\n])\\\*(?=[A-Za-z])|(?<=\w)\\_(?=\w)",
    re.MULTILINE,
)
COMMAND = re.compile(r"\\[A-Za-z]|\$")
RAW_MARK = re.compile(r"&(?!(?:lt|gt|amp);)|[<>]")


def find_in_text(code: str, language: str) -> Iterator[Damage]:
    """Entities where no such mark stands for itself; in plain text, escapes and options."""
    is_text = language in TEXT
    found = [] if RAW_MARK.search(code) else list(re.finditer(ENTITY, code))
    if is_text and not COMMAND.search(code):
        found += ESCAPED.finditer(code)
    if is_text:
        options = list(re.finditer(OPTION, code))
        found += options if len(options) > 1 else []
    places = Places(code)
    for mark in sorted(found, key=re.Match.start):
        yield Damage(*places[mark.start()], mark[0], AFTER[mark[0]])
