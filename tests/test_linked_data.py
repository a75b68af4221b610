import json

import html5lib
import pytest

from papers import linked_data
from papers.citations import Citation
from papers.dates import parse_date
from papers.models import Status
from papers.names import parse_authors
from tests.factories import make_full_paper, make_paper, make_tag
from tests.hostile import HOSTILE

ROOT = "http://testserver"


def make_citation(**values):
    defaults = {
        "key": "mixtral-2024",
        "title": "Mixtral of Experts",
        "authors": parse_authors("Albert Jiang\n{Mistral AI}"),
        "date": parse_date("2024-01"),
    }
    return Citation(**(defaults | values))


def test_an_article_has_its_authors_in_order_and_its_identifiers():
    citation = make_citation(
        arxiv_id="2401.04088", doi="10.1/x", url="https://arxiv.org/abs/2401.04088"
    )

    assert linked_data.describe_article(citation) == {
        "@type": "ScholarlyArticle",
        "@id": "https://arxiv.org/abs/2401.04088",
        "name": "Mixtral of Experts",
        "headline": "Mixtral of Experts",
        "author": [
            {"@type": "Person", "name": "Albert Jiang"},
            {"@type": "Organization", "name": "Mistral AI"},
        ],
        "datePublished": "2024-01",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2401.04088"},
            {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1/x"},
        ],
        "url": "https://arxiv.org/abs/2401.04088",
        "sameAs": "https://doi.org/10.1/x",
    }


@pytest.mark.parametrize("date", ["2024", "2024-01", "2024-01-08"])
def test_a_date_is_as_precise_as_it_is_known(date):
    article = linked_data.describe_article(make_citation(date=parse_date(date)))

    assert article["datePublished"] == date


def test_what_is_not_known_is_not_said():
    article = linked_data.describe_article(
        make_citation(date=None, authors=parse_authors(""))
    )

    assert article == {
        "@type": "ScholarlyArticle",
        "name": "Mixtral of Experts",
        "headline": "Mixtral of Experts",
    }


@pytest.mark.parametrize("words", HOSTILE)
def test_json_survives_a_script_element(words):
    text = linked_data.to_json({"name": words})

    assert not set(text) & set("<>&\u2028")
    assert json.loads(text)["@graph"] == [{"name": words}]


def read_page(client, path):
    """The page's data by type, and its other properties; its HTML must be valid."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(client.get(path).content.decode())
    scripts = [
        json.loads(node.text)
        for node in tree.iter("script")
        if node.get("type") == "application/ld+json"
    ]
    things = {thing["@type"]: thing for text in scripts for thing in text["@graph"]}
    meta = {
        node.get("property") or node.get("name"): node.get("content")
        for node in tree.iter("meta")
    }
    return things, meta


@pytest.mark.django_db
def test_an_entry_is_a_posting_about_an_article(client):
    make_full_paper(
        slug="mixtral",
        headline="Eight experts",
        title="Mixtral of Experts",
        summary="A *sparse* model.",
        authors="Albert Jiang\nBo Li",
        arxiv_id="2401.04088",
        tags=[make_tag("MoE")],
    )

    things, meta = read_page(client, "/2024/mixtral/")

    posting = things["BlogPosting"]
    assert posting["headline"] == "Eight experts"
    assert posting["url"] == f"{ROOT}/2024/mixtral/"
    assert posting["description"] == "A sparse model."
    assert posting["image"] == f"{ROOT}/2024/mixtral/social.png"
    assert posting["keywords"] == ["MoE"]
    assert posting["author"]["name"] == "Year in Review"
    assert [author["name"] for author in posting["about"]["author"]] == [
        "Albert Jiang",
        "Bo Li",
    ]
    assert posting["about"]["datePublished"] == "2024-01-08"
    assert [
        (step["position"], step["name"], step["item"])
        for step in things["BreadcrumbList"]["itemListElement"]
    ] == [
        (1, "2024: Papers of the year", f"{ROOT}/2024/"),
        (2, "January 2024", f"{ROOT}/2024/01/"),
        (3, "Eight experts", f"{ROOT}/2024/mixtral/"),
    ]
    assert (meta["og:type"], meta["og:title"]) == ("article", "Eight experts")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/2024/"])
def test_a_review_lists_its_entries(client, path):
    make_paper(slug="second", headline="Second", month=2)
    make_paper(slug="first", headline="First", month=1)
    make_paper(headline="Draft", status=Status.DRAFT)

    things, _ = read_page(client, path)

    page = things["CollectionPage"]
    assert (page["name"], page["url"]) == ("2024: Papers of the year", f"{ROOT}/2024/")
    assert page["mainEntity"]["numberOfItems"] == 2
    assert [
        (entry["name"], entry["item"])
        for entry in page["mainEntity"]["itemListElement"]
    ] == [("First", f"{ROOT}/2024/first/"), ("Second", f"{ROOT}/2024/second/")]


@pytest.mark.django_db
def test_a_filtered_review_is_described_to_nobody(client):
    make_paper(tags=[make_tag("MoE")])

    things, _ = read_page(client, "/2024/?tag=moe")

    assert things == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "title", "picture"),
    [
        ("/2024/", "2024: Papers of the year", "/2024/social.png"),
        ("/2024/01/", "January 2024", "/2024/social.png"),
        ("/2024/shown/", "Shown", "/2024/shown/social.png"),
        ("/tags/moe/", "MoE", "/2024/social.png"),
    ],
)
def test_a_shared_link_shows_a_title_and_a_picture(client, path, title, picture):
    make_paper(slug="shown", headline="Shown", tags=[make_tag("MoE")])

    _, meta = read_page(client, path)

    assert meta["og:title"] == title
    assert meta["og:url"] == f"{ROOT}{path}"
    assert meta["og:image"] == f"{ROOT}{picture}"
    assert meta["twitter:card"] == "summary_large_image"
    assert client.get(picture)["Content-Type"] == "image/png"


@pytest.mark.django_db
def test_an_empty_choice_of_tags_has_no_picture(client):
    make_paper(tags=[make_tag("MoE")])
    make_paper(tags=[make_tag("LoRA")])

    _, meta = read_page(client, "/tags/moe/?tag=lora")

    assert meta["twitter:card"] == "summary"
    assert "og:image" not in meta


@pytest.mark.django_db
@pytest.mark.parametrize("words", [w for w in HOSTILE if "\x0c" not in w])
def test_any_words_leave_pages_whole(client, words):
    paper = make_full_paper(
        headline=words,
        title=words,
        summary=words,
        authors=f"{{{words[:80]}}}",
        tags=[make_tag(words[:60], slug="moe", description=words)],
    )

    things, meta = read_page(client, paper.get_absolute_url())
    pages = [
        read_page(client, path)[1] for path in ("/2024/", "/2024/01/", "/tags/moe/")
    ]

    assert things["BlogPosting"]["headline"] == words
    assert meta["og:title"] == words
    assert [page["og:type"] for page in pages] == ["website"] * 3
