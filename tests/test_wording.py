import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import wording
from papers.wording import (
    Run,
    align,
    diff_lines,
    diff_names,
    diff_words,
    shorten_same,
    show_breaks,
)

DIFFS = [diff_words, diff_lines, diff_names]


def mark(runs):
    """The runs as one text: what is [-removed-] and {+added+}."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}", "skipped": "<{}>"}
    return "".join(signs[run.kind].format(run.text) for run in runs)


def read(runs, *kinds):
    return "".join(run.text for run in runs if run.kind in kinds)


# What is marked


def test_a_word_that_was_replaced_is_marked_alone():
    runs = diff_words(
        "It has 47 billion parameters.", "It has 46.7 billion parameters."
    )

    assert runs == (
        Run("It has ", "same"),
        Run("47", "removed"),
        Run("46.7", "added"),
        Run(" billion parameters.", "same"),
    )


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("", "", ""),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("It has experts.", "It now has experts.", "It {+now +}has experts."),
        ("It now has experts.", "It has experts.", "It [-now -]has experts."),
        ("A b. C d.", "A b. X y. C d.", "A b. {+X y. +}C d."),
        ("A b.", "A b. C d.", "A b.{+ C d.+}"),
        ("It is fast.", "It is fast!", "It is fast[-.-]{+!+}"),
        ("It is fast.", "It is fast, too.", "It is fast{+, too+}."),
        ("is fast", "is “fast”", "is {+“+}fast{+”+}"),
        ("the model’s cost", "the models’ cost", "the [-model’s-]{+models’+} cost"),
        ("of 1,200 runs", "of 12,000 runs", "of [-1,200-]{+12,000+} runs"),
        ("2019,12\n", "2019,13\n", "2019,[-12-]{+13+}\n"),
        ("a 7B model", "a 46.7B model", "a [-7B-]{+46.7B+} model"),
        ("a  b", "a b", "a[-  -]{+ +}b"),
        ("a\n\nb", "a\nb", "a\n[-\n-]b"),
        ("a b\r\nc d", "a b\nc d", "a b[-\r\n-]{+\n+}c d"),
        ("one\r\ntwo\r\n", "one\r\nthree\r\n", "one\r\n[-two-]{+three+}\r\n"),
        ("Pérez schrieb", "Peréz schrieb", "[-Pérez-]{+Peréz+} schrieb"),
        ("cafe\u0301 est", "cafe est", "[-cafe\u0301-]{+cafe+} est"),
        ("王伟 и Ёж", "王伟 и Еж", "王伟 и [-Ёж-]{+Еж+}"),
        ("a 😀 b", "a 😃 b", "a [-😀-]{+😃+} b"),
    ],
)
def test_only_what_changed_is_marked(before, after, marked):
    assert mark(diff_words(before, after)) == marked


def test_what_is_added_begins_where_a_sentence_does():
    runs = diff_words(
        "The net is big. The net learns.",
        "The net is big. The net is old. The net learns.",
    )

    assert mark(runs) == "The net is big. {+The net is old. +}The net learns."


def test_what_is_removed_begins_where_a_line_does():
    runs = diff_words("Ann Lee\nBo Li\nBo Wu", "Ann Lee\nBo Wu")

    assert mark(runs) == "Ann Lee\n[-Bo Li\n-]Bo Wu"


def test_a_paragraph_that_moved_is_removed_here_and_added_there():
    hill, river, wood = (
        "One hill rose here.",
        "Two rivers met in spring.",
        "A wood lay still.",
    )

    runs = diff_words(f"{hill}\n\n{river}\n\n{wood}", f"{river}\n\n{hill}\n\n{wood}")

    assert mark(runs) == f"[-{hill}\n\n-]{river}\n\n{{+{hill}\n\n+}}{wood}"


def test_a_sentence_that_was_rewritten_is_one_change():
    before = "Each token is sent to two experts by a router, which costs little."
    after = "The router, a small network, chooses two of eight experts for a token."

    runs = diff_words(before, after)

    assert mark(runs) == f"[-{before[:-1]}-]{{+{after[:-1]}+}}."


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("big in size", "small in volume", "[-big in size-]{+small in volume+}"),
        ("v1-a", "v2-b", "[-v1-a-]{+v2-b+}"),
        ("a fox, b dog", "a cat, b cow", "a [-fox-]{+cat+}, b [-dog-]{+cow+}"),
        ("old brown dog", "new brown cat", "[-old-]{+new+} brown [-dog-]{+cat+}"),
        (
            "end.\n\nThe cat",
            "stop.\n\nThe cow",
            "[-end-]{+stop+}.\n\nThe [-cat-]{+cow+}",
        ),
        ("it has x", "now it has about x", "{+now +}it has {+about +}x"),
        ("now it has about x", "it has x", "[-now -]it has [-about -]x"),
    ],
)
def test_two_changes_are_one_where_hardly_anything_lies_between(before, after, marked):
    assert mark(diff_words(before, after)) == marked


def test_words_that_come_again_and_again_are_matched_too():
    runs = diff_words("1 0 0 1 0 1 1 0 0 1", "0 0 1 0 1 1 0 0 1 1 0")

    assert mark(runs) == "[-1 -]0 0 1 0 1 1 0 0 1{+ 1 0+}"


def test_lines_that_stand_for_as_many_others_are_compared_by_word():
    runs = diff_lines("Ada Lovelace\nBo Li\nCy Wu", "Ada Byron\nDi Fu\nCy Wu")

    assert mark(runs) == "Ada [-Lovelace-]{+Byron+}\n[-Bo Li-]{+Di Fu+}\nCy Wu"


def test_lines_that_stand_for_more_or_fewer_are_compared_together():
    runs = diff_lines("Ada Lovelace\nCy Wu", "Ada Byron\nDi Fu\nCy Wu")

    assert mark(runs) == "Ada [-Lovelace-]{+Byron\nDi Fu+}\nCy Wu"


def test_of_a_name_nothing_is_the_same_when_it_is_another_name():
    runs = diff_names("MoE\nMixture of Experts", "MoE\nMixture of Agents")

    assert mark(runs) == "MoE\n[-Mixture of Experts-]{+Mixture of Agents+}"


# What holds of any texts

WORDS = [
    "a",
    "the",
    "net",
    "47",
    "4.7",
    "é",
    "e\u0301",
    "\r\n",
    "\n",
    " ",
    "  ",
    ".",
    "“",
]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(
    max_size=30
)


@pytest.mark.parametrize("diff", DIFFS)
@given(texts, texts)
def test_the_runs_are_both_texts(diff, before, after):
    runs = diff(before, after)

    assert read(runs, "same", "removed") == before
    assert read(runs, "same", "added") == after
    assert all(run.text for run in runs)
    assert all(one.kind != other.kind for one, other in pairwise(runs))


@pytest.mark.parametrize("diff", DIFFS)
@given(texts)
def test_a_text_is_the_same_as_itself(diff, text):
    assert diff(text, text) == ((Run(text, "same"),) if text else ())


@given(texts, texts)
def test_all_of_what_is_the_same_lies_in_both_texts_in_order(before, after):
    pairs = align(list(before), list(after))

    assert all(before[i] == after[j] for i, j in pairs)
    assert all(i < x and j < y for (i, j), (x, y) in pairwise(pairs))


@given(texts, st.integers(0, 40), st.sampled_from(["unseen", "—", "0"]))
def test_a_word_put_between_two_words_is_marked_alone(text, place, word):
    tokens = wording.TOKEN.findall(text)
    tokens[place:place] = [f" {word} "]
    after = "".join(tokens)

    runs = diff_words(text, after)

    assert len(read(runs, "added")) <= len(word) + 12
    assert len(read(runs, "removed")) <= 12


@given(*[st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)] * 3)
def test_what_was_added_one_way_is_removed_the_other_way(head, new, tail):
    before, after = f"{head} {tail}", f"{head} {new} {tail}"

    there, back = diff_words(before, after), diff_words(after, before)

    assert read(there, "added") == read(back, "removed")
    assert read(there, "removed") == read(back, "added")
    assert read(there, "same") == read(back, "same")


# How long it takes


class Counted(str):
    """A word that counts how often any is looked at."""

    __slots__ = ()
    looks = 0

    def __eq__(self, other):
        Counted.looks += 1
        return str.__eq__(self, other)

    def __hash__(self):
        Counted.looks += 1
        return str.__hash__(self)


def make_text(words, seed):
    """A text of 200,000 characters: 40,000 words of four letters."""
    return random.Random(seed).choices(words, k=40_000)  # noqa: S311 -- no secret


NUMBERS = [str(number) for number in range(1000, 10_000)]
COMMON = [word for place, word in enumerate(NUMBERS, 1) for _ in range(9000 // place)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (make_text(NUMBERS, 1), make_text(["w" + n[1:] for n in NUMBERS], 2)),
        (make_text(NUMBERS, 1), make_text(NUMBERS, 2)),
        (make_text(COMMON, 1), make_text(COMMON, 2)),
        (make_text(["1000", "2000"], 1), make_text(["1000", "2000"], 2)),
        (["1000", "2000"] * 20_000, ["2000", "1000", "1000"] * 13_333),
        (["0000", *["1000"] * 39_999], [*["1000"] * 39_960, *["2000"] * 40]),
    ],
    ids=["nothing in common", "same words", "prose", "two words", "rows", "one word"],
)
def test_the_work_grows_with_the_length_of_the_texts_alone(before, after):
    Counted.looks = 0

    align([Counted(word) for word in before], [Counted(word) for word in after])

    assert Counted.looks <= 40 * (len(before) + len(after))


def test_long_texts_without_a_common_word_replace_each_other():
    before, after = "one two " * 25_000, "three four " * 18_000

    runs = diff_words(before, after)

    assert mark(runs) == f"[-{before[:-1]}-]{{+{after[:-1]}+}} "


def test_a_long_text_with_many_edits_is_marked_word_by_word():
    before = [f"word{number}" for number in range(20_000)]
    after = ["new" if place % 100 == 50 else w for place, w in enumerate(before)]

    runs = diff_words(" ".join(before), " ".join(after))

    assert sum(run == Run("new", "added") for run in runs) == 200
    assert read(runs, "removed").split("word")[:3] == ["", "50", "150"]


# For display


def test_of_long_stretches_that_are_the_same_some_words_stay_by_each_change():
    words = " ".join(f"word{number}" for number in range(100, 200))
    runs = (
        Run(f"{words} ", "same"),
        Run("old", "removed"),
        Run(f" {words} ", "same"),
        Run("new", "added"),
        Run(f" {words}", "same"),
    )

    assert mark(shorten_same(runs, around=20)) == (
        "<…> word198 word199 [-old-] word100 word101 <…> word198 word199 "
        "{+new+} word100 word101 <…>"
    )


def test_a_stretch_is_left_as_it_is_where_leaving_out_would_save_little():
    runs = (Run("It has many ", "same"), Run("old", "removed"), Run(" parts", "same"))

    assert shorten_same(runs, around=10) == runs


def test_a_word_without_end_is_cut():
    runs = (Run("old", "removed"), Run("x" * 100, "same"), Run("new", "added"))

    assert mark(shorten_same(runs, around=4)) == "[-old-]xxxx<…>xxxx{+new+}"


def test_what_was_added_or_removed_is_never_shortened():
    runs = (Run("old " * 500, "removed"), Run("new " * 500, "added"))

    assert shorten_same(runs) == runs


@given(texts, texts, st.integers(1, 5))
def test_what_is_shown_is_what_changed_and_words_around_it(before, after, around):
    runs = diff_words(before, after)

    shown = shorten_same(runs, around)

    for kind in ("added", "removed"):
        assert read(shown, kind) == read(runs, kind)
    assert len(read(shown, "same")) <= len(read(runs, "same"))
    assert all(run.text for run in shown)


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        (Run("\n\n", "added"), Run("¶\n¶\n", "added")),
        (Run("\n\nnew", "added"), Run("\n\nnew", "added")),
        (Run("\n", "same"), Run("\n", "same")),
    ],
)
def test_breaks_alone_are_shown_by_a_sign(run, shown):
    assert show_breaks(run) == shown
