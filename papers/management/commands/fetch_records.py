import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import CommandError

from papers import drafts, inquiries
from papers.inquiries import Reply, Search
from papers.management.review_command import ReviewCommand, align, count_entries
from papers.models import Paper, Review
from papers.records import client
from papers.records.compare import Difference, differences, is_other_paper
from papers.records.kept import UNKNOWN
from papers.records.pasted import Pasted
from papers.values import PaperDocument

INTERRUPTED = 130  # As a shell says of what Ctrl-C has ended.
NAMES = {"arxiv": "arXiv", "crossref": "Crossref", "datacite": "DataCite"}
LONGEST_CELL = 60


@dataclass(frozen=True)
class Asked:
    """One identifier of an entry, and what came of asking about it."""

    reply: Reply
    outcome: str
    differences: Sequence[Difference] = ()

    @property
    def is_wrong(self) -> bool:
        return self.outcome in {"unknown", "other paper"}

    @property
    def catalogue(self) -> str:
        entry = self.reply.entry
        return NAMES[entry.catalogue] if entry else ""

    @property
    def words(self) -> str:
        entry, silence = self.reply.entry, self.reply.silence
        if silence:
            return silence.words
        words = f"{self.catalogue} has “{entry.title[:120]}”" if entry else ""
        return f"{words}, withdrawn" if entry and entry.withdrawn else words


@dataclass
class Result:
    slug: str
    asked: list[Asked] = field(default_factory=list)
    search: Search | None = None


class Command(ReviewCommand):
    help = "Ask the catalogues about every entry of a review, and store their records."

    def handle(self, *, year: int, form: str, **options: Any) -> None:
        review = self.find_review(year)
        # Of JSON nothing else may stand in the output.
        told = self.stderr if form == "json" else self.stdout
        results = []
        try:
            for result in fetch_all(review):
                results.append(result)
                for line in progress(result):
                    told.write(line, lambda words: words)
        except KeyboardInterrupt:
            kept = f"Stopped after {len(results)} entries; what was fetched is kept."
            raise CommandError(kept, returncode=INTERRUPTED) from None
        if form == "json":
            self.stdout.write(json.dumps([*map(as_row, results)], indent=2))
        else:
            self.stdout.write("\n".join([*as_lines(results), summarise(results)]))
        wrong = sum(any(asked.is_wrong for asked in each.asked) for each in results)
        if wrong:
            entries = "entry has" if wrong == 1 else "entries have"
            raise CommandError(f"{wrong} {entries} an identifier to put right.")


def fetch_all(review: Review) -> Iterator[Result]:
    """Ask about each entry in turn; each answer is stored before the next is asked."""
    entries = [(p, w.document) for p, w in drafts.get_all_working(review)]
    every = [each for _, doc in entries for each in inquiries.identifiers_of(doc)]
    ahead = inquiries.ask_ahead(every, client.BATCH)
    for paper, document in entries:
        yield fetch_one(paper, document, ahead)


def fetch_one(
    paper: Paper, document: PaperDocument, ahead: Mapping[str, Reply]
) -> Result:
    result = Result(paper.slug)
    identifiers = inquiries.identifiers_of(document)
    for pasted in identifiers:
        result.asked.append(ask(paper, document, pasted, ahead))
    if not identifiers or any(asked.is_wrong for asked in result.asked):
        result.search = inquiries.search(document, client.BATCH)
    return result


def ask(
    paper: Paper, document: PaperDocument, pasted: Pasted, ahead: Mapping[str, Reply]
) -> Asked:
    known = ahead.get(pasted.value) if pasted.kind == "arxiv" else None
    reply = known or inquiries.ask(pasted, client.BATCH)
    is_new = inquiries.keep(paper, reply)
    if reply.entry is None:
        is_unknown = reply.silence is not None and reply.silence.kind == UNKNOWN
        return Asked(reply, "unknown" if is_unknown else "unreachable")
    if is_other_paper(document.title, reply.entry.title):
        return Asked(reply, "other paper")
    found = differences(document, reply.entry)
    return Asked(reply, "new record" if is_new else "as before", found)


def progress(result: Result) -> Iterator[str]:
    if not result.asked:
        yield f"{result.slug}: no identifier"
    for asked in result.asked:
        words = f". {asked.words}" if asked.is_wrong or asked.reply.silence else ""
        yield f"{result.slug}: {asked.reply.asked.value}: {asked.outcome}{words}"


def as_lines(results: Sequence[Result]) -> Iterator[str]:
    """The differences as a table, then what was found by title; nothing is applied."""
    rows = [
        (result.slug, asked.catalogue, each.field, *map(shorten, each[1:]))
        for result in results
        for asked in result.asked
        for each in asked.differences
    ]
    if rows:
        rows.insert(0, ("entry", "catalogue", "field", "here", "in the record"))
    yield from align(rows)
    for result in results:
        if result.search:
            yield from as_found(result.slug, result.search)


def as_found(slug: str, search: Search) -> Iterator[str]:
    for problem in search.problems:
        yield f"{slug}: {problem}"
    if not search.candidates and not search.problems:
        yield f"{slug}: nothing found by its title"
    for likely in search.candidates:
        entry = likely.entry
        about = f"{entry.title} ({likely.authors}, {entry.date[:4]})"
        yield f"{slug}: {likely.likeness} % {likely.label} {entry.identifier}: {about}"


def shorten(text: str) -> str:
    line = "; ".join(text.split("\n"))
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"


def summarise(results: Sequence[Result]) -> str:
    outcomes = [asked.outcome for result in results for asked in result.asked]
    counts = {name: outcomes.count(name) for name in dict.fromkeys(outcomes)}
    words = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"{count_entries(len(results))}: {words or 'no identifier to ask by'}."


def as_row(result: Result) -> dict[str, Any]:
    return {
        "entry": result.slug,
        "asked": [
            {
                "identifier": asked.reply.asked.value,
                "catalogue": asked.catalogue,
                "outcome": asked.outcome,
                "message": asked.words,
                "differences": [each._asdict() for each in asked.differences],
            }
            for asked in result.asked
        ],
        "candidates": [
            {
                "likeness": likely.likeness,
                "identifier": likely.entry.identifier,
                "catalogue": likely.entry.catalogue,
                "title": likely.entry.title,
                "authors": likely.entry.authors,
                "date": likely.entry.date,
            }
            for likely in (result.search.candidates if result.search else ())
        ],
    }
