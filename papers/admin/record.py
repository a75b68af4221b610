"""What a catalogue says of an entry's paper, asked for, kept, and shown beside the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from papers.models import Paper, Record
from papers.records.client import Unreachable, fetch
from papers.records.compare import Difference, differences
from papers.records.entry import CatalogueEntry, Unknown
from papers.records.kept import from_payload, to_payload
from papers.records.pasted import Pasted
from papers.values import PaperDocument


@dataclass(frozen=True)
class Shown:
    """A record beside the form: what it says that the entry says otherwise."""

    record: Record
    entry: CatalogueEntry | None
    differences: Sequence[Difference]


def ask(pasted: Pasted) -> tuple[CatalogueEntry | None, str]:
    """What a catalogue knows of it, or in words why that is not known."""
    try:
        return fetch(pasted), ""
    except Unknown as error:
        return None, f"{error} The identifier is kept: look at it once more."
    except Unreachable as error:
        return None, f"{error} The identifier is kept: ask again from the entry."


def keep_record(paper: Paper, entry: CatalogueEntry) -> None:
    """Store the answer with its date; BibTeX is no catalogue's answer."""
    if entry.catalogue not in Record.Catalogue.values:
        return
    paper.records.create(
        catalogue=entry.catalogue,
        identifier=entry.identifier,
        version=entry.version,
        fetched_at=timezone.now(),
        url=entry.url,
        payload=to_payload(entry),
    )


def show_records(paper: Paper, document: PaperDocument) -> list[Shown]:
    """The newest record of each catalogue, against what the entry says."""
    newest: dict[str, Record] = {}
    for record in paper.records.order_by("fetched_at", "pk"):
        newest[record.catalogue] = record
    shown = []
    for record in newest.values():
        entry = from_payload(record.payload)
        found = differences(document, entry) if entry else []
        shown.append(Shown(record, entry, found))
    return shown


def identifiers_of(document: PaperDocument) -> Pasted | None:
    """What to ask a catalogue by: the arXiv id, or else the DOI."""
    if document.arxiv_id:
        return Pasted(kind="arxiv", value=document.arxiv_id)
    return Pasted(kind="doi", value=document.doi) if document.doi else None
