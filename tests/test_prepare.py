import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

from papers.models import Paper, Review, Section
from tests.factories import make_review

pytestmark = pytest.mark.django_db


def test_a_new_site_gets_the_sample_review_and_an_editor(capsys, client):
    call_command("prepare")

    said = capsys.readouterr().out
    password = re.search(r"Login: editor   Password: (\S+)", said)[1]
    assert Paper.objects.published().count() == 12
    assert authenticate(username="editor", password=password).is_superuser
    assert client.get("/").status_code == 200


def test_a_second_start_says_and_changes_nothing(capsys):
    call_command("prepare")
    before = list(Paper.objects.values("pk", "updated_at"))
    capsys.readouterr()

    call_command("prepare")

    assert capsys.readouterr().out == ""
    assert list(Paper.objects.values("pk", "updated_at")) == before
    assert get_user_model().objects.count() == 1


def test_a_site_in_use_keeps_its_reviews_and_accounts(django_user_model):
    make_review(year=2020)
    django_user_model.objects.create_user("ann")

    call_command("prepare")

    assert [review.year for review in Review.objects.all()] == [2020]
    assert [user.username for user in django_user_model.objects.all()] == ["ann"]


def test_what_an_older_release_rendered_is_rendered_again(capsys):
    call_command("prepare")
    Paper.objects.update(rendered_by=0)
    Section.objects.update(rendered_for="0", body_html="old")
    capsys.readouterr()

    call_command("prepare")

    assert capsys.readouterr().out == "Rendered again: 12\n"
    assert not Section.objects.filter(body_html="old").exists()
