import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import checks, drafts
from papers.checks.findings import Finding, Severity
from papers.models import Review
from papers.values import PaperDocument

Found = Sequence[tuple[PaperDocument, Sequence[Finding]]]


class Command(BaseCommand):
    help = "Say what the checks find in a review, in the newest version of each entry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--format", choices=["table", "json"], default="table", dest="form"
        )

    def handle(self, *, year: int, form: str, **options: Any) -> None:
        review = Review.objects.filter(year=year).first()
        if review is None:
            raise CommandError(f"There is no review of {year}.")
        newest = [working for _, working in drafts.get_all_working(review)]
        found = checks.check_review(drafts.as_review(review, newest))
        if form == "json":
            self.stdout.write(json.dumps(list(as_rows(found)), indent=2))
        else:
            self.stdout.write("\n".join([*as_lines(found), summarise(found)]))
        errors = count(found)[Severity.ERROR]
        if errors:
            raise CommandError(f"{errors} error{'s' * (errors > 1)} to put right.")


def as_rows(found: Found) -> Iterator[dict[str, Any]]:
    for paper, findings in found:
        for finding in findings:
            fix = finding.fix._asdict() if finding.fix else None
            yield {"entry": paper.slug} | asdict(finding) | {"fix": fix}


def as_lines(found: Found) -> Iterator[str]:
    """A table with a row for each finding, its columns as wide as they need to be."""
    rows = [
        (paper.slug, finding.severity, finding.code, finding.place, finding.message)
        for paper, findings in found
        for finding in findings
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for *cells, message in rows:
        padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
        yield "  ".join([*padded, message])


def count(found: Found) -> dict[Severity, int]:
    every = [finding.severity for _, findings in found for finding in findings]
    return {severity: every.count(severity) for severity in Severity}


def summarise(found: Found) -> str:
    counts = count(found)
    words = [f"{counts[each]} {each}{'s' * (counts[each] != 1)}" for each in Severity]
    return f"{len(found)} entr{'y' if len(found) == 1 else 'ies'}: {', '.join(words)}."
