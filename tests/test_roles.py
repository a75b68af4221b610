"""Who may do what: the groups that a new site has, and the rule for each entry."""

import importlib
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import connection
from django.utils import timezone

from papers.models import Paper, Status
from papers.roles import may_add, may_edit, may_publish
from tests.factories import make_paper, make_review, make_tag
from tests.processes import run_python

pytestmark = pytest.mark.django_db

migration = importlib.import_module("papers.migrations.0005_roles")
ROLES = ["Contributor", "Editor", "Publisher", "Administrator"]
NOBODY, ALL = set(), set(ROLES)
FROM_EDITOR, FROM_PUBLISHER = ALL - {"Contributor"}, {"Publisher", "Administrator"}

ALLOWED = {
    "papers.view_paper": ALL,
    "papers.view_review": ALL,
    "papers.view_tag": ALL,
    "papers.view_revision": ALL,
    "papers.add_paper": ALL,
    "papers.change_paper": ALL,
    "papers.change_any_paper": FROM_EDITOR,
    "papers.add_tag": FROM_EDITOR,
    "papers.change_tag": FROM_EDITOR,
    "papers.add_tagalias": FROM_EDITOR,
    "papers.change_tagalias": FROM_EDITOR,
    "papers.publish_paper": FROM_PUBLISHER,
    "papers.delete_paper": FROM_PUBLISHER,
    "papers.add_review": FROM_PUBLISHER,
    "papers.change_review": FROM_PUBLISHER,
    "papers.delete_tag": FROM_PUBLISHER,
    "papers.delete_tagalias": FROM_PUBLISHER,
    "papers.delete_review": {"Administrator"},
    "papers.delete_revision": {"Administrator"},
    "auth.add_user": {"Administrator"},
    "auth.change_user": {"Administrator"},
    "auth.delete_group": {"Administrator"},
    "admin.view_logentry": {"Administrator"},
    "admin.delete_logentry": NOBODY,
    "sessions.view_session": NOBODY,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", ALLOWED)
def test_a_role_has_the_permissions_that_belong_to_it(make_user, role, permission):
    assert make_user(role).has_perm(permission) == (role in ALLOWED[permission])


def test_an_administrator_has_every_permission_of_the_papers(make_user):
    every = Permission.objects.filter(content_type__app_label="papers")

    given = Group.objects.get(name="Administrator").permissions

    assert set(every) - set(given.all()) == set()


def test_each_role_has_all_that_the_one_before_has():
    given = [set(Group.objects.get(name=role).permissions.all()) for role in ROLES]

    assert all(more > less for less, more in pairwise(given))


OWN, OTHERS = "own", "another's"
EDITS = {
    (OWN, "draft"): ALL,
    (OWN, "in review"): ALL,
    (OWN, "scheduled"): FROM_EDITOR,
    (OWN, "published"): FROM_EDITOR,
    (OWN, "withdrawn"): FROM_EDITOR,
    (OTHERS, "draft"): FROM_EDITOR,
    (OTHERS, "in review"): FROM_EDITOR,
    (OTHERS, "scheduled"): FROM_EDITOR,
    (OTHERS, "published"): FROM_EDITOR,
    (OTHERS, "withdrawn"): FROM_EDITOR,
}


def begin(user, status, **values):
    at = "2999-01-01T00:00Z" if status == "scheduled" else None
    reason = "Wrong." if status == "withdrawn" else ""
    paper = make_paper(
        status=status,
        created_by=user,
        publish_at=at,
        withdrawal_reason=reason,
        **values,
    )
    return Paper.objects.get(pk=paper.pk)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("whose", "status"), EDITS)
def test_who_may_change_an_entry(make_user, role, whose, status):
    user, other = make_user(role), make_user(name="other")
    paper = begin(user if whose == OWN else other, status)

    assert may_edit(user, paper) == (role in EDITS[whose, status])


def test_a_draft_that_was_public_once_is_no_contributors_any_more(make_user):
    user = make_user("Contributor")
    paper = begin(user, "draft", published_at=timezone.now())

    assert not may_edit(user, paper)


def test_an_entry_that_nobody_began_is_no_contributors(make_user):
    assert not may_edit(make_user("Contributor"), begin(None, "draft"))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_begin_and_publish_entries(make_user, role):
    user = make_user(role)

    assert may_add(user)
    assert may_publish(user) == (role in FROM_PUBLISHER)


@pytest.mark.parametrize("values", [{"is_staff": False}, {"is_active": False}])
def test_who_may_not_enter_the_desk_may_do_nothing_there(make_user, values):
    user = make_user("Administrator", **values)
    paper = begin(user, "draft")

    assert not any([may_add(user), may_edit(user, paper), may_publish(user)])


def test_a_superuser_without_a_role_may_do_everything(make_user):
    user = make_user(is_superuser=True)

    assert may_add(user)
    assert may_edit(user, begin(None, "published"))
    assert may_publish(user)


@pytest.mark.parametrize("is_known", [True, False])
def test_who_has_no_role_may_do_nothing(make_user, is_known):
    user = make_user() if is_known else AnonymousUser()
    paper = begin(user if is_known else None, "draft")

    assert not any([may_add(user), may_edit(user, paper), may_publish(user)])


# The screens


SCREENS = {
    "/admin/": ALL,
    "/admin/papers/paper/": ALL,
    "/admin/papers/review/": ALL,
    "/admin/papers/review/{review}/change/": ALL,
    "/admin/papers/review/add/": FROM_PUBLISHER,
    "/admin/papers/review/{review}/delete/": {"Administrator"},
    "/admin/papers/tag/": ALL,
    "/admin/papers/tag/{tag}/change/": ALL,
    "/admin/papers/tag/add/": FROM_EDITOR,
    "/admin/papers/tag/{tag}/delete/": FROM_PUBLISHER,
    "/admin/papers/tag/{tag}/merge/": FROM_PUBLISHER,
    "/admin/papers/paper/{paper}/delete/": FROM_PUBLISHER,
    "/admin/auth/user/": {"Administrator"},
    "/admin/auth/user/add/": {"Administrator"},
    "/admin/auth/group/": {"Administrator"},
}
SENT = {
    "/admin/papers/review/{review}/change/": FROM_PUBLISHER,
    "/admin/papers/tag/{tag}/change/": FROM_EDITOR,
}


@pytest.fixture
def rows():
    review, tag = make_review(), make_tag("MoE")
    return {
        "review": review.pk,
        "tag": tag.pk,
        "paper": make_paper(status=Status.DRAFT).pk,
    }


def answer(allowed):
    return 200 if allowed else 403


@pytest.mark.parametrize("role", [*ROLES, "none"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_those_whose_role_it_belongs_to(
    client, make_user, rows, role, screen
):
    client.force_login(make_user(role))
    allowed = role in SCREENS[screen] or screen == "/admin/"

    assert client.get(screen.format(**rows)).status_code == answer(allowed)


@pytest.mark.parametrize("role", [*ROLES, "none"])
@pytest.mark.parametrize("screen", SENT)
def test_what_a_role_may_see_alone_it_cannot_send(
    client, make_user, rows, role, screen
):
    client.force_login(make_user(role))

    response = client.post(screen.format(**rows), {})

    assert response.status_code == answer(role in SENT[screen])


@pytest.mark.parametrize("role", [*ROLES, "none"])
def test_an_entry_is_deleted_by_those_whose_role_it_is(client, make_user, rows, role):
    client.force_login(make_user(role))
    screen = "/admin/papers/paper/{paper}/delete/".format(**rows)

    response = client.post(screen, {"post": "yes"})

    may_delete = role in FROM_PUBLISHER
    assert response.status_code == (302 if may_delete else 403)
    assert Paper.objects.exists() != may_delete


@pytest.mark.parametrize("role", [*ROLES, "none"])
def test_every_role_writes_with_the_markdown_editor(client, make_user, png, role):
    client.force_login(make_user(role))

    written = client.post("/admin/markdownx/markdownify/", {"content": "*Hi*"})
    sent = client.post("/admin/markdownx/upload/")

    assert written.status_code == answer(role in ALL)
    # What a role may send, and is no picture, is refused in words.
    assert sent.status_code == (400 if role in ALL else 403)


# The migration


def migrate_roles():
    """Run what the migration does once more, as if the site had not had it."""
    migration.make_roles(apps, SimpleNamespace(connection=connection))


@pytest.fixture
def without_roles():
    Group.objects.all().delete()


def test_a_group_of_an_operator_keeps_its_people_and_gets_the_permissions(
    without_roles, make_user
):
    own = Group.objects.create(name="Editor")
    own.permissions.add(Permission.objects.get(codename="delete_review"))
    make_user(name="ada").groups.add(own)

    migrate_roles()

    assert [user.username for user in own.user_set.all()] == ["ada"]
    names = set(own.permissions.values_list("codename", flat=True))
    assert {"delete_review", "change_any_paper"} <= names


def test_other_groups_are_left_alone(without_roles):
    own = Group.objects.create(name="Translators")

    migrate_roles()

    assert not own.permissions.exists()
    assert sorted(g.name for g in Group.objects.all()) == sorted(
        [*ROLES, "Translators"]
    )


def test_the_roles_are_made_before_any_permission_is_there(without_roles):
    Permission.objects.all().delete()

    migrate_roles()

    editor = Group.objects.get(name="Editor")
    assert editor.permissions.filter(codename="change_any_paper").count() == 1


def test_a_second_time_changes_nothing():
    before = granted()

    migrate_roles()

    assert granted() == before
    assert list(before) == sorted(ROLES)


def granted():
    return {
        group.name: sorted(group.permissions.values_list("pk", flat=True))
        for group in Group.objects.order_by("name")
    }


def test_a_site_with_people_and_entries_gets_the_roles_and_gives_them_back(tmp_path):
    """From nothing to before the roles, some use of it, then there, back, and there."""
    steps = """
import django; django.setup()
from django.core.management import call_command
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
for app, target in (("auth", "0012"), ("admin", "0003"), ("papers", "0004")):
    call_command("migrate", app, target, verbosity=0)
group = Group.objects.create(name="Publisher")
User.objects.create_user("ada", is_staff=True).groups.add(group)
before = MigrationExecutor(connection).loader.project_state([("papers", "0004_revisions")])
Review, Paper = (before.apps.get_model("papers", name) for name in ("Review", "Paper"))
Paper.objects.create(review=Review.objects.create(year=2024, title="T"), month=1, slug="s")
for target in ("0005", "0004", "0005"):
    call_command("migrate", "papers", target, verbosity=0)
call_command("migrate", verbosity=0)
pairs = list(Permission.objects.values_list("content_type", "codename"))
print(len(pairs) == len(set(pairs)), Paper.objects.count(), User.objects.get().has_perm("papers.publish_paper"))
"""
    assert run_python(steps, tmp_path) == "True 1 True"


def test_a_new_site_has_the_roles_and_each_permission_once(tmp_path):
    steps = """
import django; django.setup()
from django.core.management import call_command
from django.contrib.auth.models import Group, Permission
call_command("migrate", verbosity=0)
pairs = list(Permission.objects.values_list("content_type", "codename"))
print(len(pairs) == len(set(pairs)), *Group.objects.order_by("name").values_list("name", flat=True))
"""
    said = "True Administrator Contributor Editor Publisher"
    assert run_python(steps, tmp_path) == said
