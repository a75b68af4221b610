"""The sitemap (https://www.sitemaps.org/protocol.html): every public page."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from papers import figure_lists, selectors
from papers.models import Paper, Review, Tag
from papers.views import public


class ReviewSitemap(Sitemap):
    def items(self) -> Iterable[Review]:
        return Review.objects.published().order_by("-year")

    def lastmod(self, review: Review) -> datetime:
        return review.updated_at


class FiguresSitemap(Sitemap):
    def items(self) -> Iterable[int]:
        return figure_lists.get_years()

    def location(self, item: int) -> str:
        return reverse("papers:figures", args=[item])


class PaperSitemap(Sitemap):
    def items(self) -> Iterable[Paper]:
        return Paper.objects.published().select_related("review").in_order()

    def lastmod(self, paper: Paper) -> datetime:
        return paper.updated_at


class TagSitemap(Sitemap):
    def items(self) -> Iterable[Tag]:
        return Tag.objects.with_paper_counts()


class MonthSitemap(Sitemap):
    def items(self) -> Iterable[tuple[int, int]]:
        return selectors.get_months()

    def location(self, item: tuple[int, int]) -> str:
        return reverse("papers:month", kwargs={"year": item[0], "month": item[1]})


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "reviews": ReviewSitemap,
    "months": MonthSitemap,
    "figures": FiguresSitemap,
    "papers": PaperSitemap,
    "tags": TagSitemap,
}


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    return views.sitemap(request, SITEMAPS).render()
