import pytest
from django.core.management import call_command

from papers.models import Paper, SearchDocument, Status
from papers.search import MOST_WORDS, search
from tests.factories import (
    make_figure,
    make_full_paper,
    make_paper,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def found(query):
    hits = search(query, within=Paper.objects.published())
    return [Paper.objects.get(pk=hit.paper_id).headline for hit in hits]


def test_every_part_of_an_entry_is_searched():
    paper = make_paper(
        headline="Eight experts",
        title="Mixtral",
        summary="sparse",
        focus="routing",
        impact="usual",
        authors="Zoe Zhao",
        venue="Neurips",
        doi="10.1000/xyz",
        tags=[make_tag("MoE", full_name="Mixture of models")],
    )
    make_section(paper=paper, body="gating network")
    make_figure(paper=paper, caption="parameters compared")

    words = "experts mixtral sparse routing usual zhao neurips moe mixture gating parameters"

    assert {word: found(word) for word in words.split()} == {
        word: ["Eight experts"] for word in words.split()
    }


def test_a_match_in_the_headline_comes_first():
    make_paper(headline="Other", summary="About routing, routing and routing.")
    make_paper(headline="Routing")

    assert found("routing") == ["Routing", "Other"]


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("adapt", True),
        ("ADAPTERS", True),
        ("adapters low", True),
        ("naive", True),
        ("naïve", True),
        ("adapters nowhere", False),
        ("dapters", False),
        ("", False),
        ("?!", False),
    ],
)
def test_words_are_found_in_any_form(query, finds):
    make_paper(headline="Low-rank", summary="Adapters for the naïve.")

    assert found(query) == (["Low-rank"] if finds else [])


def test_only_so_many_words_count():
    make_paper(headline="Short")

    assert found(" ".join(["short"] * MOST_WORDS) + " nowhere") == ["Short"]


def test_what_is_found_is_marked_and_the_rest_is_text():
    make_paper(headline="<b>Bold</b> & routing", summary="Use `<script>` for routing.")

    (hit,) = search("routing", within=Paper.objects.published())

    assert hit.headline == "&lt;b&gt;Bold&lt;/b&gt; &amp; <mark>routing</mark>"
    assert hit.snippet == "Use &lt;script&gt; for <mark>routing</mark>."


def test_what_is_not_within_is_not_found():
    make_paper(headline="Draft", status=Status.DRAFT)

    assert found("draft") == []
    assert len(search("draft", within=Paper.objects.all())) == 1


def test_the_index_follows_every_change():
    paper = make_full_paper(headline="First words")

    paper.headline = "Second words"
    paper.save()
    assert (found("first"), found("second")) == ([], ["Second words"])

    paper.sections.get(kind="technical").delete()
    assert found("works") == []

    paper.delete()
    assert found("second") == []
    assert not SearchDocument.objects.exists()


def test_an_import_is_found_at_once():
    call_command("import_review", "papers/fixtures/2024")

    assert (
        found("mixture of experts")[0]
        == Paper.objects.get(slug="mixtral-of-experts").headline
    )
