"""The board: a year's twelve months, what stands in each, and how ready it is."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from papers import checks, drafts, inquiries, roles
from papers.checks.findings import Finding, Severity
from papers.documents.stored import read_tag
from papers.models import Correction, Paper, Review, Revision, Tag
from papers.models.paper import MOST_AUTHORS, NO_HEADLINE
from papers.records.entry import CatalogueEntry
from papers.records.pasted import Pasted, identify
from papers.records.suggestions import suggest_tags
from papers.values import LinkDocument, PaperDocument

LATELY = timedelta(minutes=10)  # Who kept words since then is writing.
MOST_CHIPS = 3
MONTHS = range(1, 13)
LONGEST_NUMBER = 9
LONGEST_TITLE, LONGEST_VENUE = 500, 300


@dataclass(frozen=True)
class Card:
    """An entry on the board."""

    paper: Paper
    title: str
    errors: int
    warnings: int
    has_changes: bool
    writer: str  # Who is writing in it at this moment.


@dataclass(frozen=True)
class BoardMonth:
    number: int
    cards: Sequence[Card]

    @property
    def name(self) -> str:
        return month_name[self.number]


def get_context(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("year", "")
    may_view = request.user.has_perm("papers.view_paper")
    reviews = list(Review.objects.all()) if may_view else []
    review = next((r for r in reviews if str(r.year) == asked), None)
    review = review or next(iter(reviews), None)
    return {
        "review": review,
        "reviews": reviews,
        "months": read_board(review) if review else [],
        "corrections": Correction.objects.pending().count() if may_view else 0,
        "may_view": may_view,
        "may_add": roles.may_add(request.user),
        "may_begin": request.user.has_perm("papers.add_review"),
        "following": review.year + 1 if review else timezone.localdate().year,
        "has_following": any(review and r.year == review.year + 1 for r in reviews),
        "month_names": list(month_name)[1:],
    }


def read_board(review: Review) -> list[BoardMonth]:
    months: dict[int, list[Card]] = {number: [] for number in MONTHS}
    entries = drafts.get_all_working(review)
    document = drafts.as_review(review, (working for _, working in entries))
    found = (findings for _, findings in checks.check_review(document))
    for (paper, working), findings in zip(entries, found, strict=True):
        months[paper.month].append(make_card(paper, working, findings))
    return [BoardMonth(number, cards) for number, cards in months.items()]


def make_card(
    paper: Paper, working: drafts.Working, findings: Sequence[Finding]
) -> Card:
    severities = [finding.severity for finding in findings]
    newest = working.revision
    is_writing = (
        newest is not None
        and newest.kind == Revision.Kind.AUTOSAVED
        and newest.made_at > timezone.now() - LATELY
    )
    return Card(
        paper=paper,
        title=working.document.headline or working.document.title or NO_HEADLINE,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        has_changes=working.has_changes and paper.status in checks.GUARDED,
        writer=str(newest.made_by or "") if newest and is_writing else "",
    )


# What is done on it


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Begin an entry from whatever an editor pastes: an identifier, an address, BibTeX."""
    if not roles.may_add(request.user):
        raise PermissionDenied
    review = Review.objects.filter(year=read_number(request, "year")).first()
    try:
        if review is None:
            raise ValueError("Begin a review first: an entry stands in one.")
        pasted = identify(request.POST.get("paper", ""))
    except ValueError as error:
        messages.error(request, str(error))
        return to_board(review)
    if (known := find_known(pasted)) is not None:
        return to_known(request, known)
    reply = inquiries.ask(pasted)
    entry = reply.entry
    if entry and (known := find_entry(entry.arxiv_id, entry.doi)) is not None:
        return to_known(request, known)
    document = draft_from(review, pasted, entry)
    paper = drafts.begin(review, document, by=request.user)
    inquiries.keep(paper, reply)
    if reply.silence:
        kept = "The identifier is kept: look at it, or ask again from the entry."
        messages.warning(request, f"{reply.silence.words} {kept}")
    return to_entry(paper)


def to_known(request: HttpRequest, paper: Paper) -> HttpResponse:
    messages.info(request, "This paper has an entry already: here it is.")
    return to_entry(paper)


def find_known(pasted: Pasted) -> Paper | None:
    arxiv_id = pasted.value if pasted.kind == "arxiv" else ""
    doi = pasted.value if pasted.kind == "doi" else ""
    return find_entry(arxiv_id, doi)


def find_entry(arxiv_id: str, doi: str) -> Paper | None:
    same = Q()
    if arxiv_id:
        same |= Q(arxiv_id=arxiv_id)
    if doi:
        same |= Q(doi=doi)
    return Paper.objects.filter(same).first() if same else None


def draft_from(
    review: Review, pasted: Pasted, entry: CatalogueEntry | None
) -> PaperDocument:
    """A draft with all that is known of the paper, in the month it appeared in."""
    if entry is None:
        return PaperDocument(
            slug="",
            month=timezone.localdate().month,
            arxiv_id=pasted.value if pasted.kind == "arxiv" else "",
            doi=pasted.value if pasted.kind == "doi" else "",
        )
    vocabulary = map(read_tag, Tag.objects.prefetch_related("aliases"))
    tags = tuple(suggest_tags(entry, vocabulary))
    year, _, rest = entry.date.partition("-")
    in_year = year == str(review.year) and rest[:2].isdecimal()
    return PaperDocument(
        slug="",
        month=int(rest[:2]) if in_year else timezone.localdate().month,
        title=entry.title[:LONGEST_TITLE],
        authors=entry.authors[:MOST_AUTHORS],
        date=entry.date,
        venue=entry.venue[:LONGEST_VENUE],
        arxiv_id=entry.arxiv_id,
        doi=entry.doi,
        tags=tags,
        chips=tags[:MOST_CHIPS],
        links=tuple(
            LinkDocument(kind=kind, label=label, url=url)
            for kind, label, url in entry.links
        ),
    )


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move an entry to a month, and to a place among the entries there."""
    paper = Paper.objects.filter(pk=read_number(request, "paper")).first()
    month, position = read_number(request, "month"), read_number(request, "place")
    if paper is None or month not in MONTHS:
        return refuse(request, paper, "There is no such entry or month.")
    if not roles.may_edit(request.user, paper):
        raise PermissionDenied
    drafts.move(paper, month=month, place=max(position, 1), by=request.user)
    return answer(request, paper, f"Moved to {month_name[month]}.")


def answer(request: HttpRequest, paper: Paper, words: str) -> HttpResponse:
    """For a script a line of JSON; for a form the board with a message."""
    if is_script(request):
        return JsonResponse({"said": words})
    messages.success(request, words)
    return to_board(paper.review)


def refuse(request: HttpRequest, paper: Paper | None, words: str) -> HttpResponse:
    if is_script(request):
        return JsonResponse({"said": words}, status=400)
    messages.error(request, words)
    return to_board(paper.review if paper else None)


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the review of a year, from the structure of the one before if there is one."""
    if not request.user.has_perm("papers.add_review"):
        raise PermissionDenied
    year = read_number(request, "year")
    before = Review.objects.filter(year__lt=year).first()
    title = (
        before.title.replace(str(before.year), str(year))
        if before
        else f"Papers of {year}"
    )
    review = Review(
        year=year, title=title, attribution=before.attribution if before else ""
    )
    if Review.objects.filter(year=year).exists():
        messages.info(request, f"The review of {year} is here already.")
        return HttpResponseRedirect(f"{reverse('admin:index')}?year={year}")
    try:
        review.full_clean()
    except ValidationError:
        messages.error(request, "That is no year a review can have.")
        return to_board(before)
    review.save()
    messages.success(request, f"The review of {year} is begun, as a draft.")
    return to_board(review)


def read_number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def to_board(review: Review | None) -> HttpResponseRedirect:
    query = f"?year={review.year}" if review else ""
    return HttpResponseRedirect(reverse("admin:index") + query)


def to_entry(paper: Paper) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:papers_paper_change", args=[paper.pk]))
