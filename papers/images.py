"""Pictures that editors bring: checked before they are decoded, made anew before stored.

What is stored was written by us from decoded pixels, so nothing that came along with
the upload (metadata, scripts, a second file behind the first) is ever served.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import warnings
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

import py_svg_hush
from django.core.files.base import ContentFile, File
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageOps

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000  # WebP knows no longer one.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
LARGEST_SVG = 500_000
DEEPEST_SVG = 64

# The segments of a JPEG that hold pixels and nothing else (ITU-T T.81, table B.1).
JPEG_PIXEL_SEGMENTS = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA, 0xE0})
# The one application segment is JFIF's, first and too short for a thumbnail.
JPEG_JFIF, JFIF_PLACE = 0xE0, (2, 16)
JPEG_START, JPEG_END, JPEG_SCAN, JPEG_FILL = b"\xff\xd8", b"\xff\xd9", 0xDA, 0xFF


class CleanImage(NamedTuple):
    """A picture that may be stored: its bytes, extension, and size in pixels."""

    data: bytes
    extension: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """The same picture has the same name, so it is stored once."""
        return f"{hashlib.sha256(self.data).hexdigest()[:24]}.{self.extension}"

    def as_file(self) -> ContentFile[bytes]:
        return ContentFile(self.data, name=self.name)


def extension_of(data: bytes) -> str:
    """Of the two formats in which clean_image makes pictures."""
    return "jpg" if data.startswith(JPEG_START) else "png"


def read_upload(file: File[bytes]) -> CleanImage:
    """Read a picture that was sent, no further than it may be long; see clean_image."""
    file.seek(0)
    return clean_image(file.read(MOST_BYTES + 1))


def clean_image(data: bytes) -> CleanImage:
    """Decode a picture and make it anew as PNG or JPEG, turned upright.

    What this function made, it gives back as it is. Raise ValueError, in words for the
    editor, for what is too large, of another format, animated or broken.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"The picture has more than {MOST_BYTES // 2**20} MB.")
    if not data:
        raise ValueError("The file is empty.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return decode(data)
    except RefusedPicture:
        raise
    except BROKEN as error:
        raise ValueError(
            "Not a picture we can read. Use PNG, JPEG, WebP, GIF or AVIF."
        ) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValueError(too_many_pixels()) from error


class RefusedPicture(ValueError):
    """Why a picture that can be read is refused all the same, in words."""


# What Pillow raises for a broken file.
BROKEN = (
    *(OSError, SyntaxError, EOFError, MemoryError, RuntimeError, ValueError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, struct.error),
)


def too_many_pixels() -> str:
    return f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels."


def decode(data: bytes) -> CleanImage:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise RefusedPicture(too_many_pixels())
        if max(image.size) > LONGEST_SIDE:
            raise RefusedPicture(
                f"A side of the picture has more than {LONGEST_SIDE:,} pixels."
            )
        # A phone's JPEG (MPO) may hold a second picture, which is no frame.
        is_photo = image.format in {"JPEG", "MPO"}
        if not is_photo and getattr(image, "n_frames", 1) > 1:
            raise RefusedPicture("The picture moves. Use a still one.")
        image.load()
        upright = ImageOps.exif_transpose(image)
    if is_photo and is_bare_jpeg(data):
        return CleanImage(data, "jpg", *upright.size)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    still = upright.convert("RGBA" if has_alpha else "RGB")
    still.info.clear()
    out = io.BytesIO()
    if is_photo:
        still.save(out, "JPEG", quality=88)
    else:
        still.save(out, "PNG")
    return CleanImage(out.getvalue(), "jpg" if is_photo else "png", *upright.size)


def is_bare_jpeg(data: bytes) -> bool:
    """Whether a JPEG is pixels alone: no metadata, no comment, nothing after its end."""
    if not (data.startswith(JPEG_START) and data.endswith(JPEG_END)):
        return False
    at = 2
    while data[at] == JPEG_FILL and data[at + 1] in JPEG_PIXEL_SEGMENTS:
        if data[at + 1] == JPEG_SCAN:
            # In scan data a marker other than a restart or a stuffed zero ends the scan.
            marker = re.compile(rb"\xff[^\x00\xd0-\xd7]").search(data, at + 2)
            if marker is None or marker.start() == len(data) - 2:
                return marker is not None
            at = marker.start()
        else:
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            if data[at + 1] == JPEG_JFIF and (at, length) != JFIF_PLACE:
                return False
            at += 2 + length
        at = min(at, len(data) - 2)
    return False


def clean_svg(source: str) -> SafeString:
    """A diagram that can neither run nor reach out, to be set into the page.

    Raise ValueError for what is no SVG, or too large.
    """
    if len(source) > LARGEST_SVG:
        raise ValueError(f"The diagram has more than {LARGEST_SVG // 1000} kB.")
    try:
        data = source.encode()
        refuse_deep_nesting(data)
        cleaned = py_svg_hush.filter_svg(data).decode()
    except ValueError as error:
        raise ValueError(f"Not a diagram we can read: {error}") from error
    if not re.search(r"<svg[\s>]", cleaned):
        raise ValueError("Not a diagram: there is no <svg> in it.")
    for unwanted in (SVG_PROLOGUE, SVG_STYLE):
        cleaned = unwanted.sub("", cleaned)
    cleaned = change_attributes(cleaned, keep_attribute)
    return mark_safe(cleaned.strip())  # noqa: S308 -- sanitised


def keep_attribute(found: re.Match[str]) -> str:
    """Drop what styles by itself, and what leads out of the diagram, even on this site."""
    is_way_out = found["name"].endswith("href") and not found["value"].startswith("#")
    return "" if found["name"] == "style" or is_way_out else found[0]


def prefix_svg_ids(svg: SafeString, prefix: str) -> SafeString:
    """Give a diagram's ids a name of their own, since several share one page."""

    def rename(found: re.Match[str]) -> str:
        name, value = found["name"], found["value"].replace("url(#", f"url(#{prefix}")
        if name == "id" or (name == "href" and value.startswith("#")):
            value = re.sub("^#?", rf"\g<0>{prefix}", value)
        elif name in {"aria-labelledby", "aria-describedby"}:
            value = " ".join(prefix + word for word in value.split())
        return f' {name}="{value}"'

    return mark_safe(change_attributes(svg, rename))  # noqa: S308 -- sanitised before


def change_attributes(svg: str, change: Callable[[re.Match[str]], str]) -> str:
    """Change each attribute of each tag, as the sanitiser writes them, and no text."""
    return SVG_TAG.sub(lambda tag: SVG_ATTRIBUTE.sub(change, tag[0]), svg)


def refuse_deep_nesting(source: bytes) -> None:
    """The sanitiser indents: what it makes grows with the square of the depth."""
    depth = 0

    def enter(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST_SVG:
            raise ValueError(f"it nests deeper than {DEEPEST_SVG} elements")

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


SVG_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE[^>]*>|<!--.*?-->", re.DOTALL)
# A strict policy blocks inline style, and a style sheet would reach the whole page.
# Style attributes go as well.
SVG_STYLE = re.compile(r"<style.*?</style>|<style[^>]*/>", re.DOTALL)
SVG_TAG = re.compile(r"<[^<>]+>")
SVG_ATTRIBUTE = re.compile(r'\s(?P<name>[\w:.-]+)="(?P<value>[^"]*)"')
