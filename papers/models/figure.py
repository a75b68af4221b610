"""A figure: something to look at, made from data, code or a picture."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from papers import charts, derived, images, pictures
from papers.markup import Frame, render_code
from papers.models.parts import SettledPart
from papers.rendering import LONGEST_MARKDOWN, render_inline
from papers.tables import render_table
from papers.tabular import read_table

NUMBERS = '{}<details class="data"><summary>The numbers</summary>{}</details>'


class Figure(SettledPart):
    class Kind(models.TextChoices):
        IMAGE = "image", "Image"
        TABLE = "table", "Table"
        CHART = "chart", "Chart"
        CODE = "code", "Code"
        DIAGRAM = "diagram", "Diagram"

    class Chart(models.TextChoices):
        BAR = "bar", "Bars, side by side where there are several columns"
        LINE = "line", "Lines"
        DOT = "dot", "Dots"
        SHARE = "share", "Shares of a whole"

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
    chart = models.CharField(
        "form of a chart", max_length=10, blank=True, choices=Chart
    )
    notes = models.TextField(
        blank=True,
        max_length=5000,
        help_text="What marks like [^a] in a table or chart lead to, one a line.",
    )
    image = models.ImageField(upload_to=pictures.FOLDER, blank=True)
    dark = models.ImageField(
        "image for a dark page", upload_to=pictures.FOLDER, blank=True
    )
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
        self.image = pictures.store(image)

    def set_dark(self, image: images.CleanImage) -> None:
        self.dark = pictures.store(image)

    def render(self, frame: Frame) -> None:
        try:
            caption = render_inline(self.fill(self.caption), frame)
            content = self.make_html(frame)
        except ValueError:
            # Accepted by an earlier release, or its file is gone. The entry still opens
            # and saves, the figure stays as it was shown, and the form says what is wrong.
            return
        self.caption_html, self.content_html = caption, content

    def make_html(self, frame: Frame) -> SafeString:
        """What readers see. Raise ValueError, in the editor's words, for bad content."""
        makers = {
            Figure.Kind.TABLE: self.make_table,
            Figure.Kind.CODE: self.make_code,
            Figure.Kind.CHART: self.make_chart,
            Figure.Kind.DIAGRAM: self.make_diagram,
            Figure.Kind.IMAGE: self.make_picture,
        }
        has_source = self.image if self.kind == Figure.Kind.IMAGE else self.content
        if self.wanted or not has_source or self.kind not in makers:
            return SafeString("")
        for text in (self.caption, self.alt, self.notes):
            self.fill(text)
        return makers[Figure.Kind(self.kind)](frame)

    @property
    def has_data(self) -> bool:
        """Whether it is made from CSV, which readers may have too."""
        return self.kind in {Figure.Kind.TABLE, Figure.Kind.CHART}

    def fill(self, text: str) -> str:
        """A text of a table or chart with what it derives from the cells filled in.

        Raise ValueError, in the editor's words, for what cannot be computed.
        """
        if self.wanted or not self.has_data or derived.OPENING not in text:
            return text
        return derived.fill(text, *read_table(self.content).texts)

    def make_picture(self, frame: Frame) -> SafeString:
        picture, dark = pictures.find(self.image.name), pictures.find(self.dark.name)
        if picture is None:
            raise ValueError("The picture is not stored any more: add it again.")
        return pictures.show(picture, self.alt, dark)

    @property
    def photo(self) -> bytes:
        """The picture at the smallest of its sizes; nothing where there is none."""
        picture = pictures.find(self.image.name)
        return pictures.load_smallest(picture) if picture else b""

    @property
    def bars(self) -> list[float]:
        """The lengths of the bars of a chart that has any."""
        if self.kind != Figure.Kind.CHART or self.chart not in {"", Figure.Chart.BAR}:
            return []
        try:
            series = charts.parse_series(self.content)
        except ValueError:
            return []
        return [float(value) for value in series.values]

    def make_table(self, frame: Frame) -> SafeString:
        return render_table(
            read_table(self.content),
            notes=self.fill(self.notes),
            prefix=f"{frame.prefix}{self.key}-",
            frame=frame,
        )

    def make_code(self, frame: Frame) -> SafeString:
        return render_code(self.content, self.language)

    def make_chart(self, frame: Frame) -> SafeString:
        drawn = charts.draw(self.chart, self.content, self.fill(self.alt))
        return format_html(NUMBERS, drawn, self.make_table(frame))

    def make_diagram(self, frame: Frame) -> SafeString:
        svg = images.clean_svg(self.content)
        return format_html(
            '<div class="plate diagram" role="img" aria-label="{}">{}</div>',
            self.alt or self.key,
            images.prefix_svg_ids(svg, f"{frame.prefix}{self.key}-"),
        )
