"""What an entry is made of, beside its own fields."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from papers import charts, images
from papers.markup import Frame, render_code
from papers.models.base import MarkdownField, Part
from papers.models.tag import Tag
from papers.rendering import (
    LONGEST_MARKDOWN,
    render_inline,
    render_markdown,
    render_table,
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

    def save_rendered(self) -> None:
        """Store what render() made; nothing else has changed."""
        super().save(update_fields=[*self.RENDERED, "rendered_for"])

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


class Figure(SettledPart):
    class Kind(models.TextChoices):
        IMAGE = "image", "Image"
        TABLE = "table", "Table"
        CHART = "chart", "Chart"
        CODE = "code", "Code"
        DIAGRAM = "diagram", "Diagram"

    RENDERED = ("caption_html", "content_html", "number")

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="figures")
    key = models.SlugField(max_length=60, help_text="Its short name: parameters.")
    kind = models.CharField(max_length=10, choices=Kind)
    caption = models.TextField(
        blank=True, max_length=2000, help_text="One or two sentences, in Markdown."
    )
    alt = models.TextField(
        "alt text",
        blank=True,
        max_length=2000,
        help_text="What the figure shows, for those who cannot see it.",
    )
    credit = models.CharField(max_length=500, blank=True)
    source = models.URLField("source", max_length=500, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    language = models.CharField(
        max_length=40, blank=True, help_text="Of code: python, json, text."
    )
    content = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(LONGEST_MARKDOWN)],
        help_text="CSV for a table or chart, the code itself, or SVG for a diagram.",
    )
    image = models.ImageField(
        upload_to=images.FOLDER, blank=True, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    wanted = models.BooleanField(
        default=False, help_text="Still to be made: a note that readers never see."
    )
    note = models.TextField(
        blank=True, max_length=5000, help_text="What a wanted figure should show."
    )
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    caption_html = models.TextField(blank=True, editable=False)
    content_html = models.TextField(blank=True, editable=False)

    class Meta(SettledPart.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "key"],
                name="figure_key_is_unique_in_paper",
                violation_error_message="Another figure of this entry has this key.",
            ),
            models.CheckConstraint(
                condition=Q(wanted=True)
                | Q(kind="image") & ~Q(image="")
                | ~Q(kind="image") & ~Q(content=""),
                name="figure_shows_something_or_is_wanted",
                violation_error_message=(
                    "Add what the figure is made from, or mark it as wanted."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        super().clean()
        try:
            self.make_html(Frame())
        except ValueError as error:
            raise ValidationError({"content": str(error)}) from error

    def set_image(self, image: images.CleanImage) -> None:
        """Use a picture; the same picture is stored once, whoever uses it."""
        self.width, self.height = image.width, image.height
        self.image = images.store(image)

    def render(self, frame: Frame) -> None:
        self.caption_html = render_inline(self.caption, frame)
        self.content_html = self.make_html(frame)

    def make_html(self, frame: Frame) -> SafeString:
        """What readers see. Raise ValueError, in the editor's words, for bad content."""
        makers = {
            Figure.Kind.TABLE: self.make_table,
            Figure.Kind.CODE: self.make_code,
            Figure.Kind.CHART: self.make_chart,
            Figure.Kind.DIAGRAM: self.make_diagram,
        }
        if self.wanted or not self.content or self.kind not in makers:
            return SafeString("")
        return makers[Figure.Kind(self.kind)](frame)

    def make_table(self, frame: Frame) -> SafeString:
        return render_table(*charts.parse_table(self.content))

    def make_code(self, frame: Frame) -> SafeString:
        return render_code(self.content, self.language)

    def make_chart(self, frame: Frame) -> SafeString:
        return charts.draw_bars(self.content, self.alt)

    def make_diagram(self, frame: Frame) -> SafeString:
        svg = images.clean_svg(self.content)
        return format_html(
            '<div class="plate diagram" role="img" aria-label="{}">{}</div>',
            self.alt or self.key,
            images.prefix_svg_ids(svg, f"{frame.prefix}{self.key}-"),
        )


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
            )
        ]

    def __str__(self) -> str:
        return self.text


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
