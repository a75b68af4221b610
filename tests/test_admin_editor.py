"""The two addresses that the Markdown editor talks to: for editors, and for nobody else."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from papers.admin.editor import markdownx_is_ours

pytestmark = pytest.mark.django_db

MARKDOWN_ADDRESSES = ["/admin/markdownx/markdownify/", "/admin/markdownx/upload/"]


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


def test_an_upload_of_nothing_is_refused(admin_client):
    response = admin_client.post(MARKDOWN_ADDRESSES[1])

    assert response.json() == {"image": ["No picture was sent."]}
