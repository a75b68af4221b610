"""What a catalogue says of an entry's paper, shown beside the form and taken into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from papers import drafts, inquiries
from papers.models import Paper, Record
from papers.models.paper import MOST_AUTHORS
from papers.records.compare import Difference, differences, is_other_paper
from papers.records.entry import CatalogueEntry
from papers.records.kept import Silence, from_payload, to_silence
from papers.records.pasted import Pasted, identify_identifier
from papers.values import PaperDocument

LONGEST_TITLE = 500
LABELS = {
    "title": "Title",
    "authors": "Authors",
    "date": "Date",
    "arxiv_id": "arXiv id",
    "doi": "DOI",
}


@dataclass(frozen=True)
class Shown:
    """A record beside the form: what it says that the entry says otherwise.

    Nothing of a record that is of another paper can be taken over.
    """

    record: Record
    entry: CatalogueEntry | None
    silence: Silence | None
    differences: Sequence[Difference]
    is_other: bool = False

    @property
    def labelled(self) -> list[tuple[str, Difference]]:
        return [(LABELS[each.field], each) for each in self.differences]


def show_records(paper: Paper, document: PaperDocument) -> list[Shown]:
    """The newest record of each catalogue, against what the entry says; then silences."""
    newest: dict[str, Record] = {}
    silences: dict[str, Record] = {}
    for record in paper.records.order_by("fetched_at", "pk"):
        kept = silences if to_silence(record.payload) else newest
        kept[record.catalogue] = record
    return [show(record, document) for record in (*newest.values(), *silences.values())]


def show(record: Record, document: PaperDocument) -> Shown:
    entry = from_payload(record.payload)
    return Shown(
        record,
        entry,
        to_silence(record.payload),
        differences(document, entry) if entry else [],
        is_other=bool(entry and is_other_paper(document.title, entry.title)),
    )


def say(replies: Sequence[inquiries.Reply]) -> tuple[str, Sequence[str]]:
    """What to tell an editor who asked: that a record is here, and what was not said."""
    is_here = any(reply.entry for reply in replies)
    said = "The record is here, beside the form." if is_here else ""
    return said, [reply.silence.words for reply in replies if reply.silence]


def take_over(paper: Paper, wanted: str, *, by: Any) -> str:
    """Take what a record says into a version of its own: one field, or all of them.

    `wanted` names the catalogue, and the field after a point. Return what to say; raise
    ValueError where there is nothing to take over.
    """
    catalogue, _, field = wanted.partition(".")
    working = drafts.get_working(paper)
    found = [
        difference
        for shown in show_records(paper, working.document)
        if shown.record.catalogue == catalogue and not shown.is_other
        for difference in shown.differences
        if field in {"", difference.field}
    ]
    values = {each.field: fit(each.field, each.theirs) for each in found}
    if not values:
        raise ValueError("There is nothing to take over: the entry says the same.")
    save(paper, values, working, by=by)
    taken = ", ".join(LABELS[name] for name in values)
    return f"Taken over from the record: {taken}. The history has it as it was."


def fit(field: str, value: str) -> str:
    longest = {"title": LONGEST_TITLE, "authors": MOST_AUTHORS}
    return value[: longest.get(field)]


def take_identifier(paper: Paper, wanted: str, *, by: Any) -> Pasted:
    """Give the entry an identifier that was found by its title: `arxiv_id:2401.04088`.

    It takes the place of the one it had. Raise ValueError for what is none.
    """
    field, _, value = wanted.partition(":")
    pasted = identify_identifier(value)
    if FIELDS[pasted.kind] != field:
        raise ValueError("That is no identifier of this kind.")
    save(paper, {field: pasted.value}, drafts.get_working(paper), by=by)
    return pasted


FIELDS = {"arxiv": "arxiv_id", "doi": "doi"}


def save(
    paper: Paper, values: Mapping[str, Any], working: drafts.Working, *, by: Any
) -> None:
    document = replace(working.document, **values)
    try:
        drafts.save(paper, document, by=by, token=working.token)
    except drafts.Conflict as conflict:
        raise ValueError("Somebody saved it meanwhile: look at it again.") from conflict
    paper.refresh_from_db()
