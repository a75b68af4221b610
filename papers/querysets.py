"""Named filters; the rules for what the public may see live here and nowhere else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from papers import search

if TYPE_CHECKING:
    from papers.models import Tag

PUBLISHED = "published"
SCHEDULED = "scheduled"
WITHDRAWN = "withdrawn"

# What the public may see, for a queryset of papers and, with a prefix, for others.
VISIBLE = {"status": PUBLISHED, "review__status": PUBLISHED}


def visible(prefix: str = "") -> Q:
    return Q(**{f"{prefix}{name}": value for name, value in VISIBLE.items()})


class ReviewQuerySet(QuerySet):
    def published(self) -> Self:
        return self.filter(status=PUBLISHED)

    def withdrawn(self) -> Self:
        """Reviews that were public and are no more; readers learn why."""
        return self.filter(status=WITHDRAWN, published_at__isnull=False)


class PaperQuerySet(QuerySet):
    def published(self) -> Self:
        return self.filter(visible())

    def withdrawn(self) -> Self:
        """Entries that were public and are no more; readers learn why."""
        gone = Q(status=WITHDRAWN, review__status__in=[PUBLISHED, WITHDRAWN])
        with_review = Q(status=PUBLISHED, review__status=WITHDRAWN)
        return self.filter(
            gone | with_review,
            published_at__isnull=False,
            review__published_at__isnull=False,
        )

    def in_review(self, year: int) -> Self:
        return self.filter(review__year=year)

    def tagged(self, tags: "Iterable[Tag]", *, match_any: bool = False) -> Self:
        """Keep the papers that carry every one of the tags, or any of them."""
        carried = parts_of(self, "paper_tags")
        if match_any:
            some = carried.filter(paper=OuterRef("pk"), tag__in=list(tags))
            return self.filter(Exists(some))
        papers = self
        for tag in tags:
            papers = papers.filter(
                Exists(carried.filter(paper=OuterRef("pk"), tag=tag))
            )
        return papers

    def matching(self, query: str) -> Self:
        """Keep the papers in which the words are found."""
        return self.filter(pk__in=search.matching(query, self.db))

    def by(self, author_slug: str) -> Self:
        authors = parts_of(self, "author_rows")
        return self.filter(
            Exists(authors.filter(paper=OuterRef("pk"), slug=author_slug))
        )

    def in_order(self) -> Self:
        """As a reader meets them: by year, newest first, then from January on."""
        return self.order_by("-review__year", "month", "place", "pk")

    def for_cards(self) -> Self:
        """Load what a card shows, in a fixed number of queries."""
        return self.select_related("review").prefetch_related(
            with_tags(self), "links", "claims"
        )

    def illustrated(self) -> Self:
        """Keep the papers that show a figure."""
        shown = figures_shown(self).filter(paper=OuterRef("pk"))
        return self.filter(Exists(shown))

    def for_figures(self) -> Self:
        """Load the figures, without what each is made from and what that becomes."""
        figures = figures_shown(self).defer("content", "content_html", "notes")
        return self.select_related("review").prefetch_related(
            Prefetch("figures", figures, to_attr="shown_figures")
        )

    def for_page(self) -> Self:
        """Load what a page, or a card that is opened, shows too."""
        return self.for_cards().prefetch_related("sections", shown_figures(self))


def parts_of(papers: PaperQuerySet, name: str) -> Any:
    """The manager of a kind of part; models are above this module, so it is asked."""
    related: Any = papers.model._meta.get_field(name).related_model
    return related._default_manager


def with_tags(papers: PaperQuerySet) -> Prefetch:
    return Prefetch("paper_tags", parts_of(papers, "paper_tags").select_related("tag"))


def shown_figures(papers: PaperQuerySet) -> Prefetch:
    return Prefetch("figures", figures_shown(papers), to_attr="shown_figures")


def figures_shown(papers: PaperQuerySet) -> Any:
    return parts_of(papers, "figures").filter(wanted=False).order_by("number")


class TagQuerySet(QuerySet):
    def with_address(self, slugs: Iterable[str]) -> Self:
        """The tags at these addresses, of their own or of an alias."""
        wanted = list(slugs)
        return (
            self.filter(Q(slug__in=wanted) | Q(aliases__slug__in=wanted))
            .distinct()
            .prefetch_related("aliases")
        )

    def with_paper_counts(self) -> Self:
        """Count published papers only, and drop the tags that have none."""
        seen = visible("paper_tags__paper__")
        return (
            self.annotate(paper_count=Count("paper_tags", filter=seen))
            .filter(paper_count__gt=0)
            .order_by("-paper_count", F("name").asc())
        )


class CorrectionQuerySet(QuerySet):
    def pending(self) -> Self:
        """Those that no editor has decided on yet, oldest first."""
        return self.filter(status="pending").select_related("paper__review")

    def credited(self) -> Self:
        """Those that readers see in the entry, and whose reader gave a name."""
        return (
            self.filter(status="accepted", revision__lte=F("paper__shown_revision"))
            .exclude(credit="")
            .order_by("decided_at", "pk")
        )
