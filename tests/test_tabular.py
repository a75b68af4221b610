import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.tabular import (
    Kind,
    find_odd_cells,
    parse_date,
    parse_number,
    propose,
    propose_table,
    read_pasted,
    read_table,
    to_csv,
    to_download,
)
from tests import work


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.5", 1234.5),
        ("1 234", 1234),
        ("−42.3%", -42.3),
        ("~40%", 40),
        ("≈3", 3),
        ("<5", 5),
        ("46.7B", 46.7e9),
        ("15 trillion", 15e12),
        ("2k", 2000),
        ("3×", 3),
        ("70.1 ± 0.3", 70.1),
        ("1.5e-3", 0.0015),
        ("$10", 10),
        (".5", 0.5),
        ("+50%", 50),
        ("", None),
        ("n/a", None),
        ("–", None),
        ("1,5", None),
        ("1,2x", None),
        ("8 × 7B", None),
        ("v1", None),
        ("1 to 2", None),
        ("%", None),
        ("9" * 400, None),
    ],
)
def test_a_number_is_read_as_it_is_printed(cell, number):
    found = parse_number(cell)

    assert found == (pytest.approx(number) if number is not None else None)


def test_dates_stand_in_the_order_of_time():
    dates = ["2023", "January 2024", "2024-01-08", "9 January 2024", "Feb 1, 2024"]

    found = [parse_date(date) for date in dates]

    assert found == sorted(found)
    assert parse_date("2024-13") is parse_date("2048x") is parse_date("soon") is None


def test_a_column_has_a_name_a_unit_a_kind_and_marks():
    table = read_table(
        "Model,Parameters (B)[^a],Released,Score [%],Note (of many)[^a][^b]\n"
        'Mixtral[^b],47,December 2023,"1,000",x\n'
        "Dense,n/a,2024,,7"
    )

    seen = [(c.name, c.unit, c.kind, c.marks) for c in table.columns]
    assert seen == [
        ("Model", "", Kind.TEXT, ()),
        ("Parameters", "B", Kind.NUMBER, ("a",)),
        ("Released", "", Kind.DATE, ()),
        ("Score", "%", Kind.NUMBER, ()),
        ("Note", "of many", Kind.TEXT, ("a", "b")),
    ]
    cells = [(cell.text, cell.number, cell.marks) for cell in table.rows[0]]
    assert cells == [
        ("Mixtral", None, ("b",)),
        ("47", 47, ()),
        ("December 2023", None, ()),
        ("1,000", 1000, ()),
        ("x", None, ()),
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "The table is empty."),
        (" , \n,\n", "The table is empty."),
        (
            "a,b,c,d\n1,2,3,4\n1,2,3,4\n1,2,3",
            "Line 4 has 3 cells where the header has 4.",
        ),
        ('a,b\n"x\ny",1\nz', "Line 4 has 1 cell where the header has 2."),
        ("a,b\n\nx", "Line 3 has 1 cell where the header has 2."),
        ('a,b\n"x,1', "Not a table: unexpected end of data."),
        ("a,b\n" + "1,2\n" * 6000, "A table has at most 10,000 cells."),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(source, reason):
    with pytest.raises(ValueError) as refused:
        read_table(source)

    assert str(refused.value) == reason


def test_one_or_two_words_in_a_column_of_numbers_are_odd():
    table = read_table("m,a,b,c,d\nw,1,1,x,\nx,2,2,y,1\ny,about 3,n/a,3,2\nz,4,–,4,3")

    found = [(line, col.name, cell.text) for line, col, cell in find_odd_cells(table)]

    assert found == [(4, "a", "about 3")]


def test_csv_reads_as_the_rows_it_was_made_of():
    rows = [["a", 'say "x"'], ["1,2", "two\nlines"], ["", "é"]]

    assert list(csv.reader(io.StringIO(to_csv(rows), newline=""))) == rows


def test_a_download_has_units_and_no_marks_and_no_formulas():
    table = read_table(
        'Model,Size (B)[^a]\n=1+1,-4[^b]\n@x,+50% more\n-x,−3\n+1,~2\n"a,b",-'
    )

    assert to_download(table) == (
        "Model,Size (B)\r\n'=1+1,-4\r\n'@x,'+50% more\r\n'-x,−3\r\n"
        '+1,~2\r\n"a,b",\'-\r\n'
    )


ROWS = [["Model", "Size"], ["A, B", "1"], ["C", ""]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Model\tSize\r\nA, B\t1\r\nC\t\r\n", ROWS),
        ('Model,Size\n"A, B",1\nC,\n', ROWS),
        ("Model;Size\nA, B;1\nC;", ROWS),
        ("| Model | Size |\n|:--|--:|\n| A, B | 1 |\n| C | |", ROWS),
        ("Model | Size\n--- | ---\nA, B | 1\nC |", ROWS),
        ('a\t"x\ty"\n"two\nlines"\tb', [["a", "x\ty"], ["two\nlines", "b"]]),
        ('"Q" it\tx\na\tb', [['"Q" it', "x"], ["a", "b"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("|a|b|\n|-|-|\n|x \\| y|`p|q`|", [["a", "b"], ["x | y", "`p|q`"]]),
        ("|a|b|\n|-|-|\n|`x|y`|", [["a", "b"], ["`x", "y`"]]),
        (
            "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+",
            [["a", "b"], ["1", "2"]],
        ),
        ("Wert;Zahl\nA;1,5\nB;2,5", [["Wert", "Zahl"], ["A", "1,5"], ["B", "2,5"]]),
    ],
)
def test_a_pasted_table_is_its_rows(text, rows):
    assert read_pasted(text) == rows


@pytest.mark.parametrize(
    "text",
    ["", "words", "Hello, world", "a\nb", "|a|b|\n|-|-|\n|1|2|3|", "x" * 200_001],
)
def test_what_is_no_pasted_table_is_refused(text):
    with pytest.raises(ValueError):
        read_pasted(text)


BLOCK = """
## Model Family Evolution

## Version Release Date Parameter Sizes Special Features

Llama 3 April 2024 8B, 70B Initial release
Llama 3.1 July 2024 8B, 70B, 405B Largest model (405B)
Llama 3.3 December 2024 70B Latest improvements
"""
BULLETS = """
## Format Bits Characteristics Used In

Float32 32 • Standard precision • Early models
• Wide range • GPT-2

INT8/INT4 8/4 • Integer • Inference
• Limited
"""
CAPITALS = """## Method Process Use Case

Best-of-N Generate N responses, select best General purpose
Beam Search Track top-K partial sequences Structured outputs
Lookahead Consider future tokens before Complex reasoning
committing to current tokens
"""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            BLOCK,
            [
                ["Version", "Release Date", "Parameter Sizes", "Special Features"],
                ["Llama 3", "April 2024", "8B, 70B", "Initial release"],
                ["Llama 3.1", "July 2024", "8B, 70B, 405B", "Largest model (405B)"],
                ["Llama 3.3", "December 2024", "70B", "Latest improvements"],
            ],
        ),
        (
            BULLETS,
            [
                ["Format", "Bits", "Characteristics", "Used In"],
                [
                    "Float32",
                    "32",
                    "Standard precision; Wide range",
                    "Early models; GPT-2",
                ],
                ["INT8/INT4", "8/4", "Integer; Limited", "Inference"],
            ],
        ),
        (
            CAPITALS,
            [
                ["Method", "Process", "Use Case"],
                ["Best-of-N", "Generate N responses, select best", "General purpose"],
                ["Beam Search", "Track top-K partial sequences", "Structured outputs"],
                [
                    "Lookahead",
                    "Consider future tokens before committing to current tokens",
                    "Complex reasoning",
                ],
            ],
        ),
        (
            "Model\nParameters\nMMLU\nMixtral\n47B\n70.6\nLlama 2\n70B\n69.9",
            [
                ["Model", "Parameters", "MMLU"],
                ["Mixtral", "47B", "70.6"],
                ["Llama 2", "70B", "69.9"],
            ],
        ),
        (
            "Model Params MMLU Mixtral 47B 70.6 Llama 2 70B 69.9 Gemma 9B 71.3",
            [
                ["Model", "Params", "MMLU"],
                ["Mixtral", "47B", "70.6"],
                ["Llama 2", "70B", "69.9"],
                ["Gemma", "9B", "71.3"],
            ],
        ),
        (
            "Scores\n\n      Full tuning     LoRA\n\nBaseline 15.2% 15.2%\nAfter it all 32.9% 24.4%",
            [
                ["", "Full tuning", "LoRA"],
                ["Baseline", "15.2%", "15.2%"],
                ["After it all", "32.9%", "24.4%"],
            ],
        ),
        (
            "Model        Params   MMLU\nMixtral      47B      70.6\nLlama 2               69.9",
            [
                ["Model", "Params", "MMLU"],
                ["Mixtral", "47B", "70.6"],
                ["Llama 2", "", "69.9"],
            ],
        ),
        (
            "- Mixtral 47B\n- Dolma 1.6 3 trillion",
            [["", ""], ["Mixtral", "47B"], ["Dolma 1.6", "3 trillion"]],
        ),
    ],
)
def test_a_flattened_table_is_proposed_by_what_comes_back_in_it(text, rows):
    assert propose_table(text) == rows


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "There is nothing to make a table of."),
        ("a\nb\nc\nd", "Nothing here tells where one column ends and the next begins."),
        (
            "In 2023 we saw growth of 5 percent\nIn 2024 we saw growth of 7 percent",
            "This reads as sentences, not as a table.",
        ),
        (
            "## A\nx 1\ny 2\n---\n## B\nz 3\nw 4",
            "There seem to be 2 tables here, from “A”, “B”: repair one at a time.",
        ),
        (
            "x 1 Word here\ny 2 Another\nUpper line\nz 3 More",
            "Nothing tells which cell “Upper line” belongs to.",
        ),
        ("x" * 20_001, "At most 20,000 characters can be repaired at a time."),
    ],
)
def test_what_cannot_be_told_is_not_made_up(text, reason):
    with pytest.raises(ValueError) as refused:
        propose_table(text)

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # A number that may be the end of a name.
        ("System Training tokens F1\nQwen2 72B 0.3 0.7\nLlama 3 0.7 0.6", "“Llama 3”"),
        ("Method Latency (ms)\nOLMo 7B 4K\nFalcon 40B 8K", "“7B”"),
        ("Model Win rate Cost\nYi 34B 285B 8.0\nOpt 40B 324B 3.5", "“34B”"),
        # A cell that holds what others of its column do not.
        ("Model F1 Kind Cost\nOLMo 7B 4K Sparse 23\nGrok 8K Linear 97", "“4K Sparse”"),
        # Two columns of words side by side.
        ("Model Kind Params\nSmall Linear 19%\nLarge Linear 8%", "more columns"),
        ("Model Type Cost\nBase Dense 3\nNo memory Sparse 4", "more columns"),
        ("Model Type Win rate Cost\nA1 Dense 8K 29\nC Dense 128K 60", "“Dense”"),
    ],
)
def test_where_a_row_may_be_parted_in_two_ways_nothing_is_proposed(text, words):
    with pytest.raises(ValueError, match=words):
        propose_table(text)


def test_the_lines_that_are_not_in_the_proposal_are_named():
    proposal = propose(
        "## Sizes in tokens\n\nFineWeb 15 trillion\nC4 172 billion\n\n\\*Note: not all.\nReally."
    )

    assert proposal.left_out == ("Sizes in tokens", "\\*Note: not all.", "Really.")


PIECES = st.sampled_from(
    "a B 1 2.5% • - | \n ## --- April 2024 \t , (x) Note: ; ` \\".split(" ")
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map(" ".join))
def test_no_text_breaks_a_reader(text):
    for read in (read_table, read_pasted, propose_table):
        with suppress(ValueError):
            read(text)


@given(
    st.lists(
        st.sampled_from(["Mixtral", "47B", "A b", "2024", "1.5", "n/a"]),
        min_size=1,
        max_size=30,
    )
)
def test_a_proposal_holds_the_words_of_the_text_and_no_others(cells):
    text = "\n".join(" ".join(cells[n : n + 3]) for n in range(0, len(cells), 3))
    try:
        proposal = propose(text)
    except ValueError:
        return

    found = " ".join([*(" ".join(row) for row in proposal.rows), *proposal.left_out])
    assert sorted(found.split()) == sorted(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 10_000,
        "a 1\n" * 5_000,
        "• a\n" * 5_000,
        "April 2024 " * 1_800,
        "`" * 20_000,
        "a " * 10_000,
    ],
)
def test_no_text_takes_long(text):
    def run():
        with suppress(ValueError):
            propose(text)

    assert work.measure(run) < 1_000


def test_a_cell_of_many_marks_is_read_like_any_other():
    cell = read_table("a,b\nx," + "1" + "[^a]" * 30_000).rows[0][1]

    assert (cell.text, len(cell.marks)) == ("1", 30_000)
