"""The words of a flattened header, parted into the names of so many columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from papers.tabular.segments import WORDS

MOST_WORDS = 16  # There are thousands of ways to part more of them.
WIDE = re.compile(r"\s{2,}|\t")
WORD = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S+")
BRACKETS = "(["

# A name of a column does not begin with one of these.
PARTICLES = frozenset(
    "a an and as at by for from in of on or per the to vs vs. with".split()
)
# What a number is a number of stands last in the name of its column.
MEASURES = frozenset(
    "accuracy age amount average bits bleu bytes cost count date dates days error f1 flops "
    "gpus height hours latency layers length loss mean memory millions minutes mmlu number "
    "parameters params percent percentage perplexity points price rate ratio recall "
    "released retention rows score scores seconds share size sizes speed steps throughput "
    "time tokens top-1 total value volume weight width year years".split()
)
# These stand before the word that they go with.
MODIFIERS = frozenset(
    "activated active average avg average batch best better context data development "
    "efficient final first hidden high higher inference key largest last learning low main "
    "max maximum mean median min minimum new novel other overall parameter peak primary "
    "publication relative release special test total train training typical use "
    "validation vocabulary".split()
)
# These are words of a heading over a table, not of a column's name.
TITLES = frozenset(
    "comparison comparisons composition evolution figure overview performance results "
    "summary table".split()
)


def is_plausible(text: str, columns: int) -> bool:
    """Whether a line may name so many columns, or rather is a title or a sentence."""
    words = [word.lower().strip("():,.") for word in text.split()]
    is_sentence = text.rstrip().endswith((".", ":", "?", "!"))
    return (
        not is_sentence
        and TITLES.isdisjoint(words)
        and columns - 1 <= len(words) <= 4 * columns
    )


def words_of(text: str) -> list[str]:
    """The words of a header; what stands in brackets goes with the word before it."""
    words: list[str] = []
    for word in WORD.findall(text):
        if words and word[0] in BRACKETS:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def split_header(text: str, kinds: str) -> list[str] | None:
    """The names of columns of these kinds; None where nothing tells how to part them.

    A table whose first column has no name has one fewer.
    """
    wide = [cell for cell in WIDE.split(text.strip()) if cell]
    words = words_of(text)
    columns = len(kinds)
    for cells in (wide if len(wide) > 1 else words, words):
        if len(cells) == columns:
            return cells
        if len(cells) == columns - 1 > 0 and WORDS not in kinds[1:]:
            return ["", *cells]
    return best_way(words, kinds) if columns <= len(words) <= MOST_WORDS else None


def best_way(words: Sequence[str], kinds: str) -> list[str] | None:
    columns = len(kinds)
    ways = sorted(ways_to_part(words, columns), key=lambda way: -score(way, kinds))
    if not ways:
        return None
    is_clear = len(ways) == 1 or score(ways[0], kinds) > score(ways[1], kinds)
    return [" ".join(name) for name in ways[0]] if is_clear else None


Way = list[Sequence[str]]


def ways_to_part(words: Sequence[str], columns: int) -> Iterator[Way]:
    starts = [
        place
        for place, word in enumerate(words)
        if place and word.lower() not in PARTICLES
    ]
    for cuts in combinations(starts, columns - 1):
        edges = [0, *cuts, len(words)]
        yield [words[a:b] for a, b in pairwise(edges)]


def score(way: Way, kinds: str) -> float:
    return sum(score_name(name, kind) for name, kind in zip(way, kinds, strict=True))


def score_name(name: Sequence[str], kind: str) -> float:
    """How well words make the name of one column: its last word says what it is."""
    spelled = [word.partition(" ")[0].lower() for word in name]
    last = spelled[-1]
    points = -0.5 * len(name) ** 2
    points += 3 if kind != WORDS and last in MEASURES else 0
    points -= 3 if last in MODIFIERS and (kind == WORDS or last not in MEASURES) else 0
    points += sum(1 for word in spelled[:-1] if word in MODIFIERS)
    points += sum(1 for word in name[1:] if word[0].islower())
    points -= 2 if name[0][0].islower() else 0
    return points


def natural_width(text: str) -> int:
    """How many names the words make where nothing else says so."""
    words = words_of(text)
    starts = 0
    for place, word in enumerate(words):
        before = words[place - 1].lower() if place else ""
        joins = word.lower() in PARTICLES or word[0].islower()
        starts += not (place and (joins or before in MODIFIERS or before in PARTICLES))
    return starts
