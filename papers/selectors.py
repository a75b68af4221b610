"""What each page needs, as plain values, read in a fixed number of queries."""

from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString

from papers import drafts, numbers, rulers, social
from papers.dates import PartialDate
from papers.facets import (
    NOTHING,
    Asked,
    Carried,
    Filter,
    choose,
    make_filter,
    tags_by_paper,
    tags_on_cards,
)
from papers.models import Author, Correction, FormerAddress, Paper, Review, Tag
from papers.months import Month, by_month
from papers.paging import Part, cut
from papers.querysets import PaperQuerySet
from papers.related import Related, get_related

MOST_CARDS = 50  # A longer review shows headlines, and its cards month by month.


class Moved(Exception):
    """What was asked for has another address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Withdrawn(Exception):
    """What was asked for was public and is no more."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(title)
        self.title = title
        self.reason = reason


@dataclass(frozen=True)
class Numbers:
    """The year in numbers; a chart is empty where there is nothing to compare."""

    papers: int
    authorships: int
    tags: int
    by_tag: SafeString
    by_author: SafeString


@dataclass(frozen=True)
class ReviewPage:
    review: Review
    months: Sequence[Month]
    filter: Filter
    ruler: SafeString
    found: int
    total: int
    whole: bool
    claims: int
    numbers: Numbers | None
    previous: Review | None
    next: Review | None

    @property
    def is_long(self) -> bool:
        return self.total > MOST_CARDS

    @property
    def opens(self) -> bool:
        """Whether the cards have folds."""
        return self.found <= MOST_CARDS


@dataclass(frozen=True)
class MonthPage:
    review: Review
    month: Month
    ruler: SafeString
    months: Sequence[Month]

    @property
    def name(self) -> str:
        return f"{self.month.name} {self.review.year}"

    @property
    def headlines(self) -> str:
        """The month in a sentence, for a description."""
        return f"The papers of {self.name}: {'; '.join(map(str, self.month.papers))}"


@dataclass(frozen=True)
class PaperPage:
    paper: Paper
    ruler: SafeString
    previous: Paper | None
    next: Paper | None
    confirmed: int
    unsettled: int
    related: Sequence[Related]
    corrections: Sequence[Correction]


@dataclass(frozen=True)
class TagPage:
    tag: Tag
    years: Sequence[tuple[int, Sequence[Paper]]]
    filter: Filter
    ruler: SafeString
    found: int
    part: Part


@dataclass(frozen=True)
class AuthorPage:
    name: str
    papers: Sequence[Paper]
    found: int
    part: Part


def get_newest_review() -> Review | None:
    return Review.objects.published().first()


def get_review(year: int) -> Review:
    """A published review; a withdrawn one raises Withdrawn, any other is not found."""
    known = Review.objects.published() | Review.objects.withdrawn()
    review = get_object_or_404(known, year=year)
    if review.is_withdrawn:
        raise Withdrawn(review.title, review.withdrawal_reason)
    return review


def get_review_page(*, review: Review, asked: Asked = NOTHING) -> ReviewPage:
    published = Paper.objects.published().in_review(review.year)
    everything = list(published.only(*COUNTED).in_order())
    chosen = choose(published, asked)
    is_long = len(everything) > MOST_CARDS and not asked.is_on
    papers = list((chosen.for_cards() if is_long else chosen.for_page()).in_order())
    carried = tags_by_paper(published)
    years = {other.year: other for other in Review.objects.published().only("year")}
    return ReviewPage(
        review=review,
        months=by_month(papers),
        filter=make_filter(carried, asked),
        ruler=ruler(review.year, papers, everything),
        found=len(papers),
        total=len(everything),
        whole=asked.whole,
        claims=sum(len(p.claims.all()) for p in papers) if not is_long else 0,
        numbers=None if asked.is_on else count_up(everything, carried),
        previous=years.get(max((y for y in years if y < review.year), default=0)),
        next=years.get(min((y for y in years if y > review.year), default=0)),
    )


COUNTED = ("published_on", "review_id", "month", "authors")


def count_up(papers: Sequence[Paper], carried: Carried) -> Numbers:
    """The numbers of a whole review: of its papers, and of the tags on their cards."""
    months = {
        tag.name: [paper.month for paper in papers if tag in carried.get(paper.pk, {})]
        for tag in tags_on_cards(carried)
    }
    authors = [(paper.month, len(paper.author_list.authors)) for paper in papers]
    return Numbers(
        papers=len(papers),
        authorships=sum(number for _, number in authors),
        tags=len(months),
        by_tag=numbers.draw_tags(months),
        by_author=numbers.draw_authors(authors),
    )


def ruler(
    year: int, papers: Iterable[Paper], others: Iterable[Paper] = (), label: str = ""
) -> SafeString:
    return rulers.draw_ruler(year, dates_of(papers), dates_of(others), label)


def get_month_page(*, review: Review, month: int) -> MonthPage:
    published = Paper.objects.published().in_review(review.year)
    everything = list(published.only("published_on", "month", "review_id").in_order())
    papers = list(published.filter(month=month).for_page().in_order())
    if not papers:
        raise Http404(f"No paper of {month_name[month]} {review.year} is published.")
    return MonthPage(
        review=review,
        month=Month(month, papers),
        ruler=ruler(review.year, papers, everything),
        months=by_month(everything),
    )


def get_paper(*, year: int, slug: str) -> Paper:
    """A published paper; raise Moved or Withdrawn for one that was at this address."""
    papers = Paper.objects.in_review(year)
    paper = papers.published().for_page().filter(slug=slug).first()
    if paper is not None:
        return paper
    gone = papers.withdrawn().select_related("review").filter(slug=slug).first()
    if gone is not None:
        reason = gone.withdrawal_reason or gone.review.withdrawal_reason
        raise Withdrawn(str(gone), reason)
    former = FormerAddress.objects.filter(
        year=year, slug=slug, paper__in=public_papers()
    )
    if found := former.select_related("paper__review").first():
        raise Moved(found.paper.get_absolute_url())
    raise Http404(f"No entry of {year} has this address.")


def public_papers() -> PaperQuerySet:
    """Those whose address says something: the entry, or why it was withdrawn."""
    return Paper.objects.published() | Paper.objects.withdrawn()


def get_paper_page(*, year: int, slug: str) -> PaperPage:
    paper = get_paper(year=year, slug=slug)
    published = Paper.objects.published().in_review(year).select_related("review")
    return make_paper_page(paper, list(published.only(*NEIGHBOUR).in_order()))


NEIGHBOUR = ("slug", "headline", "title", "month", "published_on", "review__year")


def get_draft_page(*, pk: int) -> PaperPage:
    """An entry's newest version in any state, for the people who may edit it."""
    with drafts.as_if_saved(get_object_or_404(Paper, pk=pk)):
        paper = Paper.objects.for_page().get(pk=pk)
        return make_paper_page(paper, [paper])


def make_paper_page(paper: Paper, siblings: Sequence[Paper]) -> PaperPage:
    place = [sibling.pk for sibling in siblings].index(paper.pk)
    claims = list(paper.claims.all())
    confirmed = sum(claim.status == "confirmed" for claim in claims)
    label = (
        f"{paper.date.words if paper.date else 'No date'} among the days of the year"
    )
    return PaperPage(
        paper=paper,
        ruler=ruler(paper.review.year, [paper], siblings, label),
        previous=siblings[place - 1] if place else None,
        next=siblings[place + 1] if place + 1 < len(siblings) else None,
        confirmed=confirmed,
        unsettled=len(claims) - confirmed,
        related=get_related(paper),
        corrections=list(paper.corrections.credited()),
    )


def get_tag(slug: str) -> Tag:
    """The tag at an address. Raise Moved where the address is an alias's."""
    found = Tag.objects.with_address([slug]).order_by("pk")
    tag = next((tag for tag in found if tag.slug == slug), None)
    if tag is None and found:
        raise Moved(found[0].get_absolute_url())
    if tag is None:
        raise Http404("There is no such tag.")
    return tag


def get_tag_page(*, tag: Tag, asked: Asked = NOTHING) -> TagPage:
    everything = Paper.objects.published()
    carried = {
        paper: tags for paper, tags in tags_by_paper(everything).items() if tag in tags
    }
    if not carried:
        raise Http404("No published paper has this tag.")
    wanted = Asked([tag, *asked.tags], asked.match, asked.query)
    chosen = choose(everything, wanted)
    found = chosen.count()
    part = cut(found, asked.page)
    papers = chosen.for_cards().in_order()[part.start : part.stop]
    years: dict[int, list[Paper]] = {}
    for paper in papers:
        years.setdefault(paper.review.year, []).append(paper)
    newest = max(years, default=0)
    others = everything.in_review(newest).only("published_on", "review_id")
    return TagPage(
        tag=tag,
        years=list(years.items()),
        filter=make_filter(carried, asked, fixed=[tag]),
        ruler=ruler(newest, years[newest], others) if newest else SafeString(),
        found=found,
        part=part,
    )


def get_tags() -> Sequence[Tag]:
    return list(Tag.objects.with_paper_counts())


def get_author_page(*, slug: str, number: int = 1) -> AuthorPage:
    written = Paper.objects.published().by(slug)
    found = written.count()
    part = cut(found, number)
    papers = list(written.for_cards().in_order()[part.start : part.stop])
    name = Author.objects.filter(slug=slug, paper__in=[p.pk for p in papers]).first()
    if name is None:
        raise Http404("No published paper is by an author of this name.")
    return AuthorPage(name.name, papers, found, part)


def get_citations(*, review: Review) -> Sequence[Paper]:
    published = Paper.objects.published().in_review(review.year)
    return list(published.select_related("review").in_order())


def get_feed(
    *, tag: Tag | None = None, review: Review | None = None, most: int
) -> Sequence[Paper]:
    """The entries that were published last: of all, with a tag, or of a review."""
    papers = Paper.objects.published().for_page()
    papers = papers.tagged([tag]) if tag else papers
    papers = papers.in_review(review.year) if review else papers
    return list(papers.order_by("-published_at", "-month", "-place", "-pk")[:most])


def get_paper_picture(*, year: int, slug: str) -> social.Picture:
    paper = get_paper(year=year, slug=slug)
    others = Paper.objects.published().in_review(year)
    when = f"{paper.month_label} {year}"
    return social.Picture(
        year=year,
        headlines=[paper.headline, paper.title, when],
        when=when,
        numeral=str(paper.day.day) if paper.day else "",
        title=paper.title,
        authors=paper.author_list.in_brief,
        foot=[tag.name for tag in paper.chips],
        photo=next(filter(None, (each.photo for each in paper.shown_figures)), b""),
        bars=next(filter(None, (each.bars for each in paper.shown_figures)), ()),
        days=dates_of([paper]),
        others=dates_of(others.only("published_on", "review_id")),
    )


def get_review_picture(*, year: int) -> social.Picture:
    review = get_review(year)
    published = Paper.objects.published().in_review(year)
    days = list(published.only("published_on", "review_id"))
    tags = tags_on_cards(tags_by_paper(published)).most_common(MOST_NAMED)
    return social.Picture(
        year=year,
        headlines=[review.title],
        when=f"{len(days)} paper{'' if len(days) == 1 else 's'}",
        foot=[tag.name for tag, _ in tags],
        days=dates_of(days),
    )


MOST_NAMED = 8  # Tags on the picture of a review.


def dates_of(papers: Iterable[Paper]) -> list[PartialDate]:
    return [paper.date for paper in papers if paper.date]


def get_months() -> Sequence[tuple[int, int]]:
    """The months with published papers: year and number, newest first."""
    papers = Paper.objects.published().order_by("-review__year", "-month")
    return list(papers.values_list("review__year", "month").distinct())


def empty_ruler() -> SafeString:
    return rulers.draw_ruler(2024, [], label="An empty year")
