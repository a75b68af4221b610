"""The rules by which the words of a card become the fields of an entry."""

import pytest

from papers.documents.page import read_page
from papers.values import LinkDocument, TagDocument
from tests.page_factories import (
    codes_of,
    make_card,
    make_details,
    make_key_details,
    make_page,
    read_fields,
)

ARXIV = "https://arxiv.org/abs/2401.04088"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("January 8, 2024", "2024-01-08"),
        ("Jan. 8, 2024", "2024-01-08"),
        ("8 January 2024.", "2024-01-08"),
        ("8th of january 2024", "2024-01-08"),
        ("2024-01-08", "2024-01-08"),
        ("2024/1/8", "2024-01-08"),
        ("February 2024", "2024-02"),
        ("Sept 2024", "2024-09"),
        ("2024-02", "2024-02"),
        ("2024", "2024"),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(text, date):
    paper, codes = read_fields(publication_date=text)

    assert (paper.date, paper.notes, codes) == (date, "", [])


@pytest.mark.parametrize(
    "text", ["early 2024", "February 30, 2024", "2024-13", "08/01/2024"]
)
def test_a_date_that_cannot_be_read_is_kept_in_the_notes(text):
    paper, codes = read_fields(publication_date=text)

    assert (paper.date, paper.notes) == ("", f"Publication date: {text}")
    assert codes == ["date.unreadable"]


def test_a_topic_with_an_abbreviation_is_the_tag_of_that_name():
    card = make_card(
        chips=("LLMs",),
        inside=make_key_details(
            topics="Large Language Models (LLMs), Scaling (of (all) laws)."
        ),
    )

    review = read_page(make_page(card)).review

    assert review.papers[0].tags == ("LLMs", "Scaling (of (all) laws)")
    assert review.tags == (
        TagDocument(name="LLMs", slug="llms", full_name="Large Language Models"),
        TagDocument(name="Scaling (of (all) laws)", slug="scaling-of-all-laws"),
    )


def test_another_full_name_makes_a_tag_of_its_own():
    topics = (
        "Parameter-Efficient Finetuning (PEFT), Parameter-Efficient Fine-tuning (PEFT)"
    )

    paper, codes = read_fields(topics=topics)

    assert paper.tags == ("PEFT", "Parameter-Efficient Fine-tuning (PEFT)")
    assert codes == ["tags.near-duplicate"]


@pytest.mark.parametrize(
    "topic",
    [
        "Large Language Model (LLM) Finetuning",
        "Models (open)",
        "Vision (computer vision)",
    ],
)
def test_only_an_abbreviation_at_the_end_counts_as_one(topic):
    paper, codes = read_fields(topics=topic)

    assert (paper.tags, codes) == ((topic,), [])


def test_the_first_spelling_of_a_tag_wins():
    cards = [make_card(chips=("LLMs",)), make_card(chips=("llms",))]

    reading = read_page(make_page(*cards))

    assert [paper.chips for paper in reading.review.papers] == [("LLMs",), ("LLMs",)]
    assert codes_of(reading) == ["tags.spelling"]


def test_a_full_name_without_its_abbreviation_is_reported():
    paper, codes = read_fields(topics="Mixture of Experts (MoE), Mixture of Experts")

    assert paper.tags == ("MoE", "Mixture of Experts")
    assert codes == ["tags.near-duplicate"]


def test_tags_whose_addresses_would_be_alike_get_a_number():
    review = read_page(
        make_page(make_card(chips=("C", "C++", "C#", "思考", "知識")))
    ).review

    assert [tag.slug for tag in review.tags] == ["c", "c-2", "c-3", "tag", "tag-2"]


def test_a_long_tag_is_kept_as_it_is_and_reported():
    name = "A name " * 9 + "long"

    paper, codes = read_fields(topics=name)

    assert (paper.tags, codes) == ((name,), ["tags.long"])


def test_unbalanced_parentheses_do_not_swallow_topics():
    paper, _ = read_fields(topics="Scaling (laws, Vision, Speech")

    assert paper.tags == ("Scaling (laws", "Vision", "Speech")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://arxiv.org/abs/2401.04088", "paper"),
        ("https://doi.org/10.1000/xyz", "paper"),
        ("https://openreview.net/forum?id=x", "paper"),
        ("https://arxiv.org/pdf/2401.04088", "pdf"),
        ("https://example.org/x.pdf?y", "pdf"),
        ("https://github.com/a/b", "code"),
        ("https://gitlab.com/a/b", "code"),
        ("https://huggingface.co/datasets/a/b", "data"),
        ("https://huggingface.co/a/b", "model"),
        ("https://huggingface.co/papers/2401.04088", "paper"),
        ("https://www.youtube.com/watch?v=x", "talk"),
        ("https://example.org/news", "blog"),
    ],
)
def test_the_kind_of_a_link_follows_from_its_address(url, kind):
    paper, _ = read_fields(link=f'<a href="{url}">Words</a>')

    assert paper.links == (LinkDocument(kind=kind, label="Words", url=url),)


def test_words_without_an_address_are_kept_in_the_notes():
    paper, codes = read_fields(link="Available on arXiv")

    assert (paper.links, paper.notes) == ((), "Link: Available on arXiv")
    assert codes == ["links.text-instead-of-link"]


def test_an_address_in_plain_text_becomes_a_link():
    paper, codes = read_fields(link="https://github.com/a/b.")

    url = "https://github.com/a/b"
    assert paper.links == (LinkDocument(kind="code", label=url, url=url),)
    assert codes == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("javascript:alert(1)", "links.unusable"),
        ("java\nscript:alert(1)", "links.unusable"),
        ("javascript://a.org/%0aalert(1)", "links.unusable"),
        ("ftp://a.org/a", "links.unusable"),
        ("data:text/html,x", "links.unusable"),
        ("http://[::1", "links.unusable"),
        ("/papers/1", "links.relative"),
        ("#top", "links.relative"),
    ],
)
def test_words_stay_where_their_address_leads_nowhere(address, code):
    paper, codes = read_fields(impact=f'See <a href="{address}">the page</a>.')

    assert (paper.impact, codes) == ("See the page.", [code])


@pytest.mark.parametrize(
    ("link", "title"),
    [
        (
            f'<a href="{ARXIV}">Mixtral of Experts paper (arXiv:2401.04088)</a>',
            "Mixtral of Experts",
        ),
        (
            f'<a href="{ARXIV}">The paper “Mixtral of Experts” of 2024</a>',
            "Mixtral of Experts",
        ),
        (f"<a href=\"{ARXIV}\">'Mixtral'</a>", "Mixtral"),
        ('<a href="https://doi.org/10.1000/x">Mixtral</a>', "Mixtral"),
        (f'<a href="{ARXIV}">the paper</a>', ""),
        (f'<a href="{ARXIV}">arXiv:2401.04088</a>', ""),
        (f'<a href="{ARXIV}">Read it on arXiv</a>', ""),
        ('<a href="https://example.org">Mixtral of Experts</a>', ""),
        ("“Mixtral of Experts”", ""),
    ],
)
def test_a_title_is_the_words_of_a_link_to_the_paper(link, title):
    reading = read_page(
        make_page(make_card(inside=make_key_details(focus=f"The {link}")))
    )

    assert reading.review.papers[0].title == title
    assert ("title.unchecked" in codes_of(reading)) == bool(title)


@pytest.mark.parametrize(
    ("fields", "arxiv_id", "doi"),
    [
        ({"link": f'<a href="{ARXIV}v2">Read</a>'}, "2401.04088", ""),
        ({"citation": "Paper on arXiv:2401.04088."}, "2401.04088", ""),
        ({"citation": "See doi.org/10.1000/X or 10.1000/x."}, "", "10.1000/x"),
        ({"focus": '<a href="https://doi.org/10.1000/Xyz">x</a>'}, "", "10.1000/xyz"),
        ({"impact": f'<a href="{ARXIV}">x</a>'}, "", ""),
    ],
)
def test_identifiers_come_from_the_focus_the_citation_and_the_link(
    fields, arxiv_id, doi
):
    paper, _ = read_fields(**fields)

    assert (paper.arxiv_id, paper.doi) == (arxiv_id, doi)


def test_of_two_identifiers_the_first_stays_and_the_other_is_reported():
    paper, codes = read_fields(
        focus=f'<a href="{ARXIV}">the paper</a>', citation="arXiv:2401.02964"
    )

    assert paper.arxiv_id == "2401.04088"
    assert codes == ["identifiers.conflict"]


def test_a_placeholder_is_no_address_and_no_identifier():
    address = "https://arxiv.org/abs/2406.xxxxx"

    paper, codes = read_fields(focus=f'<a href="{address}">FineWeb</a> describes data.')

    assert (paper.arxiv_id, paper.focus) == ("", "FineWeb describes data.")
    assert paper.notes == f"An address that is none: {address}"
    assert codes == ["identifiers.placeholder"]


def test_a_placeholder_in_words_is_reported():
    paper, codes = read_fields(citation="arXiv:2406.xxxxx")

    assert (paper.arxiv_id, paper.citation_note) == ("", "arXiv:2406.xxxxx")
    assert codes == ["identifiers.placeholder"]


def test_doi_before_an_arxiv_id_is_reported():
    paper, codes = read_fields(citation=f'DOI: <a href="{ARXIV}">arXiv:2401.04088</a>')

    assert (paper.arxiv_id, paper.doi) == ("2401.04088", "")
    assert codes == ["identifiers.wrong-scheme-label"]


@pytest.mark.parametrize(
    "item",
    [
        "<li><strong>SHORT IMPACT:</strong> It helped.</li>",
        "<li><b>Impact</b>: It helped.</li>",
        "<li><p><strong>Impact summary : </strong>It helped.</p></li>",
        "<li><strong>Impact: It helped.</strong></li>",
        "<li>Impact: It helped.</li>",
        "<p><strong>Impact:</strong>&nbsp;It helped.</p>",
        "<dl><dt>Impact:</dt><dd>It helped.</dd></dl>",
        "<table><tr><th>Impact</th><td>It helped.</td></tr></table>",
    ],
)
def test_labels_are_recognised_by_their_words(item):
    reading = read_page(make_page(make_card(inside=make_details("Key Details", item))))

    assert reading.review.papers[0].impact == "It helped."
    assert (codes_of(reading), reading.unplaced) == ([], ())


def test_an_unknown_label_goes_to_the_notes():
    paper, codes = read_fields(licence='<a href="https://a.org">MIT</a>')

    assert paper.notes == "Licence: [MIT](https://a.org)"
    assert codes == ["fields.unknown"]


def test_a_label_that_stands_twice_goes_to_the_notes():
    item = "<li><strong>Impact:</strong> {}</li>"
    inside = make_details("Key Details", item.format("First.") + item.format("Second."))

    reading = read_page(make_page(make_card(inside=inside)))

    assert reading.review.papers[0].impact == "First."
    assert reading.review.papers[0].notes == "Impact: Second."
    assert codes_of(reading) == ["fields.repeated"]


def test_missing_fields_are_named_in_one_finding():
    reading = read_page(
        make_page(make_card(inside=make_key_details(impact="It helped.")))
    )

    assert [
        one.message for one in reading.findings if one.code == "fields.missing"
    ] == ["Nothing is said about: focus, date, authors, topics, citation, link."]


def test_a_list_in_a_field_stays_a_list():
    paper, _ = read_fields(impact="Two things:<ul><li>speed<li>size</ul>")

    assert paper.impact == "Two things:\n\n- speed\n- size"


def test_a_line_without_a_label_is_unplaced():
    reading = read_page(
        make_page(make_card(inside=make_details("Key Details", "<p>Words.</p>")))
    )

    assert [one.text for one in reading.unplaced] == ["Words."]
