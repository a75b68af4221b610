import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.charts import draw_bars, parse_series, parse_table, to_number
from tests.trees import attributes, parse, tags


def chart_of(*arguments):
    return parse(draw_bars(*arguments))[0]


def test_a_chart_has_a_label_a_value_and_a_bar_for_each_row():
    source = 'Model,Score\nA,10\n"B, the ""big"" one","1,000"\n'

    assert draw_bars(source) == (
        '<div class="plate bars" role="img" aria-label="Score: A 10; '
        'B, the &quot;big&quot; one 1,000"><p class="axis">Score</p>'
        '<div class="bar"><span>A</span> <b>10</b><svg aria-hidden="true">'
        '<rect class="mark" width="1.00%" height="10"/></svg></div>'
        '<div class="bar"><span>B, the &quot;big&quot; one</span> <b>1,000</b>'
        '<svg aria-hidden="true">'
        '<rect class="mark" width="100.00%" height="10"/></svg></div></div>'
    )


def test_several_series_alternate_in_tone_and_empty_cells_have_no_bar():
    chart = chart_of("Model,X,Y\nA,10,5\nB,,2\n", "Two <series>")

    bars = [(bar.get("class"), bar.get("width")) for bar in chart.iter("rect")]
    labels = [label.text for label in chart.iter("span")]
    assert bars == [("mark", "100.00%"), ("soft", "50.00%"), ("soft", "20.00%")]
    assert labels == ["A, X", "A, Y", "B, Y"]
    assert chart.get("aria-label") == "Two <series>"
    assert next(chart.iter("p")).text == "Model"


@pytest.mark.parametrize(
    ("cell", "width"),
    [
        ("0", "0.00%"),
        ("50", "50.00%"),
        ("50%", "50.00%"),
        ("12.5", "12.50%"),
        ("1e1", "10.00%"),
        ("-0", "0.00%"),
    ],
)
def test_a_bar_is_as_long_as_its_share_of_the_largest(cell, width):
    chart = chart_of(f"a,b\nx,{cell}\ny,100")

    assert next(chart.iter("rect")).get("width").lstrip("-") == width


@pytest.mark.parametrize("cell", ["1e308", "1.7e308", "1e-320", "5e-324", "1"])
def test_the_largest_bar_is_full_however_large_or_small_its_number(cell):
    chart = chart_of(f"a,b\nx,{cell}")

    assert [bar.get("width") for bar in chart.iter("rect")] == ["100.00%"]


@pytest.mark.parametrize("source", ["a,b\nx,0", "a,b\nx,0\ny,0%"])
def test_a_chart_of_zeros_has_bars_of_no_length(source):
    chart = chart_of(source)

    assert {bar.get("width") for bar in chart.iter("rect")} == {"0.00%"}


def test_a_chart_without_a_number_is_its_heading():
    assert draw_bars("a,b\nx,\n") == (
        '<div class="plate bars" role="img" aria-label="b: "><p class="axis">b</p></div>'
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "The table is empty."),
        ("\n", "The table is empty."),
        (" , \n,\n", "The table is empty."),
        ("a,b\nx", "Line 2 has 1 cells where the header has 2."),
        ("a,b\nx,1\ny,1,2", "Line 3 has 3 cells where the header has 2."),
        ("a,b\n\nx,1", "Line 2 has 0 cells where the header has 2."),
        ('a,b\n"x,1', "Not a table: unexpected end of data."),
        ('a,b\n"x"y,1', "Not a table: ',' expected after '\"'."),
        (
            "a,b\n" + "x" * 131_073 + ",1",
            "Not a table: field larger than field limit (131072).",
        ),
    ],
    ids=range(9),
)
def test_what_is_no_table_is_refused_with_its_line(source, reason):
    with pytest.raises(ValueError) as refused:
        parse_table(source)

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("a,b\r\nx,1\r\n", [["x", "1"]]),
        (" a , b \n x , 1 ", [["x", "1"]]),
        ('a,b\n"x, y","1"', [["x, y", "1"]]),
        ('a,b\n"x\ny",1', [["x\ny", "1"]]),
        ("a,b\n<b>,&amp;", [["<b>", "&amp;"]]),
        ("a,b", []),
    ],
)
def test_a_table_is_its_cells_without_blanks_around_them(source, rows):
    assert parse_table(source) == (["a", "b"], rows)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a\nx", "A chart needs a column of labels and a column of numbers."),
        ("a,b\n", "A chart needs a column of labels and a column of numbers."),
        ("a,b\nx,1\ny,-1", "Line 3: a bar starts at zero, not at -1."),
        ("a,b\nx,−1", "Line 2: a bar starts at zero, not at −1."),
        ("a,b\nx,nan", "Line 2: a bar starts at zero, not at nan."),
        ("a,b\nx,inf", "Line 2: a bar starts at zero, not at inf."),
        ("a,b\nx,-inf", "Line 2: a bar starts at zero, not at -inf."),
        ("a,b\nx,1e999", "Line 2: a bar starts at zero, not at 1e999."),
        ("a,b\nx,ten", "Line 2: 'ten' is not a number."),
        ("a,b\nx,%", "Line 2: '%' is not a number."),
        ("a,b\nx,0x10", "Line 2: '0x10' is not a number."),
        ("a,b\nx,1/2", "Line 2: '1/2' is not a number."),
        ("a,b\nx,<script>", "Line 2: '<script>' is not a number."),
    ],
)
def test_what_a_bar_cannot_show_is_refused_with_its_line(source, reason):
    with pytest.raises(ValueError) as refused:
        parse_series(source)

    assert str(refused.value) == reason


@pytest.mark.parametrize("columns", [1, 2, 60])
def test_a_chart_shows_60_bars_and_no_more(columns):
    header = "a" + ",b" * columns
    row = "\nx" + ",1" * columns
    fits = header + row * (60 // columns)

    assert draw_bars(fits).count("<rect") == 60
    with pytest.raises(ValueError, match=r"^A chart shows at most 60 bars\.$"):
        parse_series(fits + row)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,234.5", 1234.5), ("−3", -3.0), ("12%", 12.0), ("50 %", 50.0), ("+2", 2.0)],
)
def test_a_number_is_read_as_it_is_printed(cell, number):
    assert to_number(cell) == number


WORDS = st.lists(
    st.sampled_from(["<b>", "</div>", '"', "'", "&", "x"]) | st.text()
).map("".join)


@settings(deadline=None)
@given(WORDS, WORDS, WORDS)
def test_no_text_of_a_chart_becomes_markup(heading, label, alt):
    quoted = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (heading, label)]

    made = draw_bars(f"a,{quoted[0]}\n{quoted[1]},1", alt)

    assert tags(made) == ["div", "p", "div", "span", "b", "svg", "rect"]
    assert attributes(made) == set(
        "class role aria-label aria-hidden width height".split()
    )
