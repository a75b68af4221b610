"""The known word nearest to one that is not known."""

from collections.abc import Mapping

FEWEST_LETTERS = 4
LONGEST_WORD = 40
ONE_SLIP = 5  # Words of up to so many letters may have one slip; longer ones two.


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """The known word that the fewest slips turn into this one, or None.

    A slip is a letter too many, one missing, another one, or two in the wrong order.
    Of words equally near, the first letter and then the count decide.
    """
    if sum(map(str.isalpha, word)) < FEWEST_LETTERS or len(word) > LONGEST_WORD:
        return None
    most = 1 if len(word) <= ONE_SLIP else 2
    letters = set(word)
    found = [
        (slips, other[0] != word[0], -count, other)
        for other, count in known.items()
        # Each slip changes at most one letter for another: that is quick to see.
        if abs(len(other) - len(word)) <= most
        and len(letters.symmetric_difference(other)) <= 2 * most
        and (slips := distance(word, other)) <= most
    ]
    return min(found)[-1] if found else None


def distance(one: str, other: str) -> int:
    """How many slips lie between two words (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != another))
            if i > 1 and j > 1 and one[i - 2] == another and letter == other[j - 2]:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
