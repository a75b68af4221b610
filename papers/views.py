"""Public pages. They never read the user or the session, so any cache may keep them."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.forms import Form
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_safe

from papers import citations, figure_lists, previews, publishing, selectors, social
from papers.facets import Asked
from papers.forms import FilterForm, PageForm, SearchForm
from papers.results import Wanted, look_for

View = Callable[..., HttpResponse]


def content_etag(request: HttpRequest, **kwargs: Any) -> str:
    """One query tells whether anything changed since the reader was here."""
    return f'"{settings.RELEASE}-{publishing.current_version().number}"'


def public(view: View) -> View:
    """A page for everyone: GET and HEAD, an ETag, and a word about what has moved."""

    @require_safe
    @condition(etag_func=content_etag)
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, **kwargs)
        except selectors.Moved as moved:
            return HttpResponsePermanentRedirect(moved.url)
        except selectors.Withdrawn as withdrawn:
            response = answer_gone(request, withdrawn)
        response.headers.setdefault("Cache-Control", "public, no-cache")
        return response

    return answer


def answer_gone(request: HttpRequest, withdrawn: selectors.Withdrawn) -> HttpResponse:
    return render(request, "410.html", {"withdrawn": withdrawn}, status=410)


@public
def home(request: HttpRequest) -> HttpResponse:
    review = selectors.get_newest_review()
    if review is None:
        return render(request, "papers/nothing_yet.html")
    page = selectors.get_review_page(review=review, asked=read_choice(request.GET))
    return render(request, "papers/review.html", {"page": page})


@public
def review_page(request: HttpRequest, year: int) -> HttpResponse:
    review = selectors.get_review(year)
    page = selectors.get_review_page(review=review, asked=read_choice(request.GET))
    return render(request, "papers/review.html", {"page": page})


def read_choice(query: QueryDict) -> Asked:
    """What the reader asked for. Raise BadRequest or Http404 for what nobody can mean."""
    data = read(FilterForm(query))
    return Asked(data["tag"], data["match"], data["q"], data["whole"], data["page"])


def read(form: Form) -> dict[str, Any]:
    if form.is_valid():
        return form.cleaned_data
    first = next(iter(form.errors.as_data().values()))[0]
    if first.code == "unknown":
        raise Http404(first.message)
    raise BadRequest(first.messages[0])


@public
def month_page(request: HttpRequest, year: int, month: int) -> HttpResponse:
    review = selectors.get_review(year)
    page = selectors.get_month_page(review=review, month=month)
    return render(request, "papers/month.html", {"page": page})


@public
def figures_page(request: HttpRequest, year: int) -> HttpResponse:
    page = figure_lists.get_figure_list(review=selectors.get_review(year))
    return render(request, "papers/figures.html", {"page": page})


@public
def paper_page(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    page = selectors.get_paper_page(year=year, slug=slug)
    return render(request, "papers/paper.html", {"page": page})


def unlisted(view: View) -> View:
    """A page for whoever has its address: for nobody's cache and no search engine."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        for name, value in UNLISTED.items():
            response[name] = value
        return response

    return answer


UNLISTED = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@unlisted
def preview(request: HttpRequest, token: str) -> HttpResponse:
    try:
        shown = previews.load_previewed(token)
    except previews.Expired:
        return render(request, "papers/preview_expired.html", status=410)
    context = {"page": shown.page, "preview": shown}
    response = render(request, "papers/paper.html", context)
    # Its texts name figures by the address that answers nobody yet.
    own = f'href="{shown.page.paper.get_absolute_url()}#'
    response.content = response.content.replace(own.encode(), b'href="#')
    return response


@public
def tag_index(request: HttpRequest) -> HttpResponse:
    return render(request, "papers/tags.html", {"tags": selectors.get_tags()})


@public
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    tag = selectors.get_tag(slug)
    page = selectors.get_tag_page(tag=tag, asked=read_choice(request.GET))
    return render(request, "papers/tag.html", {"page": page})


@public
def author_page(request: HttpRequest, slug: str) -> HttpResponse:
    number = read(PageForm(request.GET))["page"]
    page = selectors.get_author_page(slug=slug, number=number)
    return render(request, "papers/author.html", {"page": page})


@public
def search_page(request: HttpRequest) -> HttpResponse:
    data = read(SearchForm(request.GET))
    wanted = Wanted(data["q"], data["year"], data["tag"], data["page"])
    page = look_for(wanted)
    return render(request, "papers/search.html", {"page": page})


BIBTEX = "application/x-bibtex; charset=utf-8"


@public
def paper_bibtex(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    paper = selectors.get_paper(year=year, slug=slug)
    return HttpResponse(citations.to_bibtex(paper.citation), content_type=BIBTEX)


@public
def review_bibtex(request: HttpRequest, year: int) -> HttpResponse:
    papers = selectors.get_citations(review=selectors.get_review(year))
    bibliography = citations.to_bibliography(paper.citation for paper in papers)
    return HttpResponse(bibliography, content_type=BIBTEX)


@public
def paper_picture(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    try:
        picture = selectors.get_paper_picture(year=year, slug=slug)
    except selectors.Moved as moved:
        raise selectors.Moved(f"{moved.url}social.png") from moved
    return HttpResponse(social.draw_paper(picture), headers=PICTURE)


@public
def review_picture(request: HttpRequest, year: int) -> HttpResponse:
    picture = selectors.get_review_picture(year=year)
    return HttpResponse(social.draw_review(picture), headers=PICTURE)


PICTURE = {"Content-Type": "image/png", "Cache-Control": "public, max-age=86400"}


@public
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); the same the whole day, and good for a year."""
    if not settings.SECURITY_CONTACT:
        raise Http404("This site names nobody to tell of a hole in it.")
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": f"{timezone.now().date() + timedelta(days=364)}T00:00:00Z",
        "Preferred-Languages": "en",
        "Canonical": request.build_absolute_uri(request.path),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
def robots(request: HttpRequest) -> HttpResponse:
    text = render_to_string("robots.txt", {"root": request.build_absolute_uri("/")})
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether it can do its work: the database answers and holds our tables."""
    try:
        publishing.current_version()
    except DatabaseError:
        connection.close()
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"reason": str(exception)}, status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what went wrong; in plain words where even that goes wrong."""
    try:
        return render(request, "500.html", status=500)
    except Exception:  # noqa: BLE001 -- whatever broke the page may break this one
        words = "Something broke here. It is our fault, and it has been noted.\n"
        return HttpResponse(words, status=500, content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = exception.args[0] if exception.args else ""
    is_ours = isinstance(reason, str)
    context = {"reason": reason if is_ours else "", "ruler": selectors.empty_ruler()}
    return render(request, "404.html", context, status=404)
