"""Filters for the public pages."""

import html
import re

from django import template
from django.utils.html import format_html
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


# The end of a marked claim, as papers.markup writes it and the sanitiser leaves it.
CLAIM = re.compile(
    r'<a class="claim[^"]*"[^>]*? title="([^"]*)"[^>]*>.{0,2000}?'
    r'<sup class="claim-ref">(\d+)</sup></a>',
    re.DOTALL,
)
NOTE = '{}<span class="note" aria-hidden="true"><b>{}</b>{}</span>'


@register.filter
def with_notes(safe_html: str) -> SafeString:
    """Rendered text whose marked claims say their status and source in the margin too.

    The table of claims has the same for everyone who does not see the margin.
    """

    def add_note(claim: re.Match[str]) -> str:
        rendered, words = SafeString(claim[0]), html.unescape(claim[1])
        return format_html(NOTE, rendered, claim[2], words)

    noted = CLAIM.sub(add_note, safe_html)
    return mark_safe(noted)  # noqa: S308 -- only rendered text comes here


@register.filter
def plain(safe_html: str) -> str:
    """The words of rendered text, for a description."""
    return rendering.to_text(safe_html)


@register.filter
def in_words(paper: Paper) -> str:
    """The paper as a reference in words."""
    return citations.to_words(paper.citation)
