import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from papers.admin.editor import markdownx_is_ours
from papers.models import (
    Claim,
    ContentVersion,
    Figure,
    Link,
    Paper,
    PaperTag,
    Review,
    Section,
    Status,
)
from tests.factories import (
    make_full_paper,
    make_paper,
    make_review,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/papers/paper/add/"
MARKDOWN_ADDRESSES = ["/admin/markdownx/markdownify/", "/admin/markdownx/upload/"]
PREFIXES = ["paper_tags", "sections", "figures", "links", "claims"]


def rows(prefix, *given, initial=0):
    form = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": initial}
    for number, values in enumerate(given):
        form |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return form


def entry(review, **values):
    """What the browser sends for a new entry that is ready to be published."""
    form = {
        "headline": "Eight experts",
        "slug": "eight-experts",
        "review": review.pk,
        "month": 1,
        "place": 1,
        "summary": "A *sparse* model.",
        "title": "Mixtral of Experts",
        "authors": "Albert Q. Jiang",
        "published_on": "2024-01-08",
        "arxiv_id": "https://arxiv.org/abs/2401.04088v2",
        "status": "draft",
    }
    for prefix in PREFIXES:
        form |= rows(prefix)
    return form | values


def change(paper):
    return f"/admin/papers/paper/{paper.pk}/change/"


def test_an_editor_writes_and_publishes_a_whole_entry(admin_client, review, png):
    tag = make_tag("MoE")
    before = ContentVersion.current().number
    form = entry(review, status="published")
    form |= rows("paper_tags", {"tag": tag.pk, "on_card": "on", "position": 0})
    form |= rows(
        "sections", {"kind": "technical", "body": "*Eight*\r\nexperts.", "position": 0}
    )
    form |= rows(
        "figures",
        {"kind": "table", "key": "sizes", "position": 0, "content": "a,b\nx,1"},
        {
            "kind": "image",
            "key": "photo",
            "position": 1,
            "alt": "A red field",
            "image": SimpleUploadedFile("photo.png", png),
        },
    )
    form |= rows(
        "links", {"kind": "code", "url": "https://example.org/code", "position": 0}
    )
    form |= rows(
        "claims",
        {
            "text": "It has 47 B.",
            "status": "confirmed",
            "source": "Abstract",
            "position": 0,
        },
    )

    response = admin_client.post(ADD, form)

    assert response.status_code == 302, response.context["adminform"].form.errors
    paper = Paper.objects.get()
    assert (paper.arxiv_id, paper.status) == ("2401.04088", "published")
    assert paper.summary_html == "<p>A <em>sparse</em> model.</p>\n"
    assert Section.objects.get().body_html == "<p><em>Eight</em>\nexperts.</p>\n"
    assert [(f.key, f.number) for f in Figure.objects.all()] == [
        ("sizes", 1),
        ("photo", 2),
    ]
    photo = Figure.objects.get(key="photo")
    assert (photo.width, photo.height) == (60, 40)
    assert PaperTag.objects.get().on_card
    assert Link.objects.get().text == "Code"
    assert Claim.objects.get().status == "confirmed"
    assert ContentVersion.current().number > before
    page = admin_client.get("/2024/eight-experts/").content.decode()
    assert photo.image.url in page


def test_a_draft_is_saved_however_incomplete(admin_client, review):
    form = entry(
        review,
        headline="",
        title="",
        summary="",
        authors="",
        arxiv_id="",
        published_on="",
    )

    response = admin_client.post(ADD, form)

    assert response.status_code == 302
    assert Paper.objects.get().status == Status.DRAFT


def test_the_gate_gives_an_unready_entry_back_with_its_words(admin_client, review):
    form = entry(review, status="published", authors="", summary="Words that matter.")
    form |= rows(
        "sections", {"kind": "technical", "body": "More words.", "position": 0}
    )

    response = admin_client.post(ADD, form)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {
        "authors": ["List the paper's authors, one a line."]
    }
    html = response.content.decode()
    assert "Words that matter." in html
    assert "More words." in html
    assert not Paper.objects.exists()


@pytest.mark.parametrize("status", ["published", "scheduled"])
def test_a_live_entry_stays_as_it_is_when_the_gate_refuses_a_change(
    admin_client, review, status
):
    at = {"publish_at": "2999-01-01T09:00"} if status == "scheduled" else {}
    paper = make_paper(review=review, headline="Before")
    form = entry(review, status=status, headline="After", title="", **at)

    response = admin_client.post(change(paper), form)

    assert response.status_code == 200
    assert "Give the paper&#x27;s title" in response.content.decode()
    assert 'value="After"' in response.content.decode()
    assert Paper.objects.get().headline == "Before"


def test_what_the_gate_finds_in_the_parts_is_said_too(admin_client, review):
    form = entry(review, status="published")
    figure = {"kind": "chart", "key": "sizes", "position": 0, "content": "a,b\nx,1"}

    response = admin_client.post(ADD, form | rows("figures", figure))

    assert response.context["adminform"].form.non_field_errors() == [
        "Say in the alt text what the figure “sizes” shows."
    ]


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"arxiv_id": "2406.xxxxx"}, "arxiv_id", "Not an arXiv id: '2406.xxxxx'."),
        ({"doi": "doi"}, "doi", "Not a DOI: 'doi'."),
        ({"published_on": "2024-02-30"}, "published_on", "There is no such date"),
        ({"published_on": "January"}, "published_on", "Not a date"),
        ({"authors": "Ada\n42"}, "authors", "Line 2: Not a name: '42'."),
        ({"slug": "05"}, "__all__", "A slug of two digits is the address of a month."),
        ({"slug": "a b"}, "slug", "Enter a valid “slug”"),
        ({"month": "13"}, "month", "Select a valid choice."),
        ({"status": "scheduled"}, "publish_at", "Say when it should go public."),
        ({"status": "withdrawn"}, "withdrawal_reason", "Say why it was withdrawn"),
        ({"summary": "x" * 200_001}, "summary", "at most 200000 characters"),
        ({"headline": "a\0b"}, "headline", "Null characters are not allowed."),
    ],
)
def test_a_wrong_value_is_named_at_its_field(
    admin_client, review, values, field, message
):
    response = admin_client.post(ADD, entry(review, **values))

    errors = response.context["adminform"].form.errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("figure", "field", "message"),
    [
        ({"kind": "table", "content": "a,b\nx"}, "content", "Line 2 has 1 cells"),
        ({"kind": "chart", "content": "a,b\nx,-1"}, "content", "a bar starts at zero"),
        ({"kind": "diagram", "content": "<p>"}, "content", "Not a diagram we can read"),
        ({"kind": "table"}, "__all__", "Add what the figure is made from"),
        ({"kind": "image"}, "__all__", "Add what the figure is made from"),
        (
            {"kind": "image", "image": SimpleUploadedFile("x.png", b"no")},
            "image",
            "Not a picture",
        ),
        (
            {"kind": "image", "image": SimpleUploadedFile("x.png", b"")},
            "image",
            "empty",
        ),
    ],
)
def test_a_figure_that_shows_nothing_is_refused(
    admin_client, review, figure, field, message
):
    form = entry(review) | rows("figures", {"key": "k", "position": 0} | figure)

    response = admin_client.post(ADD, form)

    formset = response.context["inline_admin_formsets"][2].formset
    assert message in formset.forms[0].errors[field][0]


def test_the_same_picture_is_stored_once(admin_client, review, png, settings):
    for number in (1, 2):
        figure = {
            "kind": "image",
            "key": "photo",
            "position": 0,
            "alt": "Red",
            "image": SimpleUploadedFile("photo.png", png),
        }
        form = entry(review, slug=f"paper-{number}") | rows("figures", figure)
        assert admin_client.post(ADD, form).status_code == 302

    assert len(list((settings.MEDIA_ROOT / "figures").iterdir())) == 1
    assert len({figure.image.name for figure in Figure.objects.all()}) == 1


def test_an_editor_previews_a_draft_as_readers_would_see_it(admin_client):
    draft = make_full_paper(headline="Not yet", status=Status.DRAFT)
    url = f"/admin/papers/paper/{draft.pk}/preview/"

    form = admin_client.get(change(draft)).content.decode()
    page = admin_client.get(url)

    assert f'href="{url}"' in form
    assert "<h1>Not yet</h1>" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "path", ["/admin/papers/paper/", "/admin/papers/paper/1/preview/", ADD]
)
def test_strangers_are_asked_to_log_in(client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_staff_without_permission_cannot_preview_a_draft(client, django_user_model):
    draft = make_paper(status=Status.DRAFT)
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))

    response = client.get(f"/admin/papers/paper/{draft.pk}/preview/")

    assert response.status_code == 403


@pytest.mark.parametrize("path", MARKDOWN_ADDRESSES)
def test_strangers_cannot_use_the_editor(client, path, png, settings):
    image = SimpleUploadedFile("x.png", png)

    response = client.post(path, {"content": "x", "image": image})

    assert (response.status_code, response.content) == (403, b"For editors only.")
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize("path", MARKDOWN_ADDRESSES)
def test_staff_without_permission_cannot_use_the_editor(
    client, django_user_model, path
):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))

    assert client.post(path, {"content": "x"}).status_code == 403


@pytest.mark.parametrize("path", MARKDOWN_ADDRESSES)
def test_who_may_write_entries_but_is_no_staff_cannot_use_the_editor(
    client, django_user_model, path
):
    user = django_user_model.objects.create_user("former")
    user.user_permissions.add(Permission.objects.get(codename="change_paper"))
    client.force_login(user)

    assert client.post(path, {"content": "x"}).status_code == 403


@pytest.mark.parametrize("path", MARKDOWN_ADDRESSES)
def test_the_editor_answers_to_posts_only(admin_client, path):
    assert admin_client.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/markdownx/markdownify/", "/markdownx/upload/"])
def test_the_open_addresses_of_the_package_do_not_exist(admin_client, path):
    assert admin_client.post(path, {"content": "x"}).status_code == 404


def test_the_start_fails_when_the_open_addresses_are_mounted():
    with override_settings(ROOT_URLCONF="tests.open_urls"):
        errors = markdownx_is_ours()

    assert [error.id for error in errors] == ["papers.E001"]
    assert markdownx_is_ours() == []


def test_the_preview_is_made_by_the_public_renderer(admin_client):
    response = admin_client.post(
        MARKDOWN_ADDRESSES[0], {"content": "*Hi* <b>there</b> $x$"}
    )

    html = response.content.decode()
    assert html.startswith("<p><em>Hi</em> &lt;b&gt;there&lt;/b&gt; <math>")


def test_a_preview_of_too_much_is_refused_in_words(admin_client):
    response = admin_client.post(MARKDOWN_ADDRESSES[0], {"content": "x" * 200_001})

    assert response.status_code == 413
    assert response.content == b"The text has more than 200,000 characters."


def test_an_upload_is_made_anew_and_answers_with_its_markdown(
    admin_client, png, client
):
    file = SimpleUploadedFile("evil.html", png + b"<script>", content_type="text/html")

    said = admin_client.post(MARKDOWN_ADDRESSES[1], {"image": file}).json()[
        "image_code"
    ]

    path = said.removeprefix("![](").removesuffix(")")
    stored = client.get(path)
    body = b"".join(stored.streaming_content)
    assert path.startswith("/media/figures/")
    assert path.endswith(".png")
    assert stored["Content-Type"] == "image/png"
    assert stored["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"script" not in body
    assert Image.open(io.BytesIO(body)).size == (60, 40)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.html", b"<script>alert(1)</script>"),
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("x.gif", b"GIF89a/*<script>alert(1)</script>*/"),
        ("x.png", b"x" * (10 * 2**20 + 1)),
    ],
)
def test_what_is_no_picture_is_refused_and_not_stored(
    admin_client, name, data, settings
):
    file = SimpleUploadedFile(name, data, content_type="image/png")

    response = admin_client.post(MARKDOWN_ADDRESSES[1], {"image": file})

    assert response.status_code == 400
    assert list(response.json()) == ["image"]
    assert not settings.MEDIA_ROOT.exists()


def test_an_upload_of_nothing_is_refused(admin_client):
    response = admin_client.post(MARKDOWN_ADDRESSES[1])

    assert response.json() == {"image": ["No picture was sent."]}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_entries_costs_the_same_with_one_and_with_three(
    admin_client, django_assert_num_queries, count
):
    for _ in range(count):
        make_section(paper=make_paper())

    with django_assert_num_queries(6):
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


@pytest.mark.parametrize("path", ["paper", "review", "tag"])
def test_any_words_may_be_searched_for_at_the_desk(admin_client, path):
    words = " ".join(f"word{number}" for number in range(1000)) + "\0"

    assert admin_client.get(f"/admin/papers/{path}/", {"q": words}).status_code == 200


def test_an_entry_with_559_authors_can_be_edited(admin_client, review):
    names = "\n".join(f"Given{n} Family{n}" for n in range(559))

    response = admin_client.post(ADD, entry(review, authors=names))

    assert response.status_code == 302
    assert Paper.objects.get().author_rows.count() == 559


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
