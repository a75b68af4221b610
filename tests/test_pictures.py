"""Pictures as they are stored, sent and shown."""

import io
import re

import pytest
from PIL import Image

from papers import pictures
from papers.images import clean_image
from papers.models import Figure
from papers.rendering import render_markdown
from tests.factories import make_paper, make_section

pytestmark = pytest.mark.django_db


def make_image(size=(2000, 1000), kind="PNG", colour=(200, 30, 40), mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return clean_image(out.getvalue())


def stored(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def add_figure(paper, image, dark=None, **values):
    figure = Figure(paper=paper, key="photo", kind="image", alt="A field", **values)
    figure.set_image(image)
    if dark is not None:
        figure.set_dark(dark)
    figure.save()
    return figure


def test_a_picture_is_stored_once_at_the_widths_of_phones_and_desks(settings):
    image = make_image()
    stem = image.name.removesuffix(".png")

    paths = [pictures.store(image), pictures.store(image)]

    assert paths == [f"figures/{image.name}"] * 2
    assert stored(settings.MEDIA_ROOT / "figures") == sorted(
        [
            image.name,
            *(f"{stem}.{w}.{t}" for w in (480, 800, 1280) for t in ("avif", "webp")),
        ]
    )
    for path in (settings.MEDIA_ROOT / "figures").iterdir():
        with Image.open(path) as opened:
            width = int(path.name.split(".")[1]) if path.name != image.name else 1280
            assert opened.size == (width, width // 2)


def test_a_small_picture_is_made_no_larger(settings):
    image = make_image((600, 30))

    pictures.store(image)

    sizes = set()
    for path in (settings.MEDIA_ROOT / "figures").iterdir():
        with Image.open(path) as opened:
            sizes.add(opened.size)
    assert sizes == {(480, 24), (600, 30)}
    assert (settings.MEDIA_ROOT / "figures" / image.name).read_bytes() == image.data


@pytest.mark.parametrize("size", [(1, 1), (1, 16_000), (16_000, 1), (3, 2_000)])
def test_a_picture_of_any_shape_is_stored(size):
    image = make_image(size)

    picture = pictures.find(pictures.store(image))

    assert picture.widths[-1] == min(size[0], 1280)
    assert pictures.load(image.name) == image.data


def test_what_shines_through_still_does_in_every_format(settings):
    pictures.store(make_image((20, 20), mode="RGBA", colour=(1, 2, 3, 90)))

    for path in (settings.MEDIA_ROOT / "figures").iterdir():
        with Image.open(path) as opened:
            assert opened.convert("RGBA").getpixel((5, 5))[3] == 90, path


def test_nobody_gets_the_picture_as_it_was_made(client, settings):
    image = make_image()
    pictures.store(image)

    for path in (
        f"originals/{image.name}",
        f"figures/originals/{image.name}",
        f"figures/../../originals/{image.name}",
    ):
        assert client.get(f"/media/{path}").status_code == 404
    sent = b"".join(client.get(f"/media/figures/{image.name}").streaming_content)
    assert Image.open(io.BytesIO(sent)).size == (1280, 640)
    assert pictures.load(image.name) == image.data


@pytest.mark.parametrize(
    ("ending", "kind"),
    [(".png", "png"), (".480.avif", "avif"), (".800.webp", "webp")],
)
def test_every_size_is_sent_as_what_it_is_and_can_never_run(client, ending, kind):
    image = make_image()
    pictures.store(image)

    answer = client.get(f"/media/figures/{image.name.removesuffix('.png')}{ending}")

    assert b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == f"image/{kind}"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_figure_lets_the_browser_choose_its_size_and_keeps_its_place(client):
    paper = make_paper(slug="mixtral")
    add_figure(paper, image := make_image())

    html = client.get("/2024/mixtral/").content.decode()

    stem = f"/media/figures/{image.name.removesuffix('.png')}"
    widths = ", ".join(f"{stem}.{w}.avif {w}w" for w in (480, 800, 1280))
    assert f'<source type="image/avif" srcset="{widths}" sizes="' in html
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img ")
    size = 'width="1280" height="640" loading="lazy"'
    assert f'<img src="{stem}.png" alt="A field" {size}>' in html


def test_a_picture_in_a_text_lets_the_browser_choose_too():
    path = pictures.store(make_image((600, 300)))

    html = render_markdown(f"![A *field*](/media/{path})").html

    assert re.search(r'<source type="image/webp" srcset="[^"]+ 600w" sizes="', html)
    assert ' alt="A field" width="600" height="300" loading="lazy">' in html


def test_a_page_is_shown_without_opening_a_picture(client, settings):
    paper = make_paper(slug="mixtral")
    add_figure(paper, image := make_image())
    make_section(paper=paper, body=f"![In a text](/media/figures/{image.name})")
    before = client.get("/2024/mixtral/").content

    for path in (settings.MEDIA_ROOT / "figures").iterdir():
        path.write_bytes(b"not a picture")

    assert client.get("/2024/mixtral/").content == before


def test_a_figure_has_another_picture_for_dark_pages(client):
    paper = make_paper(slug="mixtral")
    light, dark = make_image((30, 20)), make_image((30, 20), colour=(0, 0, 0))
    add_figure(paper, light, dark)

    html = client.get("/2024/mixtral/").content.decode()
    feed = client.get("/feed.json").json()["items"][0]["content_html"]

    shown = re.findall(
        r'<img src="/media/figures/(\w+\.png)"[^>]* class="([\w-]+)">', html
    )
    assert shown == [(light.name, "for-light"), (dark.name, "for-dark")]
    assert light.name in feed
    assert dark.name not in feed
    assert "<source" not in feed


def test_a_picture_from_before_it_had_other_sizes_is_shown_as_it_is(settings):
    image = make_image((30, 20))
    folder = settings.MEDIA_ROOT / "figures"
    folder.mkdir(parents=True)
    (folder / image.name).write_bytes(image.data)

    html = render_markdown(f"![a](/media/figures/{image.name})").html

    assert "<source" not in html
    assert 'width="30" height="20"' in html
    assert pictures.load(image.name) == image.data


@pytest.mark.parametrize(
    "path", ["", "x.png", "figures/../x.png", "figures/x.svg", "/figures/x.png"]
)
def test_what_is_no_picture_of_ours_is_not_found(path):
    assert pictures.find(path) is None
    assert pictures.load(path) == b""
