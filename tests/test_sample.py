"""The sample review: ours, whole, and true to the facts it is made from."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from papers import checks, names
from papers.documents import files, folder
from papers.models import Figure

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "papers" / "fixtures" / "2024"
ORIGINAL = ROOT / "tests" / "data" / "original-page.html"
REVIEW = folder.read_files(files.load(SAMPLE))
PAPERS = {paper.slug: paper for paper in REVIEW.papers}
CODE = sorted(SAMPLE.glob("figures/*/*.py"))
IDENTIFIERS = [
    "2401.04088",
    "2402.09353",
    "2403.08763",
    "2404.10719",
    "2405.09673",
    "2406.17557",
    "2407.21783",
    "2408.03314",
    "2409.11402",
    "2410.18982",
    "2411.04330",
    "2412.08905",
]
AUTHORS = [26, 7, 8, 9, 12, 8, 559, 4, 10, 11, 9, 27]


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def prose(paper):
    texts = [paper.headline, paper.summary, paper.focus, paper.impact]
    texts += [section.body for section in paper.sections]
    texts += [claim.text for claim in paper.claims]
    texts += [text for figure in paper.figures for text in (figure.caption, figure.alt)]
    return [re.sub(r"\[\^\w+\]:?|\]\([^)]*\)", " ", text) for text in texts]


def test_the_review_has_a_paper_for_each_month_with_its_own_identifier_and_authors():
    assert [paper.month for paper in REVIEW.papers] == list(range(1, 13))
    assert [paper.arxiv_id for paper in REVIEW.papers] == IDENTIFIERS
    assert [
        len(names.parse_authors(p.authors).authors) for p in REVIEW.papers
    ] == AUTHORS


@pytest.mark.parametrize("slug", PAPERS)
def test_an_entry_passes_the_gate_without_a_warning(slug):
    codes = {finding.code for finding in checks.check_paper(PAPERS[slug])}

    # What a catalogue says can only be had from the catalogue; the numbers that no claim
    # supports are those that the entry's code prints, and our own arithmetic.
    open_numbers = {"numbers.unsupported", "numbers.coverage"}
    assert codes - open_numbers == {"records.none"}


@pytest.mark.parametrize("slug", PAPERS)
def test_an_entry_is_whole(slug):
    paper = PAPERS[slug]

    kinds = [section.kind for section in paper.sections]
    assert kinds == ["technical", "figures", "historical", "relevance"]
    assert all(len(words(section.body)) >= 40 for section in paper.sections)
    assert re.fullmatch(r"2024-\d\d-\d\d", paper.date)
    assert [figure for figure in paper.figures if figure.content and figure.credit]
    assert len([claim for claim in paper.claims if claim.source]) >= 6
    assert len(paper.chips) >= 2
    assert any(
        link.url == f"https://arxiv.org/abs/{paper.arxiv_id}" for link in paper.links
    )


@pytest.mark.parametrize("slug", PAPERS)
def test_no_sentence_comes_from_the_original_page(slug):
    text = words(re.sub(r"<[^>]+>", " ", ORIGINAL.read_text()))
    length = 7
    original = {tuple(text[n : n + length]) for n in range(len(text))}
    title = words(PAPERS[slug].title)

    copied = []
    for part in prose(PAPERS[slug]):
        ours = words(part)
        runs = [tuple(ours[n : n + length]) for n in range(len(ours) - length + 1)]
        copied += [run for run in runs if run in original and not is_within(run, title)]

    assert copied == []


def is_within(run, title):
    return " ".join(run) in " ".join(title)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.parent.name)
def test_code_in_a_figure_parses_and_runs(path):
    ast.parse(path.read_text())

    ran = subprocess.run(
        [sys.executable, "-W", "error", path],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip()


def test_every_kind_of_figure_and_every_form_of_chart_is_shown():
    figures = [figure for paper in REVIEW.papers for figure in paper.figures]

    assert {figure.kind for figure in figures} == set(Figure.Kind.values)
    forms = {figure.chart or "bar" for figure in figures if figure.kind == "chart"}
    assert forms == set(Figure.Chart.values)
    assert any(figure.dark for figure in figures)
    assert any(figure.notes for figure in figures)
    assert any("[[= " in figure.caption for figure in figures)
