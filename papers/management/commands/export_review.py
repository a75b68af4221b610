from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.documents import files, folder_writer, stored
from papers.values import DocumentError


class Command(BaseCommand):
    help = "Write a review as a folder that a person can read and import_review reads back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("path", type=Path)

    def handle(self, *, year: int, path: Path, **options: Any) -> None:
        try:
            review = stored.read_review(year)
            files.save(folder_writer.write_files(review), path)
        except (DocumentError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Review of {year}: {len(review.papers)} papers in {path}")
