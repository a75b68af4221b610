"""Numbers that a caption derives from its figure, and those written by hand."""

import pytest
from django.core.exceptions import ValidationError

from papers.checks import check_paper
from papers.checks.statements import find_unsupported
from papers.markup import Frame
from papers.models import Figure
from papers.values import FigureDocument, PaperDocument
from tests import work
from tests.factories import make_figure, make_paper
from tests.trees import harm, parse

CONTENT = "Model,Before,After\nA,20,46\nB,30,15\nC,40,\n"
TEXTS = {
    "caption": "It grew by [[= change(B2, C2) ]].",
    "alt": "A has [[= times(C2, B2) ]] as many.",
}


@pytest.mark.parametrize("form", Figure.Chart.values)
def test_the_caption_and_the_alt_text_of_a_chart_are_filled(form):
    figure = Figure(key="k", kind="chart", chart=form, content=CONTENT, **TEXTS)

    figure.render(Frame())

    assert figure.caption_html == "It grew by +130&nbsp;%."
    label = parse(figure.content_html)[0].get("aria-label")
    assert label == "A has 2.3\u00a0times as many."
    assert harm(figure.content_html) == []


def test_the_caption_of_a_table_is_filled():
    figure = Figure(key="k", kind="table", content=CONTENT, **TEXTS)

    figure.render(Frame())

    assert figure.caption_html == "It grew by +130&nbsp;%."


def test_what_stands_in_brackets_in_another_figure_stays():
    figure = Figure(key="k", kind="code", content="x", caption="As [[= B2 ]] is.")

    figure.render(Frame())

    assert figure.caption_html == "As [[= B2 ]] is."


@pytest.mark.django_db
def test_readers_see_what_the_cells_say_now(client):
    paper = make_paper()
    figure = make_figure(paper=paper, kind="chart", content=CONTENT, **TEXTS)

    assert "+130&nbsp;%" in client.get(paper.get_absolute_url()).content.decode()
    figure.content = CONTENT.replace("46", "30")
    figure.save()
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "It grew by +50&nbsp;%." in page
    assert 'aria-label="A has 1.5\u00a0times as many."' in page


def test_the_numbers_of_a_chart_are_a_table_one_click_away():
    figure = Figure(key="k", kind="chart", content="Model,Score\n<b>A</b>,10")

    html = figure.make_html(Frame())

    chart, _, data = html.partition('<details class="data">')
    assert chart.endswith("</div>")
    assert data.startswith("<summary>The numbers</summary>")
    cells = [e.text for e in parse(data) if e.tag in {"th", "td"}]
    assert cells == ["Model", "Score", "<b>A</b>", "10"]


@pytest.mark.parametrize("field", ["caption", "alt", "notes"])
@pytest.mark.parametrize("kind", ["table", "chart"])
def test_a_statement_that_cannot_be_computed_is_named(kind, field):
    said = {field: "It is [[= times(B9, B2) ]]."}
    reason = "“[[= times(B9, B2) ]]”: B9 is outside the table, which ends at C4."
    document = FigureDocument(key="k", kind=kind, content=CONTENT, **said)
    entry = PaperDocument(slug="a", month=1, figures=(document,))

    findings = [f.message for f in check_paper(entry) if f.code == "figures.broken"]
    assert findings == [f"Figure “k”: {reason}"]
    with pytest.raises(ValidationError) as refused:
        Figure(key="k", kind=kind, content=CONTENT, **said).clean()
    assert refused.value.message_dict == {"content": [reason]}


def unsupported(caption, content=CONTENT, kind="chart"):
    figure = FigureDocument(key="k", kind=kind, content=content, caption=caption)
    return find_unsupported(figure)


@pytest.mark.parametrize(
    "statement",
    [
        "+130 %",
        "+130%",
        "+130 per cent",
        "−50 %",
        "-50%",
        "–50%",
        "50 % more",
        "50 per cent higher",
        "50% less",
        "56.5 % lower",
        "57 percent fewer",
        "2.3 times",
        "2.30×",
        "2.3x",
        "2 times",
        "0.5 times",
        "1.5 × ",
    ],
)
@pytest.mark.parametrize("kind", ["table", "chart"])
def test_what_two_cells_give_may_be_said(kind, statement):
    assert unsupported(f"It is {statement}, we say.", kind=kind) == []


@pytest.mark.parametrize(
    "statement",
    [
        "+131 %",
        "+26 %",
        "−51 %",
        "−130%",
        "-130 %",
        "51 % more",
        "57% higher",
        "130 per cent less",
        "2.4 times",
        "2.35×",
        "2.3001x",
        "7 times",
    ],
)
def test_what_no_two_cells_give_is_found(statement):
    assert unsupported(f"It is {statement}, we say.") == [statement]


@pytest.mark.parametrize(
    "caption",
    [
        "Mixtral 8x7B of 4 x 4 and 9x9",
        "from 10-51 % and 3–51% of it",
        "a share of 51 %",
        "twice as many, C++51%",
        "[[= times(C2, B3) ]] and [[= change(B2, B3) ]]",
        "7 timesteps",
        "version 1.7 times out: see 3.1.7x",
    ],
)
def test_what_compares_nothing_is_left_alone(caption):
    assert unsupported(caption.replace("1.7 times", "1.5 times")) == []


@pytest.mark.parametrize("cell", ["+77%", "77% more", "1.77×"])
def test_a_cell_may_say_it_itself(cell):
    content = f"Model,Before,Change\nA,20,{cell}\n"

    assert unsupported("A gains +77 %.", content, "table") == []
    assert unsupported("A gains +78 %.", content, "table") == ["+78 %"]


def test_large_numbers_may_be_rounded_to_two_digits():
    content = "a,b\nx,1\ny,144\n"

    assert unsupported("140 times; 144 times", content) == []
    assert unsupported("150 times; 143 times; 100 times", content) == [
        "150 times",
        "143 times",
        "100 times",
    ]


@pytest.mark.parametrize(
    "changes", [{"wanted": True}, {"content": ""}, {"kind": "code"}, {"kind": "image"}]
)
def test_what_has_no_cells_to_look_at_is_left_alone(changes):
    values = {"key": "k", "kind": "chart", "content": CONTENT, "caption": "9 times"}

    assert find_unsupported(FigureDocument(**(values | changes))) == []


def test_the_finding_names_the_statement():
    figure = FigureDocument(
        key="scores", kind="chart", content=CONTENT, caption="7 times."
    )
    entry = PaperDocument(slug="a", month=1, figures=(figure,))

    found = [f for f in check_paper(entry) if f.code == "figures.unsupported-number"]
    assert [(f.field, f.message) for f in found] == [
        (
            "figures.0.caption",
            "No two numbers of the figure “scores” give “7 times”.",
        )
    ]


def test_a_table_of_60_rows_and_columns_is_looked_at_and_no_more():
    row = ",".join(["x", *map(str, range(1, 60))])
    content = "a" + ",b" * 59 + f"\n{row}" * 60
    found = []

    effort = work.measure(lambda: found.extend(unsupported("77.123 times", content)))
    assert found == ["77.123 times"]
    assert effort < 400
    assert unsupported("77.123 times", f"{content}\n{row}") == []


@pytest.mark.parametrize(
    "piece", ["1", "+", "1 per cent ", "1x ", "+1%", "1 ", "9 times ", " × "]
)
def test_the_longest_caption_is_read_in_a_moment(piece):
    assert work.measure(lambda: unsupported(piece * (200_000 // len(piece)))) < 300
