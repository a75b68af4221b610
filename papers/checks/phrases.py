"""Phrases that rules look for, and the sentences in which they stand."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from papers.checks.dispatch import Phrases
from papers.checks.passages import QUOTED, Passage, hide, passages_of, problem_at, quote
from papers.checks.registry import Problem
from papers.values import PaperDocument


def compile_phrases(*patterns: str) -> Phrases:
    """These in a text in lower case, each as any_of() takes it."""
    return Phrases([any_of(pattern) for pattern in patterns])


def compile_words(*patterns: str) -> re.Pattern[str]:
    """One of a few, to look for in a sentence."""
    return re.compile(any_of(*patterns))


def any_of(*patterns: str) -> str:
    """The pattern of one of these; a space in them is any space or the end of a line."""
    return "|".join(patterns).replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}")


class Sentence(NamedTuple):
    """A sentence in lower case, without what it quotes; where it begins; the next one."""

    start: int
    text: str
    next: str
    has_source: bool


SENTENCE_END = re.compile(
    r"[.!?](?<!\bal\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\bcf\.)(?<!\bvs\.)(?<!\bFig\.)(?<!\bEq\.)"
    r"[.!?]{0,2}[\"”')\]]{0,3}\s{1,40}(?=[^a-z\s])"
)
SOURCE = compile_phrases(
    r"\b(?:arxiv:|doi:|et al\b)",
    r"\(\w[^()]{0,60}, (?:19|20)\d\d\w?\)|\[\d{1,3}\]",
    r"\b(?:table|figure|fig\.|section|appendix|equation|eq\.|chapter|page) \(?[\da-z]\b",
    r"\baccording to (?!some|many|most|experts|several|sources)",
)


@lru_cache(maxsize=1024)  # Three rules read the sentences of an entry.
def sentences_of(passage: Passage) -> tuple[Sentence, ...]:
    text = passage.unquoted
    ends = [found.end() for found in SENTENCE_END.finditer(hide(QUOTED, passage.text))]
    starts = [0, *ends, len(text), len(text)]
    found = []
    for start, end, after in zip(starts, starts[1:], starts[2:], strict=False):
        first, last = (bisect_right(passage.sources, at - 1) for at in (start, end))
        has_source = first < last or any(SOURCE.finditer(text[start:end]))
        found.append(Sentence(start, text[start:end], text[end:after], has_source))
    return tuple(found)


def find_phrases(
    paper: PaperDocument,
    phrases: Phrases | re.Pattern[str],
    message: str,
    is_fine: Callable[[Sentence, re.Match[str]], bool],
) -> Iterator[Problem]:
    """Each of the phrases that nothing in its sentence excuses."""
    for field, passage in passages_of(paper):
        for sentence in sentences_of(passage):
            for found in phrases.finditer(sentence.text):
                if not is_fine(sentence, found):
                    start = sentence.start + found.start()
                    phrase = passage.text[start : start + len(found[0])]
                    said = message.format(quote(phrase))
                    yield problem_at(field, passage, start, said)
