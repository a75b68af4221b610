"""The list of a review's figures: all that its published entries show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from papers.models import Paper, Review
from papers.months import Month, by_month
from papers.rulers import draw_ruler


@dataclass(frozen=True)
class FigureList:
    review: Review
    months: Sequence[Month]
    ruler: SafeString
    found: int

    @property
    def name(self) -> str:
        return f"Figures of {self.review.year}"

    @property
    def contents(self) -> str:
        """The list in a sentence, for a description."""
        number = f"{self.found} figure{'' if self.found == 1 else 's'}"
        return f"{number} in the review of {self.review.year}, by month and entry."


def get_figure_list(*, review: Review) -> FigureList:
    """The figures that readers see, by month and entry."""
    published = Paper.objects.published().in_review(review.year)
    papers = list(published.illustrated().for_figures().in_order())
    return FigureList(
        review=review,
        months=by_month(papers),
        ruler=draw_ruler(review.year, [p.date for p in papers if p.date]),
        found=sum(len(paper.shown_figures) for paper in papers),
    )


def get_years() -> Sequence[int]:
    """The years whose published reviews show a figure, newest first."""
    years = Paper.objects.published().illustrated().order_by("-review__year")
    return list(years.values_list("review__year", flat=True).distinct())
