"""The lists of the desk, and the forms of reviews and tags."""

import re
from dataclasses import replace

import pytest

from papers import drafts
from papers.models import Paper, Review, Section, Status
from tests.factories import (
    make_full_paper,
    make_paper,
    make_review,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def rows(prefix, *given):
    form = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for number, values in enumerate(given):
        form |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return form


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_entries_costs_the_same_with_one_and_with_three(
    admin_client, django_assert_num_queries, count
):
    for _ in range(count):
        make_section(paper=make_paper())

    with django_assert_num_queries(7):
        html = admin_client.get("/admin/papers/paper/").content.decode()

    assert html.count('<td class="field-section_count">1</td>') == count


def test_selected_entries_are_published_or_say_why_not(admin_client, review):
    ready = make_paper(review=review, status=Status.DRAFT, headline="Ready")
    unready = make_paper(
        review=review, status=Status.DRAFT, headline="Unready", title=""
    )
    form = {"action": "publish_selected", "_selected_action": [ready.pk, unready.pk]}

    response = admin_client.post("/admin/papers/paper/", form, follow=True)

    assert sorted(str(message) for message in response.context["messages"]) == [
        "Not ready: “Unready”. Give the paper's title, as the paper has it.",
        "Published: “Ready”.",
    ]
    assert [
        paper.status for paper in (Paper.objects.get(pk=p.pk) for p in (ready, unready))
    ] == [
        "published",
        "draft",
    ]


def test_selected_drafts_are_given_to_review_and_others_are_left(admin_client, review):
    draft = make_paper(review=review, status=Status.DRAFT, headline="A draft")
    public = make_paper(review=review, headline="Public")
    chosen = [draft.pk, public.pk]
    form = {"action": "review_selected", "_selected_action": chosen}

    response = admin_client.post("/admin/papers/paper/", form, follow=True)

    assert sorted(str(message) for message in response.context["messages"]) == [
        "In review: “A draft”.",
        "Left as it is: “Public”.",
    ]
    statuses = Paper.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["in review", "published"]


def test_the_list_shows_public_entries_with_a_change_that_is_not(
    admin_client, admin_user, review
):
    changed, tried, same = (
        make_paper(review=review, headline=headline)
        for headline in ("Changed", "Tried and changed", "The same")
    )
    make_paper(review=review, status=Status.DRAFT, headline="A draft")
    first = drafts.get_working(tried)
    drafts.set_aside(tried, first.document, by=admin_user)
    for paper in (changed, tried):
        working = drafts.get_working(paper)
        words = replace(working.document, summary="Other words.")
        drafts.save(paper, words, token=working.token, by=admin_user)
    drafts.set_aside(same, drafts.get_working(same).document, by=admin_user)

    html = admin_client.get("/admin/papers/paper/?changes=yes").content.decode()

    listed = re.findall(r'class="field-headline_or_title"><a [^>]*>([^<]*)', html)
    assert sorted(listed) == ["Changed", "Tried and changed"]


@pytest.mark.parametrize("path", ["paper", "review", "tag"])
def test_any_words_may_be_searched_for_at_the_desk(admin_client, path):
    words = " ".join(f"word{number}" for number in range(1000)) + "\0"

    assert admin_client.get(f"/admin/papers/{path}/", {"q": words}).status_code == 200


def test_an_editor_writes_a_review(admin_client):
    response = admin_client.post(
        "/admin/papers/review/add/",
        {
            "year": 2025,
            "title": "A year",
            "introduction": "*So* it began.",
            "status": "published",
        },
    )

    assert response.status_code == 302
    assert Review.objects.get().introduction_html == "<p><em>So</em> it began.</p>\n"


UNWRITTEN = {
    "title": "A year: TODO",
    "introduction": "Lorem ipsum dolor sit amet.",
    "attribution": "By [your name].",
}


@pytest.mark.parametrize("field", UNWRITTEN)
@pytest.mark.parametrize("status", ["published", "scheduled"])
def test_a_review_that_is_not_written_stays_away_from_readers(
    admin_client, client, field, status
):
    review = make_review(status=Status.DRAFT)
    given = {"year": 2024, "title": "A year", field: UNWRITTEN[field]}
    when = {"status": status, "publish_at": "2999-01-01T00:00"}

    response = admin_client.post(
        f"/admin/papers/review/{review.pk}/change/",
        given | (when if status == "scheduled" else {"status": status}),
    )

    assert "stands for, or take it out." in response.content.decode()
    assert UNWRITTEN[field] in response.content.decode()
    assert Review.objects.get().status == Status.DRAFT
    assert client.get("/2024/").status_code == 404


@pytest.mark.parametrize("status", ["draft", "in review"])
def test_a_review_that_is_not_written_is_saved_as_a_draft(admin_client, status):
    review = make_review(status=Status.DRAFT)

    response = admin_client.post(
        f"/admin/papers/review/{review.pk}/change/",
        {"year": 2024, "status": status} | UNWRITTEN,
    )

    assert response.status_code == 302
    assert Review.objects.values(*UNWRITTEN).get() == UNWRITTEN


def test_what_the_rules_find_in_a_reviews_own_texts_is_said_once_it_is_saved(
    admin_client,
):
    review = make_review(status=Status.DRAFT)
    text = "Experts say that it was good."

    response = admin_client.post(
        f"/admin/papers/review/{review.pk}/change/",
        {"year": 2024, "title": "A year", "introduction": text, "status": "published"},
        follow=True,
    )

    assert Review.objects.get().introduction == text
    said = "Introduction: Say who says so and where, or leave out “Experts say”"
    assert said in response.content.decode()


def test_a_public_review_takes_no_placeholder(admin_client, client):
    review = make_review(title="The year")

    admin_client.post(
        f"/admin/papers/review/{review.pk}/change/",
        {"year": 2024, "title": "TODO", "status": "published"},
    )

    assert Review.objects.get().title == "The year"


def test_a_review_with_entries_keeps_its_year(admin_client):
    review = make_review()
    make_paper(review=review)

    response = admin_client.post(
        f"/admin/papers/review/{review.pk}/change/",
        {"year": 2025, "title": "A year", "status": "published"},
    )

    assert "Its entries&#x27; addresses hold the year" in response.content.decode()


def test_an_editor_adds_a_tag_with_other_names(admin_client):
    aliases = rows("aliases", {"name": "Mixture of experts"})

    response = admin_client.post(
        "/admin/papers/tag/add/", {"name": "MoE", "slug": "moe"} | aliases
    )

    assert response.status_code == 302
    assert admin_client.get("/tags/mixture-of-experts/")["Location"] == "/tags/moe/"


def test_a_name_of_one_tag_cannot_be_another_tag(admin_client):
    make_tag("MoE").aliases.create(name="Experts")

    response = admin_client.post(
        "/admin/papers/tag/add/", {"name": "experts", "slug": "e"} | rows("aliases")
    )

    assert "“experts” is another name of the tag “MoE”." in response.content.decode()


def test_an_entry_can_be_deleted_with_all_its_parts(admin_client):
    paper = make_full_paper()

    response = admin_client.post(
        f"/admin/papers/paper/{paper.pk}/delete/", {"post": "yes"}
    )

    assert response.status_code == 302
    assert not Section.objects.exists()
    assert admin_client.get("/search/?q=headline").context["page"].hits == []
