"""Many phrases in one pass: what is found is what regular expressions find one by one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.checks import leftovers, placeholders, prose
from papers.checks.dispatch import Phrases, first_letters, split

ALL = {
    "note": leftovers.NOTE,
    "placeholder": placeholders.PLACEHOLDER,
    "weasel": prose.WEASEL,
    "superlative": prose.SUPERLATIVE,
    "expires": prose.EXPIRES,
}


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("cat", "c"),
        (r"\bcat|dog", "cd"),
        ("(?:the )?cat", "tc"),
        ("(?:cat|(?:big )?dog)s", "cbd"),
        ("(?<!a)(?!x)cat", "c"),
        ("(?:^|(?<=x))cat", "c"),
        (r"\[cat", "["),
        (r"[(\[]cat", "(["),
        ("c?at", "ca"),
        ("c{0,2}at", "ca"),
        (r"a[|)]|b\|c", "ab"),
    ],
)
def test_the_first_letters_of_a_pattern_are_told_from_its_text(pattern, letters):
    first = first_letters(pattern)

    assert first.letters == set(letters)
    assert first.is_known
    assert not first.may_be_empty


@pytest.mark.parametrize("pattern", [r"\w+cat", "[a-z]cat", "[^a]cat", ".cat", "(cat)"])
def test_what_may_begin_with_anything_is_not_known(pattern):
    assert not first_letters(pattern).is_known


def test_alternatives_are_parted_outside_of_groups_classes_and_escapes():
    assert split(r"a|(?:b|c)|[|]d|\|e") == ["a", "(?:b|c)", "[|]d", r"\|e"]


def test_phrases_are_found_at_words_and_marks_in_the_order_of_the_text():
    phrases = Phrases([r"\bcat|dog\b", r"\[x\]", r"^\W*start", r"\bcatalogue"])

    found = [match[0] for match in phrases.finditer("start [x] hotdog dog concat cat")]

    assert found == ["start", "[x]", "dog", "cat"]


def test_no_two_matches_overlap():
    phrases = Phrases([r"\bone two", r"\btwo three", r"[a-z]+ three"])

    found = [match.span() for match in phrases.finditer("one two three two three")]

    assert found == [(0, 7), (14, 23)]


WORDS = st.lists(
    st.sampled_from(
        "experts say many studies show the best model ever will be released soon in 2025 "
        "please check this section [ ] ( ) tbd todo: insert figure here . , : let me know "
        "state-of-the-art as you requested is widely believed to be added {{ }} ? ???".split()
    ),
    max_size=30,
).map(" ".join)


@pytest.mark.parametrize("name", ALL)
@given(text=WORDS)
def test_one_pass_finds_something_exactly_where_each_phrase_by_itself_does(name, text):
    phrases = ALL[name]
    alone = [*phrases.known.values(), *([phrases.others] if phrases.others else [])]
    starts = {match.start() for one in alone for match in one.finditer(text)}

    found = {match.start() for match in phrases.finditer(text)}

    assert found <= starts
    assert bool(found) == any(is_at_its_place(phrases, text, at) for at in starts)


def is_at_its_place(phrases, text, at):
    """Whether something begins there, and is no part of a longer match before it."""
    known = phrases.known.get(text[at : at + 1])
    is_known = known is not None and re.compile(known.pattern).match(text, at)
    return bool(is_known) or bool(phrases.others and phrases.others.match(text, at))
