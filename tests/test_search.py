import pytest
from django.core.management import call_command
from django.db import connection

from papers.models import ContentVersion, Paper, SearchDocument, Status
from papers.results import correct
from papers.search import MOST_WORDS, search
from papers.spelling import distance, nearest
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


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ('"rank adapters"', True),
        ("“rank adapters”", True),
        ('"adapters rank"', False),
        ('"low adapters"', False),
        ('"LOW RANK adapter"', True),
        ('"low-rank"', True),
        ('"cheap low rank"', True),
        ('"cheap low-rank adapters, with"', True),
        ('"rank adap"', False),
        ('"adap"', False),
        ('"rank adapters" naïv', True),
        ('naïv "rank adapters"', True),
        ('na "rank adapters"', True),
        ('"rank adapters" "for the"', True),
        ('"rank adapters" "the for"', False),
        ('"rank adapters', True),
        ('"adapters rank', True),
        ('rank adapters"', True),
        ('"" adapters', True),
        ('"adapters with" GPT-4', True),
        ('"GPT 4"', True),
        ("gpt-4", True),
        ("2401.04088", True),
        ("10.1000/xyz", True),
        ("the", True),
    ],
)
def test_words_in_quotes_stand_together(query, finds):
    make_paper(
        headline="Fine-tuning",
        summary="Cheap low-rank adapters with GPT-4 for the naïve.",
        arxiv_id="2401.04088",
        doi="10.1000/xyz",
    )

    assert found(query) == (["Fine-tuning"] if finds else [])


def test_a_phrase_does_not_cross_from_one_field_to_the_next():
    make_paper(headline="Low rank", summary="Adapters.", title="One", authors="Bo Li")

    assert found('"rank one"') == []
    assert found('"rank adapters"') == []


def test_a_phrase_in_the_headline_comes_first_and_is_marked():
    make_paper(headline="Other", summary="Of sparse routing, and sparse routing.")
    make_paper(headline="Sparse routing")

    hits = search('"sparse routing"', within=Paper.objects.published())

    marked = "<mark>sparse</mark> <mark>routing</mark>"
    first, second = [(hit.headline, hit.snippet) for hit in hits]
    assert first[0] in {
        "<mark>Sparse</mark> <mark>routing</mark>",
        "<mark>Sparse routing</mark>",
    }
    assert second[1].replace("<mark>sparse routing</mark>", marked) == (
        f"Of {marked}, and {marked}."
    )


def test_accents_may_be_written_in_two_ways():
    make_paper(headline="Schro\u0308dinger", summary="Na\u00efve.")

    queries = ["schr\u00f6dinger", "schro\u0308dinger", "nai\u0308ve", "na\u00efve"]
    assert [len(found(query)) for query in queries] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("", "", 0),
        ("token", "token", 0),
        ("tokns", "tokens", 1),
        ("tokkens", "tokens", 1),
        ("takens", "tokens", 1),
        ("toknes", "tokens", 1),
        ("kotens", "tokens", 2),
        ("", "tokens", 6),
        ("abcdef", "ghijkl", 6),
    ],
)
def test_a_slip_is_a_letter_more_less_other_or_swapped(one, other, slips):
    assert distance(one, other) == distance(other, one) == slips


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("tokns", "tokens"),
        ("modle", "model"),  # As near as "mode", and met more often.
        ("nodel", "model"),  # "noble" is two slips away, too many for five letters.
        ("transfromer", "transformer"),
        ("trnasfomer", "transformer"),
        ("trnsfrmr", None),
        ("tok", None),
        ("2042", None),
        ("x" * 200, None),
        ("tokens", "tokens"),
    ],
)
def test_the_nearest_known_word_is_taken(word, better):
    known = {"tokens": 3, "model": 5, "mode": 1, "noble": 9, "transformer": 2}
    known |= {"took": 9, "2024": 9}

    assert nearest(word, known) == better


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("trillion tokns", {"tokns": "tokens"}),
        ("trilion tokns", {"trilion": "trillion", "tokns": "tokens"}),
        ('"trilion tokens"', {"trilion": "trillion"}),
        ("trill tokns", {}),  # A beginning only counts at the end.
        ("tokns trill", {"tokns": "tokens"}),
        ("trillions token", {}),  # Found in another form, so known.
        ("tokns qwertz", {}),
        ("tok fifteen", {}),
        ("fiftee", {}),
        ("?!", {}),
        ("tokena tokenb tokenc tokend", {}),
    ],
)
def test_only_what_is_unknown_is_put_right(query, better):
    make_paper(headline="Fifteen trillion tokens")

    assert correct(query) == better


def test_every_part_of_an_entry_gives_known_words():
    paper = make_paper(headline="Headline", title="Mixtral", authors="Zoe Zhaolin")
    make_section(paper=paper, body="A gating network.")

    assert correct("mixtarl") == {"mixtarl": "mixtral"}
    assert correct("zhaolni") == {"zhaolni": "zhaolin"}
    assert correct("netwrok") == {"netwrok": "network"}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_no_word_of_what_is_not_published_is_known(status):
    make_paper(headline="Routing")
    secret = {"headline": "Quasar", "authors": "Quasar", "withdrawal_reason": "Wrong."}
    make_paper(status=status, **secret)

    assert correct("qasar") == {}


def test_reindex_builds_every_document_anew(capsys):
    make_full_paper(headline="Shown", tags=[make_tag("MoE")])
    make_paper(headline="Draft", status=Status.DRAFT)
    before = sorted(SearchDocument.objects.values_list())
    SearchDocument.objects.filter(headline="Draft").delete()
    SearchDocument.objects.update(headline="Old", names="", body="")
    version = ContentVersion.current().number

    call_command("reindex")

    assert capsys.readouterr().out == "Indexed: 2\n"
    assert sorted(SearchDocument.objects.values_list()) == before
    assert (found("old"), found("shown moe works")) == ([], ["Shown"])
    assert ContentVersion.current().number == version + 1


def test_reindex_mends_an_index_that_fell_behind():
    make_paper(headline="Shown")
    lose_index()
    assert found("shown") == []

    call_command("reindex")

    assert found("shown") == ["Shown"]


def lose_index():
    """SQLite's index is a table of its own; PostgreSQL's goes only with what it is of."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO papers_search(papers_search) VALUES('delete-all')"
            )
    else:
        SearchDocument.objects.all().delete()


def test_reindex_changes_all_or_nothing(monkeypatch):
    make_paper(headline="Shown")
    SearchDocument.objects.update(headline="Old")
    monkeypatch.setattr("papers.management.commands.reindex.bump_content_version", fail)

    with pytest.raises(ZeroDivisionError):
        call_command("reindex")

    assert SearchDocument.objects.get().headline == "Old"


def fail():
    raise ZeroDivisionError
