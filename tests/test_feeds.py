import feedparser
import pytest

from papers.models import Paper, Status
from tests.factories import make_full_paper, make_paper, make_tag

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
    assert entry.id == entry.link
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


def test_the_feed_of_another_name_leads_to_the_tag(client):
    make_tag("MoE").aliases.create(name="Experts")

    assert client.get("/tags/experts/feed.atom")["Location"] == "/tags/moe/"


def test_the_feed_of_no_tag_is_not_found(client):
    assert client.get("/tags/nope/feed.atom").status_code == 404


def test_an_empty_feed_is_a_feed(client):
    assert read(client).entries == []
