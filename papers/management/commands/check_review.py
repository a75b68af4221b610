import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from papers import checks, drafts
from papers.checks.findings import Severity
from papers.checks.waivers import Report
from papers.documents.stored import read_own_texts
from papers.management.review_command import ReviewCommand, align, count_entries
from papers.management.sharing import shared_out

# Of each entry by its address, and of the review's own texts by none.
Found = Sequence[tuple[str, Report]]

REVIEW = "(review)"


class Command(ReviewCommand):
    help = "Say what the checks find in a review, in the newest version of each entry."

    def handle(self, *, year: int, form: str, **options: Any) -> None:
        review = self.find_review(year)
        newest = [working for _, working in drafts.get_all_working(review)]
        document = drafts.as_review(review, newest)
        with shared_out(len(newest)) as each:
            read = checks.examine_review(document, each)
        own = checks.check_own_texts(read_own_texts(review))
        found = [("", Report(own, [])), *((paper.slug, one) for paper, one in read)]
        if form == "json":
            self.stdout.write(json.dumps(list(as_rows(found)), indent=2))
        else:
            self.stdout.write(
                "\n".join([*as_lines(found), summarise(found, len(read))])
            )
        errors = count(found)[Severity.ERROR]
        if errors:
            raise CommandError(f"{errors} error{'s' * (errors > 1)} to put right.")


def as_rows(found: Found) -> Iterator[dict[str, Any]]:
    """Every finding; one that is waived with the reason why."""
    for slug, (standing, waived) in found:
        reasons = [(finding, "") for finding in standing]
        reasons += [(finding, waiver.reason) for finding, waiver in waived]
        for finding, reason in reasons:
            fix = finding.fix._asdict() if finding.fix else None
            said = asdict(finding) | {"fix": fix, "waived": reason}
            del said["can_be_waived"]
            yield {"entry": slug} | said


def as_lines(found: Found) -> Iterator[str]:
    """A table with a row for each finding."""
    rows = [
        (slug or REVIEW, finding.severity, finding.code, finding.place, finding.message)
        for slug, report in found
        for finding in report.standing
    ]
    return align(rows)


def count(found: Found) -> dict[Severity, int]:
    every = [finding.severity for _, report in found for finding in report.standing]
    return {severity: every.count(severity) for severity in Severity}


def summarise(found: Found, entries: int) -> str:
    counts = count(found)
    words = [f"{counts[each]} {each}{'s' * (counts[each] != 1)}" for each in Severity]
    if waived := sum(len(report.waived) for _, report in found):
        words.append(f"{waived} waived")
    return f"{count_entries(entries)}: {', '.join(words)}."
