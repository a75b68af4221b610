"""Many phrases in one pass: what is found is what regular expressions find one by one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.checks import leftovers, placeholders, prose
from papers.checks.dispatch import ANY, Phrases, openings, split

ALL = {
    "note": leftovers.NOTE,
    "placeholder": placeholders.PLACEHOLDER,
    "weasel": prose.WEASEL,
    "superlative": prose.SUPERLATIVE,
    "expires": prose.EXPIRES,
}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("cat", {"cat"}),
        (r"\bcatalogue|dog", {"cat", "dog"}),
        ("(?:the )?cat", {"the", "cat"}),
        ("(?:cat|(?:big )?dog)s", {"cat", "big", "dog"}),
        ("(?<!a)(?!x)cat", {"cat"}),
        ("(?:^|(?<=x))cat", {"cat"}),
        (r"\[cat", {"[ca"}),
        (r"[(\[]cat", {"(ca", "[ca"}),
        ("c?at", {"cat", "at"}),
        ("c{0,2}at", {"cat", "at", "c" + ANY}),
        ("ca+t", {"cat", "ca" + ANY}),
        (r"at\w", {"at" + ANY}),
        (r"a(?:t[a-z]|s)e", {"at" + ANY, "ase"}),
        (r"a[|)]|b\|c", {"a|", "a)", "b|c"}),
    ],
)
def test_the_first_letters_of_a_pattern_are_told_from_its_text(pattern, found):
    assert openings(pattern) == found


@pytest.mark.parametrize("pattern", [r"\w+cat", "[a-z]cat", "[^a]cat", ".cat", "(cat)"])
def test_what_may_begin_with_anything_is_not_known(pattern):
    assert openings(pattern) == {ANY}


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
    alone = [re.compile(pattern) for _, pattern in phrases.openings]
    alone += [one for one in (phrases.first, phrases.others) if one]
    starts = {match.start() for one in alone for match in one.finditer(text)}

    found = [match.span() for match in phrases.finditer(text)]

    assert {start for start, _ in found} <= starts
    assert all(
        any(start <= at < max(end, start + 1) for start, end in found) for at in starts
    )
