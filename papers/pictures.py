"""Pictures as they are stored and shown: one kept as it was made, several to be sent.

The picture that papers.images made is kept out of the public's reach. Readers get it at
the widths of phones and desks, as AVIF and WebP and, for browsers that know neither, as
PNG or JPEG. All are made when a picture is stored; showing one decodes nothing.
"""

import io
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import Image

from papers.images import CleanImage, extension_of

FOLDER = "figures"
WIDTHS = (480, 800, 1280)
WIDEST = WIDTHS[-1]
# As the page lays it out: the measure of the text, or most of a narrow window.
SIZES = "(min-width: 40rem) 36rem, 92vw"
NAME = re.compile(r"[a-z0-9]+\.(?:png|jpg)")
TYPES = ("avif", "webp")


class Picture(NamedTuple):
    """A stored picture: its name, the size in pixels it is shown at, its other widths."""

    name: str
    width: int
    height: int
    widths: tuple[int, ...]

    @property
    def url(self) -> str:
        return str(default_storage.url(shown_path(self.name)))

    def srcset(self, kind: str) -> str:
        return ", ".join(
            f"{default_storage.url(sized_path(self.name, width, kind))} {width}w"
            for width in self.widths
        )


def shown_path(name: str) -> str:
    """Where a picture is stored as every browser can show it."""
    return f"{FOLDER}/{name}"


def sized_path(name: str, width: int, kind: str) -> str:
    """Where a picture is stored at one of its widths."""
    return f"{FOLDER}/{name.partition('.')[0]}.{width}.{kind}"


def store(image: CleanImage) -> str:
    """Store a picture in all its sizes, unless it is there; its path in the storage."""
    path = shown_path(image.name)
    if default_storage.exists(path) and originals().exists(image.name):
        return path
    if not originals().exists(image.name):
        originals().save(image.name, image.as_file())
    # What is shown by itself comes last: where it is, the others are.
    for place, data in make_sizes(image).items():
        if not default_storage.exists(place):
            default_storage.save(place, ContentFile(data))
    return path


def make_sizes(image: CleanImage) -> dict[str, bytes]:
    """The files that readers get, by path; the one for every browser is the last."""
    path = shown_path(image.name)
    is_photo = image.extension == "jpg"
    with Image.open(io.BytesIO(image.data)) as opened:
        # A JPEG is decoded at half or a quarter where that is still wide enough.
        opened.draft("RGB", (WIDEST, 1))
        shown = fit(opened, WIDEST)
        shown.load()
    jobs: dict[str, Job] = {}
    for width in widths_for(image.width):
        sized = fit(shown, width)
        for kind, how in (PHOTO if is_photo else DRAWING).items():
            jobs[sized_path(image.name, width, kind)] = sized, kind.upper(), how
    if image.width > WIDEST:
        how = {"quality": 85} if is_photo else {"optimize": True}
        jobs[path] = shown, "JPEG" if is_photo else "PNG", how
    # The encoders do not hold Python's lock, so two cores are of use.
    with ThreadPoolExecutor(max_workers=2) as pool:
        files = dict(zip(jobs, pool.map(encode, jobs.values()), strict=True))
    return files if path in files else files | {path: image.data}


Job = tuple[Image.Image, str, Mapping[str, Any]]
AVIF = {"speed": 10, "max_threads": 1}
PHOTO = {"avif": {"quality": 60} | AVIF, "webp": {"quality": 80, "method": 2}}
# Lines and letters stay sharp.
DRAWING = {
    "avif": {"quality": 80} | AVIF,
    "webp": {"lossless": True, "quality": 20, "method": 1},
}


def widths_for(width: int) -> tuple[int, ...]:
    """The widths at which a picture is sent: none is wider than it is."""
    return tuple(
        sorted({*(each for each in WIDTHS if each < width), min(width, WIDEST)})
    )


def fit(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    size = (width, max(1, round(image.height * width / image.width)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def encode(job: Job) -> bytes:
    image, kind, how = job
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def originals() -> Storage:
    return storages["originals"]


def keep(data: bytes) -> str:
    """Store a picture that papers.images made, and return its name."""
    with Image.open(io.BytesIO(data)) as opened:  # Its head alone is read.
        image = CleanImage(data, extension_of(data), *opened.size)
    store(image)
    return image.name


def load(name: str) -> bytes:
    """The picture of this name, as it was made; nothing where there is none."""
    if not NAME.fullmatch(name):
        return b""
    for storage, path in ((originals(), name), (default_storage, shown_path(name))):
        if storage.exists(path):
            return read(storage, path)
    return b""


def read(storage: Storage, path: str) -> bytes:
    with storage.open(path) as file:
        data: bytes = file.read()
        return data


def find(path: str | None) -> Picture | None:
    """The picture at this path in the storage, as it can be shown, if it is there."""
    path = path or ""
    folder, _, name = path.rpartition("/")
    if folder != FOLDER or not NAME.fullmatch(name) or not default_storage.exists(path):
        return None
    return measure(name, str(getattr(default_storage, "location", "")))


@lru_cache(maxsize=1_000)
def measure(name: str, place: str) -> Picture:
    """Read off the heads of the stored files; what a name stands for never changes.

    `place` tells one storage from another.
    """
    with default_storage.open(shown_path(name)) as file, Image.open(file) as opened:
        width, height = opened.size
    stored = (
        each
        for each in widths_for(width)
        if default_storage.exists(sized_path(name, each, TYPES[-1]))
    )
    return Picture(name, width, height, tuple(stored))


def load_smallest(picture: Picture) -> bytes:
    """The picture at the smallest of its sizes."""
    if not picture.widths:
        return read(default_storage, shown_path(picture.name))
    return read(default_storage, sized_path(picture.name, picture.widths[0], TYPES[-1]))


def show(picture: Picture, alt: str, dark: Picture | None = None) -> SafeString:
    """The picture for the reader's window, and another one on a dark page if there is one.

    Both have the alt text, and the page's style sheet shows one of them.
    """
    if dark is None:
        return show_one(picture, alt, "")
    light, night = show_one(picture, alt, "for-light"), show_one(dark, alt, "for-dark")
    return format_html("{}{}", light, night)


def show_one(picture: Picture, alt: str, name: str) -> SafeString:
    image = format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy"{}>',
        picture.url,
        alt,
        picture.width,
        picture.height,
        format_html(' class="{}"', name) if name else "",
    )
    if not picture.widths:
        return image
    avif, webp = (
        format_html(
            '<source type="image/{}" srcset="{}" sizes="{}">',
            kind,
            picture.srcset(kind),
            SIZES,
        )
        for kind in TYPES
    )
    return format_html("<picture>{}{}{}</picture>", avif, webp, image)


def make_plain(safe_html: str) -> str:
    """The same with one address for each picture, for readers of feeds."""
    return CHOICE.sub("", safe_html)


# As show() and the sanitiser write them.
CHOICE = re.compile(r'</?picture>|<source [^>]*>|<img [^>]*class="for-dark"[^>]*>')
