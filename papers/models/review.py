"""One year's review."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from papers.markup import Frame
from papers.models.base import MarkdownField, Publishable
from papers.querysets import ReviewQuerySet
from papers.rendering import RENDERER_VERSION, render_markdown

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Review(Publishable):
    year = models.PositiveSmallIntegerField(
        unique=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    title = models.CharField(max_length=200)
    introduction = MarkdownField(
        blank=True, help_text="Opens the review page, in larger type."
    )
    introduction_html = models.TextField(blank=True, editable=False)
    attribution = MarkdownField(
        blank=True, help_text="What the review builds on, with links."
    )
    attribution_html = models.TextField(blank=True, editable=False)
    rendered_by = models.PositiveSmallIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-year"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="review_year_is_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        self.render()
        if update_fields is not None:
            update_fields = {*update_fields, *RENDERED}
        super().save(*args, update_fields=update_fields, **kwargs)

    def render(self) -> None:
        for name in ("introduction", "attribution"):
            frame = Frame(prefix=f"{name}-", heading=2)
            rendered = render_markdown(getattr(self, name), frame)
            setattr(self, f"{name}_html", rendered.html)
        self.rendered_by = RENDERER_VERSION

    def clean(self) -> None:
        super().clean()
        if not self.title.strip():
            raise ValidationError({"title": "A review needs a title."})
        stored = (
            Review.objects.filter(pk=self.pk).values_list("year", flat=True).first()
        )
        if stored not in (None, self.year) and self.papers.exists():
            raise ValidationError(
                {"year": "Its entries' addresses hold the year: it stays as it is."}
            )

    def get_absolute_url(self) -> str:
        return reverse("papers:review", args=[self.year])


RENDERED = ("introduction_html", "attribution_html", "rendered_by")
