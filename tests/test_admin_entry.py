"""The form of an entry: it takes any words, keeps them all, and publishes what is ready."""

import io
import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from papers.drafts import get_working
from papers.images import clean_image
from papers.models import Figure, Paper, Record, Revision, Status, Tag
from tests.desk import ADD, READY, add_row, change, filled, filled_for
from tests.factories import (
    make_figure,
    make_full_paper,
    make_paper,
    make_review,
    make_tag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(review):
    return make_full_paper(review=review, headline="Before", status=Status.DRAFT)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_an_editor_writes_and_publishes_a_whole_entry(admin_client, review, png):
    make_tag("MoE")
    form = filled(**READY, tags="MoE, Sparse models", chips="moe", _publish="1")
    technical = next(k for k, v in form.items() if v == "technical").removesuffix(
        "-kind"
    )
    form[f"{technical}-body"] = "*Eight*\r\nexperts."
    form = add_row(form, "figures", kind="table", key="Sizes", content="a,b\nx,1")
    picture = {"kind": "image", "alt": "A red field"}
    picture["image"] = SimpleUploadedFile("photo.png", png)
    form = add_row(form, "figures", **picture)
    form = add_row(form, "links", kind="code", url="https://example.org/code")
    claim = {"text": "It has 47 B.", "status": "confirmed", "source": "Abstract"}
    form = add_row(form, "claims", **claim)

    response = admin_client.post(ADD, form, follow=True)

    assert messages(response) == ["Published: readers see it now."]
    paper = Paper.objects.get()
    assert (paper.slug, paper.arxiv_id) == ("eight-experts", "2401.04088")
    assert paper.summary_html == "<p>A <em>sparse</em> model.</p>\n"
    assert paper.sections.get().body_html == "<p><em>Eight</em>\nexperts.</p>\n"
    figures = [(f.key, f.number) for f in paper.figures.all()]
    assert figures == [("sizes", 1), ("figure-2", 2)]
    photo = Figure.objects.get(key="figure-2")
    assert (photo.image.width, photo.image.height) == (60, 40)
    tags = [(row.tag.name, row.on_card) for row in paper.paper_tags.all()]
    assert tags == [("MoE", True), ("Sparse models", False)]
    assert paper.claims.get().status == "confirmed"
    page = admin_client.get("/2024/eight-experts/").content.decode()
    assert photo.image.url in page
    assert 'href="https://example.org/code"' in page


HALF = {
    "headline": "",
    "arxiv_id": "2406.xxxxx",
    "doi": "doi",
    "date": "soon",
    "authors": "Ada\n42",
    "tags": "Unheard of",
}


def test_a_draft_keeps_whatever_is_in_it(admin_client, review):
    form = add_row(filled(**HALF), "links", kind="code", url="nowhere", label="Code")
    form = add_row(form, "claims", status="confirmed", value="47 B", text="")
    form = add_row(form, "figures", kind="chart", key="a b", content="a,b\nx,-1")
    form = add_row(form, "sections", kind="other", body="Without a heading.")

    response = admin_client.post(ADD, form, follow=True)

    assert messages(response) == ["Saved."]
    html = response.content.decode()
    for words in (*HALF.values(), "nowhere", "47 B", "x,-1", "Without a heading."):
        assert words.split("\n")[0] in html, words
    paper = Paper.objects.get()
    assert (paper.arxiv_id, paper.published_on, paper.authors) == ("", "", "")
    assert not Tag.objects.exists()
    again = admin_client.post(change(paper), filled_for(paper), follow=True)
    assert messages(again) == ["Saved."]
    assert paper.revisions.count() == 1


def test_what_stands_in_the_way_is_said_at_its_field(admin_client, review):
    form = add_row(filled(**READY | HALF), "figures", kind="chart", content="a,b\nx,-1")

    response = admin_client.post(ADD, form, follow=True)

    said = {
        placed.anchor: placed.finding.message
        for placed in reversed(response.context["findings"])
    }
    assert said["id_headline"] == "Give the entry a headline."
    assert said["id_arxiv_id"].startswith("Not an arXiv id: '2406.xxxxx'.")
    assert said["id_authors"] == "Line 2: Not a name: '42'."
    assert "a bar starts at zero" in said["id_figures-0-content"]
    assert "Technical context" in said["id_sections-0-body"]
    html = response.content.decode()
    for anchor in said:
        assert f'id="{anchor}"' in html, anchor


def test_the_gate_keeps_the_words_and_says_what_is_missing(admin_client, review):
    form = filled(**READY | {"authors": "", "summary": "Words."}, _publish="1")

    response = admin_client.post(ADD, form)

    assert response.status_code == 200
    refused = [placed.finding.message for placed in response.context["refused"]]
    assert refused == ["List the paper's authors, one a line."]
    assert "Words." in response.content.decode()
    paper = Paper.objects.get()
    assert (paper.status, paper.summary) == ("draft", "Words.")
    assert admin_client.get(paper.get_absolute_url()).status_code == 404


def test_a_live_entry_changes_when_it_is_published_and_not_before(admin_client, client):
    paper = make_full_paper(headline="Before", slug="live")

    saved = admin_client.post(
        change(paper), filled_for(paper, headline="After"), follow=True
    )
    assert messages(saved) == ["Saved. Readers see the change when it is published."]
    assert "This version is not published" in saved.content.decode()
    assert 'value="After"' in saved.content.decode()
    for url in ("/2024/", "/2024/live/", "/feed.atom", "/search/?q=after"):
        page = client.get(url).content.decode()
        assert "After" not in page, url
    assert "Before" in client.get("/2024/live/").content.decode()

    admin_client.post(change(paper), filled_for(paper, _publish="1"))
    assert "After" in client.get("/2024/live/").content.decode()


def test_a_scheduled_entry_goes_public_as_it_was_scheduled(admin_client, client):
    paper = make_full_paper(
        status=Status.SCHEDULED, publish_at="2999-01-01T09:00Z", headline="Planned"
    )

    admin_client.post(change(paper), filled_for(paper, headline="", title=""))
    Paper.objects.filter(pk=paper.pk).update(publish_at="2024-01-01T09:00Z")
    Paper.objects.get(pk=paper.pk).claims.first().save()

    assert "Planned" in client.get(paper.get_absolute_url()).content.decode()


def test_an_entry_is_scheduled_with_the_time_zone_said(admin_client, draft, client):
    form = filled_for(draft, _schedule="1", publish_at="2999-01-01T09:00")

    response = admin_client.post(change(draft), form, follow=True)

    assert messages(response) == ["Scheduled for 1 January 2999, 09:00 (UTC)."]
    assert "Scheduled for 1 January 2999, 09:00 (UTC)" in " ".join(
        response.content.decode().split()
    )
    assert client.get(draft.get_absolute_url()).status_code == 404
    draft.refresh_from_db()
    assert (draft.status, draft.revisions.first().kind) == ("scheduled", "scheduled")

    back = admin_client.post(change(draft), filled_for(draft, _draft="1"), follow=True)
    assert messages(back) == ["Saved, and a draft again."]
    draft.refresh_from_db()
    assert (draft.status, draft.publish_at) == ("draft", None)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"_schedule": "1", "publish_at": ""}, "Say when it should go public"),
        ({"_schedule": "1", "publish_at": "soon"}, "Say when it should go public"),
        ({"_schedule": "1", "publish_at": "2024-13-40T99:99"}, "Say when it should"),
        ({"_schedule": "1", "publish_at": "2001-01-01T09:00"}, "That time is past"),
        ({"_withdraw": "1", "reason": "x"}, "Only a published entry"),
        ({"_withdraw": "1", "reason": " "}, "Say why it was withdrawn"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_words_are_saved(
    admin_client, draft, values, words
):
    form = filled_for(draft, headline="After", **values)

    response = admin_client.post(change(draft), form, follow=True)

    assert words in messages(response)[0]
    draft.refresh_from_db()
    assert (draft.headline, draft.status) == ("After", "draft")


def test_a_withdrawn_entry_says_why_and_can_be_published_again(admin_client, client):
    paper = make_full_paper(headline="Wrong")
    form = filled_for(paper, _withdraw="1", reason="The numbers were another paper's.")

    admin_client.post(change(paper), form)
    page = client.get(paper.get_absolute_url())
    assert page.status_code == 410
    assert "The numbers were another paper’s" in page.content.decode().replace(
        "&#x27;", "’"
    )

    admin_client.post(change(paper), filled_for(paper, _publish="1"))
    assert client.get(paper.get_absolute_url()).status_code == 200


def test_an_entry_is_sent_for_review(admin_client, draft):
    response = admin_client.post(
        change(draft), filled_for(draft, _review="1"), follow=True
    )

    assert messages(response) == ["Saved, and in review."]
    draft.refresh_from_db()
    assert draft.status == "in review"


def test_a_changed_address_leads_to_the_new_one(admin_client, client):
    paper = make_full_paper(slug="old")

    admin_client.post(change(paper), filled_for(paper, slug="new", _publish="1"))

    assert client.get("/2024/old/")["Location"] == "/2024/new/"


def test_an_address_that_is_taken_is_counted_on_in_a_draft(admin_client, review):
    make_paper(review=review, slug="eight-experts")

    admin_client.post(ADD, filled(**READY))

    assert Paper.objects.order_by("-pk").first().slug == "eight-experts-2"


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"summary": "x" * 1_000_000}, "summary", "at most 200000 characters"),
        ({"headline": "x" * 1_000_000}, "headline", "at most 500 characters"),
        ({"authors": "x" * 1_000_000}, "authors", "at most 100000 characters"),
        ({"headline": "a\0b"}, "headline", "Null characters are not allowed."),
        ({"month": "13"}, "month", "Select a valid choice."),
    ],
)
def test_what_is_far_too_long_is_named_and_still_there(
    admin_client, review, values, field, message
):
    response = admin_client.post(ADD, filled(**READY | values))

    assert response.status_code == 200
    errors = response.context["forms"].own.errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert values[field].replace("\0", "") in response.content.decode().replace(
        "\0", ""
    )
    assert not Paper.objects.exists()


def test_the_same_picture_is_stored_once(admin_client, review, png, settings):
    for number in (1, 2):
        form = filled(**READY | {"slug": f"paper-{number}"})
        file = SimpleUploadedFile("photo.png", png)
        form = add_row(form, "figures", kind="image", alt="Red", image=file)
        assert admin_client.post(ADD, form).status_code == 302

    stored = (settings.MEDIA_ROOT / "figures").iterdir()
    assert len({path.name.partition(".")[0] for path in stored}) == 1
    assert len({figure.image.name for figure in Figure.objects.all()}) == 1


def test_a_picture_gets_another_one_for_dark_pages_and_loses_it_again(
    admin_client, draft, png
):
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    files = {
        "image": SimpleUploadedFile("light.png", png),
        "dark": SimpleUploadedFile("dark.png", out.getvalue()),
    }
    form = add_row(filled_for(draft), "figures", kind="image", key="photo", **files)

    admin_client.post(change(draft), form)

    figure = Figure.objects.get(key="photo")
    assert figure.image.name != figure.dark.name != ""
    form = filled_for(draft)
    row = next(name for name, value in form.items() if value == "photo")[: -len("key")]
    assert form[f"{row}dark_picture"] == figure.dark.name.rpartition("/")[2]
    admin_client.post(change(draft), form | {f"{row}no_dark": "on"})
    figure = Figure.objects.get(key="photo")
    assert (bool(figure.image), bool(figure.dark)) == (True, False)


def test_an_entry_whose_picture_is_lost_still_opens_and_keeps_every_other_word(
    admin_client, png, tmp_path
):
    paper = make_paper(headline="Before")
    figure = Figure(paper=paper, key="photo", kind="image", alt="A field")
    figure.set_image(clean_image(png))
    figure.save()
    for folder in ("media", "originals"):
        shutil.rmtree(tmp_path / folder)

    page = admin_client.get(change(paper))
    form = filled_for(paper, headline="After")
    response = admin_client.post(change(paper), form, follow=True)

    assert (page.status_code, response.status_code) == (200, 200)
    document = get_working(Paper.objects.get()).document
    assert document.headline == "After"
    assert [each.alt for each in document.figures] == ["A field"]
    assert "Figure “photo”: add what it is made from" in response.content.decode()


def test_a_picture_can_only_be_one_of_ours(admin_client, draft):
    form = add_row(
        filled_for(draft), "figures", kind="image", key="k", picture="../secret-key"
    )

    admin_client.post(change(draft), form)

    assert not Figure.objects.filter(key="k").exclude(image="").exists()


def test_an_entry_deleted_meanwhile_gives_the_words_back(admin_client, draft):
    form = filled_for(draft, headline="Words that matter")
    url = change(draft)
    draft.delete()

    response = admin_client.post(url, form)

    assert response.status_code == 200
    assert "deleted meanwhile" in messages(response)[0]
    assert 'value="Words that matter"' in response.content.decode()

    admin_client.post(ADD, form)
    assert Paper.objects.get().headline == "Words that matter"


def test_a_form_of_an_earlier_release_loses_nothing(admin_client, draft):
    form = filled_for(draft, headline="After")
    old = {name: value for name, value in form.items() if not name.startswith("claims")}
    del old["summary"]

    response = admin_client.post(change(draft), old, follow=True)

    assert messages(response) == ["Saved."]
    draft.refresh_from_db()
    assert (draft.headline, draft.summary) == ("After", "What it found.")
    assert draft.claims.count() == 1


def test_an_entry_that_is_not_there_leads_to_the_board(admin_client):
    response = admin_client.get("/admin/papers/paper/999/change/", follow=True)

    assert response.redirect_chain == [("/admin/", 302)]
    assert "There is no such entry" in messages(response)[0]


@pytest.mark.parametrize("pk", ["x", "1x", "9" * 30, "%00", "-1"])
def test_an_odd_address_is_no_fault_of_ours(admin_client, review, pk):
    response = admin_client.get(f"/admin/papers/paper/{pk}/change/", follow=True)

    assert response.status_code in {200, 404}


def test_an_entry_with_559_authors_can_be_edited(admin_client, review):
    names = "\n".join(f"Given{n} Family{n}" for n in range(559))

    response = admin_client.post(ADD, filled(**READY | {"authors": names}))

    assert response.status_code == 302
    assert Paper.objects.get().author_rows.count() == 559


def test_rows_are_added_without_a_script(admin_client, draft):
    form = filled_for(draft, headline="After", _row="figures")
    before = int(form["figures-TOTAL_FORMS"])

    response = admin_client.post(change(draft), form)

    forms = response.context["forms"]
    assert forms.parts["figures"].total_form_count() == before + 1
    assert 'value="After"' in response.content.decode()
    draft.refresh_from_db()
    assert draft.headline == "Before"


def test_parts_are_put_in_order_and_taken_out_without_a_script(admin_client, draft):
    form = filled_for(draft)
    for number in (1, 2):
        url = f"https://example.org/{number}"
        form = add_row(form, "links", kind="code", url=url, ORDER=10 - number)
    form["links-0-DELETE"] = "on"

    admin_client.post(change(draft), form)

    links = [link.url for link in draft.links.all()]
    assert links == ["https://example.org/2", "https://example.org/1"]


@pytest.mark.parametrize(
    ("path", "month"), [("?review=2023&month=5", 5), ("?review=x&month=99", None)]
)
def test_an_entry_begins_in_the_month_it_was_asked_for(
    admin_client, review, path, month
):
    make_review(year=2023)

    response = admin_client.get(ADD + path)

    assert response.context["review"].year == (2023 if month else 2024)
    if month:
        assert response.context["forms"].own["month"].value() == month


def test_without_a_review_there_is_nothing_to_begin_in(admin_client):
    response = admin_client.get(ADD, follow=True)

    assert messages(response) == ["Begin a review first: an entry stands in one."]


def test_an_editor_previews_the_newest_version_as_readers_would_see_it(admin_client):
    paper = make_full_paper(headline="Before")
    admin_client.post(
        change(paper),
        filled_for(paper, headline="Not yet", summary="A[^1]\n\n[^1]: N."),
    )
    url = f"/admin/papers/paper/{paper.pk}/preview/"

    page = admin_client.get(url)

    assert "<h1>Not yet</h1>" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    paper.refresh_from_db()
    assert paper.headline == "Before"
    assert Record.objects.count() == 0


def test_a_preview_at_the_desk_leads_nowhere_that_does_not_exist_yet(admin_client):
    paper = make_paper(headline="Not yet", status=Status.DRAFT)
    make_figure(paper=paper, kind="table", content="a,b\n1,2")

    html = admin_client.get(f"/admin/papers/paper/{paper.pk}/preview/").content.decode()

    assert "A preview of the newest version." in html
    assert f'href="{change(paper)}">Back to the form</a>' in html
    assert "Not published." in html
    assert ".csv" not in html
    assert ".bib" not in html
    assert 'rel="canonical"' not in html


def test_a_figure_is_previewed_as_readers_would_see_it(admin_client):
    url = "/admin/papers/paper/figure/"
    figure = {"kind": "table", "content": "a,b\nx,1", "caption": "*Sizes*"}

    shown = admin_client.post(url, figure)
    refused = admin_client.post(url, figure | {"kind": "chart", "content": "a,b\nx,-1"})

    assert "<table" in shown.content.decode()
    assert "<em>Sizes</em>" in shown.content.decode()
    assert refused.status_code == 400
    assert "a bar starts at zero" in refused.content.decode()


def test_the_link_for_reviewers_shows_the_newest_version(admin_client, client):
    paper = make_full_paper(headline="Before", status=Status.DRAFT)
    admin_client.post(change(paper), filled_for(paper, headline="Not yet"))

    link = admin_client.get(change(paper)).context["reviewers_link"]

    assert "Not yet" in client.get(link).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_costs_the_same_with_one_figure_and_with_thirty(
    admin_client, django_assert_max_num_queries, count
):
    paper = make_full_paper()
    for number in range(count):
        paper.figures.create(key=f"f{number}", kind="code", content="x = 1")

    with django_assert_max_num_queries(25):
        assert admin_client.get(change(paper)).status_code == 200


def test_every_save_is_in_the_history(admin_client, draft, admin_user):
    admin_client.post(change(draft), filled_for(draft, headline="One"))
    admin_client.post(change(draft), filled_for(draft, headline="Two", _publish="1"))

    history = [(r.number, r.kind, r.made_by) for r in draft.revisions.all()]
    assert history == [
        (3, "published", admin_user),
        (2, "saved", admin_user),
        (1, "found", None),
    ]
    headlines = [r.document["headline"] for r in Revision.objects.order_by("number")]
    assert headlines == ["Before", "One", "Two"]
