import pytest
from html5lib import parseFragment
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.charts import draw_bars, parse_series, parse_table, to_number


def parse(svg):
    return parseFragment(svg, namespaceHTMLElements=False)[0]


def test_a_chart_has_a_label_a_value_and_a_bar_for_each_row():
    source = 'Model,Score\nA,10\n"B, the ""big"" one","1,000"\n'

    assert draw_bars(source) == (
        '<svg class="bars" height="106" role="img" aria-label="Score: A 10; '
        'B, the &quot;big&quot; one 1,000">'
        '<text class="axis" x="0" y="13">Score</text>'
        '<text x="0" y="37">A</text>'
        '<text class="end strong" x="100%" y="37">10</text>'
        '<rect class="mark" x="0" y="44" width="1.00%" height="10"/>'
        '<line class="grid" x1="0" x2="100%" y1="54" y2="54"/>'
        '<text x="0" y="79">B, the &quot;big&quot; one</text>'
        '<text class="end strong" x="100%" y="79">1,000</text>'
        '<rect class="mark" x="0" y="86" width="100.00%" height="10"/>'
        '<line class="grid" x1="0" x2="100%" y1="96" y2="96"/></svg>'
    )


def test_several_series_alternate_in_tone_and_empty_cells_have_no_bar():
    chart = parse(draw_bars("Model,X,Y\nA,10,5\nB,,2\n", alt="Two <series>"))

    bars = [
        (bar.get("class"), bar.get("y"), bar.get("width")) for bar in chart.iter("rect")
    ]
    labels = [text.text for text in chart.iter("text") if not text.get("class")]
    assert bars == [
        ("mark", "44", "100.00%"),
        ("soft", "86", "50.00%"),
        ("soft", "128", "20.00%"),
    ]
    assert labels == ["A, X", "A, Y", "B, Y"]
    assert chart.get("aria-label") == "Two <series>"
    assert next(chart.iter("text")).text == "Model"


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
    chart = parse(draw_bars(f"a,b\nx,{cell}\ny,100"))

    assert next(chart.iter("rect")).get("width").lstrip("-") == width


@pytest.mark.parametrize("cell", ["1e308", "1.7e308", "1e-320", "5e-324", "1"])
def test_the_largest_bar_is_full_however_large_or_small_its_number(cell):
    chart = parse(draw_bars(f"a,b\nx,{cell}"))

    assert [bar.get("width") for bar in chart.iter("rect")] == ["100.00%"]


@pytest.mark.parametrize("source", ["a,b\nx,0", "a,b\nx,0\ny,0%"])
def test_a_chart_of_zeros_has_bars_of_no_length(source):
    chart = parse(draw_bars(source))

    assert {bar.get("width") for bar in chart.iter("rect")} == {"0.00%"}


def test_a_chart_without_a_number_is_its_heading():
    assert draw_bars("a,b\nx,\n") == (
        '<svg class="bars" height="22" role="img" aria-label="b: ">'
        '<text class="axis" x="0" y="13">b</text></svg>'
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
    with pytest.raises(ValueError, match="A chart shows at most 60 bars."):
        parse_series(fits + row)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,234.5", 1234.5), ("−3", -3.0), ("12%", 12.0), ("50 %", 50.0), ("+2", 2.0)],
)
def test_a_number_is_read_as_it_is_printed(cell, number):
    assert to_number(cell) == number


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_text_of_a_chart_becomes_markup(heading, label, alt):
    quoted = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (heading, label)]

    chart = parse(draw_bars(f"a,{quoted[0]}\n{quoted[1]},1", alt))

    assert [element.tag for element in chart.iter()] == (
        ["svg", "text", "text", "text", "rect", "line"]
    )
    assert {name for element in chart.iter() for name in element.attrib} == set(
        "class height role aria-label x y width x1 x2 y1 y2".split()
    )
