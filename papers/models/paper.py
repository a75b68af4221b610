"""One entry of a review, about one paper."""

import datetime
import hashlib
from calendar import month_name
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from papers import dates, identifiers, names
from papers.citations import Citation
from papers.markup import CLAIM, ClaimMark, Frame
from papers.models.base import MarkdownField, Publishable
from papers.models.figure import Figure
from papers.models.lookup import FormerAddress, SearchDocument
from papers.models.parts import Author, Section
from papers.models.review import Review
from papers.models.tag import Tag
from papers.querysets import PaperQuerySet
from papers.rendering import (
    RENDERER_VERSION,
    render_inline,
    render_markdown,
    to_text,
)
from papers.search import storable

MONTHS = [(number, month_name[number]) for number in range(1, 13)]
MOST_AUTHORS = 100_000  # Characters; the longest list in the sample has 8,000.
NO_HEADLINE = "No headline yet"  # What a draft without words is called at the desk.
RESERVED_SLUG = "A slug of two digits is the address of a month."
FIGURES = "figures"  # The address of a review's list of figures.


class OutlinePart(NamedTuple):
    section: Section
    figures: list[Figure]


class Paper(Publishable):
    stored_address: tuple[int, str] | None = None  # What the database holds.
    shown_figures: Sequence[Figure]  # Loaded by for_page().

    review = models.ForeignKey(Review, models.PROTECT, related_name="papers")
    month = models.PositiveSmallIntegerField(choices=MONTHS)
    place = models.PositiveSmallIntegerField(
        default=1, help_text="Its place among the entries of the month."
    )
    slug = models.SlugField(
        max_length=80,
        help_text="Its address. An address it had before leads here.",
    )
    headline = models.CharField(
        max_length=500, blank=True, help_text="The entry's own title."
    )
    title = models.CharField(
        max_length=500, blank=True, help_text="The paper's title, as the paper has it."
    )
    summary = MarkdownField(blank=True, help_text="One paragraph, shown on the card.")
    summary_html = models.TextField(blank=True, editable=False)
    summary_footnotes = models.PositiveSmallIntegerField(default=0, editable=False)
    focus = models.TextField(
        blank=True, max_length=2000, help_text="What the paper is about, in one line."
    )
    focus_html = models.TextField(blank=True, editable=False)
    impact = models.TextField(
        blank=True, max_length=5000, help_text="What it changed, in a sentence or two."
    )
    impact_html = models.TextField(blank=True, editable=False)
    citation_note = models.TextField(
        blank=True,
        max_length=2000,
        help_text="A remark on how to cite it, where the record does not say it all.",
    )
    citation_note_html = models.TextField(blank=True, editable=False)
    published_on = models.CharField(
        "date of the paper",
        max_length=10,
        blank=True,
        help_text="As precisely as is known: 2024, 2024-01 or 2024-01-08.",
    )
    authors = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(MOST_AUTHORS)],
        help_text=(
            "One a line, in order: Given Family, or Family, Given, or an organisation "
            "in braces. A last line “et al.” says that there are more."
        ),
    )
    venue = models.CharField(
        max_length=300, blank=True, help_text="Beyond the preprint: ICML 2024, oral."
    )
    arxiv_id = models.CharField("arXiv id", max_length=300, blank=True)
    doi = models.CharField("DOI", max_length=300, blank=True)
    notes = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(100_000)],
        help_text="The editors' own; readers never see them.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="entries",
    )
    # The number of the revision that these rows hold; 0 where they have none.
    shown_revision = models.PositiveIntegerField(default=0, editable=False)
    tags = models.ManyToManyField(Tag, through="PaperTag", related_name="papers")
    rendered_by = models.PositiveSmallIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PaperQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-review__year", "month", "place", "pk"]
        permissions = [
            ("change_any_paper", "Can change entries that others began"),
            ("publish_paper", "Can publish, schedule and withdraw entries"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "slug"],
                name="paper_slug_is_unique_in_review",
                violation_error_message="Another entry of the review has this slug.",
            ),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12)), name="paper_month_is_1_to_12"
            ),
            models.CheckConstraint(
                condition=Q(published_on="")
                | Q(published_on__regex=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
                name="paper_date_is_a_year_a_month_or_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(slug__regex=r"^[0-9]{1,2}$"),
                name="paper_slug_is_not_a_month",
                violation_error_message=RESERVED_SLUG,
            ),
            models.CheckConstraint(
                condition=~Q(slug=FIGURES),
                name="paper_slug_is_not_the_list_of_figures",
                violation_error_message=(
                    "“figures” is the address of the review's list of figures."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.title or NO_HEADLINE

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Paper":
        paper = super().from_db(*args, **kwargs)
        stored = paper.__dict__
        if "review_id" in stored and "slug" in stored:
            paper.stored_address = stored["review_id"], stored["slug"]
        return paper

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str] = {}
        for field, parse in PARSERS.items():
            try:
                setattr(self, field, parse(getattr(self, field)))
            except ValueError as error:
                errors[field] = str(error)
        if errors:
            raise ValidationError(errors)

    @transaction.atomic
    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        self.render()
        if update_fields is not None:
            update_fields = {*update_fields, *RENDERED}
        super().save(*args, update_fields=update_fields, **kwargs)
        self.remember_address()
        self.list_authors()
        self.settle()

    def render(self, claims: Mapping[str, ClaimMark] | None = None) -> None:
        rendered = render_markdown(self.summary, self.frame("summary", claims=claims))
        self.summary_html, self.summary_footnotes = rendered
        for name in HEAD:
            html = render_inline(getattr(self, name), self.frame(name, claims=claims))
            setattr(self, f"{name}_html", html)
        self.rendered_by = RENDERER_VERSION

    def mark_head(self, claims: Mapping[str, ClaimMark]) -> None:
        """Render anew what stands before the sections, where it marks a claim."""
        if any(CLAIM in getattr(self, name) for name in ("summary", *HEAD)):
            self.render(claims)
            values = {name: getattr(self, name) for name in RENDERED}
            type(self).objects.filter(pk=self.pk).update(**values)

    def frame(
        self,
        part: str,
        first_footnote: int = 1,
        figures: Mapping[str, int] | None = None,
        claims: Mapping[str, ClaimMark] | None = None,
    ) -> Frame:
        return Frame(
            prefix=f"{self.slug}-{part}-",
            page_url=self.get_absolute_url(),
            first_footnote=first_footnote,
            figures=figures or {},
            claims=claims or {},
        )

    def remember_address(self) -> None:
        """Let the address that the entry had before lead to the one it has now."""
        former, current = self.stored_address, (self.review_id, self.slug)
        if former == current:
            return
        # Another entry's redirect stays: this one may be a draft that nobody can see.
        self.former_addresses.filter(year=self.review.year, slug=self.slug).delete()
        if former is not None:
            year = Review.objects.values_list("year", flat=True).get(pk=former[0])
            FormerAddress.objects.update_or_create(
                year=year, slug=former[1], defaults={"paper": self}
            )
        self.stored_address = current

    def list_authors(self) -> None:
        listed = [
            (position, author.display[:300], author.slug)
            for position, author in enumerate(self.author_list.authors)
        ]
        stored = self.author_rows.values_list("position", "name", "slug")
        if list(stored) == listed:
            return
        self.author_rows.all().delete()
        Author.objects.bulk_create(
            Author(paper=self, position=position, name=name, slug=slug)
            for position, name, slug in listed
        )

    def settle(self) -> None:
        """Bring up to date what depends on the whole entry.

        Footnotes are numbered through the sections, figures through the entry, each
        part that this touches is rendered again, and the search finds the new words.
        """
        figures = list(self.figures.all())
        shown = [figure for figure in figures if not figure.wanted]
        numbers = {figure.key: number for number, figure in enumerate(shown, 1)}
        claims = {
            claim.key: ClaimMark(number, claim.summary, claim.is_open)
            for number, claim in enumerate(self.claims.all(), 1)
            if claim.key
        }
        self.mark_head(claims)
        sections = list(self.sections.all())
        next_footnote = self.summary_footnotes + 1
        for section in sections:
            frame = self.frame(section.anchor, next_footnote, numbers, claims)
            made_for = self.rendered_for(next_footnote, numbers, claims)
            section.bring_up_to_date(made_for, frame)
            next_footnote += section.footnotes
        for figure in figures:
            figure.number = None if figure.wanted else numbers[figure.key]
            made_for = self.rendered_for(figure.number or 0, numbers, claims)
            frame = self.frame("figure", figures=numbers, claims=claims)
            figure.bring_up_to_date(made_for, frame)
        self.index(sections, shown)

    def rendered_for(
        self, number: int, figures: Mapping[str, int], claims: Mapping[str, ClaimMark]
    ) -> str:
        """What a part's HTML depends on beside its own words, in few characters."""
        known = [*figures, *(repr(claim) for claim in claims.items())]
        named = hashlib.sha256(" ".join(known).encode()).hexdigest()[:16]
        return f"{RENDERER_VERSION} {self.get_absolute_url()} {number} {named}"

    def index(self, sections: Sequence[Section], figures: Sequence[Figure]) -> None:
        """Keep the words that search looks through."""
        rows = self.paper_tags.select_related("tag").prefetch_related("tag__aliases")
        texts = [self.summary_html, self.focus_html, self.impact_html]
        texts += [section.body_html for section in sections]
        texts += [figure.caption_html for figure in figures]
        SearchDocument.objects.update_or_create(
            paper=self,
            defaults={
                "headline": storable(self.headline or self.title),
                "names": self.searched_names([row.tag for row in rows]),
                "body": storable(" ".join(to_text(text) for text in texts if text)),
            },
        )

    def searched_names(self, tags: Sequence[Tag]) -> str:
        words = [self.title, *(author.display for author in self.author_list.authors)]
        words += [self.venue, self.arxiv_id, self.doi]
        words += [name for tag in tags for name in tag.names]
        return storable(" · ".join(filter(None, words)))

    def get_absolute_url(self) -> str:
        return reverse("papers:paper", args=[self.review.year, self.slug])

    @property
    def author_list(self) -> names.AuthorList:
        """The authors; none where the text holds a line that is no name."""
        try:
            return names.parse_authors(self.authors)
        except ValueError:
            return names.AuthorList()

    @property
    def month_label(self) -> str:
        return month_name[self.month]

    @property
    def date(self) -> dates.PartialDate | None:
        """When the paper appeared, as precisely as is known."""
        return dates.parse_date(self.published_on) if self.published_on else None

    @property
    def day(self) -> datetime.date | None:
        """The day on which the paper appeared, where that is known."""
        return self.date.day if self.date and self.date.precision == "day" else None

    @property
    def chips(self) -> list[Tag]:
        return [row.tag for row in self.paper_tags.all() if row.on_card]

    @property
    def topics(self) -> list[Tag]:
        return [row.tag for row in self.paper_tags.all()]

    @property
    def outline(self) -> list[OutlinePart]:
        """The sections that say something, each with the figures it shows.

        Needs the entry's sections and shown figures loaded, as for_page() does.
        """
        figures = list(self.shown_figures)
        parts = []
        for section in self.sections.all():
            shown = figures if section.kind == Section.Kind.FIGURES else []
            if section.body_html or shown:
                parts.append(OutlinePart(section, shown))
        if figures and not any(part.figures for part in parts):
            parts.append(OutlinePart(Section(kind=Section.Kind.FIGURES), figures))
        return parts

    @property
    def outline_in_words(self) -> str:
        titles = [part.section.short_title.lower() for part in self.outline]
        return ", ".join(titles)

    @property
    def claims_checked(self) -> int:
        return len(self.claims.all())

    @property
    def url(self) -> str:
        """Where the paper itself is."""
        if self.arxiv_id:
            return identifiers.arxiv_url(self.arxiv_id)
        return identifiers.doi_url(self.doi) if self.doi else ""

    @property
    def citation(self) -> Citation:
        return Citation(
            key=f"{self.slug}-{self.review.year}",
            title=self.title or self.headline,
            authors=self.author_list,
            date=self.date,
            url=self.url,
            doi=self.doi,
            arxiv_id=self.arxiv_id,
            venue=self.venue,
        )


HEAD = ("focus", "impact", "citation_note")
RENDERED = (
    "summary_html",
    "summary_footnotes",
    "focus_html",
    "impact_html",
    "citation_note_html",
    "rendered_by",
)
PARSERS: dict[str, Callable[[str], str]] = {
    "arxiv_id": identifiers.parse_arxiv_id,
    "doi": identifiers.parse_doi,
    "published_on": lambda text: str(dates.parse_date(text)) if text.strip() else "",
    "authors": lambda text: names.to_lines(names.parse_authors(text)),
}
