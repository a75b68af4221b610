from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.derived import fill, remove
from papers.quantities import parse_quantity
from tests import work

HEADER = ["Model", "Stored", "Share", "Size", "2023"]
ROWS = [
    ["A", "47", "20%", "47 B", "1"],
    ["B", "13", "30 %", "500M", "–"],
    ["C", "1,000", "0", "~2k", "old"],
    ["D", "−5", "50%", "3×", "<b>"],
]


def say(statement):
    return fill(f"[[= {statement} ]]", HEADER, ROWS)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("times(B2, B3)", "3.6 times"),
        ("TIMES(b2,b3)", "3.6 times"),
        ("times(B3, B2)", "0.28 times"),
        ("times(B2, B3, 3)", "3.615 times"),
        ("times(B2, B2)", "1 times"),
        ("times(B4, B3)", "77 times"),
        ("times(D2, D3)", "94 times"),
        ("change(B2, B3)", "−72 %"),
        ("change(C2, C3)", "+50 %"),
        ("change(C3, C2, 1)", "−33.3 %"),
        ("change(B2, B4)", "+2,000 %"),
        ("change(B5, B2)", "+1,000 %"),
        ("change(B2, B2)", "0 %"),
        ("difference(B2, B3)", "+34"),
        ("difference(B3, B2)", "−34"),
        ("difference(B2, B2)", "0"),
        ("difference(C5, C3, 1)", "+20.0"),
        ("difference(D2, D3)", "+46.5 B"),
        ("share(C3)", "30 %"),
        ("share(C3, 2)", "30.00 %"),
        ("share(C4)", "0 %"),
        ("sum(C)", "100"),
        ("sum(B)", "1,055"),
        ("B2", "47"),
        ("b3", "13"),
        ("B4", "1,000"),
        ("D2", "47 B"),
        ("E1", "2023"),
    ],
)
def test_a_statement_says_what_the_cells_do(statement, said):
    assert say(statement).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "half(B2)",
            "“half” is not known; known are times, change, difference, share, sum",
        ),
        ("B6", "B6 is outside the table, which ends at E5"),
        ("F2", "F2 is outside the table, which ends at E5"),
        ("AA1", "AA1 is outside the table, which ends at E5"),
        ("B0", "“B0” is not a cell like B3"),
        ("", "“” is not a cell like B3"),
        ("2", "“2” is not a cell like B3"),
        ("sum(F)", "F is outside the table, which ends at E5"),
        ("sum(B2)", "“B2” is not a column like B"),
        ("A2", "in A2, 'A' is not a number"),
        ("B1", "in B1, 'Stored' is not a number"),
        ("E3", "E3 is empty"),
        ("sum(E)", "in E4, 'old' is not a number"),
        ("times(B2, C4)", "C4 is zero, and nothing is divided by zero"),
        ("change(C4, B2)", "C4 is zero, and nothing is divided by zero"),
        ("share(B5)", "B5 is no part of the sum of its column"),
        (
            "times(B2)",
            "write it as times(B3, B2), and a number of decimals last if you like",
        ),
        (
            "sum(B, 10)",
            "write it as sum(B), and a number of decimals last if you like",
        ),
        ("__import__('os')", "“__IMPORT__('OS')” is not a cell like B3"),
    ],
)
def test_a_statement_that_cannot_be_computed_is_refused_in_words(statement, reason):
    with pytest.raises(ValueError) as refused:
        say(statement)

    assert str(refused.value) == f"“[[= {statement} ]]”: {reason}."


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"A2 is no part of the sum of its column\.$"):
        fill("[[= share(A2) ]]", ["a"], [["0"], ["0"]])


@pytest.mark.parametrize(
    "text", ["[[= B2", "[[= B2]", "[[= B[2]]]", "a [[=" + "B" * 300]
)
def test_a_statement_ends(text):
    with pytest.raises(ValueError, match=r"it has no \]\] at its end\.$"):
        fill(text, HEADER, ROWS)


def test_the_words_around_statements_stay_as_they_are():
    text = "*A* keeps [[fig:x]] [[= B2]] B, [[=times(B2,B3)]] as **much**; $[[x]]$"

    assert fill(text, HEADER, ROWS) == (
        "*A* keeps [[fig:x]] 47 B, 3.6\u00a0times as **much**; $[[x]]$"
    )
    assert remove(text) == "*A* keeps [[fig:x]]  B,  as **much**; $[[x]]$"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("2.04 1", "2.0 times"),
        ("2 1", "2 times"),
        ("9.96 1", "10 times"),
        ("1.25 1", "1.3 times"),
        ("144 1", "140 times"),
        ("1 3000", "0.00033 times"),
        ("1e300 1e-300", "1.0e+600 times"),
        ("12345678 1", "12,000,000 times"),
    ],
)
def test_a_ratio_has_two_digits_that_count(cells, said):
    filled = fill("[[= times(A2, B2)]]", ["a", "b"], [cells.split()])

    assert filled.replace("\u00a0", " ") == said


NUMBERS = (
    st.floats().map(repr)
    | st.integers().map(str)
    | st.decimals().map(str)
    | st.sampled_from(["1e308", "-1e-308", "0", "", "x", "5 T", "~1e308 T", "9" * 60])
)
STATEMENTS = st.sampled_from(
    "times(A2,B2) times(A2,B2,9) change(A2,B2) change(A2,B2,0) difference(A2,B2) "
    "difference(A2,B2,9) share(A2) share(A2,9) sum(A) sum(B,9) A2 B3".split()
) | st.text("ABtimesu(),=23[] ")


@settings(deadline=None, max_examples=500)
@given(STATEMENTS, st.lists(NUMBERS, min_size=4, max_size=4))
def test_any_cells_give_a_text_or_are_refused(statement, cells):
    with suppress(ValueError):
        said = fill(f"[[= {statement} ]]", ["a", "b"], [cells[:2], cells[2:]])
        assert "nan" not in said.lower()
        assert "-" not in said.replace(cells[0], "").replace(cells[3], "")


@pytest.mark.parametrize(
    "text",
    [
        "[[=" * 66_000,
        "[[= times(" * 20_000,
        "[[=sum(B)]]" * 18_000,
        "[[= share(C2) ]]" * 12_000,
        "[" * 200_000,
        "[[= " + " " * 199_000 + "B2]]",
    ],
    ids=range(6),
)
def test_the_longest_text_is_filled_or_refused_in_a_moment(text):
    def run():
        with suppress(ValueError):
            fill(text, HEADER, ROWS * 100)

    assert work.measure(run) < 300


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        ("−3", "-3"),
        ("+2", "2"),
        ("12%", "12"),
        ("50 %", "50"),
        ("~40", "40"),
        ("≈ 40", "40"),
        ("46.7B", "46700000000"),
        ("2 million", "2000000"),
        ("2.3×", "2.3"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_as_it_is_printed(cell, value):
    assert parse_quantity(cell).value == Decimal(value)


@pytest.mark.parametrize(
    "cell",
    ["", "1,2", "1,23,456", "B", "1e", "1_0", "١", "1 2", "0x1", "~", "1" * 200_000],
)
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError, match="is not a number"):
        parse_quantity(cell)
