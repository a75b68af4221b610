from dataclasses import replace
from datetime import date

import pytest

from papers.checks import people
from papers.checks.findings import Fix
from papers.checks.registry import Problem
from papers.values import FigureDocument, PaperDocument, ReviewDocument, TagDocument
from tests.work import measure

PAPER = PaperDocument(
    slug="mixtral",
    month=1,
    headline="Experts, mixed",
    title="Mixtral of Experts",
    date="2024-01-08",
    authors="Albert Q. Jiang",
    arxiv_id="2401.04088",
)
RULES = [
    people.placeholder_authors,
    people.authors_in_words,
    people.imprecise,
    people.future,
    people.other_month,
    people.cited_as_preprint,
    people.poor_alt_texts,
    people.repeated_tags,
]


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(people, "today", lambda: date(2026, 11, 25))


def found(rule, **changes):
    """The fields that a rule names of a good entry with these changes."""
    return [problem[0] for problem in rule(replace(PAPER, **changes))]


# Authors

IN_WORDS = [
    "Liu and colleagues",
    "Dan Biderman et al.",
    "Dan Biderman, et al",
    "Smith & team",
    "Smith and 20 others",
    "and 12 more",
    "+ 15 others",
    "Liu and many others",
    "Dai and colleagues at NVIDIA",
    "Liu and his co-authors",
    "Ada Lovelace and the team",
    "Ada Lovelace, …",
    "Ada Lovelace ...",
    "Ada Lovelace, etc.",
    "and colleagues",
    "20 other authors",
]
NO_NAMES = [
    "TODO TODO",
    "TBD, TBD",
    "Author TBD",
    "XXX XXX",
    "??? ???",
    "Insert Name",
    "Author 1",
    "Author A",
    "First Author",
    "Author, First",
    "Second Author",
    "Author Name",
    "John Doe",
    "Jane A. Doe",
    "First Last",
    "Last, First",
    "Firstname Lastname",
    "Various",
    "Various authors",
    "Multiple Authors",
    "Unknown",
    "Anonymous authors",
    "N/A",
    "TBD",
    "The team",
    "Research Team",
    "{Research team}",
    "The authors",
    "The Mistral AI team",
    "(Not specified in the provided text)",
    "Authors not listed",
    "xxx",
    "See the paper",
]
NAMES = [
    "TODO Hiroshi",
    "Todo, Keiko",
    "Ada First",
    "Given Okafor",
    "Frank Full",
    "Ada Lovelace",
    "Maas, Han van der",
    "Madonna",
    "{The Qwen Team}",
    "{Mistral AI}",
    "{BigScience Workshop}",
    "{The ATLAS Collaboration}",
    "Na Li",
    "Li Na",
    "Jennifer Null",
    "Jean-Baptiste Alayrac",
    "Anders Andreassen",
    "Etienne Allaire",
    "Sandy Ander",
    "Al Moore",
    "Thomas More",
    "Doe Kim",
    "Teven Le Scao",
    "Yi Wu",
    "O. N. Other-Smith",
    "Theo Research",
    "X. Xu",
    "Martin Luther King, Jr.",
    "et al.",
    "and others",
    "",
]


@pytest.mark.parametrize("line", IN_WORDS)
def test_more_authors_in_words_are_named(line):
    assert found(people.authors_in_words, authors=line) == ["authors"]
    assert found(people.placeholder_authors, authors=line) == []


@pytest.mark.parametrize("line", NO_NAMES)
def test_what_stands_for_an_author_is_named(line):
    assert found(people.placeholder_authors, authors=line) == ["authors"]
    assert found(people.authors_in_words, authors=line) == []


@pytest.mark.parametrize("line", NAMES)
def test_a_real_name_is_not_named(line):
    assert found(people.placeholder_authors, authors=line) == []
    assert found(people.authors_in_words, authors=line) == []


def test_an_author_is_placed_by_line_and_column():
    entry = replace(PAPER, authors="Ada Lovelace\n\n  The Mistral AI team")

    assert list(people.placeholder_authors(entry)) == [
        Problem(
            "authors",
            "Name who wrote it: “The Mistral AI team” is no person. "
            "Write an organisation in braces.",
            3,
            3,
        )
    ]


# Dates


@pytest.mark.parametrize("day", ["2024", "2024-01"])
@pytest.mark.parametrize(
    "ids", [{}, {"arxiv_id": "", "doi": "10.1000/x"}, {"arxiv_id": ""}]
)
def test_a_date_without_its_day_is_named(day, ids):
    assert found(people.imprecise, date=day, **ids) == ["date"]


@pytest.mark.parametrize(
    "changes",
    [{}, {"date": ""}, {"date": "soon"}],
)
def test_a_date_as_precise_as_is_known_is_not_named(changes):
    assert found(people.imprecise, **changes) == []


@pytest.mark.parametrize("day", ["2026-11-26", "2026-12", "2027", "2062-01-08"])
def test_a_date_to_come_is_named(day):
    assert found(people.future, date=day) == ["date"]


@pytest.mark.parametrize(
    "day", ["2026-11-25", "2026-11", "2026", "2024-01-08", "", "soon"]
)
def test_a_date_of_the_past_is_not_named(day):
    assert found(people.future, date=day) == []


def test_today_is_the_day_of_the_site(monkeypatch):
    monkeypatch.undo()

    assert isinstance(people.today(), date)


@pytest.mark.parametrize("day", ["2024-02", "2024-02-01", "2023-12-31"])
def test_an_entry_in_another_month_than_its_paper_is_named(day):
    assert found(people.other_month, date=day) == ["month"]


@pytest.mark.parametrize("day", ["2024", "2024-01", "2024-01-31", "", "2024-13"])
def test_an_entry_in_the_month_of_its_paper_is_not_named(day):
    assert found(people.other_month, date=day) == []


# The venue

PUBLISHED = "10.1145/3442188.3445922"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"venue": "arXiv", "doi": PUBLISHED}, "venue"),
        ({"venue": "arXiv preprint", "doi": PUBLISHED}, "venue"),
        ({"venue": "ICML 2024", "citation_note": "An arXiv preprint."}, "citation_note"),
        ({"citation_note": "arXiv preprint arXiv:2401.04088", "doi": PUBLISHED}, "citation_note"),
    ],
)  # fmt: skip
def test_a_published_paper_called_a_preprint_is_named(changes, field):
    assert found(people.cited_as_preprint, **changes) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"venue": "arXiv"},
        {"venue": "arXiv", "doi": "10.48550/arXiv.2401.04088"},
        {"venue": "bioRxiv", "doi": "10.1101/2024.01.01.573000"},
        {"venue": "ICML 2024", "doi": PUBLISHED},
        {"citation_note": "An arXiv preprint."},
        {"venue": "ICML 2024", "citation_note": "Preprint of January; ICML has the text."},
        {"venue": "ICML 2024", "citation_note": "First a preprint, then published."},
        {"venue": "ICML 2024", "citation_note": "Available on arXiv."},
        {"venue": "arXiv, accepted at ICML", "doi": PUBLISHED},
        {"venue": "arXiv", "doi": "nothing"},
    ],
)  # fmt: skip
def test_a_preprint_called_one_is_not_named(changes):
    assert found(people.cited_as_preprint, **changes) == []


def test_the_word_is_placed_by_line_and_column():
    entry = replace(PAPER, venue="ICML 2024", citation_note="See:\nan arXiv preprint.")

    (problem,) = people.cited_as_preprint(entry)

    assert (problem.line, problem.column) == (2, 10)


# Alt texts


def judged(alt, **values):
    figure = FigureDocument(key="a", kind="image", alt=alt, **values)
    return list(people.poor_alt_texts(replace(PAPER, figures=(figure,))))


@pytest.mark.parametrize(
    "alt",
    ["img_0012.png", "IMG_0012", "figure-1.svg", "Screenshot 2024-01-08 at 10.11.12.png",
     "Figure 1", "image", "Figure", "A chart.", "screenshot", "diagram of", "Bar chart",
     "An image of", "alt text", "untitled", "TODO", "assets/plots/loss.webp", "chart2"],
)  # fmt: skip
def test_an_alt_text_that_says_nothing_is_named(alt):
    assert [problem.field for problem in judged(alt)] == ["figures.0.alt"]


@pytest.mark.parametrize(
    ("alt", "after"),
    [
        ("Image of a router with eight experts.", "A router with eight experts."),
        ("A picture of two curves", "Two curves"),
        ("This is an image showing losses that fall.", "Losses that fall."),
    ],
)
def test_an_alt_text_that_says_it_is_an_image_is_mended(alt, after):
    assert [problem.fix for problem in judged(alt)] == [Fix(alt, after)]


def test_an_alt_text_that_repeats_the_caption_is_named():
    said = judged("Losses of both models", caption="*Losses* of both models.")

    assert [problem.field for problem in said] == ["figures.0.alt"]


@pytest.mark.parametrize(
    "alt",
    ["", "Scores rise.", "Bars of parameters in billions. Mixtral 8x7B: 47 stored.",
     "Image tokens enter the decoder.", "A table of three rows. LoRA, rank 32: 76.3.",
     "A line chart of loss falling from 3 to 2.", "Screenshot of the editors' desk.",
     "A Python program that writes loss.csv", "Figure of eight traced by the optimiser.",
     "Router", "Picture tokens are 256."],
)  # fmt: skip
def test_an_alt_text_that_says_something_is_not_named(alt):
    assert judged(alt, caption="What it costs.") == []


def test_a_wanted_figure_needs_no_alt_text_yet():
    assert judged("image", wanted=True) == []


# Tags


@pytest.mark.parametrize(
    "tags",
    [("MoE", "moe"), ("Fine-tuning", "Finetuning"), ("LLM", "LLMs"), ("MoE", "MoE"),
     ("PEFT", "Parameter-efficient fine-tuning (PEFT)"), ("Scaling laws", "scaling_laws")],
)  # fmt: skip
def test_one_tag_in_two_spellings_is_named(tags):
    assert found(people.repeated_tags, tags=tags) == ["tags"]


@pytest.mark.parametrize(
    "tags",
    [(), ("LoRA", "DoRA"), ("Training", "Pretraining"), ("GPT-3", "GPT-4"),
     ("Vision", "Multimodal"), ("LLMs", "Small LLMs"), ("(", ")", "")],
)  # fmt: skip
def test_two_tags_are_not_named(tags):
    assert found(people.repeated_tags, tags=tags) == []


@pytest.mark.parametrize(
    ("tag", "text", "usual"),
    [
        ("O1", "It is o1 that thinks, and o1 answers.", "o1"),
        ("Lora", "LoRA is small.", None),
        ("LORA", "LoRA is small.", "LoRA"),
        ("LLM Training", "The LLM training goes on.", None),
        ("LLm Training", "The LLM training goes on.", "LLM training"),
        ("Low-Precision Training", "The low-precision training.", None),
        ("O1", "O1 thinks, and o1 answers.", None),
        ("O1", "So o1 answers, o1 writes, and O1 thinks.", None),
        ("O1", "Nothing is said.", None),
        ("C++", "It is c++, and `C` too.", None),
        ("GPT-4 (o)", "GPT-4 (O) it is.", None),
    ],
)
def test_a_tag_is_written_in_the_capitals_of_the_text(tag, text, usual):
    said = list(people.tags_in_other_capitals(replace(PAPER, tags=(tag,), impact=text)))

    message = f"Write the tag “{tag}” as the text does: “{usual}”."
    assert said == ([("tags", message)] if usual else [])


def said_of(papers, tags=()):
    review = ReviewDocument(year=2024, title="A", papers=papers, tags=tags)
    rules = (people.alike_tags, people.lone_tags, people.missing_tags)
    return [(place, p.message) for rule in rules for place, p in rule(review)]


def entry(*tags, **values):
    return PaperDocument(slug="a", month=1, tags=tags, **values)


def test_tags_that_may_be_one_are_named_where_the_rarer_stands():
    papers = (entry("MoE"), entry("MoE"), entry("moe"))

    assert said_of(papers)[0] == (
        2,
        "Make one tag of “moe” and “MoE”: the same but for hyphens, spaces and capitals.",
    )


def test_an_alias_used_as_a_tag_is_named():
    moe = TagDocument(name="MoE", slug="moe", aliases=("Sparse models",))
    papers = (
        entry("MoE"),
        entry("MoE"),
        entry("Sparse models"),
        entry("Sparse models"),
    )

    assert said_of(papers, (moe,)) == [
        (
            place,
            "Make one tag of “Sparse models” and “MoE”: "
            "“Sparse models” is the alias of “MoE”.",
        )
        for place in (2, 3)
    ]


def test_a_tag_of_one_entry_is_told_for_information():
    assert said_of((entry("MoE"), entry())) == [(0, "Only this entry carries “MoE”.")]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": "A MoE at last"}, "The title says “MoE”: add the tag “MoE”."),
        ({"headline": "sparse models"}, "The headline says “sparse models”: add the tag “MoE”."),
        ({"focus": "A mixture of experts."}, "The focus says “mixture of experts”: add the tag “MoE”."),
    ],
)  # fmt: skip
def test_an_entry_that_names_a_tag_without_carrying_it_is_named(values, message):
    names = {"full_name": "Mixture of experts", "aliases": ("Sparse models",)}
    moe = TagDocument(name="MoE", slug="moe", **names)

    said = said_of((entry("MoE"), entry("MoE"), entry(**values)), (moe,))

    assert said == [(2, message)]


@pytest.mark.parametrize(
    "values",
    [
        {"title": "A moe at last"},
        {"title": "MoEs"},
        {"summary": "MoE"},
        {"title": "İMoE"},
    ],
)
def test_an_entry_that_does_not_name_a_tag_is_not_named(values):
    assert said_of((entry("MoE"), entry("MoE"), entry(**values))) == []


def test_an_entry_that_carries_a_tag_may_name_it():
    papers = (entry("MoE", title="MoE and MoE"), entry("MoE"))

    assert said_of(papers, (TagDocument(name="Vision", slug="vision"),)) == []


@pytest.mark.parametrize(
    ("tag", "carried", "values"),
    [
        ("Extra dimension", "Extra dimensions", {"title": "A small extra dimension"}),
        (
            "Pretraining",
            "Continual pretraining",
            {"headline": "Pretraining, on and on"},
        ),
        ("Inference", "Precision", {"focus": "Numbers of few bits and inference."}),
    ],
)
def test_an_entry_that_carries_more_or_uses_a_common_word_is_not_named(
    tag, carried, values
):
    papers = (entry(tag), entry(tag), entry(carried), entry(carried, **values))

    assert not any("add the tag" in message for _, message in said_of(papers))


def test_the_lone_tags_of_an_entry_are_told_at_once():
    papers = (entry("Vision", "Speech"), entry("Sparsity"))

    assert said_of(papers) == [
        (0, "Only this entry carries “Vision”, “Speech”."),
        (1, "Only this entry carries “Sparsity”."),
    ]


def test_a_review_without_tags_has_no_problems():
    assert said_of((entry(title="MoE"),)) == []


# Whatever comes


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "piece", ["*", "[", "a ", "\n", "`", "a, ", "and ", "1 ", "a\n", "image ", "preprint ", ". ", "("]
)  # fmt: skip
def test_a_hostile_text_takes_no_long_work(rule, piece):
    text = piece * (200_000 // len(piece))
    figure = FigureDocument(key="a", kind="image", alt=text, caption=text)
    hostile = replace(
        PAPER, authors=text, date=text, venue=text, citation_note=text,
        figures=(figure,), tags=(text, text + "s"), doi=text,
    )  # fmt: skip

    assert measure(lambda: list(rule(hostile))) < 1_500


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "{", "{}", ",", "²³", "İ", "\x85a", "(a)("]
)
def test_no_text_is_too_strange(rule, text):
    figure = FigureDocument(key="a", kind="image", alt=text, caption=text)
    strange = replace(
        PAPER, authors=text, date=text, venue=text, citation_note=text,
        figures=(figure,), tags=(text, text), doi=text, arxiv_id=text,
    )  # fmt: skip

    list(rule(strange))
