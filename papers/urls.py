from django.urls import path, register_converter
from django.urls.converters import IntConverter

from papers import correcting, downloads, feeds, sitemaps, views


class YearConverter(IntConverter):
    regex = "[0-9]{4}"


class MonthConverter(IntConverter):
    regex = "0[1-9]|1[0-2]"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "papers"
urlpatterns = [
    path("", views.home, name="home"),
    path("<year:year>/", views.review_page, name="review"),
    path("<year:year>/feed.atom", feeds.review_feed, name="review_feed"),
    path("<year:year>/social.png", views.review_picture, name="review_picture"),
    path("<year:year>.bib", views.review_bibtex, name="review_bibtex"),
    path("<year:year>/<month:month>/", views.month_page, name="month"),
    path("<year:year>/figures/", views.figures_page, name="figures"),
    path("<year:year>/<slug:slug>/", views.paper_page, name="paper"),
    path("<year:year>/<slug:slug>/correct/", correcting.correct, name="correct"),
    path("<year:year>/<slug:slug>/correct/thanks/", correcting.thanks, name="thanks"),
    path(
        "<year:year>/<slug:slug>/<slug:key>.csv",
        downloads.figure_data,
        name="figure_data",
    ),
    path("<year:year>/<slug:slug>.bib", views.paper_bibtex, name="paper_bibtex"),
    path(
        "<year:year>/<slug:slug>/social.png", views.paper_picture, name="paper_picture"
    ),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("tags/", views.tag_index, name="tags"),
    path("tags/<slug:slug>/", views.tag_page, name="tag"),
    path("tags/<slug:slug>/feed.atom", feeds.tag_feed, name="tag_feed"),
    path("authors/<slug:slug>/", views.author_page, name="author"),
    path("search/", views.search_page, name="search"),
    path("feed.atom", feeds.feed, name="feed"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
