"""The desk's screens for tags: merging, look-alikes, deleting."""

import html5lib
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client

from papers import tagging
from papers.models import Paper, Status, Tag
from papers.search import search
from tests.factories import make_paper, make_tag

pytestmark = pytest.mark.django_db

TAGS = "/admin/papers/tag/"


@pytest.fixture
def winner():
    return make_tag("Fine-tuning")


@pytest.fixture
def loser():
    return make_tag("Finetuning", slug="finetuning")


def merging(tag):
    return f"{TAGS}{tag.pk}/merge/"


def said(response):
    return [str(message) for message in response.context["messages"]]


def tree_of(response):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(response.content.decode())


def test_an_editor_merges_two_tags_without_a_script(admin_client, loser, winner):
    paper = make_paper(tags=[loser])
    form = admin_client.get(f"{TAGS}{loser.pk}/change/").content.decode()
    assert f'href="{merging(loser)}"' in form

    chosen = admin_client.get(merging(loser))
    options = [option.text for option in tree_of(chosen).iter("option")]
    assert options == ["Choose a tag", "Fine-tuning"]

    preview = admin_client.get(merging(loser), {"into": winner.pk})
    sending = preview_form(preview)
    assert Tag.objects.count() == 2

    done = admin_client.post(sending.get("action"), sent_by(sending), follow=True)
    assert said(done) == [
        "“Finetuning” is another name of “Fine-tuning” now. 1 entry changed. "
        "What leads to it: /tags/finetuning/"
    ]
    assert done.redirect_chain == [(f"{TAGS}{winner.pk}/change/", 302)]
    assert Paper.objects.get().topics == [winner]
    assert admin_client.get("/tags/finetuning/")["Location"] == "/tags/fine-tuning/"
    assert admin_client.get(paper.get_absolute_url()).status_code == 200


def preview_form(response):
    (form,) = [
        node
        for node in tree_of(response).iter("form")
        if node.get("method") == "post" and "merge" in (node.get("action") or "")
    ]
    return form


def sent_by(form):
    return {
        node.get("name"): node.get("value")
        for node in form.iter("input")
        if node.get("name")
    }


def test_the_preview_names_entries_addresses_and_what_is_lost(admin_client, winner):
    loser = make_tag("FT", description="Old words.")
    Tag.objects.filter(pk=winner.pk).update(description="New words.")
    loser.aliases.create(name="Tuning")
    draft = make_paper(tags=[loser], headline="A draft", status=Status.DRAFT)
    make_paper(tags=[loser, winner], headline="With both")

    html = admin_client.get(merging(loser), {"into": winner.pk}).content.decode()

    assert "1 entry would carry “Fine-tuning” instead:" in html
    assert f'<a href="/admin/papers/paper/{draft.pk}/change/">A draft</a>' in html
    assert "1 entry carries both and would keep “Fine-tuning”:" in html
    assert "<li>/tags/ft/</li><li>/tags/tuning/</li>" in html
    assert "New other names of “Fine-tuning”: FT, Tuning." in html
    assert "Not kept, as “Fine-tuning” has its own: Old words." in html


def test_the_preview_of_an_unused_tag_says_so(admin_client, loser, winner):
    html = admin_client.get(merging(loser), {"into": winner.pk}).content.decode()

    assert "No entry carries “Finetuning”." in html


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "wrong", ["itself", "999999", "9" * 30, "9" * 5000, "word", "", "-1", "a\0b", "<b>"]
)
def test_a_wrong_choice_is_said_and_changes_nothing(
    admin_client, loser, winner, method, wrong
):
    into = str(loser.pk) if wrong == "itself" else wrong

    response = getattr(admin_client, method)(merging(loser), {"into": into})

    assert response.status_code == 200
    usual = "Choose one of the other tags: this one is not there."
    message = {"": "Choose the tag that stays.", "a\0b": "Null characters"}
    assert message.get(wrong, usual) in response.content.decode()
    assert response.context["preview"] is None
    assert Tag.objects.count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "key", ["999999", "9" * 30, "9" * 5000, "word", "a%00b", "1/2"]
)
def test_a_tag_that_is_not_there_is_said(admin_client, winner, method, key):
    path = f"{TAGS}{key}/merge/"

    response = getattr(admin_client, method)(path, {"into": winner.pk}, follow=True)

    assert response.redirect_chain == [(TAGS, 302)]
    assert said(response) == ["There is no such tag."]


def test_a_post_of_nothing_asks_for_the_choice(admin_client, loser, winner):
    response = admin_client.post(merging(loser))

    assert "Choose the tag that stays." in response.content.decode()
    assert Tag.objects.count() == 2


def test_what_goes_wrong_at_the_last_moment_is_said(
    admin_client, loser, winner, monkeypatch
):
    def refuse(loser, winner):
        raise ValueError("One of the two tags is not there any more.")

    monkeypatch.setattr(tagging, "merge", refuse)

    response = admin_client.post(merging(loser), {"into": winner.pk}, follow=True)

    assert said(response) == ["One of the two tags is not there any more."]
    assert not LogEntry.objects.exists()


def test_a_merge_stands_in_the_history(admin_client, loser, winner):
    admin_client.post(merging(loser), {"into": winner.pk})

    entries = LogEntry.objects.order_by("pk")
    assert [
        (e.object_repr, e.is_deletion(), e.get_change_message()) for e in entries
    ] == [
        ("Finetuning", True, ""),
        ("Fine-tuning", False, "Merged the tag “Finetuning” into it."),
    ]


def test_names_are_shown_as_they_are(admin_client, winner):
    loser = make_tag("<b>x</b>", slug="x", description="<script>alert(1)</script>")
    make_paper(tags=[loser], headline="<i>y</i>")

    pages = [
        admin_client.get(merging(loser), {"into": winner.pk}),
        admin_client.post(merging(loser), {"into": winner.pk}, follow=True),
    ]

    for page in pages:
        html = page.content.decode()
        assert "&lt;b&gt;x&lt;/b&gt;" in html
        assert "<b>x" not in html
        assert "<i>y" not in html
        assert "<script>alert" not in html


ROLES = {
    "Contributor": 403,
    "Editor": 403,
    "Publisher": 200,
    "Administrator": 200,
    "none": 403,
}


@pytest.fixture
def client_as(client, django_user_model):
    def log_in(role):
        user = django_user_model.objects.create_user("somebody", is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
        client.force_login(user)
        return client

    return log_in


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_tags_are_merged_by_those_who_may(client_as, loser, winner, role, status):
    client = client_as(role)

    opened = client.get(merging(loser), {"into": winner.pk})
    sent = client.post(merging(loser), {"into": winner.pk})

    assert opened.status_code == status
    assert sent.status_code == (302 if status == 200 else 403)
    assert Tag.objects.count() == (1 if status == 200 else 2)


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_merging_is_offered_to_those_who_may(client_as, loser, winner, role):
    client = client_as(role)

    pages = [client.get(TAGS), client.get(f"{TAGS}{loser.pk}/change/")]

    offered = ["/merge/" in page.content.decode() for page in pages]
    assert offered == [role == "Publisher"] * 2


def test_strangers_are_asked_to_log_in(client, loser):
    response = client.get(merging(loser))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_a_merge_needs_a_token(django_user_model, loser, winner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_superuser("ada"))

    assert client.post(merging(loser), {"into": winner.pk}).status_code == 403


# Look-alikes


def test_the_list_shows_the_tags_that_look_alike(admin_client, loser, winner):
    make_paper(tags=[winner])
    make_tag("Other")

    html = admin_client.get(TAGS).content.decode()

    assert "Finetuning and Fine-tuning: the same but for hyphens" in html
    link = f'<a href="{merging(loser)}?into={winner.pk}">'
    assert f"{link}merge Finetuning into Fine-tuning</a>" in html


def test_the_list_says_nothing_where_no_tags_look_alike(admin_client, winner):
    make_tag("Other")

    assert "Look alike" not in admin_client.get(TAGS).content.decode()


def test_the_list_shows_ten_pairs_and_says_how_many_more(admin_client):
    for number in range(12):
        name = f"Word{'abcdefghijkl'[number]}{number}"
        make_tag(name)
        make_tag(f"{name[:3]}-{name[3:]}")

    html = admin_client.get(TAGS).content.decode()

    assert html.count("?into=") == 10
    assert "And 2 more." in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_pair_and_with_three(
    admin_client, django_assert_num_queries, count
):
    for number in range(count):
        name = f"Word{'abc'[number]}{number}"
        make_paper(tags=[make_tag(name), make_tag(f"{name[:3]}-{name[3:]}")])

    with django_assert_num_queries(7):
        admin_client.get(TAGS)


def test_a_choice_in_a_window_of_its_own_is_left_alone(admin_client, loser, winner):
    html = admin_client.get(f"{TAGS}?_popup=1").content.decode()

    assert "Look alike" not in html


# Changing and deleting


def test_a_tag_in_use_cannot_be_deleted_and_the_page_says_what_can_be_done(
    admin_client, loser
):
    make_paper(tags=[loser])
    make_paper(tags=[loser], status=Status.DRAFT)
    path = f"{TAGS}{loser.pk}/delete/"

    page = admin_client.get(path).content.decode()
    admin_client.post(path, {"post": "yes"})

    assert "2 entries carry the tag “Finetuning”, so it cannot be deleted." in page
    assert f'<a href="{merging(loser)}">merge it into that tag</a>' in page
    assert Tag.objects.count() == 1


def test_a_tag_that_nobody_uses_can_be_deleted(admin_client, loser):
    response = admin_client.post(f"{TAGS}{loser.pk}/delete/", {"post": "yes"})

    assert response.status_code == 302
    assert not Tag.objects.exists()


def test_selected_tags_in_use_are_kept_with_the_same_hint(admin_client, loser, winner):
    make_paper(tags=[loser])
    form = {"action": "delete_selected", "_selected_action": [loser.pk, winner.pk]}

    page = admin_client.post(TAGS, form).content.decode()
    admin_client.post(TAGS, form | {"post": "yes"})

    assert "open it and merge it into that tag" in page
    assert Tag.objects.count() == 2


def test_search_knows_a_new_name_of_a_tag_at_once(admin_client, loser):
    paper = make_paper(tags=[loser])
    form = {
        "name": "Adaptation",
        "slug": "finetuning",
        "aliases-TOTAL_FORMS": 1,
        "aliases-INITIAL_FORMS": 0,
        "aliases-0-name": "Adjusting",
    }

    response = admin_client.post(f"{TAGS}{loser.pk}/change/", form)

    assert response.status_code == 302
    for query in ("adaptation", "adjusting"):
        hits = search(query, Paper.objects.all())
        assert [hit.paper_id for hit in hits] == [paper.pk]
