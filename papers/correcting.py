"""Where readers propose a correction: without an account, a cookie or a script."""

from ipaddress import IPv6Address, ip_address, ip_network
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from papers import corrections, selectors
from papers.amending import EntryPart, list_parts
from papers.forms import CorrectionForm
from papers.models import Allowance, Paper
from papers.views import answer_gone, public

NETWORK_BITS = 64  # Of an IPv6 address: who has one has all of its network.


# There is no session to misuse, and so no cookie: the form's own token is looked at.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The parts of an entry, and for one of them the form of a proposal."""
    try:
        paper = selectors.get_paper(year=year, slug=slug)
    except selectors.Moved as moved:
        query = request.META.get("QUERY_STRING", "")
        url = f"{moved.url}correct/{'?' if query else ''}{query}"
        return HttpResponseRedirect(url, preserve_request=True)
    except selectors.Withdrawn as withdrawn:
        return answer_gone(request, withdrawn)
    Allowance.drop_old()
    parts = list_parts(corrections.read_words(paper))
    asked = (request.POST if request.method == "POST" else request.GET).get("part", "")
    part = next((each for each in parts if each.key == asked), None)
    if part is None:
        response = show_parts(request, paper, parts)
    elif request.method == "POST":
        response = receive(request, paper, part)
    else:
        form = CorrectionForm(
            part, initial={"should_be": part.text if part.is_value else ""}
        )
        response = show_form(request, paper, form, corrections.make_token(paper))
    # Each form is made for one reader, and for a day.
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def show_parts(
    request: HttpRequest, paper: Paper, parts: list[EntryPart]
) -> HttpResponse:
    """What can be corrected. Words for a part that is gone by now are shown again."""
    groups = [
        (group, list(members))
        for group, members in groupby(parts, key=lambda part: part.group)
    ]
    lost = CorrectionForm(parts[0], request.POST) if request.method == "POST" else None
    context = {"paper": paper, "groups": groups, "lost": lost}
    return render(request, "papers/correct.html", context, status=409 if lost else 200)


def show_form(
    request: HttpRequest,
    paper: Paper,
    form: CorrectionForm,
    token: str,
    **extra: object,
) -> HttpResponse:
    context = {"paper": paper, "form": form, "part": form.part, "token": token, **extra}
    status = 429 if "too_many" in extra else 422 if form.is_bound else 200
    return render(request, "papers/correct_part.html", context, status=status)


def receive(request: HttpRequest, paper: Paper, part: EntryPart) -> HttpResponse:
    token = request.POST.get("token", "")
    form = CorrectionForm(part, request.POST)
    try:
        require_own_page(request)
        corrections.check_token(token, paper)
    except ValueError as error:
        form.add_error(None, str(error))
    token = corrections.renew_token(token, paper)
    if not form.is_valid():
        return show_form(request, paper, form, token)
    words = {name: form.cleaned_data[name] for name in PROPOSED}
    proposal = corrections.Proposal(part=part, **words)
    try:
        corrections.propose(paper, proposal, network=network_of(request))
    except corrections.TooMany as too_many:
        response = show_form(request, paper, form, token, too_many=too_many)
        seconds = (too_many.until - timezone.now()).total_seconds()
        response["Retry-After"] = str(max(int(seconds), 0) + 1)
        return response
    return HttpResponseRedirect(
        reverse("papers:thanks", args=[paper.review.year, paper.slug])
    )


PROPOSED = ("now", "should_be", "why", "source", "credit")


def require_own_page(request: HttpRequest) -> None:
    """Raise ValueError where a browser says that another site sent the form."""
    origin = request.headers.get("Origin")
    host = (origin or "").partition("://")[2]
    if origin is not None and host != request.get_host():
        raise ValueError("This came from the page of another site. Send it from here.")


def network_of(request: HttpRequest) -> str:
    """The network of whoever asks, as the proxy says it where there is one to believe."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # Only the last was written by the proxy; the others anybody can send.
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2]
        address = forwarded.strip() or address
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((int(parsed), NETWORK_BITS), strict=False))
    return str(parsed)


@public
def thanks(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    try:
        paper = selectors.get_paper(year=year, slug=slug)
    except selectors.Moved as moved:
        raise selectors.Moved(f"{moved.url}correct/thanks/") from moved
    return render(request, "papers/correct_thanks.html", {"paper": paper})
