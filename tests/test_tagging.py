"""Two tags into one: their entries, names and addresses, and what search finds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.documents import store, stored
from papers.documents.entry import find_tags
from papers.models import (
    ContentVersion,
    Paper,
    PaperTag,
    SearchDocument,
    Status,
    Tag,
    TagAlias,
)
from papers.search import search
from papers.tagging import get_named, index_entries, merge, preview_merge
from tests.factories import make_paper, make_review, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def winner():
    return make_tag("Fine-tuning")


@pytest.fixture
def loser():
    return make_tag("Finetuning", slug="finetuning")


def tags_of(paper):
    return [(row.tag.name, row.on_card) for row in PaperTag.objects.filter(paper=paper)]


def found(query):
    hits = search(query, Paper.objects.all())
    return [Paper.objects.get(pk=hit.paper_id).headline for hit in hits]


def test_entries_of_the_loser_get_the_winner_in_its_place(loser, winner):
    first, last = make_tag("First"), make_tag("Last")
    paper = make_paper(tags=[first, loser, last], chips=[loser, last])

    merged = merge(loser, winner)

    assert tags_of(paper) == [("First", False), ("Fine-tuning", True), ("Last", True)]
    assert (merged.winner, merged.name, merged.papers) == (winner, "Finetuning", 1)
    assert not Tag.objects.filter(name="Finetuning").exists()


@pytest.mark.parametrize("order", ["loser first", "winner first"])
@pytest.mark.parametrize("chip", ["loser", "winner", "both", "none"])
def test_an_entry_that_has_both_keeps_the_better_place_and_the_chip(
    loser, winner, order, chip
):
    between = make_tag("Between")
    pair = [loser, winner] if order == "loser first" else [winner, loser]
    chips = {"loser": [loser], "winner": [winner], "both": pair, "none": []}[chip]
    paper = make_paper(tags=[pair[0], between, pair[1]], chips=chips)

    merge(loser, winner)

    assert tags_of(paper) == [("Fine-tuning", chip != "none"), ("Between", False)]


@pytest.mark.parametrize("status", Status.values)
def test_entries_of_every_status_are_changed(loser, winner, status):
    at = "2999-01-01T00:00Z" if status == "scheduled" else None
    reason = "Wrong." if status == "withdrawn" else ""
    values = {"status": status, "publish_at": at, "withdrawal_reason": reason}
    paper = make_paper(tags=[loser], **values)

    merge(loser, winner)

    assert tags_of(paper) == [("Fine-tuning", True)]
    assert Paper.objects.get().status == status


def test_other_entries_and_tags_stay_as_they_are(loser, winner):
    other = make_tag("Other")
    paper = make_paper(tags=[other, winner], chips=[winner])

    merge(loser, winner)

    assert tags_of(paper) == [("Other", False), ("Fine-tuning", True)]
    assert sorted(Tag.objects.values_list("name", flat=True)) == [
        "Fine-tuning",
        "Other",
    ]


def test_the_losers_names_become_names_of_the_winner(loser, winner):
    loser.aliases.create(name="Tuning")
    winner.aliases.create(name="Adaptation")

    merge(loser, winner)

    assert list(winner.aliases.values_list("name", "slug")) == [
        ("Adaptation", "adaptation"),
        ("Finetuning", "finetuning"),
        ("Tuning", "tuning"),
    ]


def test_every_address_of_the_loser_leads_to_the_winner_in_one_step(
    client, loser, winner
):
    loser.aliases.create(name="Tuning")
    make_paper(tags=[loser])

    merged = merge(loser, winner)

    assert list(merged.addresses) == ["/tags/finetuning/", "/tags/tuning/"]
    for address in merged.addresses:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (
            301,
            "/tags/fine-tuning/",
        )
    assert client.get("/tags/fine-tuning/").status_code == 200
    feed = client.get("/tags/finetuning/feed.atom")
    assert feed["Location"] == "/tags/fine-tuning/feed.atom"
    chosen = client.get("/2024/?tag=finetuning").context["page"].filter.chosen
    assert chosen == [winner]


def test_a_chain_of_merges_leads_to_its_end_in_one_step(client, loser, winner):
    last = make_tag("Adaptation")
    make_paper(tags=[loser])

    merge(loser, winner)
    merge(winner, last)

    for slug in ("finetuning", "fine-tuning"):
        assert client.get(f"/tags/{slug}/")["Location"] == "/tags/adaptation/"


def test_a_tag_that_had_another_address_before_keeps_that_too(client, loser, winner):
    make_paper(tags=[loser])
    loser = Tag.objects.get(pk=loser.pk)
    loser.slug = "ft"
    loser.save()

    merge(loser, winner)

    assert {
        client.get(f"/tags/{slug}/")["Location"] for slug in ("ft", "finetuning")
    } == {"/tags/fine-tuning/"}


def test_the_winner_takes_over_what_it_does_not_say(winner):
    loser = make_tag("FT", full_name="Fine tuning", description="More training.")

    merge(loser, winner)

    stays = Tag.objects.get()
    assert (stays.full_name, stays.description) == ("Fine tuning", "More training.")


def test_the_winner_keeps_its_own_words(loser):
    winner = make_tag("FT", full_name="Fine-tuning", description="Its own.")
    Tag.objects.filter(pk=loser.pk).update(full_name="Other", description="Other")

    merge(Tag.objects.get(pk=loser.pk), winner)

    stays = Tag.objects.get()
    assert (stays.full_name, stays.description) == ("Fine-tuning", "Its own.")


def test_the_winners_own_name_is_no_full_name_of_it(winner):
    merge(make_tag("FT", full_name="fine-tuning"), winner)

    assert Tag.objects.get().full_name == ""


@pytest.mark.parametrize("query", ["finetuning", "fine-tuning", "tuning", "adapters"])
def test_search_finds_the_entries_by_every_name(loser, winner, query):
    loser.aliases.create(name="Adapters")
    make_paper(tags=[loser], headline="Of the loser")
    make_paper(tags=[winner], headline="Of the winner")

    merge(loser, winner)

    assert sorted(found(query)) == ["Of the loser", "Of the winner"]


def test_search_finds_an_alias_that_was_there_when_the_entry_was_saved(winner):
    winner.aliases.create(name="Adapters")
    make_paper(tags=[winner], headline="Tagged")

    assert found("adapters") == ["Tagged"]


def test_search_follows_a_new_name_after_index_entries(winner):
    make_paper(tags=[winner], headline="Tagged", summary="Some words.")
    winner.full_name = "Adaptation"
    winner.save()

    index_entries(winner)

    assert found("adaptation") == ["Tagged"]
    assert found("words") == ["Tagged"]


def test_a_save_of_the_entry_keeps_the_words_that_index_entries_wrote(winner):
    paper = make_paper(tags=[make_tag("Other"), winner])
    winner.aliases.create(name="Adapters")
    index_entries(winner)
    before = SearchDocument.objects.get().names

    paper.save()

    assert SearchDocument.objects.get().names == before


def test_a_merge_changes_every_etag(client, loser, winner):
    make_paper(tags=[loser])
    before = ContentVersion.current().number

    merge(loser, winner)

    assert ContentVersion.current().number > before


def test_counts_and_filters_know_the_winner_alone(client, loser, winner):
    make_paper(tags=[loser])
    make_paper(tags=[winner, loser])

    merge(loser, winner)

    tags = client.get("/tags/").context["tags"]
    assert [(tag.name, tag.paper_count) for tag in tags] == [("Fine-tuning", 2)]
    assert client.get("/tags/fine-tuning/").context["page"].found == 2


def test_a_folder_and_an_editor_who_know_the_losers_name_mean_the_winner(loser, winner):
    make_paper(tags=[loser], chips=[loser])
    before = stored.read_review(2024)

    merge(loser, winner)

    assert find_tags(["Finetuning"]) == {"Finetuning": winner}
    store.write_review(before)
    assert tags_of(Paper.objects.get()) == [("Fine-tuning", True)]


# What stands in the way


def test_a_tag_is_not_merged_into_itself(loser):
    with pytest.raises(ValueError, match="cannot be merged into itself"):
        merge(loser, Tag.objects.get())
    with pytest.raises(ValueError, match="cannot be merged into itself"):
        preview_merge(loser, loser)


@pytest.mark.parametrize("gone", ["loser", "winner"])
def test_a_tag_that_is_gone_meanwhile_is_not_merged(loser, winner, gone):
    Tag.objects.get(pk={"loser": loser, "winner": winner}[gone].pk).delete()

    with pytest.raises(ValueError, match="not there any more"):
        merge(loser, winner)

    assert Tag.objects.count() == 1


def test_a_name_that_is_another_tags_alias_stays_there(client, loser, winner):
    third = make_tag("Third")
    TagAlias.objects.create(tag=third, name="finetuning", slug="other")
    make_paper(tags=[loser])

    merge(loser, winner)

    assert [str(alias) for alias in third.aliases.all()] == ["finetuning"]
    assert list(winner.aliases.values_list("name", "slug")) == [
        ("finetuning-2", "finetuning")
    ]
    assert client.get("/tags/finetuning/")["Location"] == "/tags/fine-tuning/"


def test_a_name_that_the_winner_has_already_gets_the_losers_address(loser, winner):
    TagAlias.objects.create(tag=winner, name="finetuning")  # Its address is taken.

    merge(loser, winner)

    assert list(winner.aliases.values_list("name", "slug")) == [
        ("finetuning", "finetuning")
    ]


def test_a_name_of_the_loser_that_is_the_winners_own_can_be_saved_at_the_desk(winner):
    loser = make_tag("FT")
    alias = TagAlias.objects.create(tag=loser, name="fine-tuning", slug="tuning-fine")

    merge(loser, winner)

    alias.refresh_from_db()
    alias.full_clean()
    assert alias.tag == winner


# The preview


def test_a_preview_says_what_a_merge_then_does(loser, winner):
    loser.aliases.create(name="Tuning")
    Tag.objects.filter(pk=loser.pk).update(
        full_name="Tuning finely", description="Old."
    )
    Tag.objects.filter(pk=winner.pk).update(description="New.")
    loser, winner = Tag.objects.get(pk=loser.pk), Tag.objects.get(pk=winner.pk)
    draft = make_paper(tags=[loser], status=Status.DRAFT, month=2)
    shown = make_paper(tags=[loser], month=1)
    both = make_paper(tags=[winner, loser])
    make_paper(tags=[winner])

    preview = preview_merge(loser, winner)

    assert (preview.papers, preview.shared) == ([shown, draft], [both])
    assert preview.addresses == ["/tags/finetuning/", "/tags/tuning/"]
    assert preview.names == ["Finetuning", "Tuning"]
    assert (preview.filled, preview.dropped) == (["Tuning finely"], ["Old."])
    merged = merge(loser, winner)
    assert list(merged.addresses) == preview.addresses
    assert merged.papers == len(preview.papers) + len(preview.shared)
    assert set(winner.aliases.values_list("name", flat=True)) == set(preview.names)


def test_a_preview_changes_nothing(loser, winner):
    paper = make_paper(tags=[loser])
    before = ContentVersion.current().number

    preview_merge(loser, winner)

    assert tags_of(paper) == [("Finetuning", True)]
    assert ContentVersion.current().number == before


@pytest.fixture(params=[1, 3], ids=["one entry", "three entries"])
def several(request, loser, winner):
    make_review()
    for number in range(request.param):
        make_paper(tags=[loser, make_tag(f"Tag{number}")])


def test_a_preview_costs_the_same_for_one_entry_and_for_three(
    several, loser, winner, django_assert_num_queries
):
    with django_assert_num_queries(3):
        preview_merge(loser, winner)


def test_a_merge_costs_the_same_for_one_entry_and_for_three(several, loser, winner):
    with CaptureQueriesContext(connection) as queries:
        merge(loser, winner)

    assert len(queries) == 31


def test_the_names_of_all_tags_are_read_in_two_queries(
    several, loser, django_assert_num_queries
):
    loser.aliases.create(name="Tuning")

    with django_assert_num_queries(2):
        tags = get_named()

    assert [(tag.name, tag.aliases) for tag in tags if tag.aliases] == [
        ("Finetuning", ("Tuning",))
    ]
