import pytest

from papers.checks import check_paper
from papers.models import Figure, Paper
from papers.rendering import render_inline, to_text
from papers.tables import parse_notes, render_table
from papers.tabular import read_table
from papers.values import FigureDocument, PaperDocument
from tests.factories import make_figure, make_paper

SOURCE = "Model,Parameters (B)[^a],Released\n*Mixtral*,47[^b],April 2024\n<b>,n/a,2023"


def test_a_table_has_scopes_units_marks_and_what_it_sorts_by():
    html = render_table(read_table(SOURCE), notes="a: One.\nb: Two.", prefix="x-")

    assert html == (
        '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
        '<thead><tr><th scope="col">Model</th><th scope="col" class="num">Parameters '
        '<span class="unit">(B)</span><sup class="footnote-ref"><a href="#x-note-a" '
        'aria-label="Note a" id="x-ref-a">a</a></sup></th>'
        '<th scope="col">Released</th></tr></thead><tbody>'
        '<tr><th scope="row"><em>Mixtral</em></th><td class="num" data-value="47">47'
        '<sup class="footnote-ref"><a href="#x-note-b" aria-label="Note b" '
        'id="x-ref-b">b</a></sup></td><td data-value="20240400">April 2024</td></tr>'
        '<tr><th scope="row">&lt;b&gt;</th><td class="num" data-value="">n/a</td>'
        '<td data-value="20230000">2023</td></tr></tbody></table></div>'
        '<ul class="notes"><li id="x-note-a"><sup>a</sup> One. <a href="#x-ref-a" '
        'class="footnote-back" aria-label="Back to the table from note a">↩</a></li>'
        '<li id="x-note-b"><sup>b</sup> Two. <a href="#x-ref-b" '
        'class="footnote-back" aria-label="Back to the table from note b">↩</a></li></ul>'
    )


def test_a_corner_without_a_name_heads_nothing():
    assert "<thead><tr><td></td><th" in render_table(read_table(",b\nx,1"))


def test_the_words_of_a_table_are_without_its_marks():
    html = render_table(read_table("m,n\nx,47[^a]"), notes="a: So.")

    assert to_text(html) == "m n x 47 a So."


@pytest.mark.parametrize(
    ("source", "notes", "reason"),
    [
        ("m\n1[^a]", "", "The mark [^a] has no note: add a line “a: …”."),
        ("m\n1", "a: So.", "The note a has no mark: put [^a] at the end of a cell."),
        (
            "m\n1[^a]",
            "\nAs reported",
            "Line 2 of the notes: begin with the mark and a colon, “a: As reported.”",
        ),
        (
            "m\n1[^a]",
            "a: One.\na: Two.",
            "Line 2 of the notes: there is a note a already.",
        ),
    ],
)
def test_marks_and_notes_belong_together(source, notes, reason):
    with pytest.raises(ValueError) as refused:
        render_table(read_table(source), notes=notes)

    assert str(refused.value) == reason


def test_notes_may_be_written_as_markdown_has_them():
    assert parse_notes("[^a]: One.\n b : Two: three.") == {
        "a": "One.",
        "b": "Two: three.",
    }


@pytest.mark.parametrize(
    "cell", ["a.b", "www.example.org", "1,000.5 %", "*x*", "a - b", "x  y", "(1)"]
)
def test_a_plain_cell_is_what_markdown_makes_of_it(cell):
    html = render_table(read_table(f'm,n\nx,"{cell}"'))

    assert f">{render_inline(cell)}</td>" in html


def test_two_tables_of_an_entry_do_not_share_an_id(review):
    paper = make_paper()
    for key in ("one", "two"):
        make_figure(paper=paper, key=key, content="m,n\nx,1[^a]", notes="a: So.")

    htmls = [figure.content_html for figure in Figure.objects.filter(paper=paper)]

    own = [html.split('id="')[1].split('"')[0] for html in htmls]
    assert own == [f"{paper.slug}-figure-{key}-ref-a" for key in ("one", "two")]


def test_a_chart_has_the_notes_of_its_numbers_below_them(review):
    figure = make_figure(
        paper=make_paper(), kind="chart", content="m,n\nx,1[^a]", notes="a: So."
    )

    assert '<ul class="notes">' in Figure.objects.get(pk=figure.pk).content_html


def findings(figure):
    found = check_paper(PaperDocument(slug="x", month=1, figures=(figure,)))
    return [(f.field, f.message) for f in found if f.code in WATCHED]


WATCHED = {"figures.broken", "tables.mixed-column"}


def test_a_note_without_a_mark_stands_in_the_way_of_publishing():
    figure = FigureDocument(key="f", kind="table", content="m,n\nx,1", notes="a: So.")

    reason = "The note a has no mark: put [^a] at the end of a cell."
    assert findings(figure) == [("figures.0.content", f"Figure “f”: {reason}")]


def test_a_word_among_numbers_is_found_with_its_line():
    content = "m,Size (B)\nx,1\ny,n/a\nz,1,\n".replace("1,\n", "about 2\n") + "v,3\nw,4"
    figure = FigureDocument(key="f", kind="table", content=content)

    reason = "Figure “f”, line 4: “about 2” is no number, as the other cells of the column “Size (B)” are."
    assert findings(figure) == [("figures.0.content", reason)]


@pytest.fixture
def paper(review):
    paper = make_paper(slug="mixtral")
    make_figure(
        paper=paper,
        key="sizes",
        content="Model,Size (B)[^a]\n=x,47[^a]",
        notes="a: So.",
    )
    make_figure(paper=paper, key="bars", kind="chart", content="m,n\nx,1", alt="One.")
    make_figure(paper=paper, key="code", kind="code", content="a,b")
    make_figure(paper=paper, key="later", content="secret,1", wanted=True)
    return paper


def test_a_table_is_downloaded_as_csv(client, paper):
    answer = client.get("/2024/mixtral/sizes.csv")

    assert answer.status_code == 200
    assert answer.content.decode() == "Model,Size (B)\r\n'=x,47\r\n"
    assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
    name = 'attachment; filename="mixtral-sizes.csv"'
    assert answer["Content-Disposition"] == name


def test_a_download_is_sent_once_until_something_changes(client, paper):
    etag = client.get("/2024/mixtral/bars.csv")["ETag"]

    again = client.get("/2024/mixtral/bars.csv", headers={"If-None-Match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize("key", ["code", "later", "none"])
def test_only_a_table_or_a_chart_that_is_shown_is_downloaded(client, paper, key):
    assert client.get(f"/2024/mixtral/{key}.csv").status_code == 404


@pytest.mark.parametrize("status", ["draft", "in review"])
def test_nothing_of_a_draft_is_downloaded(client, paper, status):
    Paper.objects.filter(pk=paper.pk).update(status=status)

    assert client.get("/2024/mixtral/sizes.csv").status_code == 404


def test_what_was_withdrawn_says_so(client, paper):
    Paper.objects.filter(pk=paper.pk).update(
        status="withdrawn", withdrawal_reason="Wrong."
    )

    assert client.get("/2024/mixtral/sizes.csv").status_code == 410


def test_a_former_address_leads_to_the_file(client, paper):
    paper = Paper.objects.get(pk=paper.pk)
    paper.slug = "experts"
    paper.save()

    answer = client.get("/2024/mixtral/sizes.csv")

    assert (answer.status_code, answer["Location"]) == (301, "/2024/experts/sizes.csv")


def test_the_page_links_to_the_files_of_its_figures(client, paper):
    page = client.get("/2024/mixtral/").content.decode()

    assert [
        key
        for key in ("sizes", "bars", "code", "later")
        if f'href="/2024/mixtral/{key}.csv"' in page
    ] == ["sizes", "bars"]


TABLE = "/admin/papers/paper/table/"


def test_the_desk_reads_what_is_pasted(admin_client):
    answer = admin_client.post(TABLE, {"how": "read", "text": "a\tb\n1\t2"})

    assert answer.json() == {"rows": [["a", "b"], ["1", "2"]], "left_out": []}


def test_the_desk_proposes_a_table_and_says_what_is_not_in_it(admin_client):
    text = "## Sizes of models\n\nMixtral 47B\nLlama 70B"

    answer = admin_client.post(TABLE, {"how": "repair", "text": text})

    rows = [["", ""], ["Mixtral", "47B"], ["Llama", "70B"]]
    assert answer.json() == {"rows": rows, "left_out": ["Sizes of models"]}


def test_the_desk_says_in_words_what_is_no_table(admin_client):
    answer = admin_client.post(TABLE, {"how": "repair", "text": "a\nb"})

    assert answer.status_code == 400
    problem = "Nothing here tells where one column ends and the next begins."
    assert answer.json() == {"problem": problem}


def test_only_editors_ask_the_desk_for_a_table(client, admin_client):
    assert client.post(TABLE, {"text": "a\tb"}).status_code == 302
    assert admin_client.get(TABLE).status_code == 403
