from dataclasses import replace

import pytest

from papers.checks import RULES, check_paper, errors
from papers.checks.findings import Finding, Severity
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    SectionDocument,
)

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CHART = FigureDocument(key="scores", kind="chart", alt="Scores rise.", credit="Table 2")
PERFECT = PaperDocument(
    slug="mixtral",
    month=1,
    headline="Experts, mixed",
    title="Mixtral of Experts",
    date="2024-01-08",
    authors="Albert Q. Jiang\n{Mistral AI}",
    arxiv_id="2401.04088",
    chips=("moe",),
    summary="What it found.",
    claims=(ClaimDocument(text="Eight experts.", status="verified"),),
    figures=(CHART,),
    sections=tuple(
        SectionDocument(kind=kind, body="Text.")
        for kind in ("technical", "figures", "historical", "relevance")
    ),
)


def found(**changes):
    """What is said of a perfect entry with these changes."""
    return [
        (finding.severity, finding.code, finding.field, finding.message)
        for finding in check_paper(replace(PERFECT, **changes))
    ]


def test_a_perfect_entry_has_no_findings():
    assert found() == []


def test_everything_is_said_of_an_empty_entry_errors_first():
    findings = check_paper(PaperDocument(slug="a", month=1))

    assert [(f.severity, f.code, f.field) for f in findings] == [
        (ERROR, "entry.incomplete", "headline"),
        (ERROR, "entry.incomplete", "title"),
        (ERROR, "entry.incomplete", "summary"),
        (ERROR, "entry.incomplete", "date"),
        (ERROR, "entry.incomplete", "authors"),
        (ERROR, "identifiers.missing", "arxiv_id"),
        *[(WARNING, "sections.missing", "sections")] * 4,
        (WARNING, "tags.no-chip", "tags"),
        (INFO, "claims.none", "claims"),
    ]


def test_only_errors_stop_publishing():
    entry = replace(PERFECT, headline="", chips=(), claims=())

    assert errors(entry) == [
        Finding(
            code="entry.incomplete",
            severity=ERROR,
            field="headline",
            message="Give the entry a headline.",
        )
    ]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("headline", "Give the entry a headline."),
        ("title", "Give the paper's title, as the paper has it."),
        ("summary", "Write the summary."),
        ("date", "Give the date of the paper, as precisely as is known."),
        ("authors", "List the paper's authors, one a line."),
    ],
)
@pytest.mark.parametrize("blank", ["", " \n"])
def test_an_entry_needs_its_text(field, message, blank):
    assert found(**{field: blank}) == [(ERROR, "entry.incomplete", field, message)]


NO_IDENTIFIER = (
    ERROR,
    "identifiers.missing",
    "arxiv_id",
    "Give an arXiv id, a DOI, or a link to the paper.",
)


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({}, [NO_IDENTIFIER]),
        ({"doi": "10.1000/x"}, []),
        ({"links": (LinkDocument(kind="paper", label="P", url="https://x.y"),)}, []),
        (
            {"links": (LinkDocument(kind="code", label="C", url="https://x.y"),)},
            [NO_IDENTIFIER],
        ),
    ],
    ids=["nothing", "DOI", "link to the paper", "another link"],
)
def test_a_paper_can_be_found(changes, findings):
    assert found(arxiv_id="", **changes) == findings


def no_alt(key):
    message = f"Say in the alt text what the figure “{key}” shows."
    return (ERROR, "figures.no-alt", "figures", message)


@pytest.mark.parametrize(
    ("kind", "findings"),
    [
        ("image", [no_alt("scores")]),
        ("diagram", [no_alt("scores")]),
        ("chart", [no_alt("scores")]),
        ("table", []),
        ("code", []),
    ],
)
@pytest.mark.parametrize("alt", ["", " "])
def test_what_is_only_seen_is_put_in_words(kind, findings, alt):
    assert found(figures=(replace(CHART, kind=kind, alt=alt),)) == findings


def test_every_figure_without_words_is_named():
    figures = [replace(CHART, key=key, alt="") for key in ("first", "second")]

    assert found(figures=(*figures, CHART)) == [no_alt("first"), no_alt("second")]


def test_a_wanted_figure_is_only_said_to_be_wanted():
    wanted = replace(CHART, kind="image", alt="", credit="", wanted=True)

    assert found(figures=(wanted,)) == [
        (WARNING, "figures.wanted", "figures", "The figure “scores” is still wanted.")
    ]


@pytest.mark.parametrize("credit", ["", " "])
def test_a_figure_says_where_it_is_from(credit):
    message = "Say who made the figure “scores”, or from what."

    assert found(figures=(replace(CHART, credit=credit),)) == [
        (WARNING, "figures.no-credit", "figures", message)
    ]


INCOMPLETE = "The list ends in “et al.”: list every author."
NO_PERSON = "Only an organisation is named: list the people who wrote it."


@pytest.mark.parametrize(
    ("authors", "findings"),
    [
        (
            "Ada Lovelace\net al.",
            [(WARNING, "authors.incomplete", "authors", INCOMPLETE)],
        ),
        (
            "{Mistral AI}",
            [(WARNING, "authors.organisation-only", "authors", NO_PERSON)],
        ),
        (
            "{A}\n{B}\nand others",
            [
                (WARNING, "authors.incomplete", "authors", INCOMPLETE),
                (WARNING, "authors.organisation-only", "authors", NO_PERSON),
            ],
        ),
        ("{Mistral AI}\nAda Lovelace", []),
    ],
)
def test_authors_are_people_and_all_of_them(authors, findings):
    assert found(authors=authors) == findings


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("technical", "Technical context"),
        ("figures", "Figures"),
        ("historical", "Historical context"),
        ("relevance", "Relevance at the end of the year"),
    ],
)
def test_each_of_the_four_sections_is_written(kind, title):
    others = [section for section in PERFECT.sections if section.kind != kind]
    blank = SectionDocument(kind=kind, body=" \n")

    expected = [
        (WARNING, "sections.missing", "sections", f"Write the section “{title}”.")
    ]
    assert found(sections=tuple(others)) == expected
    assert found(sections=(*others, blank)) == expected


def test_a_card_shows_tags():
    message = "Choose the tags that the card shows."

    assert found(chips=()) == [(WARNING, "tags.no-chip", "tags", message)]


def test_an_entry_says_what_it_rests_on():
    message = "List what the entry rests on, with its sources."

    assert found(claims=()) == [(INFO, "claims.none", "claims", message)]


def test_every_rule_has_a_code_of_its_own():
    codes = [rule.code for rule in RULES]

    assert sorted(set(codes)) == sorted(codes)
