"""Pictures of every kind, and files that only say they are one."""

import io
import struct
import zlib

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"
PNG_START = b"\x89PNG\r\n\x1a\n"


def make_picture(mode="RGB", size=(8, 6)):
    picture = Image.new("RGB", size, (200, 30, 40))
    picture.putpixel((0, 0), (0, 0, 255))
    if mode.endswith("A"):
        picture.putalpha(99)
    return Image.new(mode, size, 40_000) if ";" in mode else picture.convert(mode)


def encode(picture, file_format, **options):
    out = io.BytesIO()
    picture.save(out, file_format, **options)
    return out.getvalue()


def make_exif(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret camera"
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 29.6)}
    return exif


def make_chunk(kind, data):
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def make_png(width, height, *extra):
    """A PNG that says it has this size, and has one byte of pixels."""
    header = make_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = make_chunk(b"IDAT", zlib.compress(b"\0"))
    return b"".join([PNG_START, header, *extra, pixels, make_chunk(b"IEND", b"")])


def make_segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def make_moving(file_format):
    frames = [make_picture(), make_picture().rotate(90)]
    return encode(frames[0], file_format, save_all=True, append_images=frames[1:])


def unpacking_to(size):
    return make_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * size))


def dense_png(width, height):
    """One colour in few bytes, which are as many pixels as it says."""
    return encode(Image.new("1", (width, height)), "PNG")


JPEG = encode(make_picture(), "JPEG")
PNG = encode(make_picture(), "PNG")
GIF = encode(make_picture("P"), "GIF")

# A file that is refused, and a part of what the editor is told.
REFUSED = {
    "nothing": (b"", "empty"),
    "a script": (SCRIPT, "Not a picture"),
    "a page": (b"<!doctype html>" + SCRIPT, "Not a picture"),
    "a drawing that runs": (
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "Not a picture",
    ),
    "a PDF": (encode(make_picture(), "PDF"), "Not a picture"),
    "PostScript": (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        "Not a picture",
    ),
    "a TIFF": (encode(make_picture(), "TIFF"), "Not a picture"),
    "a script that begins as a GIF": (
        b"GIF89a=1;alert(1)//" + b" " * 99,
        "Not a picture",
    ),
    "a GIF cut short": (GIF[:20], "Not a picture"),
    "a PNG of a head alone": (PNG_START + b"\0" * 40, "Not a picture"),
    "a PNG of no size": (make_png(0, 0), "Not a picture"),
    "a JPEG cut short": (JPEG[:-30], "Not a picture"),
    "a WebP cut short": (encode(make_picture(), "WEBP")[:30], "Not a picture"),
    "an AVIF cut short": (encode(make_picture(), "AVIF")[:120], "Not a picture"),
    "more bytes than allowed": (PNG.ljust(10 * 2**20 + 1, b"\0"), "10 MB"),
    "100 million pixels": (dense_png(10_000, 10_000), "40 million pixels"),
    "3,600 million pixels by its head": (make_png(60_000, 60_000), "40 million pixels"),
    "a side no browser shows": (dense_png(16_001, 2), "16,000 pixels"),
    "80 megabytes of comment": (
        make_png(1, 1, unpacking_to(80_000_000)),
        "Not a picture",
    ),
    "a moving GIF": (make_moving("GIF"), "moves"),
    "a moving PNG": (make_moving("PNG"), "moves"),
    "a moving WebP": (make_moving("WEBP"), "moves"),
    "a moving AVIF": (make_moving("AVIF"), "moves"),
}

# A picture that is taken, and carries something along that is left behind.
LADEN = {
    "a PNG with a script behind it": PNG + SCRIPT,
    "a GIF with a script behind it": GIF + SCRIPT,
    "a GIF with a script as its comment": encode(
        make_picture("P"), "GIF", comment=SCRIPT
    ),
    "a JPEG with a script as its comment": encode(
        make_picture(), "JPEG", comment=SCRIPT
    ),
    "a JPEG with an archive behind it": JPEG + b"PK\x03\x04" + SCRIPT,
    "a JPEG with a page in its colour profile": encode(
        make_picture(), "JPEG", icc_profile=SCRIPT
    ),
    "a WebP with a script in its description": encode(
        make_picture(), "WEBP", xmp=SCRIPT
    ),
    "an AVIF with a script in its description": encode(
        make_picture(), "AVIF", xmp=SCRIPT
    ),
}
