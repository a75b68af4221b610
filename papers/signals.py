"""Every edit bumps the content version, in the edit's own transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from papers.models import (
    Author,
    Claim,
    ContentVersion,
    Figure,
    FormerAddress,
    Link,
    Paper,
    PaperTag,
    Record,
    Review,
    Section,
    Status,
    Tag,
    TagAlias,
    Waiver,
)

CONTENT = [
    Author,
    Claim,
    Figure,
    FormerAddress,
    Link,
    Paper,
    PaperTag,
    Record,
    Review,
    Section,
    Tag,
    TagAlias,
    Waiver,
]


def bump_content_version(**kwargs: Any) -> None:
    due = [
        model._default_manager.filter(status=Status.SCHEDULED)
        .order_by("publish_at")
        .values_list("publish_at", flat=True)
        .first()
        for model in (Paper, Review)
    ]
    ContentVersion.bump(min((time for time in due if time), default=None))


def connect() -> None:
    for model in CONTENT:
        post_save.connect(bump_content_version, sender=model)
        post_delete.connect(bump_content_version, sender=model)
