"""What numbers rest on, and claims that contradict each other; see checks/support.py."""

from dataclasses import replace

import pytest

from papers.checks import support
from papers.checks.registry import Problem
from papers.values import ClaimDocument, FigureDocument
from tests.entries import across, make_entry
from tests.work import measure


def claim(text, value="", status="confirmed", key=""):
    return ClaimDocument(text=text, value=value, status=status, source="Paper", key=key)


def open_in(body, *claims, **fields):
    """The messages on numbers that nothing supports, without what is the same in all."""
    problems = support.unsupported_numbers(make_entry(body, claims=claims, **fields))
    start, end = "No claim or figure supports ", ": give the source."
    return [p.message.removeprefix(start).removesuffix(end) for p in problems]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It gains 32.9% and loses 4.1 points.", "32.9%, 4.1"),
        ("The score changes by −42.3%.", "−42.3%"),
        ("It has 47 billion parameters.", "47 billion"),
        ("It has 47B parameters, and 13B are used.", "47B, 13B"),
        ("It is 14x faster, or 3× cheaper.", "14x, 3×"),
        ("The set has 15,000 problems.", "15,000"),
        ("The set has 128 problems.", "128"),
        ("It costs $5.6 million.", "$5.6 million"),
        ("It takes 3 per cent more.", "3 per cent"),
        ("- It takes 12 hours.", "12"),
    ],
)
def test_a_number_that_nothing_supports_is_named(text, named):
    assert open_in(text) == [named]


@pytest.mark.parametrize(
    "text",
    [
        "In 2017 and 2024 they met.",
        "It appeared on 8 January, and on May 15 again.",
        "They beat Llama 2 and GPT-4, Phi 3.5 too.",
        "See table 12, section 3.2 and Figure 14.",
        "It has 8 experts and picks 2.",
        "It uses 16-bit numbers and the A100.",
        "Read arXiv:2401.04088 and https://example.org/12/34.5.",
        "It computes $x = 12.5$ and `y = 13.5`.",
        "Version 1.5.2 came on 2024-05-12 at 10:30.",
        "The 16th layer and the 2nd.",
        "",
    ],
)
def test_what_is_no_result_is_left_alone(text):
    assert open_in(text) == []


@pytest.mark.parametrize(
    ("text", "supported_by"),
    [
        ("It has 47 billion parameters.", claim("It has 46.7B parameters")),
        ("It has 47B parameters.", claim("Parameters", "47 billion")),
        ("It gains 32.9%.", claim("The gain is 32.9 per cent")),
        ("It gains 33%.", claim("The gain is 32.9%")),
        ("The set has 15,000 problems.", claim("It holds 15000 problems")),
        ("About 1,500 of them.", claim("There are 1,487 of them")),
        ("It has 1,500 million.", claim("It has 1.5 billion")),
    ],
)
def test_a_claim_supports_a_number_however_it_is_written(text, supported_by):
    assert open_in(text, supported_by) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("It has 47 billion parameters.", claim("It has 56B parameters")),
        ("It gains 32.9%.", claim("The gain is 33%")),
        ("It gains 32.9%.", claim("The gain is 32.8%")),
    ],
)
def test_a_claim_of_another_number_supports_none(text, other):
    assert len(open_in(text, other)) == 1


def test_tables_code_and_the_title_support_what_they_say():
    table = FigureDocument(key="a", kind="table", content="Model,Score\nA,81.4\nB,70.2")
    code = FigureDocument(key="b", kind="code", content="print(12.75)  # 33.1")
    text = "They score 81.4 and 70.2; it prints 33.1. The 405B model says 55.5."

    assert open_in(text, figures=(table, code), title="A 405B model") == ["55.5"]


def test_the_numbers_of_figures_and_tables_need_no_support():
    table = FigureDocument(
        key="a", kind="table", content="A,B\nx,1", caption="It scores 81.4."
    )

    assert open_in("| A | B |\n|---|---|\n| x | 77.5 |", figures=(table,)) == []


def test_the_numbers_of_a_block_of_plain_text_need_support_and_those_of_code_none():
    body = "See:\n\n```text\nModel  Score\nLarge  81.4\n```\n\n```python\nx = 77.5\n```"

    (problem,) = support.unsupported_numbers(make_entry(body))

    assert problem.message == "No claim or figure supports 81.4: give the source."
    assert (problem.field, problem.line, problem.column) == ("sections.technical", 5, 8)
    assert open_in(body, claim("It scores 81.4")) == []


def test_a_wanted_figure_supports_nothing():
    table = FigureDocument(key="a", kind="table", content="A,B\nx,81.4", wanted=True)

    assert open_in("It scores 81.4.", figures=(table,)) == ["81.4"]


def test_each_paragraph_has_its_line_and_its_numbers():
    entry = make_entry(
        "It gains 1.5%.\n\nOr it loses 2.5%, even 3.5%.", impact="So 9.5."
    )

    found = [Problem(*each) for each in support.unsupported_numbers(entry)]

    places = [(each.field, each.line, each.column) for each in found]
    assert places == [
        ("impact", 1, 4),
        ("sections.technical", 1, 10),
        ("sections.technical", 3, 13),
    ]


def test_the_coverage_of_an_entry_is_said_once():
    body = "It gains 1.5%.\n\nIt loses 2.5%.\n\nIt has 47B."
    entry = make_entry(body, claims=(claim("It gains 1.5%"),))

    ((field, message),) = support.coverage(entry)

    assert field == "claims"
    assert (
        message == "Of the numbers in the text claims and figures support 1 of 3 (33%)."
    )


def test_nothing_is_said_of_the_coverage_where_it_is_whole():
    assert list(support.coverage(make_entry("No number."))) == []
    entry = make_entry("It gains 1.5%.", claims=(claim("It gains 1.5%"),))
    assert list(support.coverage(entry)) == []


def beside(one, other):
    """What two entries are told that have a claim each."""
    entries = [
        replace(make_entry(claims=(each,)), slug=slug, headline=slug.title())
        for slug, each in (("first", one), ("second", other))
    ]
    return across("claims.contradiction", *entries)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("Mixtral has 47B parameters"), claim("Mixtral has 56B parameters")),
        (
            claim("On GSM8K the Llama 2 70B model reaches 56.8%"),
            claim("The Llama 2 70B model reaches 69.6% on GSM8K"),
        ),
        (
            claim("The training set of FineWeb holds", "15 trillion tokens"),
            claim("The training set of FineWeb holds", "1.3 trillion tokens"),
        ),
        (
            claim("DoRA beats LoRA on all tasks", status="confirmed"),
            claim("DoRA beats LoRA on all tasks", status="contradicted"),
        ),
    ],
)
def test_claims_that_contradict_each_other_are_named_in_both(one, other):
    found = beside(one, other)

    assert [(place, each.field) for place, each in found] == [
        (0, "claims.0.text"),
        (1, "claims.0.text"),
    ]
    said = f"“Second” says: “{other.text}”. Settle which is right."
    assert found[0][1].message == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("Mixtral has 47B parameters"), claim("Mixtral has 46.7B parameters")),
        (claim("Mixtral has 47B parameters"), claim("Llama has 56B parameters")),
        (
            claim("Llama 2 7B reaches 13.8% on HumanEval"),
            claim("Llama 3 8B reaches 62.2% on HumanEval"),
        ),
        (claim("It has 47B parameters"), claim("It was trained on 15T tokens")),
        (
            claim("Mixtral has 47B parameters", status="confirmed"),
            claim("Mixtral has 56B parameters", status="contradicted"),
        ),
        (claim("It is good"), claim("It is good")),
        (
            claim("Accuracy on MATH rises with rank 16 to 12.5%"),
            claim("Accuracy on GSM8K rises with rank 16 to 14.5%"),
        ),
    ],
)
def test_claims_that_agree_or_are_of_other_things_are_left_alone(one, other):
    assert beside(one, other) == []


HOSTILE = ["1", "1,", "1.", "1 ", "1.1 ", "A 1 ", "-", "1%", "May 1 ", "1 May "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_numbers_take_work_in_proportion(piece):
    text = (piece * 200_000)[:200_000]
    many = tuple(claim(f"{text[:2_000]} {n}") for n in range(60))
    entry = make_entry(text, summary=text, claims=many, title=text)

    def run():
        list(support.unsupported_numbers(entry))
        list(support.coverage(entry))
        support.claims_of(entry)

    assert measure(run) < 2000
