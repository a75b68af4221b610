"""What stands twice, within an entry and across a review; see papers/checks/repeats.py."""

from dataclasses import replace

import pytest

from papers.checks import repeats
from papers.checks.registry import Problem
from papers.values import FigureDocument
from tests.entries import across, make_entry
from tests.work import measure

PARAGRAPH = (
    "The router scores eight blocks for every token and runs the two that score best."
)
CODE = "import math\n\ndef area(r):\n    square = r * r\n    return math.pi * square\n"


def found(body):
    return [
        Problem(*problem) for problem in repeats.repeated_paragraphs(make_entry(body))
    ]


def test_a_paragraph_that_stands_twice_is_named_once():
    again = PARAGRAPH.upper().replace(" ", "\n", 1).rstrip(".")
    entry = make_entry(f"New.\n\n{again}", summary=PARAGRAPH)

    (problem,) = repeats.repeated_paragraphs(entry)

    assert (problem.field, problem.line) == ("sections.technical", 3)
    assert problem.message.endswith("once: summary has it already.")


@pytest.mark.parametrize(
    "body",
    [
        "Short and often said.\n\nShort and often said.",
        f"{PARAGRAPH}\n\n{PARAGRAPH} It does so at every layer.",
        f"```\n{PARAGRAPH}\n```\n\n```\n{PARAGRAPH}\n```",
        f"# {PARAGRAPH}\n\n# {PARAGRAPH}",
    ],
)
def test_what_is_short_or_goes_on_is_no_repetition(body):
    assert found(body) == []


LONGER = f"{PARAGRAPH[:-1]}, whatever the layer and whatever the language of the text."


def test_a_paragraph_of_which_a_word_was_changed_is_named():
    (problem,) = found(f"{LONGER}\n\nNew.\n\n{LONGER.replace('scores', 'weighs')}")

    assert (problem.field, problem.line) == ("sections.technical", 5)
    assert problem.message.endswith(
        "once: sections.technical has nearly the same already."
    )


@pytest.mark.parametrize(
    "other",
    [
        LONGER.replace("eight", "8"),
        LONGER.replace("two", "some").replace("layer", "block").replace("runs", "uses"),
        f"{LONGER} {' '.join(f'Word {n}.' for n in 'abcdefgh')}",
        " ".join(reversed(LONGER.split())),
    ],
)
def test_a_paragraph_that_says_something_else_is_not_near(other):
    assert found(f"{LONGER}\n\n{other}") == []


def test_many_paragraphs_that_are_nearly_the_same_take_work_in_proportion():
    words = (
        "the router scores eight blocks for each token and then runs the best of them"
    )
    text = "\n\n".join(f"{words} now {'ab'[n % 2] * (n % 90)}" for n in range(2000))

    assert measure(lambda: found(text)) < 2000


def test_a_paragraph_of_two_entries_is_named_in_both():
    found = across("text.shared-block", PARAGRAPH, "New.", f"So.\n\n{PARAGRAPH}")

    said = (
        "The paragraph “The router scores eight blocks for every token and runs the…”"
    )
    assert [(place, one.field, one.line, one.message) for place, one in found] == [
        (0, "sections.technical", 1, f"{said} is that of “entry-2” too: keep one."),
        (2, "sections.technical", 3, f"{said} is that of “entry-0” too: keep one."),
    ]


def test_code_of_two_entries_is_named_however_it_is_indented():
    figure = FigureDocument(key="a", kind="code", content=CODE.replace("    ", "\t"))
    one = make_entry(f"Text.\n\n```python\n{CODE}```")
    other = replace(make_entry(), slug="other", figures=(figure,))

    found = across("text.shared-block", one, other)

    assert [(place, p.field, p.line) for place, p in found] == [
        (0, "sections.technical", 3),
        (1, "figures.0.content", 1),
    ]


@pytest.mark.parametrize(
    "bodies",
    [
        ("See the paper.", "See the paper."),
        ("```\na = 1\nb = 2\n```", "```\na = 1\nb = 2\n```"),
        (f"{PARAGRAPH}\n\n{PARAGRAPH}", "Something else."),
        (),
    ],
)
def test_what_is_short_or_of_one_entry_is_not_shared(bodies):
    assert across("text.shared-block", *bodies) == []
