"""Text that would read as Markdown, escaped only where it would."""

import re

# Each of these may be markup. In the page's text they are replaced by marks until all
# the Markdown stands; `settle` then sees which of them need a backslash.
SPECIAL = "\\`_[]<>&!#+-=~|$.)*:^"
MARKS = {char: chr(0xFDD0 + number) for number, char in enumerate(SPECIAL)}
# Brackets in a link's words and pipes in a cell always need one.
FIRM = {"[": "\ufdec", "]": "\ufded", "|": "\ufdee"}
BREAK = "\ufdef"
# Stands before and after code in a line; two of them together join two pieces.
CODE = "\ufdeb"

ENCODE = str.maketrans(MARKS)
DECODE = str.maketrans(
    {mark: char for char, mark in MARKS.items()}
    | {mark: f"\\{char}" for char, mark in FIRM.items()}
)


def encode(text: str, *, is_label: bool = False, is_cell: bool = False) -> str:
    firm = ("[]" if is_label else "") + ("|" if is_cell else "")
    special = ENCODE | {ord(char): FIRM[char] for char in firm}
    if is_label:
        # An address among a link's words is no link of its own: see ADDRESS.
        del special[ord(":")]
    return text.translate(special)


def pattern(source: str) -> re.Pattern[str]:
    """A pattern in which «x» stands for the mark of x, and «» for every mark."""
    every = "".join(MARKS.values())
    source = source.replace("«»", every)
    return re.compile(re.sub("«(.+?)»", lambda m: marks(m[1]), source))


def marks(chars: str) -> str:
    return "".join(MARKS[char] for char in chars)


HAS_MARK = pattern("[«»]")
# An address in the text stays as it is: renderers make a link of it.
ADDRESS = pattern(r"(?<![^\s(*_~«*_~»])https?«:»//(?:[\w/?%;,@«_-=&#+~.:»](?!«~»«~»))+")
EMPHASIS = pattern(
    r"(?<![\w«*»])(«*»{1,2}+)(?=\S)([^«*»\n]+)(?<=\S)(«*»{1,2}+)(?![\w«*»])"
)
ENDS_WITH_ADDRESS = re.compile(r"//\S*$")
# Where a line's own words begin, after what marks lists, quotations and headings.
WORDS_START = re.compile(r"(?: *(?:> ?|- |\d+\. |#{1,6} |\| ))* *")
OPENS_BLOCK = pattern(
    r"«#»{1,6}(?:\s|$)|[«+-*»](?:\s|$)|«>»|[«-=*_~|:+»\s]+$"
    r"|\d{1,9}(?=[«.)»](?:\s|$))"
)
NEEDS_BACKSLASH = pattern(
    r"«\»(?=[^\w\s]|\n|$)"
    r"|«`»"
    r"|(?<![^\W_])(?<!«_»)«_»++|«_»++(?![^\W_])"
    r"|«[»(?=«^»)|«^»(?=[\[«[»])"
    r"|«]»(?=[(\[«[:»])"
    r"|«<»(?=[A-Za-z/?«!»])"
    r"|«&»(?=«#»?\w{1,40};)"
    r"|«!»(?=\[)"
    r"|«~»(?=«~»)|(?<=«~»)«~»"
    r"|(?<!\s)«*»|«*»(?!\s|$)"
)
DOLLAR = MARKS["$"]
CODE_IN_LINE = re.compile(f"{CODE}([^{CODE}]*){CODE}")


def settle(text: str) -> str:
    """The Markdown with its marks read again as the characters that they stand for."""
    text = CODE_IN_LINE.sub(span, text.replace(CODE + CODE, ""))
    lines = text.split("\n")
    after = [*lines[1:], ""]
    text = "\n".join(
        start_line(end_line(line, next_line))
        for line, next_line in zip(lines, after, strict=True)
    )
    text = ADDRESS.sub(lambda match: match[0].translate(DECODE), text)
    text = EMPHASIS.sub(keep_emphasis, text)
    if text.count(DOLLAR) > 1:
        text = text.replace(DOLLAR, r"\$")
    return NEEDS_BACKSLASH.sub(escape, text).translate(DECODE)


def start_line(line: str) -> str:
    """A backslash before what would open a list, a heading, a quotation or a rule."""
    if not HAS_MARK.search(line):
        return line
    words = WORDS_START.match(line)
    start = words.end() if words else 0
    opening = OPENS_BLOCK.match(line, start)
    if not opening:
        return line
    place = opening.end() if line[start].isdigit() else start
    char = line[place].translate(DECODE)
    return f"{line[:place]}\\{char}{line[place + 1 :]}"


def end_line(line: str, next_line: str) -> str:
    """A break between two lines is a backslash; any other has nothing to part."""
    if BREAK not in line:
        return line
    words = line.rstrip().removesuffix(BREAK).replace(BREAK, " ").rstrip()
    is_last = not line.rstrip().endswith(BREAK)
    parts = has_words(words) and has_words(next_line.replace(BREAK, ""))
    if is_last or not parts:
        return words
    # A renderer would take the backslash for a part of the address.
    return f"{words}  " if ENDS_WITH_ADDRESS.search(words) else f"{words}\\"


def has_words(line: str) -> bool:
    return bool(WORDS_START.sub("", line, count=1).strip())


def span(match: re.Match[str]) -> str:
    """Code within a line, between more backticks than stand in it."""
    inner = " ".join(match[1].replace(BREAK, " ").split())
    ticks = "`" * (longest_ticks(inner) + 1)
    return f"{ticks} {inner} {ticks}" if "`" in inner else f"{ticks}{inner}{ticks}"


def longest_ticks(code: str) -> int:
    return max(map(len, re.findall("`+", code)), default=0)


def keep_emphasis(match: re.Match[str]) -> str:
    return f"{match[1].translate(DECODE)}{match[2]}{match[3].translate(DECODE)}"


def escape(match: re.Match[str]) -> str:
    return re.sub(r"(.)", r"\\\1", match[0].translate(DECODE))
