"""The rule about what stands for words to come; see papers/checks/placeholders.py."""

from dataclasses import replace

import pytest

from papers import checks
from papers.checks import placeholders
from papers.checks.registry import Problem
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    ReviewDocument,
)
from tests.entries import found_in_section as found
from tests.entries import make_entry
from tests.work import measure


@pytest.mark.parametrize(
    "text",
    [
        "[Insert figure here]",
        "See the router. [Insert a diagram of the router here] It has two parts.",
        "[Add link to the code]",
        "[Your name here]",
        "[Replace with the final numbers]",
        "[Fill in the date]",
        "[citation needed]",
        "It grew fast [citation needed].",
        "(add link)",
        "The code is public (insert URL).",
        "It is small (source?).",
        "(citation needed)",
        "Lorem ipsum dolor sit amet.",
        "TODO: say what the router does.",
        "The score is TBD.",
        "FIXME the numbers below.",
        "It took XXX hours.",
        "Dear {{ name }}, welcome.",
        "By {{author_name}} of the institute.",
        "Written by <your name>.",
        "This is a placeholder.",
        "Placeholder",
        "Placeholder text for the summary.",
        "arXiv:2406.xxxxx",
        "The id is xxxx.",
        "It gained XX% in a year.",
        "See Table ?? for more.",
        "Caption goes here.",
        "The rest (link to follow).",
        "**[Insert table]**",
        "- [Add two examples]",
        "| a | b |\n|---|---|\n| 1 | TBD |",
        "[TODO]",
        "> [Insert quote]",
        "The value is Λ = ____ in units.",
        "[IMG_COMPLEX_FINAL]",
        "Rose by %ACC_GAIN% points.",
        "{{cite:radford2021}} reports it.",
        "Speed: «fill in from table».",
        "(figure pending)",
        "(Figure to be supplied by author)",
        "N/A (fill).",
        "See Table XXX for it.",
        "It reached XXX points.",
        "The cost was XXX.",
        "XXX",
        "(link still missing)",
        "[table 2 pending]",
        "<fill in>",
        "(to be confirmed)",
        "(to be filled in later)",
        "A score of XXX was seen.",
        "In XXX days.",
        "It cost about XXX dollars.",
        "[FIG_2_HERE]",
        "«TODO»",
        "{{#cite doi}}",
        "By adding XXX layers it grew.",
        "By %AUTHOR%.",
        "“It took XXX hours”: no quote.",
        "(Abbildung) [photo to follow shortly]",
        "{figure pending}",
        "The result (value tbd) is good.",
    ],
)
def test_a_placeholder_is_named(text):
    assert len(found(placeholders.placeholders, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It was left to do.",
        "There is much to do for the router.",
        "The `TODO` data set has ten tasks.",
        "```python\n# TODO: fill in\nx = '[Insert figure here]'\n```",
        "    TODO = 1",
        "A note.[^1]\n\n[^1]: It says more.",
        "[[fig:parameters]] shows it.",
        "See [Insert coin](https://example.org/todo).",
        "[Add](https://example.org/xxxx)",
        "https://example.org/TODO/xxxx",
        "$x_{TODO} = [Insert]$",
        "The model deletes TODO comments from code.",
        "The word “TODO” is rare.",
        "He wrote volume XXX of it.",
        "A placeholder token stands for each image.",
        "Each image becomes a placeholder of 256 tokens.",
        "The interval [0, 1] and the list [a, b].",
        "The tokens [MASK], [CLS] and [SEP] are special.",
        "“It was [sic] the best […] of times.”",
        "Adding a link to the code helped (adding layers did not).",
        "Is it? What?! Really.",
        "The set {x} and the pair {{1}, {2}}.",
        "A model of size 3 < 4 > 2.",
        "The matrix A[i][j] is sparse [12].",
        "They insert a figure here and there.",
        "New experts are to be added.",
        "where XXX appears in a licence it is a Roman numeral, XXX.",
        "King Louis XXX ruled.",
        "In Super Bowl XXX they won.",
        "The Games of the XXX Olympiad.",
        "Volumes XXIX and XXX.",
        "He wrote in book XXX that.",
        "See chapter XXX for it.",
        "A cloze task has a blank: Paris is ____.",
        "“Paris is ____”",
        "The token [TOOL_CALLS] starts a call.",
        "Special tokens such as <END_OF_TURN>.",
        "It gained 50% in A% of cases.",
        "the set {{1, 2}}",
        "The number of links missing (links missing in 3 cases) fell.",
        "The figure is here.",
        "Its image (here in red) is small.",
        "(see the figure here)",
        "The router is to be trained.",
        "A value (to be minimised) is set.",
        "snake_case and __init__ and a_b",
        "(one value missing)",
        "“«Add to cart»”",
        "The dash — and --- rule.",
        "(the figure in table 2 is missing two)",
        "The `____` gap.",
        "Ramesses XXX.",
        "Legio XXX Ulpia stood.",
        "See session XXX of the congress.",
        "A loss of ${L}$ is fine, ${L}$.",
        "The video (here in colour).",
    ],
)
def test_what_only_looks_like_a_placeholder_is_left_alone(text):
    assert found(placeholders.placeholders, text) == []


def test_a_placeholder_is_found_by_line_and_column():
    body = "One.\n\nTwo `code` and\nthree \\* [Add a link] four."

    assert found(placeholders.placeholders, body) == [
        Problem(
            "sections.technical",
            "Write what “[Add a link]” stands for, or take it out.",
            line=4,
            column=10,
        )
    ]


def test_a_letter_that_is_two_in_lower_case_moves_nothing():
    (problem,) = found(placeholders.placeholders, "İİİİ [Add a link]")

    assert problem.message.startswith("Write what “[Add a link]” stands for")
    assert problem.column == 6


def test_a_placeholder_is_found_in_every_field_that_readers_see():
    figure = FigureDocument(
        key="a",
        kind="table",
        caption="TBD",
        alt="[Insert alt text]",
        credit="[Add credit]",
        notes="a: Fine.\nb: TODO",
        content="a,b\n1,TBD",
    )
    entry = make_entry(
        headline="[Insert headline]",
        summary="TODO",
        focus="TODO",
        impact="TODO",
        citation_note="TODO",
        figures=(figure, replace(figure, wanted=True)),
    )

    places = [(p.field, p.line) for p in placeholders.placeholders(entry)]

    assert places == [
        ("summary", 1),
        ("focus", 1),
        ("impact", 1),
        ("citation_note", 1),
        ("figures.0.caption", 1),
        ("figures.0.alt", 1),
        ("figures.0.notes", 2),
        ("headline", 1),
        ("figures.0.credit", 1),
        ("figures.0.content", 0),
    ]


FIELDS = {
    "title": {"title": "[Insert title here]"},
    "venue": {"venue": "TBD"},
    "tags": {"tags": ("Open weights", "TBD")},
    "links.1.label": {
        "links": (
            LinkDocument(kind="code", label="The code", url="https://a.example/1"),
            LinkDocument(
                kind="paper", label="link to follow", url="https://a.example/2"
            ),
        )
    },
    "figures.0.source": {
        "figures": (FigureDocument(key="a", kind="code", source="[citation needed]"),)
    },
    "figures.0.licence": {
        "figures": (FigureDocument(key="a", kind="code", licence="todo"),)
    },
} | {
    f"claims.0.{name}": {
        "claims": (
            ClaimDocument(
                **{"text": "It has 8 experts.", "status": "unverified"} | given
            ),
        )
    }
    for name, given in {
        "text": {"text": "It has XXX experts."},
        "value": {"value": "TBD"},
        "source": {"source": "(source pending)"},
        "place": {"place": "Table ??"},
    }.items()
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_placeholder_is_found_beside_the_texts_too(field):
    entry = PaperDocument(slug="a", month=1, **FIELDS[field])

    (problem,) = placeholders.placeholders(entry)

    assert problem.field == field


def test_names_that_only_look_like_placeholders_are_left_alone():
    entry = PaperDocument(
        slug="a",
        month=1,
        title="An Empirical Study of TODO Comments in ${L}$-smooth Code",
        venue="Journal of Source Code, volume XXX",
        tags=("Source code", "Code", "Placeholder tokens"),
        links=(LinkDocument(kind="code", label="Code", url="https://a.example/todo"),),
        claims=(
            ClaimDocument(
                text="It names 3 sources.",
                value="n/a",
                status="confirmed",
                source="https://a.example/TODO/xxxx",
                place="Section 3, figure 2",
            ),
        ),
        figures=(
            FigureDocument(
                key="a", kind="code", source="The code", licence="CC BY 4.0"
            ),
        ),
    )

    assert list(placeholders.placeholders(entry)) == []


@pytest.mark.parametrize(
    ("field", "text", "line"),
    [
        ("title", "TODO: a title", 1),
        ("introduction", "It was a year.\n\nLorem ipsum dolor sit amet.", 3),
        ("attribution", "[your name]", 1),
    ],
)
def test_a_placeholder_is_found_in_what_a_review_says_itself(field, text, line):
    review = ReviewDocument(**{"year": 2024, "title": "A year", field: text})

    (finding,) = checks.check_own_texts(review)

    assert (finding.code, finding.field, finding.line) == (
        "text.placeholder",
        field,
        line,
    )
    assert finding.severity == "error"


def test_a_review_without_placeholders_has_none():
    review = ReviewDocument(
        year=2024,
        title="What was left to do in 2024",
        introduction="The `TODO` of [last year](https://a.org/2023).",
        attribution="By the editors [[1]](https://a.example/).",
    )

    assert checks.check_own_texts(review) == []


def test_a_reviews_own_texts_are_read_by_the_rules_about_words():
    review = ReviewDocument(
        year=2024,
        title="A year @ home",
        introduction="Experts say that it was good.",
        attribution="First line.\n\nAfter [\\[Papers, Part 1\\]](https://b.org/1), see `x`.",
    )

    found = checks.check_own_texts(review)

    said = {(finding.field, finding.line, finding.code) for finding in found}
    assert said == {
        ("introduction", 1, "text.weasel"),
        ("attribution", 3, "links.text"),
    }
    assert checks.errors_in_own_texts(review) == []
    assert not any(finding.can_be_waived for finding in found)


HOSTILE = [
    "[", "(", "«", "a ", "\n", "(to be ", "TODO ", "XXX ", "%A", "[A_", "_", "{{a", "${a",
    "(figure ", "fill ", "see xxx ", "in a XXX ", "IX ", "X" * 9 + " ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_work_in_proportion(piece):
    text = (piece * 100_000)[:100_000]
    figure = FigureDocument(key="a", kind="image", alt=text)
    entry = make_entry(text[:10_000], headline=text, title=text, figures=(figure,))

    assert measure(lambda: list(placeholders.placeholders(entry))) < 2000
