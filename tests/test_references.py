import re

import pytest

from papers.checks import RULES
from papers.checks.references import unknown_references
from papers.markup import Frame
from papers.models import Figure
from papers.rendering import find_pieces
from papers.values import FigureDocument, PaperDocument, SectionDocument
from tests.factories import make_figure, make_paper, make_section

CHART = FigureDocument(key="scores", kind="chart", content="A,B\nx,1")
WANTED = FigureDocument(key="plan", kind="image", wanted=True, caption="[[fig:none]]")


def found(body="", **values):
    section = SectionDocument(kind="historical", body=body)
    given = {"figures": (CHART, WANTED), "sections": (section,)} | values
    return list(unknown_references(PaperDocument(slug="a", month=1, **given)))


def nowhere(field, key):
    message = f"The entry shows no figure “{key}”, so [[fig:{key}]] leads nowhere."
    return (field, message)


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ("As [[fig:scores]] shows.", []),
        ("Nothing refers to any figure.", []),
        ("`[[fig:none]]` and \\[[fig:none]]\n\n```\n[[fig:none]]\n```", []),
        ("[[fig:]] [[fig:a b]] [fig:none]", []),
        ("See [[fig:none]].", [nowhere("sections.historical", "none")]),
        ("See [[fig:plan]].", [nowhere("sections.historical", "plan")]),
        ("See [[fig:Scores]].", [nowhere("sections.historical", "Scores")]),
        (
            "- [[fig:a]]\n\n|[[fig:b]]|x|\n|-|-|\n\nn[^1]\n\n[^1]: [[fig:c]]",
            [nowhere("sections.historical", key) for key in "abc"],
        ),
    ],
    ids=range(8),
)
def test_a_reference_leads_to_a_figure_that_is_shown(body, findings):
    assert found(body) == findings


def test_captions_notes_and_cells_refer_too():
    figure = FigureDocument(
        key="other",
        kind="table",
        content="A,B\n[[fig:cell]],1",
        caption="Beside [[fig:scores]] and [[fig:gone]].",
        notes="[^a]: As [[fig:other]].\n[^b]: As [[fig:lost]].",
    )

    assert found(figures=(CHART, WANTED, figure)) == [
        nowhere("figures.2.caption", "gone"),
        nowhere("figures.2.notes", "lost"),
        nowhere("figures.2.content", "cell"),
    ]


@pytest.mark.parametrize("field", ["summary", "focus", "impact", "citation_note"])
def test_where_figures_have_no_numbers_none_is_referred_to(field):
    assert found(**{field: "See [[fig:scores]], not `[[fig:scores]]`."}) == [
        (
            field,
            "The reference [[fig:scores]] cannot stand here: figures have their "
            "numbers in the sections alone: refer there.",
        )
    ]


def test_a_reference_to_nowhere_stops_publishing():
    [rule] = [rule for rule in RULES if rule.code == "figures.unknown-reference"]

    assert rule.severity == "error"


def test_what_was_found_once_is_the_same_again():
    text = "[[fig:b]] [[fig:a]] [[fig:b]]"

    assert find_pieces(text).figure_refs == ("b", "a", "b")
    assert find_pieces(text, is_line=True).figure_refs == ("b", "a", "b")


@pytest.mark.django_db
def test_a_reference_follows_its_figure_whatever_comes_before_it(client):
    paper = make_paper()
    make_section(paper=paper, kind="technical", body="As [[fig:b]] shows.")
    first = make_figure(paper=paper, key="a", position=1)
    make_figure(paper=paper, key="b", position=2, caption="After [[fig:b]].")

    def links():
        html = client.get(paper.get_absolute_url()).content.decode()
        return re.findall(r'<a href="[^"]*#(figure-\d)">(Figure \d)</a>', html)

    assert links() == [("figure-2", "Figure 2")] * 2
    first.wanted = True
    first.save()
    assert links() == [("figure-1", "Figure 1")] * 2
    make_figure(paper=paper, key="c")
    make_figure(paper=paper, key="d")
    assert links() == [("figure-3", "Figure 3")] * 2


@pytest.mark.django_db
def test_a_figure_that_is_still_wanted_may_be_made_from_anything_yet():
    figure = Figure(key="plan", kind="chart", content="not yet", wanted=True)

    figure.render(Frame())

    assert figure.content_html == ""
    Figure(key="plan", kind="chart", content="not yet", wanted=True).clean()
