import json
from datetime import datetime
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import pytest
from django.core.management import call_command

from papers.feeds import make_absolute
from papers.models import Paper, Review, Status
from tests.factories import (
    make_figure,
    make_full_paper,
    make_paper,
    make_review,
    make_section,
    make_tag,
)
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db


def read(client, path="/feed.atom"):
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    return feed


def test_the_feed_holds_what_a_feed_reader_needs(client):
    paper = make_full_paper(
        slug="mixtral",
        headline="Eight & two",
        summary="A *sparse* model.[^1]\n\n[^1]: Note.",
        tags=[make_tag("MoE")],
    )
    Paper.objects.update(published_at="2025-01-06T09:00Z")

    feed = read(client)

    assert (feed.feed.title, feed.feed.link) == ("Year in Review", "http://testserver/")
    (entry,) = feed.entries
    assert (entry.title, entry.link) == (
        "Eight & two",
        "http://testserver/2024/mixtral/",
    )
    assert feed.feed.author == "Year in Review"
    assert entry.id.startswith("urn:uuid:")
    assert entry.summary == "A sparse model. Note."
    assert entry.published == "2025-01-06T09:00:00+00:00"
    assert entry.updated_parsed[:3] == paper.updated_at.utctimetuple()[:3]
    assert [tag.term for tag in entry.tags] == ["MoE"]


def test_the_feed_holds_the_newest_twenty_first(client):
    for number in range(22):
        paper = make_paper(headline=f"Paper {number:02}")
        Paper.objects.filter(pk=paper.pk).update(
            published_at=f"2025-01-{number + 1:02}T00:00Z"
        )

    titles = [entry.title for entry in read(client).entries]

    assert titles == [f"Paper {number:02}" for number in range(21, 1, -1)]


def test_a_tag_has_a_feed_of_its_own(client):
    moe = make_tag("MoE", description="Experts.")
    make_paper(tags=[moe], headline="Shown")
    make_paper(headline="Other")
    make_paper(tags=[moe], headline="Draft", status=Status.DRAFT)

    feed = read(client, "/tags/moe/feed.atom")

    assert (feed.feed.title, feed.feed.subtitle) == ("Year in Review: MoE", "Experts.")
    assert [entry.title for entry in feed.entries] == ["Shown"]


def test_the_feed_of_another_name_leads_to_the_feed_of_the_tag(client):
    make_tag("MoE").aliases.create(name="Experts")

    assert client.get("/tags/experts/feed.atom")["Location"] == "/tags/moe/feed.atom"


def test_the_feed_of_no_tag_is_not_found(client):
    assert client.get("/tags/nope/feed.atom").status_code == 404


def test_an_empty_feed_is_a_feed(client):
    assert read(client).entries == []


def read_json(client):
    response = client.get("/feed.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


def contents(client, path="/feed.atom"):
    tree = ET.fromstring(client.get(path).content)  # noqa: S314 -- our own
    return [node.text for node in tree.iter("{http://www.w3.org/2005/Atom}content")]


def test_an_entry_is_in_the_feed_whole(client):
    make_full_paper(
        focus="Routing", authors="Ada Lovelace", summary="Sparse.", impact="Large."
    )

    (content,) = contents(client)

    words = html5lib.parseFragment(content).itertext()
    text = " ".join(" ".join(words).split())
    for part in (
        "Sparse.",
        "Key details",
        "Ada Lovelace",
        "Routing",
        "Large.",
        "Technical context",
        "How it works.",
        "A note.",
        "Figure 1.",
        "Mixtral",
    ):
        assert part in text, part


def test_every_address_in_a_feed_is_whole(client):
    paper = make_full_paper(slug="shown", tags=[make_tag("MoE")])
    make_section(
        paper=paper, kind="historical", body='![a](/media/figures/a.png) `<a href="/">`'
    )
    make_figure(paper=paper, kind="code", content='<a href="/x">')

    (content,) = contents(client)

    tree = html5lib.parseFragment(content, namespaceHTMLElements=False)
    links = [
        node.get(name)
        for node in tree.iter()
        for name in ("href", "src")
        if node.get(name)
    ]
    assert [link for link in links if not link.startswith(("http:", "https:"))] == []
    root = "http://testserver"
    assert f"{root}/2024/shown/#figure-1" in links
    assert f"{root}/media/figures/a.png" in links
    assert f"{root}/tags/moe/" in links
    assert any(link.startswith(f"{root}/2024/shown/#note-") for link in links)
    assert '<a href="/">' in "".join(tree.itertext())


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('<a href="#n">x</a>', '<a href="https://a.org/b/#n">x</a>'),
        (
            '<a rel="x" href="/y?a=1&amp;b">',
            '<a rel="x" href="https://a.org/y?a=1&amp;b">',
        ),
        (
            '<img alt="a > b" src="/i.png">',
            '<img alt="a > b" src="https://a.org/i.png">',
        ),
        ('<a href="https://c.org/">', '<a href="https://c.org/">'),
        ('<a href="mailto:a@b.org">', '<a href="mailto:a@b.org">'),
        ('&lt;a href="/x"&gt;', '&lt;a href="/x"&gt;'),
        ('<i title=" href=&quot;/x&quot;">', '<i title=" href=&quot;/x&quot;">'),
        ("<b>", "<b>"),
    ],
)
def test_make_absolute_changes_addresses_and_nothing_else(given, made):
    assert make_absolute(given, "https://a.org/b/") == made


def test_the_json_feed_holds_the_same_entries(client):
    make_full_paper(slug="shown", headline="Shown", tags=[make_tag("MoE")])
    make_paper(headline="Draft", status=Status.DRAFT)

    feed = read_json(client)

    (entry,) = read(client).entries
    (item,) = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Year in Review",
        "description": "A year of research, read against the record.",
        "home_page_url": "http://testserver/",
        "feed_url": "http://testserver/feed.json",
        "language": "en",
        "authors": [{"name": "Year in Review", "url": "http://testserver/"}],
    }
    assert item["content_html"] == contents(client)[0]
    assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, "Shown")
    assert (item["summary"], item["tags"]) == (entry.summary, ["MoE"])
    assert item["image"] == "http://testserver/2024/shown/social.png"
    assert datetime.fromisoformat(item["date_published"]).tzinfo
    assert datetime.fromisoformat(item["date_modified"]).tzinfo


def test_a_year_has_a_feed_of_its_own(client):
    make_paper(headline="Other", review=make_review(year=2023))
    make_paper(headline="Shown", review=make_review(year=2024, title="The year"))

    feed = read(client, "/2024/feed.atom")

    assert (feed.feed.title, feed.feed.subtitle) == ("Year in Review: 2024", "The year")
    assert feed.feed.link == "http://testserver/2024/"
    assert [entry.title for entry in feed.entries] == ["Shown"]


def test_the_feed_of_a_year_that_is_not_published_is_not_found(client):
    make_review(year=2023, status=Status.DRAFT)

    assert client.get("/2023/feed.atom").status_code == 404


def test_an_id_outlives_every_address_and_an_export(client, tmp_path):
    make_paper(slug="zeta", headline="Renamed")
    make_paper(slug="other", headline="Other")
    (before,) = ids(client, "Renamed")

    for slug in ("alpha", "middle", "zeta"):
        paper = Paper.objects.get(headline="Renamed")
        paper.slug = slug
        paper.save()
        assert ids(client, "Renamed") == [before]
    call_command("export_review", "2024", str(tmp_path / "2024"), verbosity=0)
    Paper.objects.all().delete()
    Review.objects.all().delete()
    call_command("import_review", str(tmp_path / "2024"), verbosity=0)

    assert ids(client, "Renamed") == [before]
    assert ids(client, "Other") != [before]


def ids(client, title):
    return [entry.id for entry in read(client).entries if entry.title == title]


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_make_a_feed_that_parses(client, words):
    make_full_paper(headline=words, title=words, summary=words, tags=[make_tag("MoE")])

    (entry,) = read(client).entries
    (item,) = read_json(client)["items"]

    assert entry.title_detail.type == "text/plain"
    assert item["title"] == words.replace("\x0c", "").replace("\uffff", "")
    html5lib.parseFragment(item["content_html"])
    assert "<script" not in item["content_html"]
