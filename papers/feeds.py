"""Atom feeds (RFC 4287): the newest entries of the site, or of one tag."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from papers import selectors
from papers.models import Paper, Tag
from papers.querysets import PaperQuerySet
from papers.rendering import to_text
from papers.views import public

MOST_ITEMS = 20


class PaperFeed(Feed):
    """One instance serves every thread, so nothing is kept on self."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str = "") -> Tag | None:
        return selectors.get_tag(slug) if slug else None

    def title(self, tag: Tag | None) -> str:
        return f"Year in Review: {tag}" if tag else "Year in Review"

    def subtitle(self, tag: Tag | None) -> str:
        return (
            tag.description if tag else "A year of research, read against the record."
        )

    def link(self, tag: Tag | None) -> str:
        return tag.get_absolute_url() if tag else "/"

    def feed_url(self, tag: Tag | None) -> str:
        return (
            reverse("papers:tag_feed", args=[tag.slug])
            if tag
            else reverse("papers:feed")
        )

    def items(self, tag: Tag | None) -> PaperQuerySet:
        return selectors.get_feed(tag=tag, most=MOST_ITEMS)

    def item_title(self, item: Paper) -> str:
        return item.headline

    def item_description(self, item: Paper) -> str:
        return to_text(item.summary_html)

    def item_pubdate(self, item: Paper) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Paper) -> datetime:
        return item.updated_at

    def item_categories(self, item: Paper) -> list[str]:
        return [tag.name for tag in item.topics]


paper_feed = PaperFeed()


@public
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    return paper_feed(request, slug=slug) if slug else paper_feed(request)
