"""What an entry is made of, beside its own fields."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from papers.markup import Frame
from papers.models.base import MarkdownField, Part
from papers.models.tag import Tag
from papers.rendering import (
    render_markdown,
)


class SettledPart(Part):
    """A part whose change touches the whole entry: notes and figures are numbered anew.

    `rendered_for` says where and by which renderer the HTML was made; the entry
    renders a part again when it says anything else.
    """

    RENDERED: ClassVar[tuple[str, ...]] = ()

    rendered_for = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(Part.Meta):
        abstract = True

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        self.rendered_for = ""
        if update_fields is not None:
            update_fields = {*update_fields, "rendered_for"}
        super().save(*args, update_fields=update_fields, **kwargs)
        self.paper.settle()  # type: ignore[attr-defined]  # each part has a paper

    def bring_up_to_date(self, rendered_for: str, frame: Frame) -> None:
        """Render the part again if its HTML was made for anything else, and store it."""
        if self.rendered_for != rendered_for:
            self.render(frame)
            self.rendered_for = rendered_for
            super().save(update_fields=[*self.RENDERED, "rendered_for"])

    def render(self, frame: Frame) -> None:
        raise NotImplementedError

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self.paper.settle()  # type: ignore[attr-defined]
        return deleted


class Section(SettledPart):
    class Kind(models.TextChoices):
        TECHNICAL = "technical", "Technical context"
        FIGURES = "figures", "Figures"
        HISTORICAL = "historical", "Historical context"
        RELEVANCE = "relevance", "Relevance at the end of the year"
        OTHER = "other", "Other, with its own heading"

    RENDERED = ("body_html", "footnotes")

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=10, choices=Kind)
    heading = models.CharField(
        max_length=200, blank=True, help_text="For a section of kind “other”."
    )
    body = MarkdownField(blank=True)
    body_html = models.TextField(blank=True, editable=False)
    footnotes = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(SettledPart.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind", "heading"],
                name="section_is_unique_in_paper",
                violation_error_message="The entry has this section already.",
            ),
            models.CheckConstraint(
                condition=Q(kind="other") & ~Q(heading="")
                | ~Q(kind="other") & Q(heading=""),
                name="section_has_a_heading_exactly_when_other",
                violation_error_message=(
                    "A section of kind “other” needs a heading; the others have theirs."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.heading or Section.Kind(self.kind).label

    @property
    def short_title(self) -> str:
        """For a list of contents: one word for the known kinds."""
        return self.heading or SHORT_TITLES[Section.Kind(self.kind)]

    @property
    def anchor(self) -> str:
        """Its name within the page's address: #technical."""
        return f"section-{slugify(self.heading)}" if self.heading else self.kind

    def render(self, frame: Frame) -> None:
        rendered = render_markdown(self.body, frame)
        self.body_html, self.footnotes = rendered


SHORT_TITLES = {
    Section.Kind.TECHNICAL: "Technical",
    Section.Kind.FIGURES: "Figures",
    Section.Kind.HISTORICAL: "History",
    Section.Kind.RELEVANCE: "Relevance",
}


class PaperTag(Part):
    """A tag on a paper, in the paper's order; those on the card are its chips."""

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="paper_tags")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="paper_tags")
    on_card = models.BooleanField(default=False)

    class Meta(Part.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "tag"],
                name="paper_has_a_tag_once",
                violation_error_message="The entry has this tag already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.tag)


class Link(Part):
    class Kind(models.TextChoices):
        PAPER = "paper", "Paper"
        PDF = "pdf", "PDF"
        CODE = "code", "Code"
        DATA = "data", "Data"
        MODEL = "model", "Model"
        BLOG = "blog", "Blog"
        TALK = "talk", "Talk"

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PAPER)
    label = models.CharField(
        max_length=500, blank=True, help_text="What the link says; the kind if empty."
    )
    url = models.URLField("address", max_length=500)

    class Meta(Part.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "url"],
                name="paper_links_to_an_address_once",
                violation_error_message="The entry links to this address already.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.label or Link.Kind(self.kind).label


class Claim(Part):
    """A number or statement that the entry rests on, and where it is from."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        CONTRADICTED = "contradicted", "Contradicted"
        UNVERIFIED = "unverified", "Not settled"

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="claims")
    key = models.SlugField(
        "name",
        max_length=60,
        blank=True,
        help_text="What the text calls it by: [47 billion](claim:size).",
    )
    text = models.TextField(max_length=2000)
    value = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.UNVERIFIED)
    source = models.CharField(max_length=500, blank=True)
    place = models.CharField(
        max_length=200, blank=True, help_text="Where in the source: table 5."
    )

    class Meta(Part.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(status="unverified") | ~Q(source=""),
                name="claim_that_is_settled_has_a_source",
                violation_error_message=(
                    "A confirmed or contradicted claim needs its source."
                ),
            ),
            models.UniqueConstraint(
                fields=["paper", "key"],
                condition=~Q(key=""),
                name="claim_key_is_unique_in_paper",
                violation_error_message="Another claim of the entry has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.status != Claim.Status.CONFIRMED

    @property
    def summary(self) -> str:
        """Its status, the source, and where in it."""
        origin = ", ".join(filter(None, (self.source, self.place)))
        return f"{self.get_status_display()}: {origin}" if origin else "Not settled"


class Record(models.Model):
    """What a catalogue answered about a paper, with the date of the answer."""

    class Catalogue(models.TextChoices):
        ARXIV = "arxiv", "arXiv"
        CROSSREF = "crossref", "Crossref"
        DATACITE = "datacite", "DataCite"

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="records")
    catalogue = models.CharField(max_length=10, choices=Catalogue)
    identifier = models.CharField(max_length=300)
    version = models.CharField(max_length=20, blank=True)
    fetched_at = models.DateTimeField()
    url = models.URLField("address", max_length=500, blank=True)
    payload = models.JSONField()

    class Meta:
        ordering = ["catalogue", "fetched_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "catalogue", "fetched_at"],
                name="record_is_one_answer_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_catalogue_display()} {self.identifier}"


class Author(models.Model):
    """An author of a paper, in order: an index made from the entry's list of names."""

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="author_rows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=300, db_index=True)

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"], name="author_has_a_place_of_their_own"
            )
        ]

    def __str__(self) -> str:
        return self.name
