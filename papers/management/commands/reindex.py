from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from papers.models import Paper
from papers.search import rebuild_index
from papers.signals import bump_content_version


class Command(BaseCommand):
    help = "Build the words that search looks through anew, for every paper."

    def handle(self, **options: Any) -> None:
        papers = Paper.objects.order_by("pk")
        with transaction.atomic():
            rebuild_index(papers.db)
            for paper in papers.iterator(chunk_size=100):
                shown = paper.figures.filter(wanted=False)
                paper.index(list(paper.sections.all()), list(shown))
            bump_content_version()
        self.stdout.write(f"Indexed: {papers.count()}")
