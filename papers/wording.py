"""What differs between two texts, word by word.

Words are matched first where both texts begin and end alike, then at the words that
each text has once (patience), and what lies between such words by the fewest edits
(Myers). The work grows with the length of the texts, never with its square.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile
from typing import Literal, NamedTuple

# Each level of unique words reads the text once, and each of the 2 * MOST_EDITS + 1
# diagonals of what is left is walked once: at most some 140 steps a word, and for two
# texts that have nothing in common, about ten.
MOST_LEVELS, MOST_EDITS = 8, 64
# A stretch of so few words that two changes have between them may be a coincidence.
MOST_SLIGHT, LONGEST_SLIGHT = 3, 9  # Words that say something; words, marks and spaces.
STOP_WORDS = frozenset(
    "a an and as at be by for from has in is it its of on or that the this to was "
    "were with".split()
)
# Each end of a line is a token, so that one more of them is one more. A number with
# its point and its thousands is one word, and so is a word with an apostrophe or with
# accents that are characters of their own.
TOKEN = re.compile(
    r"\r?\n|[^\S\r\n]+|\r"
    r"|(?<!\d)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])"
    r"|\w[\w\u0300-\u036f]*(?:(?:(?<=\d)\.(?=\d)|['’](?=\w))[\w\u0300-\u036f]+)*"
    r"|[^\w\s]"
)
LINE = re.compile(r"\n|[^\n]+")
SENTENCE_ENDS = frozenset(".!?:;”)")

Tokens = Sequence[str]
Pair = tuple[int, int]


class Run(NamedTuple):
    text: str
    kind: Literal["same", "added", "removed", "skipped"]


def diff_words(before: str, after: str) -> tuple[Run, ...]:
    """What to remove from a text and add to it to have the other, in its order."""
    return diff_tokens(TOKEN.findall(before), TOKEN.findall(after))


def diff_names(before: str, after: str) -> tuple[Run, ...]:
    """The same for names of one line each: a name is another or it is not."""
    return diff_tokens(LINE.findall(before), LINE.findall(after))


def diff_lines(before: str, after: str) -> tuple[Run, ...]:
    """The same line by line, and word by word where lines stand for as many others."""
    runs: list[Run] = []
    for run in diff_names(before, after):
        if run.kind == "added" and runs and runs[-1].kind == "removed":
            runs += diff_each(runs.pop().text, run.text)
        else:
            runs.append(run)
    return tuple(
        Run("".join(run.text for run in alike), kind)
        for kind, alike in groupby(runs, key=lambda run: run.kind)
    )


def diff_each(removed: str, added: str) -> Iterator[Run]:
    old, new = removed.split("\n"), added.split("\n")
    if len(old) != len(new):
        old, new = [removed], [added]
    for place, (line, other) in enumerate(zip(old, new, strict=True)):
        if place:
            yield Run("\n", "same")
        yield from diff_words(line, other)


def diff_tokens(before: Tokens, after: Tokens) -> tuple[Run, ...]:
    runs = []
    last = 0
    edits = join(find_edits(before, after), before)
    for edit in slide(edits, before, after):
        runs.append(Run("".join(before[last : edit.start]), "same"))
        runs.append(Run("".join(before[edit.start : edit.end]), "removed"))
        runs.append(Run("".join(after[edit.new_start : edit.new_end]), "added"))
        last = edit.end
    runs.append(Run("".join(before[last:]), "same"))
    return tuple(run for run in runs if run.text)


class Edit(NamedTuple):
    """The tokens from `start` to `end` gave way to others of the other text."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def sides(self) -> tuple[bool, bool]:
        return self.start < self.end, self.new_start < self.new_end

    @property
    def words(self) -> int:
        """About how many words it changes: every other token is a space."""
        return (max(self.end - self.start, self.new_end - self.new_start) + 1) // 2


def find_edits(before: Tokens, after: Tokens) -> list[Edit]:
    """Where the texts differ. Spaces alone are no reason to call two places alike."""
    old = [place for place, token in enumerate(before) if not token.isspace()]
    new = [place for place, token in enumerate(after) if not token.isspace()]
    pairs = align([before[place] for place in old], [after[place] for place in new])
    alike = [(-1, -1), *((old[i], new[j]) for i, j in pairs), (len(before), len(after))]
    edits = []
    for (last, new_last), (start, new_start) in pairwise(alike):
        removed, added = before[last + 1 : start], after[new_last + 1 : new_start]
        if removed != added:
            head, tail = count_ends(removed, added)
            edits.append(
                Edit(
                    last + 1 + head, start - tail, new_last + 1 + head, new_start - tail
                )
            )
    return edits


def join(edits: Iterable[Edit], before: Tokens) -> list[Edit]:
    """Make one change of those that hardly anything lies between."""
    joined: list[Edit] = []
    for edit in edits:
        while joined and is_slight(
            before[joined[-1].end : edit.start], joined[-1], edit
        ):
            start, _, new_start, _ = joined.pop()
            edit = Edit(start, edit.end, new_start, edit.new_end)  # noqa: PLW2901 -- grows
        joined.append(edit)
    return joined


def is_slight(stretch: Tokens, one: Edit, other: Edit) -> bool:
    """Whether what two changes have between them is less than what they change."""
    if len(stretch) > LONGEST_SLIGHT or any("\n" in token for token in stretch):
        return False
    # Two words put in are two words put in, whatever stands between them.
    if one.sides == other.sides != (True, True):
        return False
    saying = sum(t[0].isalnum() and t.lower() not in STOP_WORDS for t in stretch)
    return saying < min(one.words, other.words, MOST_SLIGHT + 1)


def slide(edits: Sequence[Edit], before: Tokens, after: Tokens) -> Iterator[Edit]:
    """Let what was only added, or only removed, begin where a line or sentence does.

    “a. [B c. ]B d.” can as well be marked as “a. B [c. B ]d.”, which nobody would.
    """
    low = 0  # At least one token stays between two changes.
    for place, edit in enumerate(edits):
        is_last = place + 1 == len(edits)
        high = len(before) if is_last else edits[place + 1].start - 1
        if edit.start == edit.end:
            span = (edit.new_start, edit.new_end)
            by = best_shift(after, span, edit.start - low, high - edit.end)
        elif edit.new_start == edit.new_end:
            span = (edit.start, edit.end)
            by = best_shift(before, span, edit.start - low, high - edit.end)
        else:
            by = 0
        low = edit.end + by + 1
        yield Edit(*(bound + by for bound in edit))


def best_shift(text: Tokens, span: tuple[int, int], left: int, right: int) -> int:
    start, end = span
    first = last = 0
    while first > -left and text[start + first - 1] == text[end + first - 1]:
        first -= 1
    while last < right and text[start + last] == text[end + last]:
        last += 1
    return max(range(first, last + 1), key=lambda by: (edge(text, start + by), by))


def edge(text: Tokens, place: int) -> int:
    """How well something begins here: a line, a sentence, a word or none of them."""
    last = text[max(0, place - 2) : place]
    if not last or "\n" in last[-1]:
        return 3
    if not last[-1].isspace():
        return 0
    return 2 if last[0] in SENTENCE_ENDS else 1


# Two sequences


def align(
    before: Sequence[Hashable], after: Sequence[Hashable], levels: int = MOST_LEVELS
) -> list[Pair]:
    """Pairs of places, rising in both, where both sequences have the same."""
    head, tail = count_ends(before, after)
    end, new_end = len(before) - tail, len(after) - tail
    inner = align_inner(before[head:end], after[head:new_end], levels)
    return [
        *((place, place) for place in range(head)),
        *((i + head, j + head) for i, j in inner),
        *((end + place, new_end + place) for place in range(tail)),
    ]


def count_ends(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pair:
    """How many are the same at the start of both, and then at the end of both."""
    head = count_alike(one, other)
    room = min(len(one), len(other)) - head
    return head, min(room, count_alike(reversed(one), reversed(other)))


def count_alike(one: Iterable[Hashable], other: Iterable[Hashable]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def align_inner(
    before: Sequence[Hashable], after: Sequence[Hashable], levels: int
) -> list[Pair]:
    if not before or not after:
        return []
    certain = find_unique(before, after) if levels else []
    if not certain:
        return find_shortest(before, after)
    pairs = []
    i = j = 0
    for x, y in [*certain, (len(before), len(after))]:
        if i < x and j < y:
            inner = align(before[i:x], after[j:y], levels - 1)
            pairs += [(i + a, j + b) for a, b in inner]
        pairs.append((x, y))
        i, j = x + 1, y + 1
    return pairs[:-1]


def find_unique(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Pair]:
    """The most pairs, rising in both, of what each sequence has once."""
    new = get_unique(after)
    pairs = [(i, new[token]) for token, i in get_unique(before).items() if token in new]
    # The longest rising row (patience sorting): `ends` holds, for each length, the row
    # of that length that ends lowest.
    lowest: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(lowest, j)
        previous.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [j]
        ends[length : length + 1] = [number]
    row = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = previous[number]
    return row[::-1]


def get_unique(tokens: Sequence[Hashable]) -> dict[Hashable, int]:
    counts = Counter(tokens)
    return {token: n for n, token in enumerate(tokens) if counts[token] == 1}


def find_shortest(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Pair]:
    """The most pairs there are (Myers 1986); none where that takes too many edits."""
    common = (Counter(before) & Counter(after)).total()
    if not common or len(before) + len(after) - 2 * common > MOST_EDITS:
        return []
    reached = {1: 0}  # On each diagonal, how far the edits so far lead.
    trail = []
    for edits in range(MOST_EDITS + 1):
        trail.append(reached.copy())
        for diagonal in range(-edits, edits + 1, 2):
            last = come_from(reached, diagonal, edits)
            x = reached[last] + (last < diagonal)
            y = x - diagonal
            while x < len(before) and y < len(after) and before[x] == after[y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            if x >= len(before) and y >= len(after):
                return retrace(trail, x, y)
    return []


def come_from(reached: Mapping[int, int], diagonal: int, edits: int) -> int:
    if diagonal == -edits:
        return diagonal + 1
    if diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1]:
        return diagonal + 1
    return diagonal - 1


def retrace(trail: Sequence[Mapping[int, int]], x: int, y: int) -> list[Pair]:
    pairs = []
    for edits, reached in reversed(list(enumerate(trail))):
        last = come_from(reached, x - y, edits)
        last_x, last_y = reached[last], reached[last] - last
        while x > last_x and y > last_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = last_x, last_y
    return pairs[::-1]


# For display


def shorten_same(runs: Sequence[Run], around: int = 60) -> tuple[Run, ...]:
    """The runs with a mark for most of what is the same: some words stay by a change."""
    shown: list[Run] = []
    for place, run in enumerate(runs):
        head = get_head(run.text, around) if place else ""
        end = run.text[: -around - 2 : -1]
        tail = get_head(end, around)[::-1] if runs[place + 1 :] else ""
        # To leave out two or three words would tell less and not be shorter.
        if run.kind != "same" or len(run.text) <= len(head + tail) + around // 2:
            shown.append(run)
            continue
        shown += [Run(head, "same"), Run("…", "skipped"), Run(tail, "same")]
    return tuple(run for run in shown if run.text)


def get_head(text: str, most: int) -> str:
    """The first words of a text, with the space behind them."""
    words = re.match(rf".{{0,{most}}}\s", text, re.DOTALL)
    return words[0] if words else text[:most]


def show_breaks(run: Run) -> Run:
    if run.kind == "same" or run.text.strip():
        return run
    return run._replace(text=run.text.replace("\n", "¶\n"))
