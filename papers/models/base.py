"""What several kinds of content share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from markdownx.models import MarkdownxField

from papers.querysets import PUBLISHED, SCHEDULED
from papers.rendering import LONGEST_MARKDOWN


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in review", "In review"
    SCHEDULED = SCHEDULED, "Scheduled"
    PUBLISHED = PUBLISHED, "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class MarkdownField(MarkdownxField):
    """Markdown with one kind of line end and none to spare, so that it exports as it is."""

    default_validators = [MaxLengthValidator(LONGEST_MARKDOWN)]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = normalise(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


def normalise(text: str) -> str:
    r"""The text with \n as line end, without empty lines around it or blanks at the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines).rstrip()


class Publishable(models.Model):
    """Something on its way to the public."""

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    publish_at = models.DateTimeField(
        "publish at",
        null=True,
        blank=True,
        help_text="When a scheduled entry goes public, in UTC.",
    )
    published_at = models.DateTimeField(
        "first published", null=True, blank=True, editable=False
    )
    withdrawal_reason = models.TextField(
        blank=True,
        max_length=1000,
        help_text="Readers of a withdrawn entry's address see this.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="%(class)s_status_is_known",
                violation_error_message="Choose one of the statuses.",
            ),
            models.CheckConstraint(
                condition=Q(status=SCHEDULED, publish_at__isnull=False)
                | ~Q(status=SCHEDULED) & Q(publish_at__isnull=True),
                name="%(class)s_has_a_time_exactly_when_scheduled",
                violation_error_message=(
                    "A scheduled entry needs the time at which it goes public, "
                    "and no other entry has one."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawal_reason=""),
                name="%(class)s_says_why_it_was_withdrawn",
                violation_error_message="Say why it was withdrawn; readers will see it.",
            ),
        ]

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
            if update_fields is not None:
                update_fields = {*update_fields, "published_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    def clean(self) -> None:
        super().clean()
        if self.status == Status.SCHEDULED and not self.publish_at:
            raise ValidationError({"publish_at": "Say when it should go public."})
        if self.status != Status.SCHEDULED and self.publish_at:
            raise ValidationError(
                {"publish_at": "Only a scheduled entry has a time: set its status."}
            )
        if self.status == Status.WITHDRAWN and not self.withdrawal_reason.strip():
            raise ValidationError(
                {"withdrawal_reason": "Say why it was withdrawn; readers will see it."}
            )


class Part(models.Model):
    """Something an entry holds several of, in order."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
