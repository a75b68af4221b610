import io
import re
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from papers.images import (
    DEEPEST_SVG,
    LARGEST_SVG,
    MOST_BYTES,
    CleanImage,
    clean_image,
    clean_svg,
    is_bare_jpeg,
    prefix_svg_ids,
    read_upload,
)
from tests.pictures import (
    PNG_START,
    SCRIPT,
    encode,
    make_chunk,
    make_exif,
    make_picture,
    make_png,
    make_segment,
)
from tests.trees import harm, parse

UNREADABLE = "Not a picture we can read. Use PNG, JPEG, WebP, GIF or AVIF."
TOO_MANY_PIXELS = "The picture has more than 40 million pixels."


def decode(clean):
    with Image.open(io.BytesIO(clean.data)) as picture:
        picture.load()
    return picture


def refusal(read, *arguments):
    with pytest.raises(ValueError) as refused:
        read(*arguments)
    return str(refused.value)


@pytest.mark.parametrize(
    ("mode", "file_format", "extension", "stored_mode"),
    [
        ("RGB", "PNG", "png", "RGB"),
        ("RGBA", "PNG", "png", "RGBA"),
        ("L", "PNG", "png", "RGB"),
        ("LA", "PNG", "png", "RGBA"),
        ("1", "PNG", "png", "RGB"),
        ("P", "PNG", "png", "RGB"),
        ("I;16", "PNG", "png", "RGB"),
        ("RGB", "WEBP", "png", "RGB"),
        ("RGBA", "WEBP", "png", "RGBA"),
        ("P", "GIF", "png", "RGB"),
        ("RGB", "AVIF", "png", "RGB"),
        ("RGBA", "AVIF", "png", "RGBA"),
        ("RGB", "JPEG", "jpg", "RGB"),
        ("L", "JPEG", "jpg", "L"),
        ("CMYK", "JPEG", "jpg", "RGB"),
    ],
)
def test_a_picture_becomes_png_or_jpeg(mode, file_format, extension, stored_mode):
    clean = clean_image(encode(make_picture(mode), file_format))

    stored = decode(clean)
    assert (clean.extension, clean.width, clean.height) == (extension, 8, 6)
    assert (stored.mode, stored.size) == (stored_mode, (8, 6))
    assert stored.format == {"png": "PNG", "jpg": "JPEG"}[extension]


@pytest.mark.parametrize(
    ("file_format", "mode"), [("PNG", "P"), ("GIF", "P"), ("PNG", "L")]
)
def test_a_transparent_colour_stays_transparent(file_format, mode):
    picture = make_picture(mode)
    clear = picture.getpixel((0, 0))

    clean = clean_image(encode(picture, file_format, transparency=clear))

    pixels = decode(clean)
    assert pixels.mode == "RGBA"
    assert (pixels.getpixel((0, 0))[3], pixels.getpixel((1, 0))[3]) == (0, 255)


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_pixels_of_a_lossless_picture_are_kept(file_format):
    picture = make_picture()

    clean = clean_image(encode(picture, file_format, lossless=True))

    assert decode(clean).tobytes() == picture.tobytes()


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation, file_format):
    picture = Image.new("L", (16, 8), 0).convert("RGB")
    picture.paste((255, 255, 255), (0, 0, 8, 8))
    turned = {5, 6, 7, 8}

    clean = clean_image(encode(picture, file_format, exif=make_exif(orientation)))

    stored = decode(clean)
    bright = {1: (2, 4), 4: (2, 4), 2: (13, 4), 3: (13, 4), 5: (4, 2), 6: (4, 2)}
    place = bright.get(orientation, (4, 13))
    assert stored.size == ((8, 16) if orientation in turned else (16, 8))
    assert stored.convert("L").getpixel(place) > 200
    assert dict(stored.getexif()) == {}


JPEG = encode(make_picture(), "JPEG")
JFIF_END = 20


@pytest.mark.parametrize(
    "data",
    [
        encode(make_picture(), "JPEG", comment=SCRIPT),
        encode(make_picture(), "JPEG", icc_profile=SCRIPT),
        encode(make_picture(), "JPEG", exif=make_exif(1)),
        JPEG + SCRIPT,
        JPEG + encode(make_picture(), "PNG"),
        JPEG + JPEG,
        JPEG[:JFIF_END] + make_segment(0xFE, SCRIPT) + JPEG[JFIF_END:],
        JPEG[:JFIF_END] + make_segment(0xE0, SCRIPT) + JPEG[JFIF_END:],
        JPEG[:JFIF_END] + make_segment(0xE0, b"x" * 14) + JPEG[JFIF_END:],
        JPEG[:JFIF_END]
        + make_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")
        + JPEG[JFIF_END:],
        JPEG[:JFIF_END] + make_segment(0xEE, SCRIPT) + JPEG[JFIF_END:],
        JPEG[:JFIF_END] + make_segment(0xEF, SCRIPT) + JPEG[JFIF_END:],
        encode(make_picture(), "MPO", save_all=True, append_images=[make_picture()]),
    ],
    ids=range(13),
)
def test_what_comes_along_with_a_jpeg_is_left_behind(data):
    clean = clean_image(data)

    assert (is_bare_jpeg(data), is_bare_jpeg(clean.data)) == (False, True)
    assert (
        decode(clean).info.keys()
        - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
        == set()
    )
    assert [
        part in clean.data for part in (SCRIPT, b"Exif", b"ICC", b"PNG", b"adobe")
    ] == [False] * 5


@pytest.mark.parametrize(
    "data",
    [
        encode(make_picture(), "PNG", exif=make_exif(1), icc_profile=SCRIPT),
        encode(make_picture(), "PNG") + SCRIPT,
        make_png(1, 1, make_chunk(b"tEXt", b"Comment\0" + SCRIPT)).replace(
            make_chunk(b"IDAT", zlib.compress(b"\0")),
            make_chunk(b"IDAT", zlib.compress(b"\0abc")),
        ),
        encode(make_picture("P"), "GIF", comment=SCRIPT),
        encode(make_picture("P"), "GIF") + SCRIPT,
        encode(make_picture(), "WEBP", exif=make_exif(1), xmp=SCRIPT),
        encode(make_picture(), "AVIF", exif=make_exif(1), xmp=SCRIPT),
    ],
    ids=range(7),
)
def test_what_comes_along_with_another_picture_is_left_behind(data):
    clean = clean_image(data)

    chunks = chunks_of(clean.data)
    assert set(chunks) - {b"IHDR", b"IDAT", b"PLTE"} == {b"IEND"}
    assert chunks[-1] == b"IEND"


def chunks_of(png):
    """The kinds of the chunks of a PNG, to the last byte of the file."""
    kinds, at = [], len(PNG_START)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kinds.append(png[at + 4 : at + 8])
        at += 12 + length
    return kinds


@pytest.mark.parametrize(
    "file_format", ["TIFF", "EPS", "BMP", "ICO", "PPM", "PDF", "TGA"]
)
def test_a_picture_of_another_format_is_refused(file_format):
    assert refusal(clean_image, encode(make_picture(), file_format)) == UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a=1;alert(1)//" + b" " * 100,
        b"GIF89a" + SCRIPT,
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8",
        b"\0" * 1_000,
        PNG_START,
        make_png(0, 0),
        JPEG[:-30],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        b"RIFF\x04\0\0\0WEBP",
    ],
    ids=range(12),
)
def test_what_is_no_picture_is_refused(data):
    assert refusal(clean_image, data) == UNREADABLE


def test_an_empty_file_is_refused():
    assert refusal(clean_image, b"") == "The file is empty."


@pytest.mark.parametrize(
    ("width", "height"),
    [
        (60_000, 60_000),
        (10_000, 10_000),
        (8_001, 5_000),
        (2**31 - 1, 1),
        (2**32 - 1, 1),
    ],
)
def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_decoded(width, height):
    assert refusal(clean_image, make_png(width, height)) == TOO_MANY_PIXELS


def test_a_picture_of_just_so_many_pixels_is_decoded():
    data = encode(Image.new("1", (8_000, 5_000)), "PNG")

    clean = clean_image(data)

    assert (clean.width, clean.height) == (8_000, 5_000)


def test_a_text_that_unpacks_to_80_megabytes_is_refused():
    bomb = make_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 80_000_000))

    assert refusal(clean_image, make_png(1, 1, bomb)) == UNREADABLE


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_a_moving_picture_is_refused(file_format):
    frames = [make_picture(), make_picture().rotate(90)]

    data = encode(frames[0], file_format, save_all=True, append_images=frames[1:])

    assert refusal(clean_image, data) == "The picture moves. Use a still one."


def test_a_file_of_more_bytes_than_allowed_is_refused_and_not_read_on():
    file = ContentFile(JPEG.ljust(MOST_BYTES + 100, b"\0"))

    assert refusal(read_upload, file) == "The picture has more than 10 MB."
    assert file.tell() == MOST_BYTES + 1


def test_a_file_of_just_so_many_bytes_is_read_from_its_start():
    file = ContentFile(JPEG.ljust(MOST_BYTES, b"\0"))
    file.seek(1_000)

    clean = read_upload(file)

    assert (clean.extension, clean.width, clean.height) == ("jpg", 8, 6)


MOVING = [
    encode(make_picture("P"), "GIF", save_all=True, append_images=[make_picture("L")]),
]
STILL = [
    encode(make_picture(), "JPEG", exif=make_exif(6)),
    encode(make_picture(), "PNG", exif=make_exif(6)),
    encode(make_picture("P"), "GIF"),
    encode(make_picture(), "WEBP", exif=make_exif(6)),
    encode(make_picture(), "AVIF"),
]


WORDS = {
    UNREADABLE,
    TOO_MANY_PIXELS,
    "The picture moves. Use a still one.",
    "A side of the picture has more than 16,000 pixels.",
    "The file is empty.",
}


def is_handled(data):
    """Whether a file, however broken, is read to a stable picture or refused in words."""
    try:
        clean = clean_image(data)
    except ValueError as refused:
        return str(refused) in WORDS
    return clean_image(clean.data) == clean


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("data", STILL + MOVING, ids=range(6))
def test_a_picture_cut_anywhere_is_read_or_refused(data):
    outcomes = {is_handled(data[:end]) for end in range(len(data))}

    assert outcomes == {True}


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("byte", [0x00, 0x7F, 0xFF])
@pytest.mark.parametrize("data", STILL + MOVING, ids=range(6))
def test_a_picture_with_any_byte_wrong_is_read_or_refused(data, byte):
    outcomes = {
        is_handled(data[:at] + bytes([byte]) + data[at + 1 :])
        for at in range(len(data))
    }

    assert outcomes == {True}


MODES = {
    "PNG": ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"],
    "JPEG": ["L", "RGB", "CMYK", "YCbCr"],
    "WEBP": ["RGB", "RGBA"],
    "GIF": ["1", "L", "P", "RGB", "RGBA"],
    "AVIF": ["L", "RGB", "RGBA"],
}
KINDS = [(name, mode) for name, modes in MODES.items() for mode in modes]


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(KINDS),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.integers(1, 8),
    st.binary(min_size=1, max_size=60),
    st.sampled_from([b"", b"\0", SCRIPT, b"\xff\xd9"]),
)
def test_cleaning_a_clean_picture_changes_nothing(kind, size, orientation, noise, tail):
    file_format, mode = kind
    picture = make_picture(mode, size)
    if mode in {"L", "RGB", "RGBA", "CMYK"}:
        picture.frombytes((noise * len(picture.tobytes()))[: len(picture.tobytes())])
    options = {} if file_format == "GIF" else {"exif": make_exif(orientation)}

    clean = clean_image(encode(picture, file_format, **options) + tail)

    assert clean_image(clean.data) == clean
    assert decode(clean).size == (clean.width, clean.height)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"progressive": True},
        {"quality": 100},
        {"subsampling": 0},
        {"optimize": True},
    ],
    ids=str,
)
def test_a_jpeg_of_pixels_alone_loses_nothing(options):
    data = encode(make_picture(size=(40, 30)), "JPEG", **options)

    assert clean_image(data) == CleanImage(data, "jpg", 40, 30)


def test_a_picture_is_named_by_its_content():
    red, other = clean_image(JPEG), clean_image(encode(make_picture("L"), "PNG"))

    assert red.name == clean_image(JPEG).name != other.name
    assert red.as_file().read() == JPEG
    assert (red.name[-4:], other.name[-4:]) == (".jpg", ".png")


def test_a_picture_with_a_side_that_no_browser_shows_is_refused():
    data = encode(Image.new("1", (1, 16_001)), "PNG")

    words = "A side of the picture has more than 16,000 pixels."
    assert refusal(clean_image, data) == words


# Diagrams

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def clean_inside(inner):
    """What is left inside a diagram, its indentation taken away."""
    cleaned = clean_svg(f"{SVG}{inner}</svg>")
    start, end = '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>"
    if cleaned == '<svg xmlns="http://www.w3.org/2000/svg"/>':
        return ""
    assert cleaned.startswith(start)
    assert cleaned.endswith(end)
    return "".join(
        line.strip() for line in cleaned[len(start) : -len(end)].splitlines()
    )


@pytest.mark.parametrize(
    ("inner", "left"),
    [
        (
            '<rect x="1" y="2" class="c" fill="#fff"/>',
            '<rect class="c" fill="#fff" x="1" y="2"/>',
        ),
        ('<text>a &lt;b&gt; &amp; "c"</text>', '<text>a &lt;b&gt; &amp; "c"</text>'),
        ("<title>T</title><desc>D</desc>", "<title>T</title><desc>D</desc>"),
        ('<use href="#a"/>', '<use href="#a"/>'),
        ('<rect fill="url(#a)"/>', '<rect fill="url(#a)"/>'),
        ("<rect fill=\"url('#a')\"/>", '<rect fill="url(#a)"/>'),
        (
            '<g aria-label="a style=" class="b"/>',
            '<g aria-label="a style=" class="b"/>',
        ),
        ('<text> style="a"</text>', '<text> style="a"</text>'),
        (
            '<text> style="</text><g aria-label="x"/>',
            '<text> style="</text><g aria-label="x"/>',
        ),
    ],
)
def test_a_drawing_keeps_what_it_draws(inner, left):
    assert clean_inside(inner) == left


@pytest.mark.parametrize(
    ("inner", "left"),
    [
        ("<script>alert(1)</script>", ""),
        ('<script href="https://x.y/z.js"/>', ""),
        ('<g onclick="x" onload="y"/>', "<g/>"),
        ("<foreignObject><p>a</p></foreignObject>", ""),
        ("<iframe src='x'/>", ""),
        ('<a href="javascript:alert(1)"><text>a</text></a>', "<a><text>a</text></a>"),
        ('<a xlink:href="javascript:alert(1)"/>', "<a/>"),
        ('<a href="https://x.y"/>', "<a/>"),
        ('<image href="data:image/png;base64,AAAA"/>', "<image/>"),
        ('<image href="https://x.y//z"/>', "<image/>"),
        ('<rect fill="url(https://x.y/#a)"/>', '<rect fill="url(#)"/>'),
        ('<set attributeName="onclick" to="x"/>', '<set to="x"/>'),
        ("<style>*{fill:url(https://x.y)}</style>", ""),
        ("<style/>", ""),
        ('<rect style="fill:red"/>', "<rect/>"),
        ("<rect style = 'fill:red' x='1'/>", '<rect x="1"/>'),
        ("<!-- <script> -->", ""),
        ("<metadata>secret</metadata>", ""),
        (
            "<text><![CDATA[<script>x</script>]]></text>",
            "<text>&lt;script&gt;x&lt;/script&gt;</text>",
        ),
        ('<g xml:base="javascript:"/>', "<g/>"),
    ],
)
def test_a_drawing_loses_what_could_run_reach_out_or_restyle(inner, left):
    assert clean_inside(inner) == left


@pytest.mark.parametrize(
    "address",
    ["https://x.y/z", "//x.y/z", "https:////x.y/z", "https:\\\\x.y\\z", "/\\x.y/z"],
)
@pytest.mark.parametrize("form", ['<use href="{}"/>', '<image xlink:href="{}"/>'])
def test_a_drawing_asks_no_other_site_for_anything(form, address):
    assert clean_inside(form.format(address)) in {"<use/>", "<image/>"}


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        (f"{SVG}</svg>", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        (
            f'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "a" "b">\n{SVG}</svg>\n',
            '<svg xmlns="http://www.w3.org/2000/svg"/>',
        ),
        (
            '<svg onload="x" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        ),
    ],
)
def test_a_diagram_starts_with_its_svg(source, cleaned):
    assert clean_svg(source) == cleaned


BOMB = (
    "<!DOCTYPE svg [<!ENTITY e0 'lol'>"
    + "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(10))
    + f"]>{SVG}<text>&e10;</text></svg>"
)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a",
        "<html></html>",
        "<svg></svg>",
        SVG,
        f"{SVG}</svg><script/>",
        f"a{SVG}</svg>",
        f"{SVG}<g></svg>",
        f"{SVG}&nosuch;</svg>",
        f"{SVG}\ud800</svg>",
        f"{SVG}\0</svg>",
        f"<g>{SVG}</svg></g>",
        BOMB,
        f"<!DOCTYPE svg [<!ENTITY a '{'a' * 100_000}'>]>{SVG}<text>{'&a;' * 50_000}</text></svg>",
    ],
    ids=range(14),
)
def test_what_is_no_diagram_is_refused(source):
    assert refusal(clean_svg, source).startswith("Not a diagram")


def test_an_entity_reads_no_file():
    source = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{SVG}<text>&x;</text></svg>'

    assert "<text/>" in clean_svg(source)
    assert "root" not in clean_svg(source)


def test_a_diagram_has_a_largest_size():
    longest = f"{SVG}</svg>".ljust(LARGEST_SVG)

    assert clean_svg(longest) == '<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert refusal(clean_svg, longest + " ") == "The diagram has more than 500 kB."


@pytest.mark.parametrize("depth", [DEEPEST_SVG, 20_000])
def test_a_diagram_that_nests_too_deeply_is_refused(depth):
    source = f"{SVG}{'<g>' * depth}{'</g>' * depth}</svg>"

    assert refusal(clean_svg, source) == (
        "Not a diagram we can read: it nests deeper than 64 elements"
    )


def test_a_diagram_nests_as_deeply_as_is_allowed_and_is_as_wide_as_it_likes():
    inside = DEEPEST_SVG - 1
    deep = "<g>" * inside + "</g>" * inside

    cleaned = clean_svg(f"{SVG}{deep}{'<g/>' * 10_000}</svg>")

    assert cleaned.count("<g") == inside + 10_000


@pytest.mark.parametrize(
    ("inner", "prefixed"),
    [
        ('<rect id="a"/>', '<rect id="p-a"/>'),
        ('<use href="#a"/>', '<use href="#p-a"/>'),
        ('<use xlink:href="#a"/>', '<use href="#p-a"/>'),
        ('<use href="/x#a"/>', "<use/>"),
        (
            '<g clip-path="url(#a)" fill="url(\'#b\')" mask="url(#c)"/>',
            '<g clip-path="url(#p-a)" fill="url(#p-b)" mask="url(#p-c)"/>',
        ),
        ('<g aria-labelledby="a b"/>', '<g aria-labelledby="p-a p-b"/>'),
        ('<g aria-label="x id=" class="b"/>', '<g aria-label="x id=" class="b"/>'),
        (
            '<text> id="a" href="#b" url(#c)</text>',
            '<text> id="a" href="#b" url(#c)</text>',
        ),
    ],
)
def test_ids_and_what_leads_to_them_have_the_prefix(inner, prefixed):
    svg = clean_svg(f"{SVG}{inner}</svg>")

    named = prefix_svg_ids(svg, "p-")

    assert named.splitlines()[1].strip() == prefixed


PIECES = st.sampled_from(
    [
        *["<g>", "</g>", "<g/>", "<text>", "</text>", '<use href="#', '"/>', "</svg>"],
        *[" style=", ' style="', " onload='x'", "<script>", "</script>", "<style>"],
        *["</style>", "<a href='javascript:x'>", "</a>", "<!--", "-->", "<![CDATA["],
        *[
            "]]>",
            "&lt;script&gt;",
            '"',
            "'",
            '<g id="a" title="',
            " id=",
            "]]&gt;",
            SVG,
        ],
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_any_diagram_is_one_element_that_does_no_harm_or_is_refused(inner):
    source = f"{SVG}{inner}</svg>"

    try:
        made = prefix_svg_ids(clean_svg(source), "p-")
    except ValueError:
        made = "<svg/>"

    assert harm(made) == []
    assert parse(made)[0].tag == "svg"
    assert made.endswith(("</svg>", "/>"))


def test_a_diagram_leads_nowhere_but_into_itself():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="/logout"/><use href="#a"/></svg>'

    cleaned = clean_svg(svg)

    assert re.findall(r'href="([^"]*)"', cleaned) == ["#a"]
