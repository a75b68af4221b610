"""The page this project starts from, read whole: nothing lost, nothing invented."""

import html
import re
from collections import Counter
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from papers.documents.page import read_page
from papers.rendering import render_markdown, to_text

ORIGINAL = (Path(__file__).parent / "data" / "original-page.html").read_text("utf-8")
CARD_START = '<div class="year-review-card">'
CARDS = ORIGINAL.split(CARD_START)[1:]
SECTIONS = [
    ("technical", "Technical Context/Explanation"),
    ("figures", "Figures or Diagrams"),
    ("historical", "Historical Context/Comparison"),
    ("relevance", "Relevance at End of Year"),
]


@pytest.fixture(scope="module")
def reading():
    return read_page(ORIGINAL)


@pytest.fixture(scope="module")
def papers(reading):
    return reading.review.papers


def words_of(text):
    return re.findall(r"\w+", text)


def words_in_html(source):
    return words_of(html.unescape(re.sub(r"<[^>]+>", " ", source)))


def words_as_read(markdown):
    """The words that a reader sees, by the renderer of the site itself."""
    return words_of(to_text(render_markdown(markdown).html))


def field_in(card, label):
    return re.search(rf"<li><strong>{label}:</strong>(.*?)</li>", card, re.DOTALL)[1]


def section_in(card, heading):
    after = card.split(f"<h4>{heading}</h4>")[1]
    body = re.split(r"<h4>|</details>", after)[0]
    return re.sub(
        r'<div class="figure-placeholder".*?</div>', "", body, flags=re.DOTALL
    )


def test_everything_on_the_page_is_counted(reading):
    assert list(reading.counts.items()) == [
        ("papers", 12),
        ("card tags", 37),
        ("distinct card tags", 26),
        ("topics", 76),
        ("distinct topics", 56),
        ("sections", 48),
        ("blocks of code or text", 11),
        ("wanted figures", 1),
        ("impact summaries", 12),
        ("links", 30),
    ]


def test_nothing_on_the_page_is_without_a_place(reading):
    assert reading.unplaced == ()


def test_every_month_has_one_paper(papers):
    assert [(one.month, one.place) for one in papers] == [(n, 1) for n in range(1, 13)]


def test_every_entry_is_a_draft_of_the_year(reading):
    assert reading.review.year == 2024
    assert reading.review.publication.status == "draft"
    assert {one.publication.status for one in reading.review.papers} == {"draft"}


def test_headlines_are_those_of_the_cards(papers):
    assert [one.headline for one in papers] == re.findall(
        r"<h3[^>]*>(.*?)</h3>", ORIGINAL
    )


def test_chips_are_those_of_the_cards_in_order(papers):
    assert [list(one.chips) for one in papers] == [
        re.findall(r'<span class="year-review-tag">(.*?)</span>', card)
        for card in CARDS
    ]


def topics_in(card):
    return field_in(card, "Tags/Topics").strip().removesuffix(".").split(", ")


def short_and_full(topic):
    """`Large Language Models (LLMs)` is LLMs; the second name of PEFT stays whole."""
    match = re.fullmatch(r"(.+) \((\w+)\)", topic)
    if not match or topic == "Parameter-Efficient Fine-tuning (PEFT)":
        return topic, ""
    return match[2], match[1]


def test_tags_are_the_chips_and_then_the_topics_without_doubles(papers):
    assert [list(paper.tags) for paper in papers] == [
        list(
            dict.fromkeys(
                [*paper.chips, *(short_and_full(t)[0] for t in topics_in(card))]
            )
        )
        for paper, card in zip(papers, CARDS, strict=True)
    ]


def test_tags_have_the_full_names_that_topics_give_them(reading):
    topics = [short_and_full(topic) for card in CARDS for topic in topics_in(card)]

    assert {
        tag.name: tag.full_name for tag in reading.review.tags if tag.full_name
    } == {name: full for name, full in topics if full}


@pytest.mark.parametrize(("kind", "heading"), SECTIONS)
def test_sections_read_word_for_word_as_on_the_page(papers, kind, heading):
    bodies = [
        next(section.body for section in paper.sections if section.kind == kind)
        for paper in papers
    ]

    assert [words_as_read(body) for body in bodies] == [
        words_in_html(section_in(card, heading)) for card in CARDS
    ]


@pytest.mark.parametrize(
    ("attribute", "label"),
    [
        ("focus", "Main Paper/Topic Focus"),
        ("citation_note", "Citation Information"),
        ("impact", "Short Impact Summary"),
    ],
)
def test_fields_read_word_for_word_as_on_the_page(papers, attribute, label):
    assert [words_as_read(getattr(paper, attribute)) for paper in papers] == [
        words_in_html(field_in(card, label)) for card in CARDS
    ]


def test_summaries_read_word_for_word_as_on_the_page(papers):
    found = re.findall(r'<p class="year-review-description">(.*?)</p>', ORIGINAL)

    assert [words_as_read(paper.summary) for paper in papers] == [
        words_in_html(summary) for summary in found
    ]


def test_introduction_and_attribution_read_word_for_word(reading):
    before = ORIGINAL.split(CARD_START)[0]
    introduction, attribution = before.split('<div class="year-review-attribution">')

    assert words_as_read(reading.review.introduction) == words_in_html(
        introduction.split("</h1>")[1]
    )
    assert words_as_read(reading.review.attribution) == words_in_html(attribution)
    assert reading.review.title == "AI Research Year in Review 2024"


def test_code_stands_as_on_the_page(papers):
    fences = [
        (match[1], match[2])
        for paper in papers
        for section in paper.sections
        for match in re.finditer(r"^```(\w*)\n(.*?)\n```$", section.body, re.M | re.S)
    ]

    assert fences == [
        (language, html.unescape(code).strip("\n ").strip("\n"))
        for language, code in re.findall(
            r'<pre><code class="language-(\w+)">(.*?)</code></pre>', ORIGINAL, re.DOTALL
        )
    ]


def test_every_address_that_leads_somewhere_is_kept(reading):
    said = repr(reading.review)
    addresses = re.findall(r'<a href="([^"]+)"', ORIGINAL)

    assert {one for one in addresses if one not in said} == set()
    assert [one for one in addresses if f"]({one})" in said or f"'{one}'" in said] == [
        one for one in addresses if "xxxxx" not in one
    ]


def test_the_wanted_figure_keeps_all_that_is_said_of_it(papers):
    (figure,) = papers[2].figures

    assert (figure.key, figure.kind, figure.wanted) == ("wanted-1", "image", True)
    assert figure.note == (
        "[Insert figure here]\n"
        "You can embed the figure using an <img> tag within this div."
    )
    assert figure.credit == "Figure based on Build a Large Language Model From Scratch"
    assert figure.source == (
        "https://github.com/rasbt/LLMs-from-scratch/blob/main/appendix-D/"
        "01_main-chapter-code/appendix-D.ipynb"
    )


def test_literal_emphasis_stays_emphasis(papers):
    historical = papers[0].sections[2].body

    assert re.findall(r"\\?\*[^*]+\\?\*", historical) == ["*openly available*"]


def test_titles_are_taken_only_from_links_to_the_paper(papers):
    assert [paper.title for paper in papers] == [
        "Mixtral of Experts",
        "DoRA: Weight-Decomposed Low-Rank Adaptation",
        "Simple and Scalable Strategies to Continually Pre-train Large Language Models",
        "Is DPO Superior to PPO for LLM Alignment? A Comprehensive Study",
        "LoRA Learns Less and Forgets Less",
        "",
        "",
        (
            "Scaling LLM Test-Time Compute Optimally can be More Effective than Scaling"
            " Model Parameters"
        ),
        "NVLM: Open Frontier-Class Multimodal LLMs",
        "O1 Replication Journey: A Strategic Progress Report -- Part 1",
        "",
        "Phi-4 Technical Report",
    ]


def test_identifiers_are_those_that_the_page_names(papers):
    assert [paper.arxiv_id for paper in papers] == [
        "2401.02964",
        "2402.09353",
        "2403.05928",
        "2404.10719",
        "2405.09673",
        "",
        "",
        "2408.03314",
        "2409.11402",
        "2410.18982",
        "",
        "2412.08905",
    ]


def test_authors_are_those_that_the_page_names(papers):
    assert [paper.authors.replace("\n", "|") for paper in papers] == [
        "{The Mistral AI team}",
        "Qing Liu|Yuzhao Gu|Zhi Chen|Xu Han|Yi Hu|Maosong Sun|Zhiyuan Liu|et al.",
        (
            "Ahmed Ibrahim|Amr Hendy|Muhammad Sharaf|Chien-Feng Liao"
            "|Muhammad Abdul-Mageed|Ganesh Kumar|et al."
        ),
        "Xu|et al.",
        "Biderman|et al.",
        "Penedo|et al.",
        "Grattafiori|et al.",
        "",
        "Dai|et al.",
        "Quin|et al.",
        "Kumar|et al.",
        "Abdin|et al.",
    ]


def test_dates_are_as_precise_as_stated(papers):
    assert [paper.date for paper in papers] == [
        "2024-01-08",
        *(f"2024-{month:02}" for month in range(2, 13)),
    ]


def test_what_is_wrong_with_the_page_is_found(reading):
    assert Counter(one.code for one in reading.findings) == {
        "authors.incomplete": 10,
        "authors.organisation-only": 1,
        "authors.unknown": 1,
        "figures.wanted": 1,
        "identifiers.missing": 3,
        "identifiers.placeholder": 2,
        "identifiers.wrong-scheme-label": 9,
        "links.text-instead-of-link": 3,
        "tags.near-duplicate": 1,
        "text.literal-markdown": 3,
        "title.missing": 3,
        "title.unchecked": 9,
    }


def test_a_finding_names_the_entry_the_field_and_the_line(reading):
    lines = ORIGINAL.split("\n")
    found = [one for one in reading.findings if one.code == "identifiers.placeholder"]

    assert [one.field for one in found] == [
        "the-15-trillion-token-fineweb-dataset: arxiv_id",
        "llm-scaling-laws-for-precision: arxiv_id",
    ]
    assert ["xxxxx" in lines[one.line - 1] for one in found] == [True, True]


class VisibleText(HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.parts = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.parts.append(" ")

    def handle_data(self, data):
        self.parts.append(data)


def texts_in(value):
    """Every text in a value, except the codes that are not the page's words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_in(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {
                "slug",
                "kind",
                "key",
                "publication",
                "tags",
                "chips",
            }:
                yield from texts_in(getattr(value, field.name))


def said_words(reading):
    """The words of a reading. Topics count as they are shown: with their full names."""
    review = reading.review
    spelled = {tag.name: f"{tag.full_name} {tag.name}" for tag in review.tags}
    texts = [*texts_in(review), *texts_in(reading.unplaced)]
    texts += [one.message for one in reading.findings]
    for paper in review.papers:
        texts += [*paper.chips, *(spelled[name] for name in paper.tags)]
    return Counter(word for text in texts for word in words_of(text))


# Words that the page repeats in each card and that are fields in a review.
LABELS = (
    "Key Details. Deeper Dive. Main Paper/Topic Focus. Publication Date. Authors."
    " Tags/Topics. Citation Information. Link to Paper/Resource. Short Impact Summary."
    " Technical Context/Explanation. Figures or Diagrams."
    " Historical Context/Comparison. Relevance at End of Year."
)
MONTHS = re.findall(r'<span class="year-review-date">(.*?)</span>', ORIGINAL)
DATES = [field_in(card, "Publication Date") for card in CARDS]


def test_every_word_of_the_page_is_somewhere_in_the_reading(reading):
    visible = Counter(words_of("".join(VisibleText(ORIGINAL).parts)))
    structural = Counter(words_of(" ".join([LABELS] * 12 + MONTHS + DATES)))

    assert visible - structural - said_words(reading) == {}


def test_only_a_structural_word_may_be_missing(reading):
    """Without its labels the page has no word to spare: the comparison is strict."""
    visible = Counter(words_of("".join(VisibleText(ORIGINAL).parts)))
    structural = Counter(words_of(" ".join([LABELS] * 12 + MONTHS + DATES)))

    assert set(visible - said_words(reading)) <= set(structural)
