"""The record beside the form: taken over, asked for again, and found by a title."""

import pytest

from papers import drafts
from papers.models import Record, Revision, Status
from tests.catalogues import HERD, MIXTRAL, make_feed
from tests.desk import ADD, READY, change, filled, filled_for
from tests.factories import make_full_paper, make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(review, catalogues, admin_client):
    """A draft that differs from its record in two fields."""
    paper = make_paper(
        review=review,
        status=Status.DRAFT,
        arxiv_id="2401.04088",
        title="Mixtral of Many Experts",
        authors="\n".join(MIXTRAL["authors"]),
        published_on="2024-02-08",
    )
    admin_client.post(f"/admin/papers/paper/{paper.pk}/record/", follow=True)
    return paper


def post(client, paper, **values):
    form = filled_for(paper, **values)
    return client.post(change(paper), form, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_all_that_the_record_says_is_taken_over_as_a_version_of_its_own(
    admin_client, paper
):
    response = post(admin_client, paper, _use="arxiv", summary="New *words*.")

    paper.refresh_from_db()
    assert (paper.title, paper.published_on) == ("Mixtral of Experts", "2024-01-08")
    assert paper.summary == "New *words*."
    assert messages(response) == [
        "Taken over from the record: Title, Date. The history has it as it was."
    ]
    assert "The entry says the same." in response.content.decode()
    newest, before = paper.revisions.order_by("-number")[:2]
    assert newest.document["title"] == "Mixtral of Experts"
    assert before.document["title"] == "Mixtral of Many Experts"
    assert before.document["summary"] == "New *words*."

    drafts.restore(paper, before, by=newest.made_by)
    paper.refresh_from_db()
    assert paper.title == "Mixtral of Many Experts"


def test_one_field_is_taken_over_without_a_script(admin_client, paper):
    post(admin_client, paper, _use="arxiv.date")

    paper.refresh_from_db()
    assert paper.published_on == "2024-01-08"
    assert paper.title == "Mixtral of Many Experts"


@pytest.mark.parametrize("wanted", ["", "crossref", "arxiv.slug", "arxiv.doi", "\0"])
def test_what_no_record_says_is_not_taken_over(admin_client, paper, wanted):
    response = post(admin_client, paper, _use=wanted)

    assert messages(response) == [
        "Saved. There is nothing to take over: the entry says the same."
    ]
    paper.refresh_from_db()
    assert paper.title == "Mixtral of Many Experts"


def test_nothing_of_another_papers_record_can_be_taken_over(admin_client, paper):
    response = post(admin_client, paper, title="Stable Pulsar Timing", _use="arxiv")

    paper.refresh_from_db()
    assert paper.title == "Stable Pulsar Timing"
    html = response.content.decode()
    assert "It is of another paper: “Mixtral of Experts”." in html
    assert 'name="_use"' not in html


def test_readers_do_not_see_what_was_taken_over_until_it_is_published(
    admin_client, review, catalogues
):
    paper = make_full_paper(review=review, arxiv_id="2401.04088", title="Mixtral")
    admin_client.post(f"/admin/papers/paper/{paper.pk}/record/")

    post(admin_client, paper, _use="arxiv.title")

    paper.refresh_from_db()
    assert paper.title == "Mixtral"
    assert drafts.get_working(paper).document.title == "Mixtral of Experts"


def test_papers_of_the_title_are_offered_and_none_is_taken_by_itself(
    admin_client, paper, catalogues
):
    catalogues.found["arxiv"] = [make_feed(HERD, MIXTRAL)]

    response = post(
        admin_client, paper, title="The Llama 3 Herd", arxiv_id="", _search="1"
    )

    html = response.content.decode()
    [candidate] = response.context["found"].candidates
    assert candidate.key == "arxiv_id:2407.21783"
    assert "The Llama 3 Herd of Models" in html
    assert "Llama Team and 559 others" in html
    assert f"{candidate.likeness} % alike" in html
    assert drafts.get_working(paper).document.arxiv_id == ""
    assert drafts.get_working(paper).document.title == "The Llama 3 Herd"


def test_an_id_that_was_found_is_taken_with_its_record(admin_client, paper, catalogues):
    title = "The Llama 3 Herd of Models"

    response = post(admin_client, paper, title=title, _take="arxiv_id:2407.21783")

    paper.refresh_from_db()
    assert (paper.arxiv_id, paper.title) == ("2407.21783", title)
    assert messages(response) == [
        "The id is now 2407.21783. The record is here, beside the form."
    ]
    assert Record.objects.filter(paper=paper, identifier="2407.21783").exists()
    versions = [each.document for each in paper.revisions.order_by("number")]
    assert [each["arxiv_id"] for each in versions][-2:] == ["2401.04088", "2407.21783"]


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "arxiv_id:",
        "arxiv_id:x",
        "doi:2407.21783",
        "title:2407.21783",
        "doi:\0",
        "arxiv_id:10.1000/182",
        "doi:" + "x" * 10_000,
    ],
)
def test_what_is_no_identifier_is_not_taken(admin_client, paper, wanted):
    response = post(admin_client, paper, _take=wanted)

    assert response.status_code == 200
    assert messages(response)[0].startswith("Saved. ")
    paper.refresh_from_db()
    assert (paper.arxiv_id, paper.doi) == ("2401.04088", "")


def test_a_search_that_finds_nothing_says_so(admin_client, paper):
    html = post(admin_client, paper, _search="1").content.decode()

    assert "Nothing found by this title" in html
    assert "Neither catalogue has a paper of a like title." in html


def test_a_search_without_a_title_asks_for_one(admin_client, paper, catalogues):
    html = post(admin_client, paper, title="", _search="1").content.decode()

    assert "Give the title of the paper first." in html
    assert catalogues.searches == []


def test_a_search_that_cannot_be_made_says_so(admin_client, paper, settings):
    settings.CATALOGUES = dict.fromkeys(settings.CATALOGUES, "http://127.0.0.1:9")

    html = post(admin_client, paper, _search="1").content.decode()

    assert "arXiv cannot be reached." in html
    assert "Crossref cannot be reached." in html
    assert "Neither catalogue has" not in html


def test_an_entry_not_begun_yet_is_begun_by_a_search(admin_client, review, catalogues):
    catalogues.found["arxiv"] = [make_feed(MIXTRAL)]

    response = admin_client.post(
        ADD, filled(**(READY | {"arxiv_id": "", "_search": "1"}))
    )

    [candidate] = response.context["found"].candidates
    assert candidate.key == "arxiv_id:2401.04088"
    assert Revision.objects.count() == 1


def test_an_unknown_id_is_kept_with_a_finding_until_a_catalogue_knows_it(
    admin_client, review, catalogues
):
    admin_client.post(
        "/admin/board/add/", {"year": 2024, "paper": "2401.00000"}, follow=True
    )
    paper = review.papers.get()

    page = admin_client.get(change(paper))

    codes = [placed.finding.code for placed in page.context["findings"]]
    assert "records.unknown" in codes
    assert "arXiv knows no paper 2401.00000." in page.content.decode()

    post(admin_client, paper, arxiv_id="2401.04088")
    response = admin_client.post(f"/admin/papers/paper/{paper.pk}/record/", follow=True)
    codes = [placed.finding.code for placed in response.context["findings"]]
    assert not {code for code in codes if code.startswith("records.")}
    assert [record.identifier for record in Record.objects.all()] == ["2401.04088"]


def test_an_unknown_id_stops_publishing(admin_client, review, catalogues):
    paper = make_full_paper(review=review, arxiv_id="2401.00000", status=Status.DRAFT)
    admin_client.post(f"/admin/papers/paper/{paper.pk}/record/")

    post(admin_client, paper, _publish="1")

    paper.refresh_from_db()
    assert paper.status == Status.DRAFT
