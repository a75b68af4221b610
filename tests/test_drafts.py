"""Every save is a version, two savers never undo each other, and the site waits."""

import re

import pytest
from django.core.management import call_command

from papers import drafts
from papers.documents.plain import from_plain
from papers.models import ContentVersion, Paper, Revision, Status
from papers.values import PaperDocument
from tests.desk import change, filled_for, keep
from tests.factories import make_full_paper, make_paper, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(review):
    return make_full_paper(review=review, headline="Before", status=Status.DRAFT)


@pytest.fixture
def grace(client, django_user_model):
    """Another editor, logged in with a client of her own."""
    user = django_user_model.objects.create_superuser("grace")
    client.force_login(user)
    return client


def headlines(paper):
    """The headline of each version, newest first, and how it came about."""
    return [(r.document["headline"], r.kind) for r in paper.revisions.all()]


def test_words_kept_while_writing_are_one_version_until_they_are_saved(
    admin_client, draft
):
    form = filled_for(draft, headline="O")
    for headline in ("O", "On", "One"):
        answer = admin_client.post(keep(draft), form | {"headline": headline}).json()
        form["token"] = answer["token"]
    assert headlines(draft) == [("One", "autosaved"), ("Before", "found")]

    admin_client.post(change(draft), form | {"headline": "One."})

    assert headlines(draft) == [("One.", "saved"), ("Before", "found")]


def test_what_is_kept_while_writing_changes_neither_the_rows_nor_the_site(
    admin_client, draft
):
    before = ContentVersion.current().number

    answer = admin_client.post(keep(draft), filled_for(draft, headline="Half")).json()

    draft.refresh_from_db()
    assert draft.headline == "Before"
    assert ContentVersion.current().number == before
    assert drafts.get_working(draft).document.headline == "Half"
    assert answer["change"] == change(draft)
    assert "Write the section “Historical context”." in answer["findings"]


def test_keeping_the_same_words_twice_makes_no_version(admin_client, draft):
    for _ in range(2):
        admin_client.post(change(draft), filled_for(draft, headline="One"))

    assert headlines(draft) == [("One", "saved"), ("Before", "found")]


def test_the_first_words_of_a_new_entry_begin_it(admin_client, review):
    form = filled_for(make_paper(review=review), headline="New", month="5")
    url = "/admin/papers/paper/add/keep/"

    answer = admin_client.post(url, form | {"slug": "", "review": "2024"}).json()

    paper = Paper.objects.get(headline="New")
    assert answer["change"] == change(paper)
    assert answer["keep"] == keep(paper)
    assert (paper.month, paper.status, paper.slug) == (5, "draft", "new")
    again = form | {"token": answer["token"], "headline": "Newer"}
    assert admin_client.post(answer["keep"], again).status_code == 200


def test_the_second_of_two_savers_gets_both_versions_and_loses_nothing(
    admin_client, grace, draft
):
    mine, hers = filled_for(draft), filled_for(draft)
    grace.post(change(draft), hers | {"headline": "By Grace", "title": "Her title"})

    response = admin_client.post(change(draft), mine | {"headline": "By me"})

    assert response.status_code == 200
    assert response.context["conflict"].made_by.username == "grace"
    labels = {
        change.label: (change.before, change.after)
        for change in response.context["changes"]
    }
    assert labels["Headline"] == ("By Grace", "By me")
    html = response.content.decode()
    assert 'value="By me"' in html
    assert "Grace" in html
    draft.refresh_from_db()
    assert draft.headline == "By Grace"
    assert headlines(draft) == [
        ("By me", "set aside"),
        ("By Grace", "saved"),
        ("Before", "found"),
    ]

    token = response.context["conflict"].token
    decided = mine | {"headline": "By both", "token": token}
    assert admin_client.post(change(draft), decided).status_code == 302
    draft.refresh_from_db()
    assert draft.headline == "By both"


def test_words_are_not_kept_over_those_of_another(admin_client, grace, draft):
    form = filled_for(draft, headline="By me")
    grace.post(keep(draft), filled_for(draft, headline="By Grace"))

    response = admin_client.post(keep(draft), form)

    assert response.status_code == 409
    assert response.json()["conflict"] is True
    assert "grace saved another version" in response.json()["problem"]
    assert headlines(draft) == [("By Grace", "autosaved"), ("Before", "found")]


def test_one_editor_in_two_tabs_is_two_savers(admin_client, draft):
    first, second = filled_for(draft), filled_for(draft)
    admin_client.post(keep(draft), first | {"headline": "First tab"})

    response = admin_client.post(keep(draft), second | {"headline": "Second tab"})

    assert response.status_code == 409


@pytest.mark.parametrize("token", ["", "x", "0" * 10_000])
def test_a_form_without_its_token_overwrites_nothing(admin_client, draft, token):
    admin_client.post(change(draft), filled_for(draft, headline="One"))

    response = admin_client.post(
        change(draft), filled_for(draft, headline="Two") | {"token": token}
    )

    assert response.context["conflict"] is not None
    assert headlines(draft)[:2] == [("Two", "set aside"), ("One", "saved")]


def test_what_is_too_long_is_not_kept_and_said(admin_client, draft):
    form = filled_for(draft, summary="x" * 200_001)

    response = admin_client.post(keep(draft), form)

    assert response.status_code == 400
    assert "Summary: Ensure this value has at most 200000" in response.json()["problem"]


@pytest.mark.parametrize("path", ["keep/", "record/", "preview/", "history/"])
def test_strangers_learn_nothing_of_an_entry(client, draft, path):
    for method in (client.get, client.post):
        response = method(f"/admin/papers/paper/{draft.pk}/{path}")
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_an_earlier_version_is_restored_whole(admin_client, draft):
    form = filled_for(draft, headline="After", summary="Other words.")
    form = {k: v for k, v in form.items() if not k.startswith("links")}
    form |= {"links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0, "figures-0-DELETE": "on"}
    admin_client.post(change(draft), form)
    assert (draft.links.count(), draft.figures.count()) == (0, 0)
    url = f"/admin/papers/paper/{draft.pk}/history/1/"

    page = admin_client.get(url).content.decode()
    assert "<del" in page
    assert "<ins" in page
    response = admin_client.post(url, follow=True)

    assert "Version 1 is the newest again." in response.content.decode()
    draft.refresh_from_db()
    assert (draft.headline, draft.summary) == ("Before", "What it found.")
    assert (draft.links.count(), draft.figures.count()) == (1, 1)
    assert headlines(draft) == [
        ("Before", "restored"),
        ("After", "saved"),
        ("Before", "found"),
    ]
    assert draft.revisions.first().note == "From version 1"


def test_restoring_a_live_entry_does_not_change_the_site(admin_client, client):
    paper = make_full_paper(headline="Before")
    admin_client.post(change(paper), filled_for(paper, headline="After", _publish="1"))

    admin_client.post(f"/admin/papers/paper/{paper.pk}/history/1/")

    assert "After" in client.get(paper.get_absolute_url()).content.decode()
    assert drafts.get_working(paper).document.headline == "Before"


def test_the_history_says_who_and_when_and_what_readers_see(admin_client, draft):
    admin_client.post(change(draft), filled_for(draft, headline="One", _publish="1"))
    admin_client.post(change(draft), filled_for(draft, headline="Two"))

    html = admin_client.get(f"/admin/papers/paper/{draft.pk}/history/").content.decode()

    rows = [
        row for row in re.findall(r"<li>.*?</li>", html, re.DOTALL) if "Version" in row
    ]
    assert [re.search(r"Version (\d+)", row)[1] for row in rows] == ["3", "2", "1"]
    assert ["Readers see" in row for row in rows] == [False, True, False]
    assert "admin" in rows[0]


@pytest.mark.parametrize("number", [0, 99, 10**12])
def test_a_version_that_is_not_there_is_not_found(admin_client, draft, number):
    url = f"/admin/papers/paper/{draft.pk}/history/{number}/"

    assert admin_client.get(url).status_code == 404


def test_the_working_version_keeps_its_status_records_and_place(draft):
    revision = drafts.save(draft, PaperDocument(slug="a", month=2), by=None, token="")

    working = drafts.get_working(Paper.objects.get(pk=draft.pk))

    assert from_plain(revision.document).slug == "a"
    assert working.document.publication.status == "draft"
    assert working.document.place == draft.place


def test_an_import_is_in_the_history(draft, tmp_path):
    call_command("export_review", "2024", str(tmp_path / "2024"))
    file = next((tmp_path / "2024").glob("01-*.md"))
    file.write_text(file.read_text().replace("Before", "Imported"))
    call_command("import_review", str(tmp_path / "2024"), verbosity=0)

    assert headlines(draft) == [("Imported", "imported")]
    draft.refresh_from_db()
    assert draft.shown_revision == 1


@pytest.mark.parametrize("count", [1, 4])
def test_a_review_is_read_in_a_fixed_number_of_queries(
    django_assert_num_queries, count
):
    review = make_review()
    for number in range(count):
        paper = make_full_paper(review=review, month=number + 1)
        drafts.save(paper, drafts.get_working(paper).document, by=None, token="")

    with django_assert_num_queries(10):
        assert len(drafts.get_all_working(review)) == count


def test_an_entry_moves_and_the_others_make_room(review, admin_user):
    papers = [make_paper(review=review, month=3, place=n) for n in (1, 2, 3)]
    other = make_paper(review=review, month=5)

    drafts.move(other, month=3, place=2, by=admin_user)
    drafts.move(papers[0], month=3, place=99, by=admin_user)

    order = review.papers.filter(month=3).order_by("place").values_list("pk", flat=True)
    assert list(order) == [other.pk, papers[1].pk, papers[2].pk, papers[0].pk]


def test_a_move_of_a_live_entry_is_seen_at_once_and_its_changes_are_not(
    admin_client, client, admin_user
):
    paper = make_full_paper(headline="Before", month=1)
    admin_client.post(change(paper), filled_for(paper, headline="After"))

    drafts.move(paper, month=6, place=1, by=admin_user)

    page = client.get("/2024/06/").content.decode()
    assert "Before" in page
    working = drafts.get_working(Paper.objects.get(pk=paper.pk))
    assert (working.document.headline, working.document.month) == ("After", 6)
    assert working.has_changes
    assert Revision.objects.first().note == "Moved from January to June"
