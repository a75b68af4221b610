"""What the commands that go through a review have in common."""

from collections.abc import Iterator, Sequence

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.models import Review


class ReviewCommand(BaseCommand):
    """Takes a year, and whether to print a table or JSON."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--format", choices=["table", "json"], default="table", dest="form"
        )

    def find_review(self, year: int) -> Review:
        """The review of a year. Raise CommandError when there is none."""
        review = Review.objects.filter(year=year).first()
        if review is None:
            raise CommandError(f"There is no review of {year}.")
        return review


def align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table, its columns but the last as wide as they need to be."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for *cells, last in rows:
        padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
        yield "  ".join([*padded, last])


def count_entries(number: int) -> str:
    return f"{number} entr{'y' if number == 1 else 'ies'}"
