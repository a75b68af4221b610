import logging
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from papers import publishing
from papers.models import ContentVersion, Paper, Review, Status
from tests.factories import make_figure, make_paper, make_review

pytestmark = pytest.mark.django_db


def past():
    return timezone.now() - timedelta(minutes=1)


def later():
    return timezone.now() + timedelta(days=1)


def test_a_ready_entry_is_published_and_knows_since_when():
    draft = make_paper(status=Status.DRAFT)

    publishing.publish(draft)

    paper = Paper.objects.get()
    assert paper.status == Status.PUBLISHED
    assert timezone.now() - paper.published_at < timedelta(minutes=1)


def test_the_gate_refuses_an_unready_entry_and_names_every_error():
    draft = make_paper(status=Status.DRAFT, authors="", arxiv_id="")
    make_figure(paper=draft, key="photo", kind="chart", content="a,b\nx,1")

    with pytest.raises(publishing.Refused) as refused:
        publishing.publish(draft)

    assert [finding.message for finding in refused.value.findings] == [
        "List the paper's authors, one a line.",
        "Give an arXiv id, a DOI, or a link to the paper.",
        "Say in the alt text what the figure “photo” shows.",
    ]
    assert Paper.objects.get().status == Status.DRAFT
    assert draft.status == Status.DRAFT


def test_the_first_publication_is_kept_when_an_entry_is_published_again():
    paper = make_paper()
    first = paper.published_at
    paper.status = Status.DRAFT
    paper.save()

    publishing.publish(paper)

    assert Paper.objects.get().published_at == first


def test_a_scheduled_entry_goes_public_with_the_first_request_after_its_time(client):
    paper = make_paper(status=Status.SCHEDULED, publish_at=later(), headline="On time")
    before = client.get("/2024/")
    Paper.objects.update(publish_at=past())
    ContentVersion.objects.update(next_due_at=past())

    after = client.get("/2024/", headers={"If-None-Match": before["ETag"]})

    assert "On time" not in before.content.decode()
    assert "On time" in after.content.decode()
    paper.refresh_from_db()
    assert (paper.status, paper.publish_at) == (Status.PUBLISHED, None)
    assert ContentVersion.current().next_due_at is None


def test_the_next_due_time_is_the_earliest_of_all():
    soon, late = later(), later() + timedelta(days=1)

    make_paper(status=Status.SCHEDULED, publish_at=late)
    make_review(year=2025, status=Status.SCHEDULED, publish_at=soon)

    assert ContentVersion.current().next_due_at == soon


def test_a_scheduled_review_goes_public_at_its_time(client):
    make_paper(
        review=make_review(year=2025, status=Status.SCHEDULED, publish_at=past())
    )

    assert client.get("/2025/").status_code == 200
    assert Review.objects.get().status == Status.PUBLISHED


def test_what_is_not_due_stays_scheduled():
    make_paper(status=Status.SCHEDULED, publish_at=later())

    assert publishing.publish_due() == 0
    assert Paper.objects.get().status == Status.SCHEDULED


def test_a_review_that_is_not_written_stays_away_at_its_time(client):
    make_review(
        year=2025,
        status=Status.SCHEDULED,
        publish_at=past(),
        introduction="[Insert introduction here]",
    )

    assert client.get("/2025/").status_code == 404
    assert Review.objects.get().status == Status.IN_REVIEW
    assert Review.objects.get().introduction == "[Insert introduction here]"


def test_the_gate_stands_at_the_scheduled_time_too(caplog):
    make_paper(status=Status.SCHEDULED, publish_at=past(), title="", headline="Unready")
    ready = make_paper(status=Status.SCHEDULED, publish_at=past())

    with caplog.at_level(logging.WARNING, "papers"):
        published = publishing.publish_due()

    assert published == 1
    assert Paper.objects.get(pk=ready.pk).status == Status.PUBLISHED
    assert Paper.objects.get(headline="Unready").status == Status.IN_REVIEW
    assert "Not published as scheduled: Unready. Give the paper's title" in caplog.text


BROKEN = [
    ({"status": "unheard of"}, "paper_status_is_known"),
    ({"status": "scheduled"}, "paper_has_a_time_exactly_when_scheduled"),
    ({"publish_at": "2999-01-01T00:00Z"}, "paper_has_a_time_exactly_when_scheduled"),
    ({"status": "withdrawn"}, "paper_says_why_it_was_withdrawn"),
    ({"month": 13}, "paper_month_is_1_to_12"),
    ({"month": 0}, "paper_month_is_1_to_12"),
    ({"slug": "5"}, "paper_slug_is_not_a_month"),
    ({"slug": "12"}, "paper_slug_is_not_a_month"),
    ({"slug": "figures"}, "paper_slug_is_not_the_list_of_figures"),
    ({"published_on": "2024-1"}, "paper_date_is_a_year_a_month_or_a_day"),
]


@pytest.mark.parametrize(("values", "constraint"), BROKEN)
def test_the_database_itself_refuses_what_cannot_be(values, constraint):
    paper = make_paper()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "scheduled"}, "publish_at"),
        ({"publish_at": "2999-01-01T00:00Z"}, "publish_at"),
        ({"status": "withdrawn", "withdrawal_reason": " "}, "withdrawal_reason"),
    ],
)
def test_a_form_says_first_what_the_database_would_refuse(values, field):
    review = Review(year=2024, title="A year", **values)

    with pytest.raises(ValidationError) as refused:
        review.clean()

    assert list(refused.value.message_dict) == [field]
