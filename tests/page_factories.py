"""Pages of the original's form, of as much as a test is about."""

from papers.documents.page import PageReading, read_page
from papers.values import PaperDocument

HEADER = '<div class="year-review-header"><h1>Review 2024</h1><p>Lead.</p></div>'


def make_page(*cards: str, header: str = HEADER) -> str:
    return f'<div class="year-review-container">{header}{"".join(cards)}</div>'


def make_card(
    *,
    month: str = "January 2024",
    headline: str = "Headline",
    chips: tuple[str, ...] = (),
    summary: str = "Summary.",
    inside: str = "",
) -> str:
    tags = "".join(f'<span class="year-review-tag">{chip}</span>' for chip in chips)
    return f"""
<div class="year-review-card"><div class="year-review-card-content">
<div class="year-review-meta"><span class="year-review-date">{month}</span>
<div class="year-review-tags">{tags}</div></div>
<h3 class="year-review-title">{headline}</h3>
<p class="year-review-description">{summary}</p>{inside}</div></div>"""


def make_key_details(**fields: str) -> str:
    """One line for each field; `main_paper` is the label “Main paper”."""
    items = "".join(
        f"<li><strong>{label.replace('_', ' ').capitalize()}:</strong> {value}</li>"
        for label, value in fields.items()
    )
    return make_details("Key Details", f"<ul>{items}</ul>")


def make_details(title: str, content: str) -> str:
    return (
        '<details class="year-review-details">'
        f'<summary class="year-review-summary">{title}</summary>'
        f'<div class="details-content">{content}</div></details>'
    )


def read_fields(**fields: str) -> tuple[PaperDocument, list[str]]:
    """The entry of a card with these fields, and the codes of what they are missing."""
    reading = read_page(make_page(make_card(inside=make_key_details(**fields))))
    return reading.review.papers[0], codes_of(reading)


def read_body(html: str) -> str:
    """The Markdown of a section that holds this HTML."""
    deeper = make_details("Deeper Dive", f"<h4>Technical Context</h4>{html}")
    reading = read_page(make_page(make_card(inside=deeper)))
    return reading.review.papers[0].sections[0].body


# These are about what a test's page leaves out, in nearly every test.
GAPS = {"title.missing", "identifiers.missing", "fields.missing"}


def codes_of(reading: PageReading) -> list[str]:
    return [one.code for one in reading.findings if one.code not in GAPS]
