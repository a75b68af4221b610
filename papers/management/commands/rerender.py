from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from papers.models import Paper, Review
from papers.rendering import RENDERER_VERSION


class Command(BaseCommand):
    help = "Render again the Markdown that an older renderer made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quiet", action="store_true", help="say nothing where nothing was stale"
        )

    def handle(self, *, quiet: bool, **options: Any) -> None:
        stale = 0
        for model in (Review, Paper):
            rows = model._default_manager.exclude(rendered_by=RENDERER_VERSION)
            for pk in rows.values_list("pk", flat=True):
                with transaction.atomic():
                    row = model._default_manager.get(pk=pk)
                    row.save(update_fields=[])
                stale += 1
        if stale or not quiet:
            self.stdout.write(f"Rendered again: {stale}")
