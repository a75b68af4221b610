"""The number that grows with every edit: what ETags and caches are made from."""

from datetime import datetime

from django.db import models
from django.db.models import F
from django.utils import timezone


class ContentVersion(models.Model):
    """One row whose number grows, in the same transaction, with every edit.

    It also holds the time at which the next scheduled entry is due, so that one query
    tells a page whether it is still fresh.
    """

    number = models.PositiveBigIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="there_is_one_content_version"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_due(self) -> bool:
        return self.next_due_at is not None and self.next_due_at <= timezone.now()

    @classmethod
    def current(cls) -> "ContentVersion":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def bump(cls, next_due_at: datetime | None) -> None:
        changed = {"number": F("number") + 1, "next_due_at": next_due_at}
        if not cls.objects.filter(pk=1).update(**changed):
            cls.objects.create(pk=1, number=1, next_due_at=next_due_at)
