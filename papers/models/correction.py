"""What readers propose to correct in an entry, and how much of that is let in."""

import re
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from papers.querysets import CorrectionQuerySet

LONGEST_PASSAGE = 4_000  # Characters of what stands there, and of what should.
LONGEST_REASON = 2_000
ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)


class Correction(models.Model):
    """A reader's proposal for one part of an entry (papers.amending).

    What a reader wrote is text, never Markdown or HTML, until an editor accepted it.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "Pending"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="corrections")
    part = models.CharField(max_length=300)
    label = models.CharField(max_length=300)
    now = models.TextField(blank=True, max_length=LONGEST_PASSAGE)
    should_be = models.TextField(max_length=LONGEST_PASSAGE)
    why = models.TextField(max_length=LONGEST_REASON)
    source = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=100, blank=True)
    # What makes two proposals the same: one that waits already is only counted.
    digest = models.CharField(max_length=64)
    times = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
    )
    note = models.CharField(max_length=500, blank=True)
    # The number of the revision that says what was proposed; 0 where none does.
    revision = models.PositiveIntegerField(default=0)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        default_permissions = ()  # Who may change the entry may decide.
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "digest"],
                condition=Q(status="pending"),
                name="correction_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(status="pending", decided_at__isnull=True)
                | Q(status__in=["accepted", "declined"], decided_at__isnull=False),
                name="correction_is_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, proposed on {self.proposed_at:%Y-%m-%d}"

    @property
    def address(self) -> str:
        """The source where it is an address that may be linked to; else nothing."""
        return self.source if ADDRESS.fullmatch(self.source) else ""


class Allowance(models.Model):
    """How often something was done within a span of time; gone when that is over."""

    key = models.CharField(max_length=100, unique=True)
    used = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"

    @classmethod
    def take(cls, key: str, *, most: int, until: datetime) -> bool:
        """Count one more, unless there were `most`; exact also between processes."""
        cls.objects.get_or_create(key=key, defaults={"until": until})
        counted = cls.objects.filter(key=key, used__lt=most)
        return bool(counted.update(used=F("used") + 1))

    @classmethod
    def drop_old(cls) -> None:
        old = cls.objects.filter(until__lte=timezone.now())
        # Looking costs no lock, and mostly there is nothing.
        if old.exists():
            old.delete()
