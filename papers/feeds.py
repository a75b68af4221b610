"""Feeds of the newest entries, whole: Atom (RFC 4287) and JSON Feed 1.1.

Both are written from the same channel: https://www.jsonfeed.org/version/1.1/
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from papers import pictures, selectors
from papers.models import Paper
from papers.rendering import to_text
from papers.views import public

MOST_ITEMS = 20
SITE, PROMISE = "Year in Review", "A year of research, read against the record."
ENTRIES = UUID("6f0f3f0e-31a6-5f0c-9b7a-2c41de8a5d11")  # The names of our entries.


@dataclass(frozen=True, kw_only=True)
class Entry:
    id: str
    url: str
    title: str
    summary: str
    content: str
    picture: str
    published: datetime | None
    updated: datetime
    tags: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Channel:
    title: str
    subtitle: str
    url: str
    feed_url: str
    entries: Sequence[Entry]


@public
def feed(request: HttpRequest) -> HttpResponse:
    return to_atom(read_channel(request, SITE, PROMISE, "/"))


@public
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        tag = selectors.get_tag(slug)
    except selectors.Moved as moved:
        raise selectors.Moved(f"{moved.url}feed.atom") from moved
    papers = selectors.get_feed(tag=tag, most=MOST_ITEMS)
    title, url = f"{SITE}: {tag}", tag.get_absolute_url()
    return to_atom(read_channel(request, title, tag.description, url, papers))


@public
def review_feed(request: HttpRequest, year: int) -> HttpResponse:
    review = selectors.get_review(year)
    papers = selectors.get_feed(review=review, most=MOST_ITEMS)
    title, url = f"{SITE}: {year}", review.get_absolute_url()
    return to_atom(read_channel(request, title, review.title, url, papers))


@public
def json_feed(request: HttpRequest) -> HttpResponse:
    return to_json(read_channel(request, SITE, PROMISE, "/"))


def read_channel(
    request: HttpRequest,
    title: str,
    subtitle: str,
    url: str,
    papers: Sequence[Paper] | None = None,
) -> Channel:
    """The channel at the address that is asked for; of the whole site without papers."""
    if papers is None:
        papers = selectors.get_feed(most=MOST_ITEMS)
    root = request.build_absolute_uri("/")
    return Channel(
        title=printable(title),
        subtitle=printable(subtitle),
        url=urljoin(root, url),
        feed_url=urljoin(root, request.path),
        entries=[read_entry(paper, root) for paper in papers],
    )


def read_entry(paper: Paper, root: str) -> Entry:
    url = urljoin(root, paper.get_absolute_url())
    content = render_to_string("papers/_feed_content.html", {"paper": paper})
    picture = reverse("papers:paper_picture", args=[paper.review.year, paper.slug])
    return Entry(
        id=name_entry(paper),
        url=url,
        title=printable(str(paper)),
        summary=printable(to_text(paper.summary_html)),
        content=printable(make_absolute(pictures.make_plain(content), url)),
        picture=urljoin(root, picture),
        published=paper.published_at,
        updated=paper.updated_at,
        tags=[printable(tag.name) for tag in paper.topics],
    )


def name_entry(paper: Paper) -> str:
    """The entry's id, which is the same wherever it stands and whatever it is called.

    It is made from the moment at which the entry was first published, to the
    microsecond, and the paper's own identifier. Neither changes with the slug, the
    review or the host, and an export carries both. The addresses would not do: which
    of several former ones was the first is stored nowhere and does not travel.
    """
    first = paper.published_at.astimezone(UTC).isoformat() if paper.published_at else ""
    return uuid5(ENTRIES, f"{first} {paper.arxiv_id or paper.doi or paper.title}").urn


def make_absolute(safe_html: str, url: str) -> str:
    """Rendered HTML with whole addresses, for where it does not stand on its page."""
    return TAG.sub(
        lambda tag: LINK.sub(
            lambda link: f'{link[1]}"{escape(urljoin(url, html.unescape(link[2])))}"',
            tag[0],
        ),
        safe_html,
    )


# What the renderer and the templates make has its values between double quotes.
TAG = re.compile(r'<[a-z][^\s>]*(?:\s+[^\s"=>]+(?:="[^"]*")?)+\s*/?>')
LINK = re.compile(r'(\s(?:href|src)=)"([^"]*)"')


def printable(text: str) -> str:
    """The text without the characters that XML cannot hold at all."""
    return NO_XML.sub("", text)


NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class AtomFeed(Atom1Feed):
    """Django's feed, with the whole text of each entry."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def to_atom(channel: Channel) -> HttpResponse:
    atom = AtomFeed(
        title=channel.title,
        link=channel.url,
        description="",
        subtitle=channel.subtitle,
        language="en",
        author_name=SITE,
        feed_url=channel.feed_url,
    )
    for entry in channel.entries:
        atom.add_item(
            title=entry.title,
            link=entry.url,
            description=escape(entry.summary),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.tags,
            content=entry.content,
        )
    written = atom.writeString("utf-8")
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def to_json(channel: Channel) -> HttpResponse:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.subtitle,
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "language": "en",
        "authors": [{"name": SITE, "url": channel.url}],
        "items": [to_item(entry) for entry in channel.entries],
    }
    return JsonResponse(feed, content_type="application/feed+json; charset=utf-8")


def to_item(entry: Entry) -> dict[str, object]:
    dates = {"date_published": entry.published, "date_modified": entry.updated}
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "image": entry.picture,
        **{name: date.isoformat() for name, date in dates.items() if date},
        "tags": entry.tags,
    }
