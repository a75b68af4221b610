"""Pages that are mangled, incomplete or hostile: read all the same, or refused."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.checks.findings import Severity
from papers.documents.page import Unplaced, read_page
from papers.values import DocumentError
from tests.page_factories import (
    HEADER,
    codes_of,
    make_card,
    make_details,
    make_key_details,
    make_page,
)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "The page is empty."),
        (" \r\n\ufeff", "The page is empty."),
        ("Year in Review", "This is no page: it holds no element."),
        ("<p>Words</p>", "This is no page of a review: it has no card."),
        ("<![%", "This is no page that can be read: its markup breaks off."),
    ],
)
def test_what_is_no_page_of_this_form_is_refused(html, reason):
    with pytest.raises(DocumentError) as refusal:
        read_page(html, file="page.html")

    assert (refusal.value.reason, refusal.value.file) == (reason, "page.html")


def test_a_page_that_names_no_year_is_refused():
    page = make_page(
        make_card(month="January"), header="<header><h1>Review</h1></header>"
    )

    with pytest.raises(DocumentError, match="names no year"):
        read_page(page)
    assert read_page(page, year=2024).review.year == 2024


def test_the_year_is_that_of_the_months_or_else_of_the_title():
    header = "<header><h1>Review of 2023</h1></header>"
    named = make_page(make_card(month="May 2024"), header=header)
    unnamed = make_page(make_card(month="May"), header=header)

    assert read_page(named).review.year == 2024
    assert read_page(unnamed).review.year == 2023


def test_the_year_that_is_given_wins():
    reading = read_page(make_page(make_card()), year=2025)

    assert reading.review.year == 2025
    assert codes_of(reading) == ["review.other-year", "month.other-year"]


@pytest.mark.parametrize(
    "month",
    ["March 2024", "MARCH 2024", "Mar. 2024", "2024-03", "2024/3", "March 5, 2024"],
)
def test_a_month_is_read_in_many_forms(month):
    reading = read_page(make_page(make_card(month=month)))

    assert (reading.review.papers[0].month, codes_of(reading)) == (3, [])


@pytest.mark.parametrize(
    ("month", "code"), [("Spring", "month.unreadable"), ("", "month.missing")]
)
def test_a_card_without_a_month_stands_with_the_card_before_it(month, code):
    cards = [make_card(month=text) for text in ("May 2024", month, "June 2024")]

    reading = read_page(make_page(*cards))

    assert [(one.month, one.place) for one in reading.review.papers] == [
        (5, 1),
        (5, 2),
        (6, 1),
    ]
    assert [
        (one.code, one.field)
        for one in reading.findings
        if one.severity == Severity.ERROR
    ] == [(code, "headline-2: month")]


def test_the_first_card_without_a_month_stands_in_january():
    reading = read_page(make_page(make_card(month="13th month")), year=2024)

    assert reading.review.papers[0].month == 1
    assert codes_of(reading) == ["month.unreadable"]


def test_words_beside_the_month_are_reported():
    reading = read_page(make_page(make_card(month="May 2024, revised")))

    (found,) = [one for one in reading.findings if one.code == "month.more-words"]
    assert "May 2024, revised" in found.message


def test_slugs_are_cut_at_a_word_and_made_unique():
    long = "A headline of very many words that goes on and on until it is too long"
    cards = [make_card(headline=long), make_card(headline=long), make_card(headline="")]

    reading = read_page(make_page(*cards))

    assert [one.slug for one in reading.review.papers] == [
        "a-headline-of-very-many-words-that-goes-on-and-on-until-it",
        "a-headline-of-very-many-words-that-goes-on-and-on-until-it-2",
        "entry",
    ]
    assert codes_of(reading) == ["headline.missing"]


def test_a_link_in_a_headline_is_kept_in_the_notes():
    card = make_card(headline='<a href="https://a.org">Headline</a>')

    (paper,) = read_page(make_page(card)).review.papers

    assert (paper.headline, paper.notes) == ("Headline", "[Headline](https://a.org)")


def test_header_and_attribution_are_read():
    header = """
    <div class="x-header"><h1>Review <em>2024</em></h1><p>One.</p><p>Two.</p></div>
    <div class="x-attribution"><div class="x-attribution-content"><p>Built on
    <a href="https://a.org">[a]</a>.</p></div></div>"""

    review = read_page(make_page(make_card(), header=header)).review

    assert review.title == "Review 2024"
    assert review.introduction == "One.\n\nTwo."
    assert review.attribution == r"Built on [\[a\]](https://a.org)."


def test_a_missing_title_is_replaced_and_reported():
    reading = read_page(make_page(make_card(), header=""))

    assert reading.review.title == "Year in Review 2024"
    assert codes_of(reading) == ["review.title-missing"]


def test_words_outside_of_every_part_are_unplaced():
    page = (
        "Before\n<p>the <b>cards</b></p>"
        + make_card(inside="\n<div>In <a href='https://a.org'>a</a> card</div>")
        + "\n\nafter"
    )

    assert read_page(page).unplaced == (
        Unplaced(1, "Before"),
        Unplaced(2, "the cards"),
        Unplaced(8, "In a (https://a.org) card"),
        Unplaced(10, "after"),
    )


def test_classes_of_another_site_are_recognised_by_their_ends():
    page = make_page(
        make_card(chips=("LLMs",), inside=make_key_details(impact="It helped."))
    )

    assert (
        read_page(page.replace("year-review-", "research_")).review
        == read_page(page).review
    )


def test_a_page_without_classes_is_read_by_its_structure():
    card = """<section><div><span>{} 2024</span><span>LLMs</span></div><h3>{}</h3>
    <p>Summary.</p><details><summary>Key Details</summary><ul><li><b>Impact:</b>
    It helped.</li></ul></details></section>"""
    page = f"<main><div><h1>Review</h1><p>Lead.</p></div>{card.format('May', 'One')}"

    reading = read_page(page + card.format("June", "Two") + "</main>")

    assert reading.review.introduction == "Lead."
    assert [
        (one.month, one.headline, one.chips, one.summary, one.impact)
        for one in reading.review.papers
    ] == [
        (5, "One", ("LLMs",), "Summary.", "It helped."),
        (6, "Two", ("LLMs",), "Summary.", "It helped."),
    ]
    assert reading.unplaced == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</details>", ""),
        ("</summary>", ""),
        ("</li>", ""),
        ("</p>", ""),
        ("</h3>", ""),
        ("</h4>", ""),
        ("</strong>", "</strong>"),
        ("\n", "\r\n"),
        ("\n", "\n\n\t    "),
        ("<div", "<div data-x='>' hidden"),
        ("<h3", "\ufeff<H3"),
    ],
)
def test_mangled_pages_read_the_same(before, after):
    inside = make_key_details(impact="It helped.", authors="Ann Lee") + make_details(
        "Deeper Dive", "<h4>Technical</h4><p>A.</p><p>B.</p><h4>Relevance</h4><p>C.</p>"
    )
    page = make_page(
        make_card(inside=inside), make_card(headline="Other", inside=inside)
    )

    mangled = read_page(page.replace(before, after))

    assert mangled.review == read_page(page).review
    assert mangled.unplaced == ()


def test_details_left_open_do_not_swallow_the_next():
    plain = """<details><summary>Key Details</summary><li><b>Impact:</b> It helped.</li>
    <details><summary>Deeper Dive</summary><h4>Technical</h4><p>A.</p></details>"""

    reading = read_page(make_page(make_card(inside=plain)))

    (paper,) = reading.review.papers
    assert (paper.impact, [one.body for one in paper.sections]) == (
        "It helped.",
        ["A."],
    )
    assert (codes_of(reading), reading.unplaced) == ([], ())


def test_links_and_pictures_outside_of_the_cards_are_reported():
    header = HEADER.replace("Lead.", '<a href="/a">Lead</a><img src="/b.png" alt="B">')

    reading = read_page(make_page(make_card(), header=header))

    assert reading.review.introduction == "LeadB"
    assert codes_of(reading) == ["links.relative"]
    assert [one.text for one in reading.unplaced] == ["[img] B /b.png"]


def test_a_card_that_ends_early_keeps_its_details():
    key = make_key_details(impact="It helped.")

    reading = read_page(make_page(make_card() + key, make_card(headline="Other")))

    assert [one.impact for one in reading.review.papers] == ["It helped.", ""]
    assert codes_of(reading) == ["markup.outside-card"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert('Words')</script>",
        "<style>p { color: red }</style>",
        "<p onclick='alert(1)'></p>",
    ],
)
def test_scripts_and_styles_are_never_prose(hostile):
    clean = make_page(
        make_card(inside=make_details("Deeper Dive", "<h4>Technical</h4>A."))
    )

    reading = read_page(clean.replace("A.", f"A.{hostile}"))

    assert reading.review == read_page(clean).review
    assert (codes_of(reading), reading.unplaced) == (["markup.script"], ())


def test_a_comment_is_reported_with_its_words():
    reading = read_page(make_page(make_card(), "<!-- To do:\n May -->"))

    assert [
        one.message for one in reading.findings if one.code == "markup.comment"
    ] == ["A comment is left out: “To do: May”"]


def test_characters_that_no_text_may_hold_are_replaced():
    reading = read_page(make_page(make_card(headline="A\x00b&#1;\ufdd0")))

    assert reading.review.papers[0].headline == "A\ufffdb\ufffd\ufffd"


def test_deep_nesting_is_read_as_if_flat():
    deep = "<div>" * 2000 + "Deep." + "</div>" * 2000
    inside = make_details("Deeper Dive", f"<h4>Technical</h4>{deep}<p>After.</p>")

    reading = read_page(make_page(make_card(inside=inside), make_card(headline="Next")))

    assert reading.review.papers[0].sections[0].body == "Deep.\n\nAfter."
    assert [one.headline for one in reading.review.papers] == ["Headline", "Next"]
    assert codes_of(reading) == ["markup.too-deep"]


@pytest.mark.parametrize(
    "piece",
    [
        make_card(),
        "<p>a",
        "<li>a",
        "<div>",
        "<pre>a\n   `",
        "<b>a</b>*a*",
        "<a href='https://a.org'>a</a>",
        "<h4>a</h4>",
        "<details class='x-details'>",
        "<tr><td>a",
        "a<!-- b -->",
        "                    ",
    ],
)
def test_the_time_of_reading_grows_with_the_page(piece):
    start = make_page(make_card()).removesuffix("</div></div></div>") + (
        "<details><summary>Deeper Dive</summary><h4>Technical</h4>"
    )

    def seconds(size):
        page = start + piece * (size // len(piece))
        begin = time.process_time()
        read_page(page)
        return time.process_time() - begin

    assert seconds(80_000) < 12 * seconds(20_000) + 0.5


PIECES = st.sampled_from(
    [
        *("<{}>", "</{}>"),
        *('<{} class="x-{}">', '<{} class="x-{} y-{}">', '<{} class="{}">'),
        *("January 2024", "Key Details", "Deeper Dive", "Authors: Xu", "Technical"),
        *(
            "[Insert figure here]",
            "&lt;",
            "&#0;",
            "\x00",
            "<!--",
            "-->",
            "<![",
            "<!",
            "<?",
        ),
        *(
            "*a*",
            "`",
            "_",
            "$",
            "|",
            "\n",
            "\\",
            "2024-13",
            "arXiv:2401.xxxxx",
            "<",
            "&",
        ),
        '<a href="https://arxiv.org/abs/2401.04088">',
        *('<a href="http://[">', '<a href="java\nscript:a">', '<img src="data:,">'),
        *(
            "<strong>Topics:</strong> a (b, c",
            "<b>Date:</b> 31 June 2024",
            "<ol start=²>",
        ),
    ]
)
NAMES = st.sampled_from(
    "div p span h1 h3 h4 ul ol li details summary pre code a b table tr td br".split()
)
ROLES = st.sampled_from(
    "card meta date tags tag title description details summary header".split()
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(PIECES, NAMES, ROLES, ROLES) | st.text(max_size=9).map(lambda t: (t,))
    )
)
def test_no_page_raises_anything_but_a_document_error(pieces):
    page = "".join(
        piece.replace("{}", words[0], 1)
        .replace("{}", words[1], 1)
        .replace("{}", words[-1])
        if words
        else piece
        for piece, *words in pieces
    )

    for html in (page, make_page(make_card(inside=make_details("Deeper Dive", page)))):
        try:
            read_page(html, year=2024)
        except DocumentError as error:
            assert error.reason  # noqa: PT017 -- either outcome is right


def test_marks_of_emphasis_that_readers_of_the_page_see_are_reported():
    summary = (
        "<p>It is *openly available*, **now**; 2 * 3 * 4, <code>*args*</code>.</p>"
    )

    reading = read_page(make_page(make_card(summary=summary)))

    (found,) = [one for one in reading.findings if one.code == "text.literal-markdown"]
    said = "The page shows the marks of “*openly available*”, “**now**”: here they emphasise."
    assert (found.message, found.severity) == (said, "info")
    assert found.line
