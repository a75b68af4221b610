import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.charts import draw, parse_series
from papers.tabular import read_table
from tests import work
from tests.trees import harm, parse, tags

FORMS = ["bar", "line", "dot", "share"]


def chart_of(form, source, alt=""):
    return parse(draw(form, source, alt))


def found(elements, tag, *names):
    """What elements of this name say of themselves: an attribute, or several."""
    said = [tuple(e.get(name) for name in names) for e in elements if e.tag == tag]
    return [each[0] for each in said] if len(names) == 1 else said


def words(elements):
    """The text of a chart, as it is read."""
    return " ".join("".join(elements[0].itertext()).split())


def places(elements):
    """Where the marks of a picture are, in per cent."""
    return [(e.get("x"), e.get("y")) for e in elements if e.tag == "svg" and e.get("x")]


def test_a_chart_has_a_label_a_value_and_a_bar_for_each_row():
    source = 'Model,Score\nA,10\n"B, the ""big"" one","1,000"\n'

    assert draw("", source) == draw("bar", source)
    assert draw("bar", source) == (
        '<div class="plate drawn bars" role="img" aria-label="Score: A 10; '
        'B, the &quot;big&quot; one 1,000"><p class="axis">Score</p>'
        '<div class="bar"><span>A</span> <b>10</b><svg aria-hidden="true">'
        '<rect class="mark" width="1.00%" height="10"/></svg></div>'
        '<div class="bar"><span>B, the &quot;big&quot; one</span> <b>1,000</b>'
        '<svg aria-hidden="true">'
        '<rect class="mark" width="100.00%" height="10"/></svg></div></div>'
    )


def test_bars_of_several_series_stand_in_groups_under_a_key():
    chart = chart_of("bar", "Model,X,Y\nA,10,5\nB,,2\n", "Two <series>")

    assert found(chart, "rect", "class", "width") == [
        ("mark", "100.00%"),
        ("soft", "50.00%"),
        ("soft", "20.00%"),
    ]
    assert words(chart) == "ModelX YA 10 5B 2"
    assert chart[0].get("aria-label") == "Two <series>"


@pytest.mark.parametrize("form", FORMS)
def test_series_differ_by_more_than_colour(form):
    header = "a," + ",".join(f"s{n}" for n in range(12))
    chart = chart_of(form, f"{header}\nx" + ",1" * 12 + "\ny" + ",2" * 12)

    shapes = [
        (e.get("d"), "open" in e.get("class"))
        for e in chart
        if e.tag == "path" and "line" not in e.get("class").split()
    ]
    assert len(set(shapes[:12])) == 12
    assert set(shapes[12:]) <= set(shapes[:12])


@pytest.mark.parametrize("form", FORMS)
def test_without_an_alt_text_every_label_and_number_is_read_out(form):
    single = draw(form, "Model,Score\nA,10\nB,\nC,5%")
    double = draw(form, "Model,X,Y\nA,10,5\nB,,\nC,,2")

    assert parse(single)[0].get("aria-label") == "Score: A 10; C 5%"
    assert parse(double)[0].get("aria-label") == "Model: A X 10, Y 5; C Y 2"


@pytest.mark.parametrize(
    ("cell", "width"),
    [
        ("0", "0.00%"),
        ("50", "50.00%"),
        ("50%", "50.00%"),
        ("12.5", "12.50%"),
        ("1e1", "10.00%"),
        ("-0", "0.00%"),
        ("50[^a]", "50.00%"),
    ],
)
def test_a_bar_is_as_long_as_its_share_of_the_largest(cell, width):
    chart = chart_of("bar", f"a,b\nx,{cell}\ny,100")

    assert found(chart, "rect", "width")[0].lstrip("-") == width


@pytest.mark.parametrize("cell", ["1e308", "9.9e307", "1e-308", "1" * 60, "1"])
def test_the_largest_bar_is_full_however_large_or_small_its_number(cell):
    chart = chart_of("bar", f"a,b\nx,{cell}")

    assert found(chart, "rect", "width") == ["100.00%"]


@pytest.mark.parametrize("source", ["a,b\nx,0", "a,b\nx,0\ny,0%"])
def test_a_chart_of_zeros_has_bars_of_no_length(source):
    chart = chart_of("bar", source)

    assert set(found(chart, "rect", "width")) == {"0.00%"}


def test_the_mark_of_a_note_is_no_part_of_a_label_or_a_number():
    chart = chart_of("bar", "a,Score[^b]\nModel [^a],47[^a][^b]")

    assert words(chart) == "ScoreModel 47"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "The table is empty."),
        ("\n", "The table is empty."),
        (" , \n,\n", "The table is empty."),
        ("a,b\nx", "Line 2 has 1 cell where the header has 2."),
        ("a,b\nx,1\ny,1,2", "Line 3 has 3 cells where the header has 2."),
        ("a,b\n\nx", "Line 3 has 1 cell where the header has 2."),
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
        read_table(source)

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
    assert read_table(source).texts == (["a", "b"], rows)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a\nx", "A chart needs a column of labels and a column of numbers."),
        ("a,b\n", "A chart needs a column of labels and a column of numbers."),
        ("a,b\nx,\n", "A chart needs a number."),
        ("a,b\nx,nan", "Line 2: 'nan' is not a number."),
        ("a,b\nx,inf", "Line 2: 'inf' is not a number."),
        ("a,b\nx,-Infinity", "Line 2: '-Infinity' is not a number."),
        ("a,b\nx,1\ny,1e400", "Line 3: '1e400' is too large or too small."),
        ("a,b\nx,1e-400", "Line 2: '1e-400' is too large or too small."),
        ("a,b\nx,ten", "Line 2: 'ten' is not a number."),
        ("a,b\nx,%", "Line 2: '%' is not a number."),
        ("a,b\nx,0x10", "Line 2: '0x10' is not a number."),
        ("a,b\nx,1_000", "Line 2: '1_000' is not a number."),
        ('a,b\nx,"1,2"', "Line 2: '1,2' is not a number."),
        ("a,b\nx,1/2", "Line 2: '1/2' is not a number."),
        ("a,b\nx,<script>", "Line 2: '<script>' is not a number."),
        ("a,b\nx," + "9" * 61, f"Line 2: '{'9' * 60}…' is not a number."),
        ("a,b\nx," + "9" * 100_000, f"Line 2: '{'9' * 60}…' is not a number."),
    ],
    ids=range(17),
)
@pytest.mark.parametrize("form", FORMS)
def test_what_no_chart_can_show_is_refused_with_its_line(form, source, reason):
    with pytest.raises(ValueError) as refused:
        draw(form, source)

    assert str(refused.value) == reason


@pytest.mark.parametrize("cell", ["-1", "−1", "-0.001", "−5%"])
@pytest.mark.parametrize(("form", "mark"), [("bar", "bar"), ("share", "share")])
def test_bars_and_shares_start_at_zero(form, mark, cell):
    with pytest.raises(ValueError) as refused:
        draw(form, f"a,b\nx,1\ny,{cell}")

    assert str(refused.value) == f"Line 3: a {mark} starts at zero, not at {cell}."


def test_a_form_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"^There is no chart of the form “pie”\.$"):
        draw("pie", "a,b\nx,1")


@pytest.mark.parametrize("columns", [1, 2, 12])
def test_a_chart_shows_60_numbers_and_no_more(columns):
    header = "a" + ",b" * columns
    row = "\nx" + ",1" * columns
    fits = header + row * (60 // columns)

    assert draw("bar", fits).count("<rect") == 60
    with pytest.raises(ValueError, match=r"^A chart shows at most 60 numbers\.$"):
        parse_series(fits + row)


def test_a_chart_shows_12_series_and_no_more():
    with pytest.raises(
        ValueError, match=r"^A chart shows at most 12 columns of numbers"
    ):
        parse_series("a" + ",b" * 13 + "\nx" + ",1" * 13)


def test_dots_stand_on_an_axis_whose_ends_are_labelled():
    chart = chart_of("dot", "Model,X,Y\nA,47,38\nB,42,\n")

    assert places(chart) == [("80.00%", "50%"), ("20.00%", "50%"), ("46.67%", "50%")]
    assert words(chart) == "ModelX YA 47 38B 4235 50"


def test_dots_may_be_less_than_zero_which_has_a_line():
    chart = chart_of("dot", "a,b\nx,−3.5\ny,+12")

    assert places(chart) == [("21.67%", "50%"), ("73.33%", "50%")]
    assert found(chart, "line", "class", "x1") == [("zero", "33.33%")] * 2
    assert words(chart).endswith("−10 20")


@pytest.mark.parametrize(
    ("cells", "ends"),
    [
        ("5,5", ("0", "6")),
        ("0,0", ("0", "1")),
        ("−5,−5", ("−6", "0")),
        ("0.001,0.0012", ("0.001", "0.0012")),
        ("2,100", ("0", "100")),
        ("62%,71%", ("60%", "75%")),
        ("1e-308,1e308", ("0", "1.0e+308")),
        ("-1e308,1e308", ("−1.0e+308", "1.0e+308")),
    ],
)
def test_an_axis_reaches_from_round_number_to_round_number(cells, ends):
    one, other = cells.split(",")
    drawn = draw("dot", f"a,b\nx,{one}\ny,{other}")

    found = re.search(r'"axis ends"><span>(.*?)</span> <span>(.*?)</span>', drawn)
    assert found.groups() == ends


def test_shares_of_a_column_are_one_bar():
    chart = chart_of("share", "Source,Tokens (%)\nSynthetic,60\nCode,39.96\nWeb,0.04")

    assert found(chart, "rect", "class", "x", "width") == [
        ("mark", "0.00%", "60.00%"),
        ("soft", "60.00%", "39.96%"),
        ("dark", "99.96%", "0.04%"),
    ]
    assert words(chart) == "Tokens (%)Synthetic 60 % Code 40 % Web <0.1 %"


def test_shares_of_rows_are_a_bar_each():
    chart = chart_of("share", "Year,Text,Code\n2023,3,1\n2024,,8\n2025,,\n")

    assert found(chart, "rect", "class", "width") == [
        ("mark", "75.00%"),
        ("soft", "25.00%"),
        ("soft", "100.00%"),
    ]
    assert words(chart) == "YearText Code2023 75 % 25 %2024 100 %"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a,b,c\nx,1,1\ny,0,0", "Line 3: shares of zero cannot be drawn."),
        ("a,b\nx,0\ny,0", "The column: shares of zero cannot be drawn."),
        ("a,b" + "\nx,1" * 13, "A bar of shares has at most 12 parts."),
    ],
)
def test_what_has_no_shares_is_refused(source, reason):
    with pytest.raises(ValueError) as refused:
        draw("share", source)

    assert str(refused.value) == reason


def test_a_line_stands_over_its_years_and_breaks_where_a_cell_is_empty():
    chart = chart_of("line", "Year,A\n2018,0\n2020,50\n2021,\n2022,75\n2023,100\n")

    assert places(chart) == [
        ("0.00%", "100.00%"),
        ("40.00%", "50.00%"),
        ("80.00%", "25.00%"),
        ("100.00%", "0.00%"),
    ]
    assert found(chart, "path", "d")[0] == (
        "M0.00,100.00L40.00,50.00M80.00,25.00L100.00,0.00"
    )


def test_years_are_drawn_in_their_order():
    chart = chart_of("line", "Year,A\n2024,3\n2020,1\n2022,2\n")

    assert [x for x, _ in places(chart)] == ["0.00%", "50.00%", "100.00%"]
    assert found(chart, "path", "d")[0].startswith("M0.00,")
    assert found(chart, "text", "class", "x") == [
        ("start", "0.00%"),
        ("mid", "50.00%"),
        ("end", "100.00%"),
    ]


def test_a_few_words_under_a_line_stand_in_columns():
    chart = chart_of("line", "Stage,A\nBefore,1\nAfter,2\n")

    assert [x for x, _ in places(chart)] == ["25.00%", "75.00%"]
    assert words(chart) == "A2 1.5 1Before AfterStage"


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ("Jan Feb Mar Apr May Jun".split(), "Jan Feb Mar Apr May Jun".split()),
        (["A label that is long", *"bcdef"], ["A label that is long", "f"]),
        ([str(n) for n in range(1000, 1060)], ["1000", "1019", "1038", "1059"]),
    ],
)
def test_of_many_labels_those_are_shown_that_have_room(labels, shown):
    drawn = draw("line", "x,y\n" + "".join(f"{label},1\n" for label in labels))

    under = drawn.split("labels", 1)[1].partition('<p class="axis')[0]
    found = re.findall(r"<(?:text|span)[^>]*>([^<]*)<", under)
    assert found[0] == shown[0]
    assert found[-1] == shown[-1]
    assert len(found) >= len(shown)
    assert set(found) <= set(labels)


@pytest.mark.parametrize("labels", ["x", "2024", "2024 2024"])
def test_a_line_of_one_place_is_a_mark(labels):
    rows = "".join(f"{label},7\n" for label in labels.split())

    assert len(places(chart_of("line", f"a,b\n{rows}"))) == len(labels.split())


WORDS = st.lists(
    st.sampled_from(["<b>", "</div>", '"', "'", "&", "[^a]", "x"]) | st.text()
).map("".join)


@settings(deadline=None)
@given(st.sampled_from(FORMS), WORDS, WORDS, WORDS)
def test_no_text_of_a_chart_becomes_markup(form, heading, label, alt):
    quoted = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (heading, label)]

    made = draw(form, f"a,{quoted[0]},c\n{quoted[1]},1,2\nz,2,3", alt)

    assert harm(made) == []
    assert set(tags(made)) <= set("div p span b svg rect path line text".split())
    assert tags(made) == tags(draw(form, "a,b,c\nx,1,2\nz,2,3", "alt"))


NUMBERS = (
    st.integers(-(10**40), 10**40).map(str)
    | st.decimals(allow_nan=True, allow_infinity=True).map(str)
    | st.floats().map(repr)
    | st.sampled_from(
        ["", "1,000", "1 000", "−3", "50%", "5 %", "1e308", "-1e-308", "~2"]
    )
)


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(FORMS),
    st.lists(
        st.tuples(
            st.sampled_from(["", "x", "2024", "1e308", "-1e308"]), NUMBERS, NUMBERS
        )
    ),
)
def test_any_numbers_are_drawn_within_the_chart_or_refused(form, rows):
    source = "a,b,c\n" + "".join(
        f'"{label}","{one}","{other}"\n' for label, one, other in rows
    )

    try:
        made = draw(form, source)
    except ValueError:
        return
    lengths = re.findall(r' (?:x|y|x1|x2|y1|y2|width)="([^"]*)%"', made)
    assert all(0 <= float(length) <= 100 for length in lengths)
    assert not re.search("nan|inf", made, re.IGNORECASE)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "source",
    [
        "a,b\n" + "x,1\n" * 40_000,
        "a" + ",b" * 60_000 + "\nx" + ",1" * 40_000,
        "a,b\n" + ("<b>" * 1_000 + ",1\n") * 60,
        "a,b\nx," + "[^" * 60_000,
        "a,b\nx," + " " * 60_000 + "1",
        "\n" * 200_000,
    ],
    ids=range(6),
)
def test_the_longest_source_is_drawn_or_refused_in_a_moment(form, source):
    def run():
        with suppress(ValueError):
            draw(form, source)

    assert work.measure(run) < 200
