"""Tags that look as if they were one."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from papers.spelling import distance

FEWEST_LETTERS = 6  # Of a word in which another letter may be a slip of the hand.
MOST_COMPARED = 20  # Of the names that differ from each other in one letter.
SHORTEST_PLURAL = 3
GAPS = re.compile(r"[\s_\-‐-―]+")


@dataclass(frozen=True)
class Named:
    """A tag's names, and how many entries carry it."""

    key: int
    name: str
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    papers: int = 0


@dataclass(frozen=True)
class Alike:
    """Two tags that may be one: the less used first, and what they have in common."""

    one: Named
    other: Named
    reason: str


def near_duplicates(tags: Iterable[Named]) -> list[Alike]:
    """The pairs of tags that look alike, by name, each pair once.

    Of three that look alike, two pairs say so. Two thousand tags take a moment.
    """
    known = list(tags)
    found: dict[frozenset[int], Alike] = {}
    for one, other, reason in (
        *find_same(known),
        *find_other_names(known),
        *find_forms(known),
        *find_slips(known),
    ):
        # The one that fewer entries carry is the one to give up.
        first, second = sorted((one, other), key=lambda tag: (tag.papers, -tag.key))
        pair = frozenset((one.key, other.key))
        found.setdefault(pair, Alike(first, second, reason))
    return sorted(found.values(), key=lambda pair: pair.one.name.lower())


Pairs = Iterator[tuple[Named, Named, str]]


def find_same(tags: Iterable[Named]) -> Pairs:
    """Names that are the same but for hyphens, spaces, capitals and a plural."""
    for group in group_by((to_singular(tag.name), tag) for tag in tags):
        for other in group[1:]:
            is_same = squash(group[0].name) == squash(other.name)
            yield group[0], other, SAME if is_same else PLURAL


SAME = "the same but for hyphens, spaces and capitals"
PLURAL = "one is the plural of the other"


def find_other_names(tags: Sequence[Named]) -> Pairs:
    """Names that are another tag's full name or alias."""
    by_name = {squash(tag.name): tag for tag in tags}
    for tag in tags:
        for kind, names in (("full name", (tag.full_name,)), ("alias", tag.aliases)):
            for name in filter(None, names):
                other = by_name.get(squash(name), tag)
                if other != tag:
                    yield tag, other, f"“{other.name}” is the {kind} of “{tag.name}”"


# Nouns that say of what kind a thing is, and no more: Multimodal Models, Multimodal.
KINDS = frozenset(
    "model models method methods technique techniques approach approaches system systems"
    " algorithm algorithms".split()
)
ENDING = re.compile(
    r"(?<=\w{5})(?:ational|ations?|ional|ions?|ive|al|ed|ing|ers?|es?|s)$"
)


def find_forms(tags: Iterable[Named]) -> Pairs:
    """Names of the same words in other forms, or of which one adds what kind it is."""
    # Of those that are the same but for hyphens or a plural, one speaks for all.
    first = {to_singular(tag.name): tag for tag in reversed(list(tags))}
    for group in group_by((to_stems(tag.name), tag) for tag in first.values()):
        for other in group[1:]:
            yield group[0], other, "the same words in other forms"


def to_stems(name: str) -> str:
    """The words of a name without their endings, and without what kind it is of."""
    words = GAPS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).split()
    if len(words) > 1 and words[-1] in KINDS:
        words.pop()
    return "".join(ENDING.sub("", word) for word in words) or name


def find_slips(tags: Iterable[Named]) -> Pairs:
    """Names between which one slip of the hand lies.

    One that begins with another letter or has other digits is another word.
    """
    shortened = (
        (variant, tag)
        for tag in tags
        if sum(map(str.isalpha, to_singular(tag.name))) >= FEWEST_LETTERS
        for variant in without_a_letter(to_singular(tag.name))
    )
    for group in group_by(shortened):
        for one, other in combinations(group[:MOST_COMPARED], 2):
            if is_slip(to_singular(one.name), to_singular(other.name)):
                yield one, other, "one letter between them"


def is_slip(one: str, other: str) -> bool:
    return (
        one[0] == other[0]
        and [*filter(str.isdigit, one)] == [*filter(str.isdigit, other)]
        and distance(one, other) == 1
    )


def group_by(pairs: Iterable[tuple[str, Named]]) -> list[list[Named]]:
    """The tags that share a key with another, as lists."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for key, tag in pairs:
        groups[key].append(tag)
    return [group for group in groups.values() if len(group) > 1]


def without_a_letter(word: str) -> set[str]:
    """The word, and it without each of its letters: two that are near share one."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def squash(name: str) -> str:
    """The name without what people write in one way or another."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return GAPS.sub("", plain) or plain


def to_singular(name: str) -> str:
    plain = squash(name)
    is_plural = plain.endswith("s") and not plain.endswith("ss")
    return plain[:-1] if is_plural and len(plain) >= SHORTEST_PLURAL else plain
