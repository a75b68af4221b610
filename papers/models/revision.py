"""What an entry said, each time it was saved."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_token() -> str:
    return secrets.token_hex(8)


class Revision(models.Model):
    """The whole of an entry at one moment, as plain values (papers.documents.plain).

    The newest is what editors work on. What readers see is in the entry's own rows;
    `Paper.shown_revision` says which revision that is.
    """

    class Kind(models.TextChoices):
        FOUND = "found", "As it was found"
        SAVED = "saved", "Saved"
        AUTOSAVED = "autosaved", "Kept while writing"
        SET_ASIDE = "set aside", "Set aside: another version was saved meanwhile"
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        WITHDRAWN = "withdrawn", "Withdrawn"
        RESTORED = "restored", "Restored"
        IMPORTED = "imported", "Imported"

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
    )
    made_at = models.DateTimeField(default=timezone.now)
    # Another with each write: who saves says which words the change was made to.
    token = models.CharField(max_length=16, default=new_token)

    class Meta:
        ordering = ["paper", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="revision_has_a_number_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_kind_display()}"
