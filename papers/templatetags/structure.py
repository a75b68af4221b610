"""Pages described for machines, as JSON-LD within the page."""

from typing import Any
from urllib.parse import urljoin

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from papers import linked_data
from papers.linked_data import Page, Step
from papers.models import Paper, Review
from papers.rendering import to_text
from papers.selectors import ReviewPage

register = template.Library()

LONGEST_DESCRIPTION = 300


@register.simple_tag(takes_context=True)
def entry_data(context: Context, paper: Paper) -> SafeString:
    """What an entry's page is about, and the way to it."""
    root, review = root_of(context), paper.review
    picture = reverse("papers:paper_picture", args=[review.year, paper.slug])
    page = make_page(root, paper, paper.summary_html, picture)
    month = reverse("papers:month", args=[review.year, paper.month])
    trail = [
        Step(str(review), urljoin(root, review.get_absolute_url())),
        Step(f"{paper.month_label} {review.year}", urljoin(root, month)),
        Step(page.name, page.url),
    ]
    tags = [tag.name for tag in paper.topics]
    entry = linked_data.describe_entry(page, paper.citation, tags)
    return to_script(entry, linked_data.describe_trail(trail))


@register.simple_tag(takes_context=True)
def review_data(context: Context, page: ReviewPage) -> SafeString:
    """What a review's page holds."""
    root, review = root_of(context), page.review
    picture = reverse("papers:review_picture", args=[review.year])
    entries = [
        Step(str(paper), urljoin(root, paper.get_absolute_url()))
        for month in page.months
        for paper in month.papers
    ]
    described = make_page(root, review, review.introduction_html, picture)
    return to_script(linked_data.describe_review(described, entries))


def root_of(context: Context) -> str:
    root: str = context["request"].build_absolute_uri("/")
    return root


def make_page(root: str, row: Paper | Review, words_html: str, picture: str) -> Page:
    words = Truncator(to_text(words_html)).chars(LONGEST_DESCRIPTION)
    return Page(
        url=urljoin(root, row.get_absolute_url()),
        name=str(row),
        description=words,
        image=urljoin(root, picture),
        site_url=root,
        published=row.published_at,
        modified=row.updated_at,
    )


def to_script(*things: dict[str, Any]) -> SafeString:
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(linked_data.to_json(*things)),  # noqa: S308 -- <, > and & are escaped
    )
