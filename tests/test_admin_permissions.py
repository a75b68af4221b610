"""What each role can do with an entry from the outside, by what it sends."""

import pytest
from django.contrib.auth.models import Group

from papers.models import Paper, Status
from tests.desk import ADD, READY, change, filled, filled_for, keep
from tests.factories import make_full_paper, make_paper

pytestmark = pytest.mark.django_db

ROLES = ["Contributor", "Editor", "Publisher", "Administrator"]
WRITERS = [role for role in ROLES if role != "Contributor"]


@pytest.fixture
def somebody(django_user_model):
    user = django_user_model.objects.create_user("somebody", is_staff=True)

    def become(role):
        user.groups.set(Group.objects.filter(name=role))
        return user

    return become


@pytest.fixture
def theirs(review):
    """A draft that somebody else began."""
    return make_full_paper(review=review, headline="Theirs", status=Status.DRAFT)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_begins_entries_and_goes_on_with_its_own(
    client, somebody, review, role
):
    client.force_login(somebody(role))

    client.post(ADD, filled(**READY))
    mine = Paper.objects.get()
    client.post(change(mine), filled_for(mine, headline="Changed"))
    answer = client.post(keep(mine), filled_for(mine, headline="Kept"))

    mine.refresh_from_db()
    assert (mine.headline, mine.created_by.username) == ("Changed", "somebody")
    assert answer.status_code == 200


def test_a_contributor_reads_the_entries_of_others_and_changes_none(
    client, somebody, theirs
):
    client.force_login(somebody("Contributor"))
    form = filled_for(theirs, headline="Changed")
    base = f"/admin/papers/paper/{theirs.pk}"

    page = client.get(change(theirs))
    assert page.status_code == 200
    assert '<fieldset class="plain" disabled>' in page.content.decode()
    assert "sticky-bar" not in page.content.decode()
    assert client.get(f"{base}/preview/").status_code == 200
    assert client.get(f"{base}/history/").status_code == 200
    for url in (change(theirs), keep(theirs), f"{base}/record/"):
        assert client.post(url, form).status_code == 403, url
    move = {"paper": theirs.pk, "month": 5, "place": 1}
    assert client.post("/admin/board/move/", move).status_code == 403
    theirs.refresh_from_db()
    assert (theirs.headline, theirs.month) == ("Theirs", 1)


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
def test_a_contributor_cannot_change_what_is_or_was_public(
    client, somebody, review, status
):
    user = somebody("Contributor")
    paper = make_paper(review=review)
    reason = "Wrong." if status == Status.WITHDRAWN else ""
    Paper.objects.filter(pk=paper.pk).update(
        created_by=user, status=status, withdrawal_reason=reason
    )
    client.force_login(user)

    assert client.post(change(paper), filled_for(paper)).status_code == 403


@pytest.mark.parametrize("role", ["Contributor", "Editor"])
@pytest.mark.parametrize(
    "asked",
    [
        {"_publish": "1"},
        {"_schedule": "1", "publish_at": "2999-01-01T09:00"},
        {"_withdraw": "1", "reason": "Wrong."},
    ],
)
def test_who_may_not_publish_has_the_words_saved_and_is_told(
    client, somebody, review, role, asked
):
    client.force_login(somebody(role))
    client.post(ADD, filled(**READY))
    mine = Paper.objects.get()

    form = filled_for(mine, headline="Changed", **asked)
    response = client.post(change(mine), form, follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said[-1] == "Saved. Publishing is for publishers: ask one of them."
    mine.refresh_from_db()
    assert (mine.headline, mine.status) == ("Changed", "draft")
    html = response.content.decode()
    assert 'name="_publish"' not in html
    assert 'name="_schedule"' not in html


def test_an_editor_changes_a_live_entry_and_the_site_waits_for_a_publisher(
    client, somebody, review
):
    paper = make_full_paper(review=review, headline="Before")
    client.force_login(somebody("Editor"))
    client.post(change(paper), filled_for(paper, headline="After"))
    assert "Before" in client.get(paper.get_absolute_url()).content.decode()

    client.force_login(somebody("Publisher"))
    client.post(change(paper), filled_for(paper, _publish="1"))

    assert "After" in client.get(paper.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", WRITERS)
def test_editors_go_on_with_the_entries_of_others(client, somebody, theirs, role):
    client.force_login(somebody(role))

    client.post(change(theirs), filled_for(theirs, headline="Changed"))
    client.post("/admin/board/move/", {"paper": theirs.pk, "month": 5, "place": 1})
    theirs.refresh_from_db()
    assert (theirs.headline, theirs.month) == ("Changed", 5)

    client.post(f"/admin/papers/paper/{theirs.pk}/history/1/")
    theirs.refresh_from_db()
    assert (theirs.headline, theirs.month) == ("Theirs", 1)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("Contributor", False), ("Editor", False), ("Publisher", True)],
)
def test_bulk_publishing_and_a_new_year_are_for_publishers(
    client, somebody, theirs, role, allowed
):
    client.force_login(somebody(role))
    form = {"action": "publish_selected", "_selected_action": [theirs.pk]}

    client.post("/admin/papers/paper/", form)
    begun = client.post("/admin/board/begin/", {"year": "2025"})

    theirs.refresh_from_db()
    assert (theirs.status == "published") is allowed
    assert begun.status_code == (302 if allowed else 403)


def test_a_contributor_gives_only_own_drafts_to_review(client, somebody, theirs):
    client.force_login(somebody("Contributor"))
    form = {"action": "review_selected", "_selected_action": [theirs.pk]}

    client.post("/admin/papers/paper/", form)

    theirs.refresh_from_db()
    assert theirs.status == "draft"


def test_staff_without_a_role_sees_no_entry(client, somebody, theirs):
    client.force_login(somebody("none"))
    base = f"/admin/papers/paper/{theirs.pk}"

    urls = [change(theirs), ADD, f"{base}/preview/", f"{base}/history/"]
    assert [client.get(url).status_code for url in urls] == [403] * 4
    board = client.get("/admin/")
    assert board.status_code == 200
    assert "Theirs" not in board.content.decode()
