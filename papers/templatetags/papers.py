"""Filters for the public pages."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from papers import citations, rendering
from papers.models import Paper

register = template.Library()

HEADING = re.compile(r"(</?h)([1-6])(?=[ >])")
DEEPER = 2  # On the review page a section's heading is two levels further down.


@register.filter
def deeper(safe_html: str) -> SafeString:
    """Rendered text for a page on which its section stands two levels further down."""
    moved = HEADING.sub(
        lambda tag: f"{tag[1]}{min(int(tag[2]) + DEEPER, 6)}", safe_html
    )
    return mark_safe(moved)  # noqa: S308 -- only rendered text comes here


@register.filter
def plain(safe_html: str) -> str:
    """The words of rendered text, for a description."""
    return rendering.to_text(safe_html)


@register.filter
def in_words(paper: Paper) -> str:
    """The paper as a reference in words."""
    return citations.to_words(paper.citation)
