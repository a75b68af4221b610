"""The board: twelve months, one box to add a paper, and what stands where."""

import pytest
from django.utils import timezone

from papers import drafts
from papers.models import ContentVersion, Paper, Record, Review, Status
from tests.desk import change, filled_for, keep
from tests.factories import make_full_paper, make_paper, make_review, make_tag

pytestmark = pytest.mark.django_db

ADD, MOVE, BEGIN = (f"/admin/board/{name}/" for name in ("add", "move", "begin"))
MIXTRAL = "2401.04088"


def add(client, text, year=2024, **kwargs):
    return client.post(ADD, {"year": year, "paper": text}, follow=True, **kwargs)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_the_desk_opens_on_the_newest_review(admin_client):
    make_full_paper(review=make_review(year=2023), month=3)
    make_full_paper(review=make_review(year=2024), month=5, headline="In May")

    board = admin_client.get("/admin/").context

    assert board["review"].year == 2024
    cards = {month.name: [c.title for c in month.cards] for month in board["months"]}
    assert len(cards) == 12
    assert cards.pop("May") == ["In May"]
    assert not any(cards.values())


@pytest.mark.parametrize(
    ("year", "shown"), [("2023", 2023), ("1999", 2024), ("x", 2024), ("%00", 2024)]
)
def test_the_year_can_be_chosen(admin_client, year, shown):
    make_review(year=2023)
    make_review(year=2024)

    assert admin_client.get(f"/admin/?year={year}").context["review"].year == shown


def test_a_card_says_how_ready_the_entry_is_and_who_is_writing(admin_client, review):
    draft = make_paper(review=review, status=Status.DRAFT, title="", authors="")
    live = make_full_paper(review=review, month=2)
    admin_client.post(keep(live), filled_for(live, headline="After"))

    months = admin_client.get("/admin/").context["months"]

    (first,), (second,) = months[0].cards, months[1].cards
    assert (first.paper.pk, first.errors, first.writer) == (draft.pk, 2, "")
    assert (second.title, second.errors, second.writer) == ("After", 0, "admin")
    assert (first.has_changes, second.has_changes) == (False, True)
    html = admin_client.get("/admin/").content.decode()
    for words in ("2 to put right", "changes not published", "admin is writing"):
        assert words in html


@pytest.mark.parametrize("count", [1, 4])
def test_the_board_costs_the_same_with_one_entry_and_with_four(
    admin_client, review, django_assert_num_queries, count
):
    for number in range(count):
        make_full_paper(review=review, month=number + 1)

    with django_assert_num_queries(13):
        admin_client.get("/admin/")


def test_an_arxiv_id_becomes_a_draft_with_its_record(admin_client, review, catalogues):
    make_tag("MoE", full_name="Mixture of experts")

    response = add(admin_client, f"https://arxiv.org/pdf/{MIXTRAL}v1")

    paper = Paper.objects.get()
    assert response.redirect_chain == [(change(paper), 302)]
    assert (paper.arxiv_id, paper.title) == (MIXTRAL, "Mixtral of Experts")
    assert (paper.month, paper.published_on, paper.status) == (1, "2024-01-08", "draft")
    assert paper.authors.splitlines()[0] == "Albert Q. Jiang"
    assert paper.created_by.username == "admin"
    assert [row.tag.name for row in paper.paper_tags.all()] == ["MoE"]
    assert paper.links.exists()
    record = Record.objects.get()
    assert (record.catalogue, record.identifier) == ("arxiv", MIXTRAL)
    assert "The entry says the same." in response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        MIXTRAL,
        f"{MIXTRAL}v2",
        f"https://arxiv.org/abs/{MIXTRAL}",
        f"https://www.alphaxiv.org/abs/{MIXTRAL}",
        f"https://huggingface.co/papers/{MIXTRAL}",
        f"https://doi.org/10.48550/arXiv.{MIXTRAL}",
    ],
)
def test_a_paper_that_is_here_opens_its_entry(admin_client, review, text, catalogues):
    known = make_paper(review=review, arxiv_id=MIXTRAL)

    response = add(admin_client, text)

    assert response.redirect_chain == [(change(known), 302)]
    assert messages(response) == ["This paper has an entry already: here it is."]
    assert Paper.objects.count() == 1
    assert catalogues.asked == []


def test_a_doi_is_asked_of_its_catalogue(admin_client, review, catalogues):
    add(admin_client, "https://doi.org/10.1145/3442188.3445922")

    paper = Paper.objects.get()
    assert paper.doi == "10.1145/3442188.3445922"
    assert paper.title
    assert Record.objects.get().catalogue == "crossref"


BIBTEX = """@article{jiang2024,
  title = {Mixtral of {E}xperts},
  author = {Jiang, Albert Q. and Sablayrolles, Alexandre},
  year = 2024, month = jan, eprint = {2401.04088}, archivePrefix = {arXiv}
}"""


def test_bibtex_becomes_a_draft_without_a_catalogue(admin_client, review, catalogues):
    add(admin_client, BIBTEX)

    paper = Paper.objects.get()
    assert (paper.title, paper.arxiv_id) == ("Mixtral of Experts", MIXTRAL)
    assert paper.authors == "Albert Q. Jiang\nAlexandre Sablayrolles"
    assert not Record.objects.exists()
    assert catalogues.asked == []


def test_without_its_catalogue_the_id_is_kept_to_be_asked_again(
    admin_client, review, settings, catalogues
):
    working = settings.CATALOGUES
    settings.CATALOGUES = dict.fromkeys(working, "http://127.0.0.1:9")

    response = add(admin_client, MIXTRAL)

    paper = Paper.objects.get()
    assert (paper.arxiv_id, paper.title) == (MIXTRAL, "")
    assert "cannot be reached" in messages(response)[0]
    assert "Ask the catalogue" in response.content.decode()
    codes = [placed.finding.code for placed in response.context["findings"]]
    assert "records.unreachable" in codes

    settings.CATALOGUES = working
    response = admin_client.post(f"/admin/papers/paper/{paper.pk}/record/", follow=True)
    assert messages(response) == ["The record is here, beside the form."]
    said = {
        field: theirs
        for shown in response.context["records"]
        for field, _, theirs in shown.differences
    }
    assert said["title"] == "Mixtral of Experts"
    codes = [placed.finding.code for placed in response.context["findings"]]
    assert not {"records.unreachable", "records.none"} & set(codes)
    assert [record.identifier for record in Record.objects.all()] == [MIXTRAL]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "hello", "\0", "https://example.org", "x" * 1_000_000, "@article{"],
)
def test_what_is_no_paper_is_said(admin_client, review, text):
    response = add(admin_client, text)

    assert response.status_code == 200
    assert response.redirect_chain == [("/admin/?year=2024", 302)]
    assert len(messages(response)) == 1
    assert not Paper.objects.exists()


def test_an_entry_moves_by_a_form_and_by_a_script(admin_client, review):
    paper = make_paper(review=review, month=1)
    before = ContentVersion.current().number

    by_form = admin_client.post(
        MOVE, {"paper": paper.pk, "month": 5, "place": 1}, follow=True
    )
    assert messages(by_form) == ["Moved to May."]
    by_script = admin_client.post(
        MOVE,
        {"paper": paper.pk, "month": 6, "place": 1},
        headers={"Accept": "application/json"},
    )

    assert by_script.json() == {"said": "Moved to June."}
    paper.refresh_from_db()
    assert paper.month == 6
    assert ContentVersion.current().number > before


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"paper": "x"},
        {"paper": "999", "month": "1"},
        {"month": "13"},
        {"month": "0"},
        {"month": "9" * 40},
    ],
)
def test_a_move_to_nowhere_is_refused_in_words(admin_client, review, values):
    paper = make_paper(review=review)

    response = admin_client.post(MOVE, {"paper": paper.pk} | values, follow=True)

    assert messages(response) == ["There is no such entry or month."]
    paper.refresh_from_db()
    assert paper.month == 1


def test_the_next_year_begins_from_this_one(admin_client):
    make_review(year=2024, title="The papers of 2024", attribution="After X.")

    response = admin_client.post(BEGIN, {"year": "2025"}, follow=True)

    assert messages(response) == ["The review of 2025 is begun, as a draft."]
    review = Review.objects.get(year=2025)
    assert (review.title, review.attribution) == ("The papers of 2025", "After X.")
    assert review.status == "draft"
    again = admin_client.post(BEGIN, {"year": "2025"}, follow=True)
    assert messages(again) == ["The review of 2025 is here already."]


@pytest.mark.parametrize("year", ["", "x", "1066", "9" * 30])
def test_a_year_that_is_none_is_refused(admin_client, review, year):
    response = admin_client.post(BEGIN, {"year": year}, follow=True)

    assert messages(response) == ["That is no year a review can have."]
    assert Review.objects.count() == 1


def test_an_empty_desk_says_how_to_begin(admin_client):
    html = admin_client.get("/admin/").content.decode()

    assert f"Begin the review of {timezone.localdate().year}" in html


@pytest.mark.parametrize("path", [ADD, MOVE, BEGIN])
def test_the_board_changes_nothing_for_strangers_or_by_a_visit(
    client, admin_client, review, path
):
    assert client.post(path, {"year": 2024, "paper": MIXTRAL}).status_code == 302
    assert admin_client.get(path).status_code == 405
    assert not Paper.objects.exists()


def test_a_new_draft_stands_last_in_its_month(admin_client, review, catalogues):
    make_paper(review=review, month=1, place=1)

    add(admin_client, MIXTRAL)

    newest = Paper.objects.order_by("-pk").first()
    assert (newest.month, newest.place) == (1, 2)
    assert drafts.get_working(newest).document.place == 2
