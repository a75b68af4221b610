import io
import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse
from PIL import Image

from papers import social
from papers.dates import parse_date
from papers.models import Figure, Paper, Status
from papers.social import Picture, draw_paper, draw_review, readable
from tests.factories import make_paper, make_review, make_tag
from tests.hostile import HOSTILE

GROUND, INK = (0xFD, 0xFD, 0xFC), (0xB0, 0x12, 0x2C)
MOST_BYTES = 60_000


def make_picture(**values):
    defaults = {
        "year": 2024,
        "headlines": ["Eight experts, two at work"],
        "when": "January 2024",
        "numeral": "8",
        "title": "Mixtral of Experts",
        "authors": "Albert Jiang and 25 others",
        "foot": ["MoE", "LLMs"],
        "days": [parse_date("2024-01-08")],
        "others": [parse_date("2024-01-08"), parse_date("2024-06-25")],
    }
    return Picture(**(defaults | values))


def open_picture(content):
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(content) <= MOST_BYTES
    return image.convert("RGB")


@pytest.mark.parametrize("draw", [draw_paper, draw_review])
def test_a_picture_is_set_in_ink_on_the_ground_of_the_page(draw):
    image = open_picture(draw(make_picture()))

    colours = [colour for _, colour in image.getcolors(WIDTH_TIMES_HEIGHT)]
    assert image.getpixel((0, 0)) == GROUND
    assert INK in colours


WIDTH_TIMES_HEIGHT = 1200 * 630


INK_MID = (0xCD, 0x6D, 0x7A)


def lengths_of_bars(image):
    """How long each bar is in the right column, from the top down."""
    columns = range(1136 - 240 + 2, 1137)
    rows = [
        sum(image.getpixel((x, y)) == INK_MID for x in columns) for y in range(300, 470)
    ]
    return [n for before, n in zip([0, *rows], rows, strict=False) if n and n != before]


def test_the_bars_of_an_entrys_chart_keep_their_proportions():
    image = open_picture(draw_paper(make_picture(bars=[10, 20, 5], days=[], others=[])))

    full = max(lengths_of_bars(image))
    assert [round(n / full * 20) for n in lengths_of_bars(image)] == [10, 20, 5]


def test_bars_of_no_length_are_not_drawn():
    plain = draw_paper(make_picture(numeral="8"))

    assert lengths_of_bars(open_picture(draw_paper(make_picture(bars=[0, 0])))) == []
    assert lengths_of_bars(open_picture(plain)) == []


@pytest.mark.parametrize("size", [(30, 30), (480, 20), (20, 480), (480, 480)])
def test_a_photo_of_any_shape_stands_in_the_right_column(size):
    out = io.BytesIO()
    Image.new("RGB", size, (0, 90, 200)).save(out, "WEBP", lossless=True)

    image = open_picture(draw_paper(make_picture(photo=out.getvalue())))

    blue = [
        (x, y)
        for x in range(1200)
        for y in range(300, 470)
        if image.getpixel((x, y))[2] > 150 and image.getpixel((x, y))[0] < 60
    ]
    assert blue
    assert min(x for x, _ in blue) >= 1136 - 240
    assert max(x for x, _ in blue) < 1136


@pytest.mark.django_db
def test_the_picture_of_an_entry_shows_its_first_chart(client):
    paper = make_paper(slug="mixtral", headline="Eight experts")
    before = client.get("/2024/mixtral/social.png").content
    chart = {"kind": "chart", "content": "Model,Size\nA,10\nB,20\nC,5", "alt": "Sizes"}
    Figure.objects.create(paper=paper, key="wanted", wanted=True, **chart)
    assert client.get("/2024/mixtral/social.png").content == before

    Figure.objects.create(paper=paper, key="sizes", **chart)

    image = open_picture(client.get("/2024/mixtral/social.png").content)
    assert len(lengths_of_bars(image)) == 3


def test_the_day_is_marked_where_it_stands_in_the_year():
    image = open_picture(draw_paper(make_picture(numeral="", others=[], foot=[])))

    marked = [x for x in range(1200) if image.getpixel((x, 495)) == INK]
    share = (sum(marked) / len(marked) - 64) / (1200 - 128)
    assert math.ceil(share * 366) == 8


@pytest.mark.parametrize("draw", [draw_paper, draw_review])
@pytest.mark.parametrize("words", [*HOSTILE, "", "Short", "W" * 500, "a b " * 125])
def test_no_words_run_over_the_edge(draw, words):
    picture = make_picture(
        headlines=[words], title=words, authors=words, foot=[words] * 30, numeral="28"
    )

    image = open_picture(draw(picture))

    edges = [
        (0, 0, 1200, 20),
        (0, 0, 50, 630),
        (1150, 0, 1200, 630),
        (0, 615, 1200, 630),
    ]
    for edge in edges:
        assert image.crop(edge).getcolors() == [
            (((edge[2] - edge[0]) * (edge[3] - edge[1])), GROUND)
        ]


def test_long_words_keep_clear_of_the_ruler():
    picture = make_picture(headlines=["W" * 500], title="W" * 500, days=[], others=[])

    image = open_picture(draw_paper(picture))

    assert image.crop((64, 470, 1136, 500)).getcolors() == [(1072 * 30, GROUND)]


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("Mixtral", "Mixtral"),
        ("Ćwik, Łoś, Ağaoğlu, Søren, Nguyễn", "Ćwik, Łoś, Ağaoğlu, Søren, Nguyễn"),
        ("β-VAE и Яндекс", "β-VAE и Яндекс"),
        ("e\u0301", "é"),
        ("🎉 Party 👩‍🔬", "Party"),
        ("two\n lines\x0c\u200b", "two lines"),
        ("混合专家", ""),
        ("تعلم", ""),
        ("Half 混合", ""),
        ("A" * 2000, "A" * 1000),
    ],
)
def test_readable_is_what_the_font_can_draw(text, set_as):
    assert readable(text) == set_as


def test_a_headline_in_other_letters_gives_way_to_the_title():
    title = draw_paper(make_picture(headlines=["Mixtral of Experts"]))

    assert (
        draw_paper(make_picture(headlines=["混合专家", "Mixtral of Experts"])) == title
    )


def test_the_title_is_not_said_twice():
    said = social.words_below(make_picture(), "Mixtral of Experts")

    assert said == "By Albert Jiang and 25 others"


@pytest.mark.parametrize(
    ("title", "authors", "said"),
    [
        ("Title", "Ada", "Title, by Ada"),
        ("Title", "", "Title"),
        ("", "Ada", "By Ada"),
        ("混合", "陈", ""),
    ],
)
def test_title_and_authors_stand_under_the_headline(title, authors, said):
    picture = make_picture(title=title, authors=authors)

    assert social.words_below(picture, "Headline") == said


def test_dates_that_are_close_are_not_written_over_each_other():
    days = [parse_date(f"2024-07-{day:02}") for day in range(1, 32)]

    open_picture(draw_review(make_picture(days=days)))


def test_pictures_drawn_at_once_are_the_same():
    picture = make_picture()

    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(draw_paper, [picture] * 32))

    assert drawn == {draw_paper(picture)}


@pytest.mark.django_db
@pytest.mark.parametrize("words", HOSTILE)
def test_any_headline_has_a_picture(client, words):
    paper = make_paper(headline=words, title=words, tags=[make_tag("混合", slug="m")])

    response = client.get(f"{paper.get_absolute_url()}social.png")

    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
    open_picture(response.content)


@pytest.mark.django_db
def test_a_draft_leaves_no_mark_on_any_picture(client):
    make_paper(slug="shown", tags=[make_tag("MoE")])
    paths = ["/2024/social.png", "/2024/shown/social.png"]
    before = [client.get(path).content for path in paths]

    make_paper(published_on="2024-07-01", status=Status.DRAFT, tags=[make_tag("Ghost")])

    assert [client.get(path).content for path in paths] == before


@pytest.mark.django_db
def test_the_picture_of_what_was_withdrawn_is_gone(client):
    paper = make_paper(slug="gone")
    paper.status, paper.withdrawal_reason = Status.WITHDRAWN, "It was wrong."
    paper.save()

    response = client.get("/2024/gone/social.png")

    assert response.status_code == 410
    assert response["Cache-Control"] == "public, no-cache"


@pytest.mark.django_db
def test_a_former_address_leads_to_the_picture(client):
    make_paper(slug="old")
    paper = Paper.objects.get()
    paper.slug = "new"
    paper.save()

    response = client.get("/2024/old/social.png")

    assert (response.status_code, response["Location"]) == (301, "/2024/new/social.png")


@pytest.mark.django_db
def test_the_picture_of_an_unpublished_review_is_not_found(client):
    make_review(year=2023, status=Status.DRAFT)

    url = reverse("papers:review_picture", args=[2023])

    assert client.get(url).status_code == 404
