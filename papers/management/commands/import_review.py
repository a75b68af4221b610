from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import checks
from papers.documents import files, folder, page, store
from papers.values import DocumentError, ReviewDocument

MOST_PAGE_BYTES = 5_000_000


class Command(BaseCommand):
    help = "Read a review: its folder, a zip of that, or a page of the original's form."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--year", type=int, help="the year of a page; a folder knows its own"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change, and change nothing",
        )

    def handle(
        self, *, path: Path, year: int | None, dry_run: bool, **options: Any
    ) -> None:
        try:
            if not path.exists():
                raise DocumentError("There is no such file or folder.", file=str(path))
            if path.is_dir() or path.suffix == ".zip":
                review, outcome = self.read_folder(path, year, dry_run=dry_run)
            else:
                review = self.read_page(path, year)
                outcome = store.write_review(
                    review, replace_existing=False, dry_run=dry_run
                )
        except (DocumentError, OSError) as error:
            raise CommandError(str(error)) from error
        self.report(review, outcome, dry_run=dry_run)

    def read_folder(
        self, path: Path, year: int | None, *, dry_run: bool
    ) -> tuple[ReviewDocument, store.Outcome]:
        """Store a folder; what is refused is named by file and line."""
        found = files.load(path)
        review = folder.read_files(found)
        if year not in (None, review.year):
            raise DocumentError(f"This is the review of {review.year}.")
        try:
            return review, store.write_review(review, dry_run=dry_run)
        except store.EntryError as error:
            error.file, error.line = folder.locate(found, error.entry, error.field)
            raise

    def read_page(self, path: Path, year: int | None) -> ReviewDocument:
        """Read a page, and print what was read, what is wrong, and what has no place."""
        if path.stat().st_size > MOST_PAGE_BYTES:
            reason = f"The page has more than {MOST_PAGE_BYTES // 1_000_000} MB."
            raise DocumentError(reason, file=path.name)
        data = path.read_bytes()
        try:
            html = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise DocumentError("Not UTF-8.", file=path.name, line=line) from error
        reading = page.read_page(html, year=year, file=path.name)
        counts = ", ".join(f"{count} {name}" for name, count in reading.counts.items())
        self.stdout.write(f"Read 1 review of {reading.review.year}: {counts}.")
        for finding in sorted(reading.findings, key=lambda finding: finding.line):
            where = f"{path.name}:{finding.line}: {finding.field}"
            self.stdout.write(
                f"{where}: {finding.severity} {finding.code}: {finding.message}"
            )
        for left in reading.unplaced:
            self.stdout.write(f"{path.name}:{left.line}: has no place: {left.text}")
        self.report_findings(reading.review)
        return reading.review

    def report_findings(self, review: ReviewDocument) -> None:
        """Print what the editorial checks say of the drafts that a page would become."""
        for finding in checks.check_own_texts(review):
            self.stdout.write(
                f"{review.year}: {finding.place}: {finding.severity} {finding.code}: "
                f"{finding.message}"
            )
        for paper, findings in checks.check_review(review):
            for finding in findings:
                where = f"{review.year}/{paper.slug}: {finding.place}"
                self.stdout.write(
                    f"{where}: {finding.severity} {finding.code}: {finding.message}"
                )

    def report(
        self, review: ReviewDocument, outcome: store.Outcome, *, dry_run: bool
    ) -> None:
        for word, slugs in (
            ("New", outcome.created),
            ("Changed", outcome.changed),
            ("In the database only, left alone", outcome.left_alone),
        ):
            for slug in slugs:
                self.stdout.write(f"{word}: {review.year}/{slug}")
        if outcome.review_kept:
            self.stdout.write(
                f"The review of {review.year} is here already and keeps its own title, "
                "introduction and attribution; those of the page were not taken: "
                f"{review.title} / {review.introduction} / {review.attribution}"
            )
        new, changed = len(outcome.created), len(outcome.changed)
        done = f"{new} new, {changed} changed, {len(outcome.unchanged)} unchanged"
        if outcome.is_nothing:
            self.stdout.write(f"Review of {review.year}: nothing changed ({done}).")
        elif dry_run:
            self.stdout.write(f"Review of {review.year}, if it were imported: {done}.")
        else:
            self.stdout.write(self.style.SUCCESS(f"Review of {review.year}: {done}."))
