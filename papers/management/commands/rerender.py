from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from papers.models import Paper, Review
from papers.rendering import RENDERER_VERSION


class Command(BaseCommand):
    help = "Render again the Markdown that an older renderer made."

    def handle(self, *args: Any, **options: Any) -> None:
        stale = 0
        for model in (Review, Paper):
            rows = model._default_manager.exclude(rendered_by=RENDERER_VERSION)
            for pk in rows.values_list("pk", flat=True):
                with transaction.atomic():
                    row = model._default_manager.get(pk=pk)
                    row.save(update_fields=[])
                stale += 1
        self.stdout.write(f"Rendered again: {stale}")
