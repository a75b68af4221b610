"""The Deeper Dive of a card: its sections, and the figures that it wants."""

import pytest

from papers.documents.page import read_page
from papers.values import FigureDocument, SectionDocument
from tests.page_factories import codes_of, make_card, make_details, make_page


def read_sections(*details):
    reading = read_page(make_page(make_card(inside="".join(details))))
    return list(reading.review.papers[0].sections), codes_of(reading)


def test_a_summary_is_markdown():
    card = make_card(summary='A <b>bold</b> <a href="https://a.org">claim</a>.')

    review = read_page(make_page(card)).review

    assert review.papers[0].summary == "A **bold** [claim](https://a.org)."


def test_headings_make_sections_by_their_words():
    sections, codes = read_sections(
        make_details(
            "Deeper Dive",
            "<p>Before.</p><h4>TECHNICAL context</h4><p>A.</p><h4>Figures</h4><p>B.</p>"
            "<h4>Historical Comparison</h4>C.<h4>Relevance</h4><ul><li>D</ul>"
            "<h4>Limits</h4><h5>First</h5><p>E.</p>",
        )
    )

    assert sections == [
        SectionDocument(kind="other", heading="Deeper Dive", body="Before."),
        SectionDocument(kind="technical", body="A."),
        SectionDocument(kind="figures", body="B."),
        SectionDocument(kind="historical", body="C."),
        SectionDocument(kind="relevance", body="- D"),
        SectionDocument(kind="other", heading="Limits", body="##### First\n\nE."),
    ]
    assert codes == ["sections.untitled"]


def test_a_second_section_of_a_kind_keeps_its_heading():
    sections, codes = read_sections(
        make_details("Deeper Dive", "<h4>Relevance</h4>A.<h4>Relevance today</h4>B.")
    )

    assert sections == [
        SectionDocument(kind="relevance", body="A."),
        SectionDocument(kind="other", heading="Relevance today", body="B."),
    ]
    assert codes == ["sections.repeated"]


def test_a_heading_that_says_more_than_its_kind_is_reported():
    _, codes = read_sections(make_details("Deeper Dive", "<h4>Relevance to us</h4>A."))

    assert codes == ["sections.heading"]


def test_details_of_another_title_become_a_section_of_that_title():
    sections, codes = read_sections(make_details("Open questions", "<p>Many.</p>"))

    assert sections == [
        SectionDocument(kind="other", heading="Open questions", body="Many.")
    ]
    assert codes == ["sections.untitled"]


def test_a_section_in_a_wrapper_is_read_as_one():
    sections, _ = read_sections(
        make_details("Deeper Dive", "<div><h4>Technical</h4><p>A.</p></div><p>B.</p>")
    )

    assert sections == [SectionDocument(kind="technical", body="A.\n\nB.")]


def test_a_section_without_words_is_left_out_and_reported():
    assert read_sections(make_details("Deeper Dive", "<h4>Relevance</h4>")) == (
        [],
        ["sections.empty"],
    )


def test_a_placeholder_becomes_a_wanted_figure():
    placeholder = """<div class="figure-placeholder"><p>[Insert figure here]</p>
    <p>Adapted from a book, <a href="https://a.org/b">https://a.org/b</a></p></div>"""

    reading = read_page(
        make_page(
            make_card(
                inside=make_details("Deeper Dive", f"<h4>Figures</h4>A.{placeholder}B.")
            )
        )
    )

    (paper,) = reading.review.papers
    assert paper.figures == (
        FigureDocument(
            key="wanted-1",
            kind="image",
            wanted=True,
            note="[Insert figure here]",
            credit="Adapted from a book",
            source="https://a.org/b",
        ),
    )
    assert [section.body for section in paper.sections] == ["A.\n\nB."]
    assert codes_of(reading) == ["figures.wanted"]


@pytest.mark.parametrize(
    "words",
    [
        "<p>[Insert figure here]</p>",
        "<div><p><i>[ Add the diagram of it ]</i></p></div>",
    ],
)
def test_words_that_ask_for_a_figure_are_one(words):
    inside = make_details("Deeper Dive", f"<h4>Figures</h4><p>A.</p>{words}")

    (paper,) = read_page(make_page(make_card(inside=inside))).review.papers

    assert [figure.wanted for figure in paper.figures] == [True]
    assert [section.body for section in paper.sections] == ["A."]


def test_a_picture_becomes_a_wanted_figure_with_its_address():
    inside = make_details(
        "Deeper Dive",
        '<h4>Figures</h4>A.<figure><img src="/a.png" alt="A chart">'
        "<figcaption>It <b>grows</b>.</figcaption></figure>",
    )

    reading = read_page(make_page(make_card(inside=inside)))

    assert reading.review.papers[0].figures == (
        FigureDocument(
            key="wanted-1",
            kind="image",
            wanted=True,
            caption="It **grows**.",
            alt="A chart",
            note="The page shows /a.png",
        ),
    )
    assert codes_of(reading) == ["figures.file", "figures.wanted"]
