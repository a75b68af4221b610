"""Many phrases looked for in one pass, at each place only those that begin as it does.

The regular expressions of the standard library try every alternative at every place,
which for some forty phrases is most of what the checks of an entry cost.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

WORD_START = r"\b"
PLACES = ("^", "$", WORD_START)
LOOKS = ("(?<!", "(?<=", "(?!", "(?=")
CLASS = re.compile(r"\[\^?(?:\\.|[^\\])(?:\\.|[^\\\]])*\]", re.DOTALL)
TIMES = re.compile(r"(?:(?P<or_none>\?|\*|\{0?,\d*\})|\+|\{\d*,?\d*\})[?+]?")
MARKS_ALONE = re.compile(r"\[(?!\^)(?:\\[^\w]|[^\w\\\]-])+\]")
ANY = " "  # Whatever a text goes on with; a space is told from nothing else.
LENGTH = 3  # By how many letters of its beginning a phrase is known.
START = re.compile(rf"\b\w{{1,{LENGTH}}}|[^\w\s]")


class Phrases:
    """Finds what a regular expression of all these as alternatives would.

    Of two that begin at one place the one that is known by its beginning is taken.
    Those that begin with a letter have to begin with \\b to be known so.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.openings: list[tuple[str, str]] = []
        first: list[str] = []
        others: list[str] = []
        for pattern in (each for whole in patterns for each in alternatives(whole)):
            found = openings(pattern)
            has_letter = any(opening[:1].isalnum() for opening in found)
            starts = [start[0] for one in found if (start := START.match(one))]
            is_sure = len(starts) == len(found)
            if is_sure and (pattern.startswith(WORD_START) or not has_letter):
                self.openings += [(start, pattern) for start in starts]
            else:
                (first if pattern.startswith("^") else others).append(pattern)
        self.first, self.others = join(first), join(others)
        self.known = lru_cache(maxsize=4096)(self.compile_known)

    def compile_known(self, start: str) -> re.Pattern[str] | None:
        """Those that may match where a text has these letters, if there are any."""
        return join(
            [each for opened, each in self.openings if start.startswith(opened)]
        )

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        found = self.find_known(text)
        if self.first and (match := self.first.match(text)):
            found.append(match)
        if self.others:
            found += self.others.finditer(text)
        end = 0
        for match in sorted(found, key=re.Match.start):
            if match.start() >= end:
                yield match
                end = match.end()

    def find_known(self, text: str) -> list[re.Match[str]]:
        found = []
        for start, places in starts_of(text).items():
            if pattern := self.known(start):
                found += [m for at in places if (m := pattern.match(text, at))]
        return found


def join(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


@lru_cache(maxsize=1024)  # Several rules look for their phrases in each sentence.
def starts_of(text: str) -> Mapping[str, Sequence[int]]:
    """Where a text has a word that begins with these letters, or this mark."""
    starts: dict[str, list[int]] = defaultdict(list)
    for found in START.finditer(text):
        starts[found[0]].append(found.start())
    return starts


def alternatives(pattern: str) -> Iterator[str]:
    """Those of a pattern; where it begins at a word each of them does."""
    start = WORD_START if pattern.startswith(WORD_START) else ""
    for each in split(pattern):
        yield start + each.removeprefix(start)


def openings(pattern: str) -> frozenset[str]:
    """With which three letters or marks a match may begin, as far as its own text tells.

    Fewer are the whole of a match; ANY ends what may go on with anything.
    """
    return frozenset().union(*(openings_of_sequence(each) for each in split(pattern)))


def openings_of_sequence(rest: str) -> frozenset[str]:
    found, partial = set(), {""}
    while rest and partial:
        end = end_of_item(rest)
        item, rest = openings_of_item(rest[:end]), rest[end:]
        if times := TIMES.match(rest):
            if not times[0].startswith("?"):
                item |= {one + ANY for one in item if one and ANY not in one}
            item |= {""} if times["or_none"] else set()
            rest = rest[times.end() :]
        longer = {(before + after)[:LENGTH] for before in partial for after in item}
        partial = {one for one in longer if len(one) < LENGTH and ANY not in one}
        found |= longer - partial
    return frozenset(found | partial)


def openings_of_item(item: str) -> frozenset[str]:
    if item in PLACES or item.startswith(LOOKS):
        return frozenset([""])
    if item.startswith("(?:"):
        return openings(item[3:-1])
    if MARKS_ALONE.fullmatch(item):
        return frozenset(item[1:-1].replace("\\", ""))
    letter = item.removeprefix("\\")
    is_literal = item != "." and (item == letter or not letter.isalnum())
    return frozenset([letter if len(letter) == 1 and is_literal else ANY])


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
