"""Many phrases looked for in one pass, at each place only those that begin with its letter.

The regular expressions of the standard library try every alternative at every place,
which for some forty phrases is most of what the checks of an entry cost.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WORD_START = r"\b"
PLACES = ("^", "$", WORD_START)
LOOKS = ("(?<!", "(?<=", "(?!", "(?=")
CLASS = re.compile(r"\[\^?(?:\\.|[^\\])(?:\\.|[^\\\]])*\]", re.DOTALL)
MAY_BE_LEFT_OUT = re.compile(r"\?\??|\*[?+]?|\{0,\d*\}[?+]?")
MARKS_ALONE = re.compile(r"\[(?!\^)(?:\\[^\w]|[^\w\\\]-])+\]")


class Phrases:
    """Finds what a regular expression of all these as alternatives would.

    Of two that begin at one place the one that is known by its first letter is taken.
    Those that begin with a letter have to begin with \\b to be known so.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        known: dict[str, list[str]] = defaultdict(list)
        others = []
        for pattern in (each for whole in patterns for each in alternatives(whole)):
            first = first_letters(pattern)
            has_letter = any(letter.isalnum() for letter in first.letters)
            is_sure = first.is_known and not first.may_be_empty
            if is_sure and (pattern.startswith(WORD_START) or not has_letter):
                for letter in first.letters:
                    known[letter].append(pattern)
            else:
                others.append(pattern)
        self.known = {one: re.compile("|".join(found)) for one, found in known.items()}
        marks = "".join(re.escape(one) for one in sorted(known) if not one.isalnum())
        self.starts = re.compile(rf"\b\w|[{marks}]" if marks else r"\b\w")
        self.others = re.compile("|".join(others)) if others else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        found = list(self.find_known(text))
        if self.others:
            found = sorted([*found, *self.others.finditer(text)], key=re.Match.start)
        end = 0
        for match in found:
            if match.start() >= end:
                yield match
                end = match.end()

    def find_known(self, text: str) -> Iterator[re.Match[str]]:
        end = 0
        for place in self.starts.finditer(text):
            start = place.start()
            pattern = self.known.get(place[0]) if start >= end else None
            if pattern and (match := pattern.match(text, start)):
                yield match
                end = match.end()


def alternatives(pattern: str) -> Iterator[str]:
    """Those of a pattern; where it begins at a word each of them does."""
    start = WORD_START if pattern.startswith(WORD_START) else ""
    for each in split(pattern):
        yield start + each.removeprefix(start)


class First(NamedTuple):
    """With which letters or marks a match may begin; `may_be_empty` if with what follows."""

    letters: frozenset[str]
    is_known: bool = True
    may_be_empty: bool = False


UNKNOWN = First(frozenset(), is_known=False)
NOTHING = First(frozenset(), may_be_empty=True)


def first_letters(pattern: str) -> First:
    """Where the matches of a pattern begin, as far as its own text tells."""
    firsts = [first_of_sequence(alternative) for alternative in split(pattern)]
    return First(
        frozenset().union(*(first.letters for first in firsts)),
        all(first.is_known for first in firsts),
        any(first.may_be_empty for first in firsts),
    )


def first_of_sequence(rest: str) -> First:
    letters: frozenset[str] = frozenset()
    while rest:
        end = end_of_item(rest)
        first, rest = first_of_item(rest[:end]), rest[end:]
        optional = MAY_BE_LEFT_OUT.match(rest)
        rest = rest[optional.end() :] if optional else rest
        letters |= first.letters
        if not (first.is_known and (first.may_be_empty or optional)):
            return First(letters, first.is_known)
    return First(letters, may_be_empty=True)


def first_of_item(item: str) -> First:
    if item in PLACES or item.startswith(LOOKS):
        return NOTHING
    if item.startswith("(?:"):
        return first_letters(item[3:-1])
    if MARKS_ALONE.fullmatch(item):
        return First(frozenset(item[1:-1].replace("\\", "")))
    letter = item.removeprefix("\\")
    is_literal = item != "." and (item == letter or not letter.isalnum())
    return First(frozenset(letter)) if len(letter) == 1 and is_literal else UNKNOWN


def end_of_item(pattern: str) -> int:
    """The place after the group, the class or the letter that a pattern begins with."""
    if pattern[0] == "[":
        found = CLASS.match(pattern)
        return found.end() if found else 1
    if pattern[0] == "(":
        ends = (
            at for at, mark, depth in read_marks(pattern) if (mark, depth) == (")", 0)
        )
        return next(ends) + 1
    return 2 if pattern[0] == "\\" else 1


def split(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand in no group."""
    parts, start = [], 0
    for place, mark, depth in read_marks(pattern):
        if (mark, depth) == ("|", 0):
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


MARK = re.compile(rf"\\.|{CLASS.pattern}|([(|)])", re.DOTALL)


def read_marks(pattern: str) -> Iterator[tuple[int, str, int]]:
    """The brackets and bars of a pattern, each with how many groups it stands in."""
    depth = 0
    for found in MARK.finditer(pattern):
        if mark := found[1]:
            depth -= mark == ")"
            yield found.start(), mark, depth
            depth += mark == "("
