"""The entry against the newest record that is kept of its paper."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from papers import names
from papers.checks.findings import Fix, Severity
from papers.checks.registry import Problem, Problems, rule
from papers.records.compare import (
    Difference,
    find_difference,
    is_other_paper,
    is_same_author,
)
from papers.records.entry import ARXIV_DOI, CatalogueEntry
from papers.records.kept import UNKNOWN, UNREACHABLE, from_payload, to_silence
from papers.records.venues import contradict
from papers.values import PaperDocument, RecordDocument

CATALOGUES = {"arxiv": "arXiv", "crossref": "Crossref", "datacite": "DataCite"}


class Kept(NamedTuple):
    catalogue: str
    said: CatalogueEntry


def newest_records(paper: PaperDocument) -> Iterator[Kept]:
    """What each catalogue said last; none that is of another identifier than the entry's.

    What is kept of an id that the entry had before says nothing of its paper now.
    """
    for catalogue, record in newest_of(paper).items():
        said = from_payload(record.payload)
        if said is not None and is_of(paper, record):
            yield Kept(CATALOGUES.get(catalogue, catalogue), said)


def newest_of(paper: PaperDocument) -> dict[str, RecordDocument]:
    """The last answer of each catalogue; that it was silent since is no answer."""
    return {record.catalogue: record for record in answers_of(paper)}


def answers_of(paper: PaperDocument) -> list[RecordDocument]:
    answers = [each for each in paper.records if not to_silence(each.payload)]
    return sorted(answers, key=lambda record: record.fetched_at)


def is_of(paper: PaperDocument, record: RecordDocument) -> bool:
    ours = {paper.arxiv_id.lower(), paper.doi.lower()} - {""}
    return not ours or record.identifier.lower().removeprefix(ARXIV_DOI) in ours


def records_of(paper: PaperDocument) -> Iterator[Kept]:
    """The newest records that are of this paper by their titles too."""
    for kept in newest_records(paper):
        if not is_other_paper(paper.title, kept.said.title):
            yield kept


def found_in(paper: PaperDocument, field: str) -> Iterator[tuple[str, Difference]]:
    """Where a field differs from a record of the same paper."""
    for catalogue, said in records_of(paper):
        difference = find_difference(field, paper, said)
        if difference and difference.ours.strip():
            yield catalogue, difference


@rule("records.other-paper", Severity.ERROR)
def other_paper(paper: PaperDocument) -> Problems:
    for catalogue, said in newest_records(paper):
        if is_other_paper(paper.title, said.title):
            field = "arxiv_id" if said.identifier == paper.arxiv_id else "doi"
            known = f"{catalogue} knows {said.identifier} as “{said.title[:120]}”"
            yield field, f"{known}: find the paper's own identifier."


@rule("records.title", Severity.WARNING)
def other_title(paper: PaperDocument) -> Problems:
    for catalogue, (field, ours, theirs) in found_in(paper, "title"):
        message = f"{catalogue} has the title as “{theirs[:200]}”."
        yield Problem(field, message, fix=Fix(ours, theirs))


@rule("records.authors", Severity.WARNING)
def other_authors(paper: PaperDocument) -> Problems:
    for catalogue, (field, ours, theirs) in found_in(paper, "authors"):
        try:
            listed = names.parse_authors(ours).authors
            known = names.parse_authors(theirs).authors
        except ValueError:
            continue
        message = f"{catalogue}: {first_difference(listed, known)}"
        yield Problem(field, message, fix=Fix(ours, theirs))


def first_difference(
    listed: tuple[names.Author, ...], known: tuple[names.Author, ...]
) -> str:
    for place, (one, other) in enumerate(zip_longest(listed, known), 1):
        if one is None:
            return f"“{other.display}” is author {place}, and is missing here."
        if other is None:
            return f"“{one.display}” is no author of it: it has {len(known)}."
        if not is_same_author(one, other):
            return f"author {place} is “{other.display}”, and here “{one.display}”."
    return f"it has {len(known)} authors, and here are {len(listed)}."


@rule("records.date", Severity.WARNING)
def other_date(paper: PaperDocument) -> Problems:
    if any(
        said.date and not find_difference("date", paper, said)
        for _, said in records_of(paper)
    ):
        return  # A preprint and what became of it have a date each.
    for catalogue, (field, ours, theirs) in found_in(paper, "date"):
        message = f"{catalogue} has the date as {theirs}, and here is {ours}."
        yield Problem(field, message, fix=Fix(ours, theirs))


@rule("records.identifier", Severity.WARNING)
def other_identifier(paper: PaperDocument) -> Problems:
    for name, label in (("arxiv_id", "arXiv id"), ("doi", "DOI")):
        for catalogue, (field, ours, theirs) in found_in(paper, name):
            message = f"{catalogue} has the {label} as {theirs}."
            yield Problem(field, message, fix=Fix(ours, theirs))


@rule("records.published", Severity.INFO)
def published_since(paper: PaperDocument) -> Problems:
    for catalogue, said in records_of(paper):
        if said.venue and not paper.venue.strip():
            yield (
                "venue",
                f"{catalogue} says where it is published: {said.venue[:120]}.",
            )
        if said.doi and not paper.doi.strip():
            yield "doi", f"{catalogue} has a DOI of it: {said.doi}."


@rule("records.venue", Severity.INFO)
def other_venue(paper: PaperDocument) -> Problems:
    for catalogue, said in records_of(paper):
        if contradict(paper.venue, said.venue):
            yield "venue", f"{catalogue} has the venue as {said.venue[:120]}."


@rule("records.withdrawn", Severity.ERROR)
def withdrawn(paper: PaperDocument) -> Problems:
    for catalogue, said in records_of(paper):
        if said.withdrawn:
            message = (
                f"{catalogue} has the paper as withdrawn: “{said.withdrawn[:200]}”"
            )
            yield "arxiv_id" if said.catalogue == "arxiv" else "doi", message


@rule("records.unknown", Severity.ERROR)
def unknown(paper: PaperDocument) -> Problems:
    yield from silences_of(paper, UNKNOWN)


@rule("records.unreachable", Severity.INFO)
def unreachable(paper: PaperDocument) -> Problems:
    yield from silences_of(paper, UNREACHABLE)


def silences_of(paper: PaperDocument, kind: str) -> Problems:
    """What a catalogue was asked and did not say, and has not said since."""
    ours = {"arxiv_id": paper.arxiv_id.lower(), "doi": paper.doi.lower()}
    for record in paper.records:
        silence = to_silence(record.payload)
        field = "arxiv_id" if record.catalogue == "arxiv" else "doi"
        is_ours = ours[field] == record.identifier.lower()
        if silence and silence.kind == kind and is_ours:
            is_answered = any(
                answer.fetched_at > record.fetched_at
                and answer.identifier.lower() == record.identifier.lower()
                for answer in answers_of(paper)
            )
            if not is_answered:
                day = f"{record.fetched_at:%-d %B %Y}"
                yield field, f"{silence.words[:400]} It was asked on {day}."


@rule("records.newer-version", Severity.INFO)
def newer_version(paper: PaperDocument) -> Problems:
    """Version watch: the first record kept is of the version that was read."""
    first: dict[str, RecordDocument] = {}
    for record in answers_of(paper):
        first.setdefault(f"{record.catalogue} {record.identifier}", record)
    for catalogue, newest in newest_of(paper).items():
        read = first[f"{catalogue} {newest.identifier}"]
        is_known = bool(newest.version and read.version)
        if is_known and newest.version != read.version and is_of(paper, newest):
            name = CATALOGUES.get(catalogue, catalogue)
            message = f"{name} has {newest.version} by now; {read.version} was read."
            yield "arxiv_id" if catalogue == "arxiv" else "doi", message


@rule("records.other-identifier", Severity.INFO)
def stale_record(paper: PaperDocument) -> Problems:
    for record in newest_of(paper).values():
        if not is_of(paper, record):
            message = f"The record kept is of {record.identifier[:60]}: ask again."
            yield "arxiv_id" if record.catalogue == "arxiv" else "doi", message
