from dataclasses import replace
from datetime import UTC, datetime

import pytest

from papers.checks import RULES, check_paper, errors
from papers.checks.findings import Severity
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    RecordDocument,
    SectionDocument,
)

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CHART = FigureDocument(
    key="scores",
    kind="chart",
    alt="Scores rise.",
    credit="Table 2",
    content="Model,Score\nA,1\nB,2",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'
KINDS = ("technical", "figures", "historical", "relevance")
WORDS = {
    "technical": "What it is made of is said here in as many words as it takes to see how it works.",
    "figures": "What came of it was counted three times over, and the counts agree to the last digit.",
    "historical": "Others had tried the same before them, with smaller machines and far fewer texts to read.",
    "relevance": "Whoever builds upon this will find the weights open, the code short and the terms kind.",
}
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
    claims=(ClaimDocument(text="Eight.", status="confirmed", source="1"),),
    figures=(CHART,),
    sections=tuple(SectionDocument(kind=kind, body=WORDS[kind]) for kind in KINDS),
    records=(
        RecordDocument(
            catalogue="arxiv",
            identifier="2401.04088",
            fetched_at=datetime(2026, 11, 25, tzinfo=UTC),
        ),
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
        *[(WARNING, "sections.missing", f"sections.{kind}") for kind in KINDS],
        (WARNING, "tags.no-chip", "tags"),
        (INFO, "claims.none", "claims"),
    ]


def test_only_errors_stop_publishing():
    entry = replace(PERFECT, headline="", chips=(), claims=())

    (error,) = errors(entry)

    assert (error.code, error.field) == ("entry.incomplete", "headline")
    assert error.message == "Give the entry a headline."


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
        ({"doi": "10.1000/x", "records": ()}, []),
        (
            {
                "links": (
                    LinkDocument(kind="paper", label="P", url="https://example.org"),
                )
            },
            [],
        ),
        (
            {
                "links": (
                    LinkDocument(kind="code", label="C", url="https://example.org"),
                )
            },
            [NO_IDENTIFIER],
        ),
    ],
    ids=["nothing", "DOI", "link to the paper", "another link"],
)
def test_a_paper_can_be_found(changes, findings):
    said = found(arxiv_id="", **changes)

    assert [finding for finding in said if finding[1] != "records.none"] == findings


def no_alt(key, place=0):
    message = f"Say in the alt text what the figure “{key}” shows."
    return (ERROR, "figures.no-alt", f"figures.{place}.alt", message)


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
    content = SVG if kind == "diagram" else CHART.content
    image = b"pixels" if kind == "image" else b""
    figure = replace(CHART, kind=kind, alt=alt, content=content, image=image)

    assert found(figures=(figure,)) == findings


def test_every_figure_without_words_is_named():
    first, second = (replace(CHART, key=key, alt="") for key in ("first", "second"))

    assert found(figures=(first, CHART, second)) == [
        no_alt("first", 0),
        no_alt("second", 2),
    ]


def test_a_wanted_figure_is_only_said_to_be_wanted():
    wanted = replace(CHART, kind="image", alt="", credit="", wanted=True)

    assert found(figures=(wanted,)) == [
        (
            WARNING,
            "figures.wanted",
            "figures.0.wanted",
            "The figure “scores” is still wanted.",
        )
    ]


@pytest.mark.parametrize("credit", ["", " "])
def test_a_figure_says_where_it_is_from(credit):
    message = "Say who made the figure “scores”, or from what."

    assert found(figures=(replace(CHART, credit=credit),)) == [
        (WARNING, "figures.no-credit", "figures.0.credit", message)
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
        (
            WARNING,
            "sections.missing",
            f"sections.{kind}",
            f"Write the section “{title}”.",
        )
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


@pytest.mark.parametrize("identifiers", [{}, {"arxiv_id": "", "doi": "10.1000/x"}])
def test_a_paper_that_a_catalogue_knows_is_asked_for(identifiers):
    message = "Ask the catalogue: no record of the paper is kept yet."

    assert found(records=(), **identifiers) == [
        (INFO, "records.none", "arxiv_id", message)
    ]


def problems(**changes):
    """Which rule says what of which field, of an entry with these changes."""
    return [(code, field) for _, code, field, _ in found(**changes)]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("arxiv_id", "2401"),
        ("doi", "10/x"),
        ("date", "soon"),
        ("date", "2024-13"),
        ("authors", "Ada Lovelace\n--"),
        ("authors", "et al.\nAda Lovelace"),
    ],
)
def test_a_field_says_what_it_should(field, text):
    assert (("entry.malformed", field)) in problems(**{field: text})


@pytest.mark.parametrize(
    "url",
    ["", "example", "ftp://example.org", "javascript:1", "https://e.org/" + "x" * 500],
)
def test_a_link_leads_somewhere(url):
    links = (LinkDocument(kind="code", label="", url=url),)

    assert ("links.malformed", "links.0.url") in problems(links=links)


def test_an_address_is_linked_to_once():
    link = LinkDocument(kind="code", label="", url="https://example.org")

    assert problems(links=(link, link)) == [("links.malformed", "links.1.url")]


@pytest.mark.parametrize(
    "changes",
    [
        {"content": ""},
        {"content": "Model,Score\nA,high"},
        {"kind": "diagram", "content": "<p>"},
        {"kind": "image", "content": ""},
        {"kind": "table", "content": " \n"},
    ],
)
def test_a_figure_shows_something(changes):
    figure = replace(CHART, **changes)

    assert problems(figures=(figure,)) == [("figures.broken", "figures.0.content")]
    assert problems(figures=(replace(figure, wanted=True),)) == [
        ("figures.wanted", "figures.0.wanted")
    ]


def test_a_figure_has_a_name_of_its_own():
    assert problems(figures=(CHART, CHART)) == [("figures.broken", "figures.1.key")]


def test_a_section_has_a_heading_of_its_own():
    other = SectionDocument(
        kind="other",
        body="This is a section of its own, for which none of the four that are known has room.",
    )
    more = replace(other, heading="More")
    again = replace(
        more,
        body="Here is a second one, with other words, which nobody has thought of a heading for yet.",
    )

    assert problems(sections=(*PERFECT.sections, other)) == [
        ("sections.heading", "sections.4.heading")
    ]
    assert problems(sections=(*PERFECT.sections, more, again)) == [
        ("sections.heading", "sections.5.heading")
    ]


def test_a_settled_statement_has_a_source():
    claims = (
        ClaimDocument(text="Eight.", status="unverified"),
        ClaimDocument(text="Nine.", status="contradicted", source=" "),
        ClaimDocument(text=" ", status="unverified"),
    )

    assert problems(claims=claims) == [
        ("claims.no-source", "claims.1.source"),
        ("claims.no-source", "claims.2.text"),
    ]
