"""Broken, oversized, moving and laden pictures, through the addresses they are sent to."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from papers.models import Figure, Status
from tests.desk import READY, add_row, change, filled_for
from tests.factories import make_paper
from tests.pictures import LADEN, REFUSED, SCRIPT
from tests.processes import run_python

UPLOAD = "/admin/markdownx/upload/"
# What a browser says of a file is no more than its name.
NAMES = [("x.png", "image/png"), ("x.html", "text/html"), ("x.svg", "image/svg+xml")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_paper(headline="Before", status=Status.DRAFT)


def send(client, data, name="x.png", kind="image/png"):
    file = SimpleUploadedFile(name, data, content_type=kind)
    return client.post(UPLOAD, {"image": file})


def stored_files(tmp_path):
    folders = (tmp_path / "media", tmp_path / "originals")
    return [path for each in folders for path in each.rglob("*") if path.is_file()]


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_dropped_into_a_text_and_is_no_fit_picture_is_refused_in_words(
    admin_client, case, tmp_path
):
    data, words = REFUSED[case]

    response = send(admin_client, data)

    assert response.status_code == 400
    assert words in response.json()["image"][0]
    assert stored_files(tmp_path) == []


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_sent_with_a_figure_and_is_no_fit_picture_is_said_at_its_field(
    admin_client, draft, case, tmp_path
):
    data, words = REFUSED[case]
    form = filled_for(draft, **READY | {"headline": "After"})
    file = SimpleUploadedFile("x.png", data, content_type="image/png")

    response = admin_client.post(
        change(draft), add_row(form, "figures", kind="image", image=file)
    )

    assert response.status_code == 200
    figures = response.context["forms"].parts["figures"]
    assert words in figures.forms[-1].errors["image"][0]
    assert 'value="After"' in response.content.decode()
    assert stored_files(tmp_path) == []
    assert not Figure.objects.exists()


@pytest.mark.parametrize(("name", "kind"), NAMES)
@pytest.mark.parametrize("case", LADEN)
def test_what_a_picture_carries_along_is_stored_nowhere(
    admin_client, case, name, kind, tmp_path
):
    response = send(admin_client, LADEN[case], name, kind)

    assert response.status_code == 200
    files = stored_files(tmp_path)
    assert {path.suffix for path in files} <= {".png", ".jpg", ".webp", ".avif"}
    for path in files:
        data = path.read_bytes()
        assert SCRIPT not in data
        assert b"PK" not in data[-len(SCRIPT) - 4 :]
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert picture.size == (8, 6)


@pytest.mark.parametrize("case", LADEN)
def test_what_is_served_of_it_is_a_picture_that_cannot_run(admin_client, client, case):
    said = send(admin_client, LADEN[case], "x.html", "text/html").json()["image_code"]

    response = client.get(re.fullmatch(r"!\[\]\((/media/.*)\)", said)[1])

    assert response["Content-Type"] in {"image/png", "image/jpeg"}
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert SCRIPT not in b"".join(response.streaming_content)


MOST_MEMORY = 450_000  # Kilobytes beyond what the site itself takes.
STEPS = """
import re
from pathlib import Path
import django; django.setup()
from django.core.files.base import ContentFile
from PIL import Image
from papers import images, pictures
from tests.pictures import LADEN, REFUSED, dense_png, encode
def peak():
    # getrusage() would count what the process was that began this one.
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
before = peak()
for data in [*(data for data, _ in REFUSED.values()), *LADEN.values(), dense_png(8_000, 5_000)]:
    try:
        pictures.store(images.read_upload(ContentFile(data)))
    except ValueError:
        pass
print(peak() - before)
"""


def test_no_picture_takes_memory_out_of_bounds(tmp_path):
    assert 0 < int(run_python(STEPS, tmp_path)) < MOST_MEMORY
