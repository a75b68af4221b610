from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from papers.checks import fillers, people, source_links, sources
from papers.checks.findings import Fix
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    RecordDocument,
    ReviewDocument,
    SectionDocument,
)
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
    fillers.placeholders,
    sources.other_month,
    sources.wrong_scheme,
    sources.disagreements,
    source_links.poor_words,
    source_links.missing_links,
    source_links.repeated_links,
]


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(people, "today", lambda: date(2026, 11, 25))


def found(rule, **changes):
    """The fields that a rule names of a good entry with these changes."""
    return [problem[0] for problem in rule(replace(PAPER, **changes))]


def in_text(rule, text, **changes):
    return list(rule(replace(PAPER, summary=text, **changes)))


def link(url, kind="paper", label=""):
    return LinkDocument(kind=kind, label=label, url=url)


# identifiers.placeholder


@pytest.mark.parametrize(
    "arxiv_id",
    [
        "2401.00000",
        "2401.12345",
        "2401.99999",
        "2401.11111",
        "0801.0000",
        "2401.1234",
        "0801.12345",
        "2712.00123",
        "0101.1234",
        "hep-th/9901000",
    ],
)
def test_an_arxiv_id_that_stands_for_another_is_named(arxiv_id):
    assert found(fillers.placeholders, arxiv_id=arxiv_id) == ["arxiv_id"]


def test_an_identifier_that_a_catalogue_knows_is_real_however_it_looks():
    record = RecordDocument(
        catalogue="arxiv",
        identifier="2401.12345",
        fetched_at=datetime(2026, 11, 25, tzinfo=UTC),
    )
    values = {"arxiv_id": "2401.12345", "summary": "It is arXiv:2401.12345."}
    paper = PaperDocument(slug="a", month=1, **values)

    assert len(list(fillers.placeholders(paper))) == 2
    assert list(fillers.placeholders(replace(paper, records=(record,)))) == []


@pytest.mark.parametrize("identifier", ["", "a", "2401", "2401.1234", "10.1234", "com"])
def test_a_record_of_another_identifier_silences_nothing(identifier):
    record = RecordDocument(
        catalogue="arxiv",
        identifier=identifier,
        fetched_at=datetime(2026, 11, 25, tzinfo=UTC),
    )
    text = "It is doi:10.1234/a and [the code](https://example.com/x)."
    said = in_text(fillers.placeholders, text, arxiv_id="2401.12345", records=(record,))

    assert [problem.field for problem in said] == ["arxiv_id", "summary", "summary"]


@pytest.mark.parametrize(
    "doi", ["1O.1038/nature24270", "lO.1038/a", "10.1O38/nature24270"]
)
def test_a_doi_with_a_letter_for_a_digit_is_named(doi):
    (problem,) = in_text(fillers.placeholders, f"Nature 550. doi:{doi}")

    assert f"“{doi}”" in problem.message


@pytest.mark.parametrize(
    "arxiv_id",
    [
        "",
        "2401.04088",
        "2402.00001",
        "2407.21783",
        "0704.0001",
        "0801.1234",
        "1412.6980",
        "1501.00001",
        "2510.27000",
        "hep-th/9901001",
        "math.GT/0309136",
        "2401.xxxxx",
        "soon",
    ],
)
def test_an_arxiv_id_that_may_be_real_or_is_malformed_is_not_named(arxiv_id):
    assert found(fillers.placeholders, arxiv_id=arxiv_id) == []


@pytest.mark.parametrize(
    "doi",
    [
        "10.0000/abc",
        "10.1234/5678",
        "10.1145/nnnnnnn.nnnnnnn",
        "10.1145/0000000.0000000",
        "10.1145/xxxxxxx",
        "10.5281/zenodo.1234567",
        "10.1109/ACCESS.2024.XXXXXXX",
        "10.1000/xyz123",
    ],
)
def test_a_doi_that_stands_for_another_is_named(doi):
    assert found(fillers.placeholders, doi=doi) == ["doi"]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/x",
        "10.1038/s41586-021-03819-2",
        "10.18653/v1/2024.acl-long.1",
        "10.48550/arXiv.2401.04088",
        "10.5555/3295222.3295349",
        "10.1145/3442188.3445922",
        "10.1111/j.1540-6261.1997.tb03808.x",
        "10.1002/(SICI)1097-0258(19980815/30)17:15<1661::AID-SIM968>3.0.CO;2-2",
        "10.5281/zenodo.10256836",
    ],
)
def test_a_doi_that_may_be_real_is_not_named(doi):
    assert found(fillers.placeholders, doi=doi) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2401.XXXXX",
        "https://arxiv.org/pdf/2401.00000v2",
        "https://arxiv.org/abs/xxxx.xxxxx",
        "https://arxiv.org/abs/",
        "https://huggingface.co/papers/2401.12345",
        "https://doi.org/10.xxxx/xxxxx",
        "https://doi.org/10.1234/5678",
        "https://example.com/paper",
        "https://www.example.com",
        "https://github.com/username/repo",
        "https://github.com/your-username/project",
        "https://github.com/user/repo",
        "https://huggingface.co/your-org/your-model",
        "https://site.invalid/a",
        "http://localhost:8000/",
        "https://github.com/<owner>/<name>",
    ],
)
def test_an_address_that_stands_for_another_is_named_wherever_it_is(url):
    assert found(fillers.placeholders, links=(link(url),)) == ["links.0.url"]
    if "<" not in url:
        assert len(in_text(fillers.placeholders, f"See [the paper]({url}).")) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2401.04088v2",
        "https://arxiv.org/list/cs.CL/2401",
        "https://doi.org/10.1145/3442188.3445922",
        "https://github.com/NVlabs/DoRA",
        "https://example.org/paper",
        "https://thisisanexample.com/a",
        "https://blog.dev/your-model-is-wrong",
        "https://xxx.lanl.gov/archive",
        "https://nlp.dev/2024/01/08/1234.5678",
    ],
)
def test_a_real_address_is_not_named(url):
    assert found(fillers.placeholders, links=(link(url),)) == []
    assert in_text(fillers.placeholders, f"See [the paper]({url}).") == []


@pytest.mark.parametrize(
    "text",
    [
        "As arXiv:2401.00000 says.",
        "As arXiv: 2401.xxxxx says.",
        "(2406.XXXXX)",
        "See arXiv preprint arXiv:2401.12345.",
        "DOI: 10.xxxx/xxxxx",
        "DOI 10.1145/XXXXXXX.XXXXXXX",
        "[the code](#)",
        "[the code](TODO)",
        "[the code][c]\n\n[c]: https://example.com/c",
    ],
)
def test_a_placeholder_in_a_text_is_named(text):
    assert len(in_text(fillers.placeholders, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It cost 2401.12345 dollars and 10.1 per cent.",
        "`https://example.com` and `arXiv:2401.00000` are no addresses.",
        "```\ncurl https://example.com/2401.xxxxx\n```",
        "As arXiv:2401.04088 says.",
        "See [figure 1](#figure-1) and [[fig:layer]].",
        "From 2024.1234 to 2025.1234.",
        "An arXiv paper of 2024.",
    ],
)
def test_other_text_is_no_placeholder(text):
    assert in_text(fillers.placeholders, text) == []


def test_a_placeholder_is_placed_by_line_and_column():
    (problem,) = in_text(fillers.placeholders, "One.\n\nAs arXiv:2401.00000 says.")

    assert problem == (
        "summary",
        "Look up the arXiv id: “2401.00000” is a placeholder or mistyped.",
        3,
        10,
        None,
    )


def test_sources_of_statements_and_figures_are_read_too():
    claim = ClaimDocument(text="A", status="confirmed", source="arXiv:2401.00000")
    figure = FigureDocument(key="a", kind="code", credit="From arXiv:2401.xxxxx")

    assert found(fillers.placeholders, claims=(claim,), figures=(figure,)) == [
        "claims.0.source",
        "figures.0.credit",
    ]


# identifiers.date


@pytest.mark.parametrize(
    ("arxiv_id", "day", "changes"),
    [
        ("2403.04088", "2024-01-08", {}),
        ("2402.04088", "2024-01-08", {"venue": "ICML 2024"}),
        ("2402.14000", "2024-01-31", {}),
        ("2103.00020", "2021-02-24", {}),
        ("2103.04020", "2021-02-26", {}),
        ("2401.04088", "2024-02-14", {}),
        ("2401.04088", "2024-06", {}),
        ("2401.04088", "2023-10", {"venue": "NeurIPS 2023"}),
        ("2401.04088", "2021", {}),
        ("hep-th/9901001", "1999-05-02", {}),
    ],
)
def test_an_id_of_another_month_than_the_date_is_named(arxiv_id, day, changes):
    said = found(sources.other_month, arxiv_id=arxiv_id, date=day, **changes)

    assert said == ["arxiv_id"]


@pytest.mark.parametrize(
    ("arxiv_id", "day", "changes"),
    [
        ("2401.04088", "2024-01-08", {}),
        ("2402.00159", "2024-01-31", {}),
        ("2103.00020", "2021-02-26", {}),
        ("2401.18079", "2024-02-01", {}),
        ("2401.04088", "2024-02", {}),
        ("2402.04088", "2024-01", {}),
        ("2401.04088", "2024", {}),
        ("2312.04088", "2024", {}),
        ("2401.04088", "2024-07-21", {"venue": "ICML 2024"}),
        ("2401.04088", "2024-07-21", {"doi": "10.1145/3442188.3445922"}),
        ("2401.00000", "2024-07-21", {}),
        ("", "2024-07-21", {}),
        ("2401.04088", "soon", {}),
        ("2401.xxxxx", "2024-07-21", {}),
        ("hep-th/9901001", "1999-01-02", {}),
    ],
)
def test_a_date_that_may_be_of_the_id_is_not_named(arxiv_id, day, changes):
    assert found(sources.other_month, arxiv_id=arxiv_id, date=day, **changes) == []


# identifiers.scheme


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("DOI: 2401.04088.", Fix("DOI: 2401.04088.", "arXiv:2401.04088.")),
        ("DOI: arXiv:2401.04088", Fix("DOI: arXiv:2401.04088", "arXiv:2401.04088")),
        (
            "DOI: [arXiv:2401.04088](https://arxiv.org)",
            Fix("DOI: [arXiv:2401.04088](https://arxiv.org)", "[arXiv:2401.04088](https://arxiv.org)"),
        ),
        ("**DOI:** arXiv:2401.04088", None),
        ("arXiv: 10.1145/344.5", Fix("arXiv: 10.1145/344.5", "DOI: 10.1145/344.5")),
        ("arXiv number: 10.1145/3.5", Fix("arXiv number: 10.1145/3.5", "DOI: 10.1145/3.5")),
        ("PMID: 10.1145/344.5", Fix("PMID: 10.1145/344.5", "DOI: 10.1145/344.5")),
    ],
)  # fmt: skip
def test_an_identifier_called_by_another_scheme_is_named(text, fix):
    assert [problem.fix for problem in in_text(sources.wrong_scheme, text)] == [fix]


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:2401.04088",
        "DOI: 10.1145/344.5",
        "DOI: 10.48550/arXiv.2401.04088",
        "arXiv: 10.48550/arXiv.2401.04088",
        "DOI: https://doi.org/10.1145/344.5",
        "It has no DOI. arXiv:2401.04088",
        "`DOI: 2401.04088`",
        "[DOI](https://doi.org/10.1145/344.5)",
        "[DOI](https://dl.acm.org/doi/10.1145/344.5)",
        "[Zenodo](https://doi.org/10.5281/zenodo.10256836)",
        "[our code](https://arxiv.org/abs/2401.04088)",
    ],
)
def test_an_identifier_called_by_its_own_scheme_is_not_named(text):
    assert in_text(sources.wrong_scheme, text) == []


@pytest.mark.parametrize(
    ("kind", "label", "url"),
    [
        ("paper", "arXiv", "https://github.com/NVlabs/DoRA"),
        ("paper", "Read the paper on arXiv", "https://openreview.net/forum?id=a"),
        ("paper", "arXiv:2401.04088", "https://doi.org/10.1145/344.5"),
        ("paper", "DOI", "https://arxiv.org/abs/2401.04088"),
        ("code", "GitHub", "https://gitlab.com/a/b"),
        ("code", "Code (GitHub)", "https://huggingface.co/a/b"),
        ("model", "Hugging Face", "https://github.com/a/b"),
        ("code", "Code", "https://arxiv.org/abs/2401.04088"),
        ("paper", "Data", "https://huggingface.co/datasets/a/b"),
        ("data", "Data", "https://huggingface.co/a/b"),
        ("model", "Model", "https://huggingface.co/datasets/a/b"),
        ("pdf", "PDF", "https://arxiv.org/abs/2401.04088"),
        ("paper", "Paper", "https://www.youtube.com/watch?v=a"),
        ("talk", "Talk", "https://arxiv.org/abs/2401.04088"),
        ("paper", "Read the paper (PDF)", "https://github.com/a/b"),
        ("other", "Model weights", "https://huggingface.co/datasets/a/b"),
        ("other", "The official code", "https://arxiv.org/abs/2401.04088"),
    ],
)
def test_a_link_that_leads_elsewhere_than_it_says_is_named(kind, label, url):
    assert len(found(sources.wrong_scheme, links=(link(url, kind, label),))) == 1


@pytest.mark.parametrize(
    ("kind", "label", "url"),
    [
        ("paper", "arXiv", "https://arxiv.org/abs/2401.04088"),
        ("paper", "arXiv", "https://doi.org/10.48550/arXiv.2401.04088"),
        ("pdf", "PDF", "https://arxiv.org/pdf/2401.04088"),
        ("paper", "Read on arXiv", "https://www.arxiv.org/abs/2401.04088"),
        ("code", "GitHub", "https://github.com/NVlabs/DoRA"),
        ("blog", "GitHub", "https://nbasyl.github.io/DoRA-project-page/"),
        ("pdf", "Report", "https://github.com/a/b/blob/main/report.pdf"),
        ("paper", "Paper", "https://openreview.net/forum?id=a"),
        ("model", "Weights", "https://huggingface.co/mistralai/Mixtral-8x7B-v0.1"),
        ("data", "FineWeb", "https://huggingface.co/datasets/HuggingFaceFW/fineweb"),
        ("paper", "Post", "https://huggingface.co/spaces/HuggingFaceFW/blogpost"),
        ("paper", "Paper", "https://huggingface.co/papers/2401.04088"),
        ("blog", "A thread about the arXiv paper", "https://news.ycombinator.com/1"),
        ("talk", "Talk", "https://youtu.be/a"),
        ("code", "", "https://github.com/a/b"),
        ("other", "Code Llama", "https://arxiv.org/abs/2401.04088"),
        ("other", "A paper about data", "https://arxiv.org/abs/2401.04088"),
        ("pdf", "Paper (PDF)", "https://github.com/a/b/blob/main/paper.pdf"),
        ("other", "How the weights were made", "https://huggingface.co/datasets/a/b"),
        ("paper", "arXiv", "http://[broken"),
    ],
)
def test_a_link_that_leads_where_it_says_is_not_named(kind, label, url):
    assert found(sources.wrong_scheme, links=(link(url, kind, label),)) == []


# identifiers.disagree

OTHER = "https://arxiv.org/abs/2402.09353"
OWN = "https://arxiv.org/abs/2401.04088"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"links": (link(OTHER),)}, "links.0.url"),
        ({"links": (link(OTHER, "pdf"),)}, "links.0.url"),
        ({"links": (link(OWN), link(OTHER, label="PDF on arXiv"))}, "links.1.url"),
        ({"citation_note": f"[arXiv]({OTHER})"}, "citation_note"),
        ({"citation_note": "Paper: arXiv:2402.09353v1"}, "citation_note"),
        ({"doi": "10.48550/arXiv.2402.09353"}, "doi"),
        ({"links": (link(OWN, label="arXiv:2402.09353"),)}, "links.0.label"),
        ({"summary": f"[DoRA (arXiv:2402.09354)]({OTHER})"}, "summary"),
        (
            {"doi": "10.1145/1.2", "links": (link("https://doi.org/10.1145/3.4"),)},
            "links.0.url",
        ),
        (
            {"doi": "10.1145/1.2", "citation_note": "[a](https://doi.org/10.1145/3.4)"},
            "citation_note",
        ),
    ],
)
def test_another_papers_identifier_is_named(changes, field):
    assert found(sources.disagreements, **changes) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"links": (link(OWN),)},
        {"links": (link(OWN + "v3"),)},
        {"links": (link(OWN), link(OTHER, label="Part 2: what came after"))},
        {"links": (link(OTHER, "blog"),)},
        {"links": (link(OTHER),), "arxiv_id": ""},
        {"links": (link("https://doi.org/10.1145/3.4"),)},
        {"citation_note": f"[arXiv]({OWN})"},
        {"citation_note": "arXiv:2401.04088, cited by arXiv:2402.09353"},
        {"citation_note": "Part 2 is arXiv:2402.09353."},
        {"citation_note": "Not to be confused with arXiv:2402.09353."},
        {"doi": "10.48550/arXiv.2401.04088"},
        {"doi": "10.1145/1.2", "links": (link("https://dl.acm.org/doi/pdf/10.1145/1.2"),)},
        {"summary": "It builds on arXiv:2402.09353."},
        {"summary": f"It builds on [DoRA (arXiv:2402.09353v2)]({OTHER})."},
    ],
)  # fmt: skip
def test_the_papers_own_identifier_is_not_named(changes):
    assert found(sources.disagreements, **changes) == []


# links.text


def test_brackets_that_readers_would_see_around_a_link_are_named():
    body = "See [\\[Papers of the year, part 1\\]](https://a.org) and [\\[PDF\\]](https://b.org)."

    (problem,) = in_text(source_links.poor_words, body)

    assert problem.message.startswith("Take the brackets off")
    assert problem.column == 5


@pytest.mark.parametrize(
    "words",
    ["here", "there", "Here", "\\[1\\]", "➜ go", "link", "this", "click here", "this page", "→", "Read more", "**here**", ""],
)  # fmt: skip
def test_a_link_that_says_nothing_is_named(words):
    (problem,) = in_text(
        source_links.poor_words, f"One.\nSee [{words}](https://a.org)."
    )

    assert (problem.field, problem.line, problem.column) == ("summary", 2, 5)


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("➜ go", ["links.0.label"]),
        ("Here", ["links.0.label"]),
        ("bit.ly/3xyzabc", ["links.0.label"]),
        ("https://a.org/b", ["links.0.label"]),
        ("", []),
        ("Version 1.5", []),
        ("The paper at bit.ly/3xyzabc", []),
        ("Go to the code", []),
    ],
)
def test_a_label_says_what_is_there(label, fields):
    links = (link("https://a.org/b", label=label),)

    assert found(source_links.poor_words, links=links) == fields


def test_words_that_lead_to_many_pages_of_a_review_are_named_in_each_entry():
    def paper(place, words):
        return replace(
            PAPER,
            slug=f"e{place}",
            links=(link(f"https://a.org/{place}", label=words),),
            summary=f"[here](https://b.org/{place}) and [the {words}](https://c.org)",
        )

    def said(*words):
        papers = [paper(place, word) for place, word in enumerate(words)]
        facts = [source_links.gather_words(paper) for paper in papers]
        return list(source_links.repeated_words(facts))

    found_in = said("Read on", "read on", "Another", "Read on")
    assert [place for place, _ in found_in] == [0, 1, 3]
    assert {problem.field for _, problem in found_in} == {"links.0.label"}
    assert "“Read on” leads to 2 other pages" in found_in[0][1].message
    assert said("Read on", "Read on", "Another") == []


@pytest.mark.parametrize(
    ("label", "site", "count"),
    [
        ("arXiv", "arxiv.org", 0),
        ("Hugging Face", "huggingface.co", 0),
        ("GitHub", "arxiv.org", 3),
        ("Paper", "a.org", 3),
    ],
)
def test_a_link_beside_the_texts_may_say_the_name_of_its_site_alone(label, site, count):
    papers = (
        replace(PAPER, links=(link(f"https://{site}/{n}", label=label),))
        for n in range(3)
    )
    facts = [source_links.gather_words(paper) for paper in papers]

    assert len(list(source_links.repeated_words(facts))) == count


def test_the_same_words_for_two_pages_are_named_at_the_second():
    section = SectionDocument(kind="technical", body="[the paper](https://b.org/)")
    said = in_text(
        source_links.poor_words, "[The paper](https://a.org)", sections=(section,)
    )

    assert [problem.field for problem in said] == ["sections.technical"]


@pytest.mark.parametrize(
    "text",
    [
        "See [part one](https://a.org/1) and [part two](https://a.org/2).",
        "[The paper](https://a.org/) and [the paper](http://www.a.org).",
        "https://a.org/1 and https://a.org/2",
        "`[here](https://a.org)`",
        "Here [the link between size and loss](https://a.org) is.",
        "![here](picture.png) and \\[here](https://a.org)",
        "A [here] without address, and a note.[^1]\n\n[^1]: here",
        "[[fig:layer]]",
    ],
)
def test_a_link_that_says_where_it_leads_is_not_named(text):
    assert in_text(source_links.poor_words, text) == []


# links.bare


@pytest.mark.parametrize(
    "text",
    [
        "The code is available on GitHub.",
        "The weights are on Hugging Face.",
        "The weights are available for download on the Hugging Face Hub.",
        "Open-sourced on GitHub under Apache 2.0.",
        "Paper available on arXiv.",
        "Paper available from Meta AI.",
        "See the bioRxiv server.",
        "It is available from the project page.",
        "See github.com/NVlabs/DoRA.",
        "Look at nvlm-project.github.io/demo for more.",
        "Link: Mixtral of Experts",
        "**Link to the paper:** Mixtral of Experts",
        "Mixtral of Experts (link)",
        "Mixtral of Experts [link]",
        "For more, click here.",
    ],
)
def test_words_where_a_link_should_be_are_named(text):
    assert len(in_text(source_links.missing_links, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The code is [available on GitHub](https://github.com/a/b).",
        "Paper available from [Meta AI](https://ai.meta.com/a).",
        "A model available from 2020 on was better than the paper.",
        "We see the server as a bottleneck; see the repository layout below.",
        "Available on arXiv: [arXiv:2401.04088](https://arxiv.org/abs/2401.04088)",
        "See https://github.com/NVlabs/DoRA and www.github.com/a.",
        "See [the code](https://github.com/a/b).",
        "See `github.com/a/b`.",
        "Link: [Mixtral](https://arxiv.org/abs/2401.04088)",
        "A link between size and loss (a causal link).",
        "Checkpoints could be downloaded from Hugging Face in 2022.",
        "GitHub and/or GitLab, either/or.",
        "Mail ada@example.org/x, version 2.0/3.0.",
        "Trained on code from GitHub.",
        "[text][link]\n\n[link]: https://a.org",
    ],
)
def test_words_that_need_no_link_are_not_named(text):
    assert in_text(source_links.missing_links, text) == []


def test_a_bare_address_is_mended_with_its_protocol():
    (problem,) = in_text(source_links.missing_links, "One, at github.com/a/b.")

    assert problem.column == 9
    assert problem.fix == Fix("github.com/a/b", "https://github.com/a/b")


# links.repeated


def test_an_address_linked_more_than_twice_is_named_once():
    text = "[a](https://a.org) https://a.org/ [b](http://www.a.org) [c](https://a.org)"

    assert [p.column for p in in_text(source_links.repeated_links, text)] == [35]


def test_the_links_beside_the_texts_are_counted_too():
    text = "[a](https://a.org) and [b](https://a.org/)"
    links = (link("https://b.org"), link("http://www.a.org"))

    said = in_text(source_links.repeated_links, text, links=links)
    assert [problem.field for problem in said] == ["links.1.url"]
    assert in_text(source_links.repeated_links, "[a](https://a.org)", links=links) == []


@pytest.mark.parametrize(
    "text",
    ["[a](https://a.org) [b](https://a.org)", "[a](#x) [b](#x) [c](#x)", "`https://a.org` " * 3],
)  # fmt: skip
def test_an_address_linked_twice_is_not_named(text):
    assert in_text(source_links.repeated_links, text) == []


# Across a review


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arxiv_id": "2401.04088"}, "arxiv_id"),
        ({"doi": "10.48550/arXiv.2401.04088"}, "arxiv_id"),
        ({"links": (link(OWN),)}, "links.0.url"),
    ],
)
def test_two_entries_about_one_paper_are_named(changes, field):
    other = replace(PAPER, **({"arxiv_id": ""} | changes))
    another = replace(PAPER, arxiv_id="2402.09353")

    said = repeated(PAPER, another, other)

    assert [(place, problem.field) for place, problem in said] == [(2, field)]
    assert "Experts, mixed" in said[0][1].message


def repeated(*papers):
    review = ReviewDocument(year=2024, title="A", papers=papers)
    return list(sources.repeated_sources(review))


def test_an_entry_may_name_its_own_paper_twice_and_another_as_another():
    one = replace(PAPER, links=(link(OWN), link(OTHER, label="Part 2")))
    other = replace(PAPER, arxiv_id="2402.09353")

    assert repeated(one, other) == []


# Whatever comes


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "piece",
    ["*", "[", "a ", "\n", "`", "](", "[a](", "[]()", "arXiv:", "10.1", "available ", "```\n",
     "https://", "www.a.b/", "DOI: ", "here ", "github.com/", "~~~", "`a", "[a][b]", "> ", "("],
)  # fmt: skip
def test_a_hostile_text_takes_no_long_work(rule, piece):
    text = piece * (200_000 // len(piece))
    entry = replace(PAPER, citation_note=text, summary=text, arxiv_id=text, doi=text)

    assert measure(lambda: list(rule(entry))) < 1_500


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "http://[", "[a](http://[)", "²³⁴.٣٤٥", "İ"]
)
def test_no_text_is_too_strange(rule, text):
    entry = PaperDocument(
        slug="a", month=1, summary=text, citation_note=text, arxiv_id=text, doi=text,
        date=text, links=(link(text, label=text),),
    )  # fmt: skip

    list(rule(entry))
