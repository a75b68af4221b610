"""Which of our tags a catalogue's words about a paper mention."""

import re
from collections import Counter
from collections.abc import Iterable

from papers.records.entry import CatalogueEntry
from papers.values import TagDocument

MOST = 8  # Suggestions.
LONGEST_TEXT = 20_000  # Characters that are looked at; an abstract has 2,000.
MOST_WORDS = 6  # Of one name.
SHORT = 3  # Letters of a name that is taken for an acronym.
IN_TITLE, IN_SUBJECTS, MOST_IN_ABSTRACT = 5, 2, 3

WORD = re.compile(r"[^\W_]+")
# Words of one name may be parted by these, and by no other sign.
STOP = re.compile(r"[^\w\s\-\u2010\u2011\u2013]|_")
ENDINGS = (("s", ""), ("es", ""), ("ies", "y"))


def suggest_tags(entry: CatalogueEntry, vocabulary: Iterable[TagDocument]) -> list[str]:
    """The names of the tags that the record mentions, best first, at most eight.

    A name, its long form or an alias counts as mentioned where its words stand whole, in
    the singular or the plural, written in one, apart or with hyphens. Case counts for
    names of up to three letters. The title counts more than subjects and abstract.
    """
    title, abstract = count_phrases(entry.title), count_phrases(entry.abstract)
    subjects = count_phrases(". ".join(entry.subjects))
    scores: dict[str, int] = {}
    for tag in vocabulary:
        names = (tag.name, tag.full_name, *tag.aliases)
        keys = [key for name in names for key in to_keys("".join(WORD.findall(name)))]
        score = IN_TITLE * any(key in title for key in keys)
        score += IN_SUBJECTS * any(key in subjects for key in keys)
        score += min(MOST_IN_ABSTRACT, max((abstract[key] for key in keys), default=0))
        if score:
            scores[tag.name] = max(score, scores.get(tag.name, 0))
    ranked = sorted(scores, key=lambda name: (-scores[name], name.lower(), name))
    return ranked[:MOST]


def count_phrases(text: str) -> Counter[str]:
    """How often each run of up to six words stands in a text, as the key of a name."""
    found: Counter[str] = Counter()
    for part in STOP.split(text[:LONGEST_TEXT]):
        words = WORD.findall(part)
        for start in range(len(words)):
            phrases = range(start + 1, min(start + MOST_WORDS, len(words)) + 1)
            for stop in phrases:
                found.update(to_keys("".join(words[start:stop])))
    return found


def to_keys(phrase: str) -> set[str]:
    """Under which a phrase is found: as it is and in each singular that it may be of."""
    if not phrase:
        return set()
    acronym = re.sub(r"(?<=[A-Z0-9])s$", "", phrase)
    if sum(map(str.isalpha, acronym)) <= SHORT:
        return {acronym}
    phrase = phrase.lower()
    singulars = (
        phrase.removesuffix(ending) + one
        for ending, one in ENDINGS
        if phrase.endswith(ending)
    )
    return {phrase, *singulars}
