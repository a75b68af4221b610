"""One vocabulary for chips and topics."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify

from papers.querysets import TagQuerySet


class Tag(models.Model):
    stored_slug: str | None = None  # The slug that the database holds.

    name = models.CharField(max_length=100, help_text="What readers see: LoRA.")
    full_name = models.CharField(
        max_length=200, blank=True, help_text="Low-rank adaptation."
    )
    slug = models.SlugField(
        max_length=100,
        unique=True,
        help_text="Its address. An address it had before leads here.",
    )
    description = models.TextField(
        blank=True,
        max_length=1000,
        help_text="One or two sentences for the tag's page.",
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_is_unique_in_any_case",
                violation_error_message="There is a tag of this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        former = self.stored_slug
        TagAlias.objects.filter(slug=self.slug).delete()
        if former and former != self.slug:
            TagAlias.objects.update_or_create(
                slug=former, defaults={"tag": self, "name": former}
            )
        self.stored_slug = self.slug

    def get_absolute_url(self) -> str:
        return reverse("papers:tag", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        others = TagAlias.objects.exclude(tag=self.pk)
        if other := others.filter(name__iexact=self.name).select_related("tag").first():
            raise ValidationError(
                {"name": f"“{self.name}” is another name of the tag “{other.tag}”."}
            )

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Tag":
        tag = super().from_db(*args, **kwargs)
        tag.stored_slug = tag.__dict__.get("slug")
        return tag

    @property
    def other_addresses(self) -> list[str]:
        return [alias.slug for alias in self.aliases.all() if alias.slug]

    @property
    def spelled_out(self) -> str:
        """The full name with the short one, as the list of topics shows it."""
        if self.full_name and self.full_name.lower() != self.name.lower():
            return f"{self.full_name} ({self.name})"
        return self.name

    @property
    def names(self) -> list[str]:
        """Every name it has. Needs its aliases loaded."""
        return [self.spelled_out, *(alias.name for alias in self.aliases.all())]


class TagAlias(models.Model):
    """Another name of a tag; its address leads to the tag's."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)
    # None where the name's address is taken; an empty text would be taken by one.
    slug = models.SlugField(  # noqa: DJ001
        max_length=100, unique=True, null=True, editable=False
    )

    class Meta:
        ordering = [Lower("name")]
        verbose_name_plural = "tag aliases"
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_alias_is_unique_in_any_case",
                violation_error_message="Another tag has this alias.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self) -> str | None:
        """An address of its own, unless a tag or another alias has it."""
        slug = slugify(self.name)
        taken = (
            Tag.objects.filter(slug=slug).exists()
            or TagAlias.objects.filter(slug=slug).exists()
        )
        return slug if slug and not taken else None

    def clean(self) -> None:
        super().clean()
        # A tag's own name may stand here too: it keeps an address that the tag had.
        others = Tag.objects.exclude(pk=self.tag_id)
        if others.filter(name__iexact=self.name).exists():
            raise ValidationError({"name": f"There is a tag “{self.name}”."})
