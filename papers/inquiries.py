"""Asking the catalogues about an entry's paper, and keeping what they answer.

Nothing of an entry's own words is changed here.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.models import Paper, Record
from papers.records import client
from papers.records.client import DESK, Patience, Unreachable
from papers.records.entry import CatalogueEntry, Unknown
from papers.records.kept import (
    UNKNOWN,
    UNREACHABLE,
    Silence,
    from_silence,
    says_the_same,
    to_payload,
    to_silence,
)
from papers.records.likeness import Candidate, Wanted, rank, to_query
from papers.records.pasted import Pasted
from papers.values import PaperDocument


@dataclass(frozen=True)
class Reply:
    """What came of asking: an entry, or a silence with its words."""

    asked: Pasted
    entry: CatalogueEntry | None = None
    silence: Silence | None = None


@dataclass(frozen=True)
class Search:
    """The papers that may be meant, the likest first, and who could not be asked."""

    candidates: Sequence[Candidate] = ()
    problems: Sequence[str] = ()


def identifiers_of(document: PaperDocument) -> list[Pasted]:
    """What to ask the catalogues by: the arXiv id, and the DOI."""
    found = []
    if document.arxiv_id:
        found.append(Pasted(kind="arxiv", value=document.arxiv_id))
    if document.doi:
        found.append(Pasted(kind="doi", value=document.doi))
    return found


def ask(pasted: Pasted, patience: Patience = DESK) -> Reply:
    """What a catalogue knows of it, or why that is not known."""
    try:
        return Reply(pasted, entry=client.fetch(pasted, patience))
    except Unknown as error:
        return Reply(pasted, silence=Silence(UNKNOWN, str(error)))
    except Unreachable as error:
        return Reply(pasted, silence=Silence(UNREACHABLE, str(error)))


def ask_all(asked: Iterable[Pasted], patience: Patience = DESK) -> list[Reply]:
    """The replies about several identifiers, within the time that one of them has."""
    until = time.monotonic() + patience.seconds
    return [
        ask(each, patience._replace(seconds=until - time.monotonic())) for each in asked
    ]


def ask_ahead(asked: Iterable[Pasted], patience: Patience) -> Mapping[str, Reply]:
    """What arXiv says of many papers at once, by id; one it is silent of is not there."""
    papers = {each.value: each for each in asked if each.kind == "arxiv"}
    try:
        found = client.fetch_from_arxiv(list(papers), patience)
    except (Unknown, Unreachable):
        return {}
    return {
        value: Reply(papers[value], entry=entry)
        for value, entry in found.items()
        if value in papers
    }


@transaction.atomic
def keep(paper: Paper, reply: Reply) -> bool:
    """Store what came of asking, with its date; say whether that tells something new.

    An answer that says what the last one said is not stored again: the record notes
    when it was last confirmed. BibTeX is no catalogue's answer. A silence stays until
    the catalogue has said something about the identifier.
    """
    catalogues = ["arxiv"] if reply.asked.kind == "arxiv" else ["crossref", "datacite"]
    records = list(paper.records.filter(catalogue__in=catalogues))
    for record in records:
        if to_silence(record.payload):
            record.delete()
    if reply.silence:
        paper.records.create(
            catalogue=catalogues[0],
            identifier=reply.asked.value,
            fetched_at=timezone.now(),
            payload=from_silence(reply.silence),
        )
        return True
    entry = reply.entry
    if entry is None or entry.catalogue not in catalogues:
        return False
    return keep_entry(paper, entry)


def keep_entry(paper: Paper, entry: CatalogueEntry) -> bool:
    now = timezone.now()
    answers = paper.records.filter(catalogue=entry.catalogue)
    newest = answers.order_by("fetched_at", "pk").last()
    if newest and says_the_same(newest.payload, entry):
        # No reader sees the date of the last look, so their pages stay as they are.
        payload = newest.payload | {"confirmed_at": now.isoformat(timespec="seconds")}
        Record.objects.filter(pk=newest.pk).update(payload=payload)
        return False
    paper.records.create(
        catalogue=entry.catalogue,
        identifier=entry.identifier,
        version=entry.version,
        fetched_at=now,
        url=entry.url,
        payload=to_payload(entry),
    )
    return True


def search(document: PaperDocument, patience: Patience = DESK) -> Search:
    """Papers that may be the entry's, by its title; asks arXiv and Crossref."""
    words = to_query(document.title)
    if not words:
        return Search(problems=["Give the title of the paper first."])
    until = time.monotonic() + patience.seconds
    found: list[CatalogueEntry] = []
    problems = []
    for look in (client.search_arxiv, client.search_crossref):
        try:
            left = patience._replace(seconds=until - time.monotonic())
            found += look(words, left)
        except (Unknown, Unreachable) as error:
            problems.append(str(error) or "A catalogue did not answer.")
    wanted = Wanted(document.title, document.authors, document.date)
    tried = {document.arxiv_id.lower(), document.doi.lower()}
    others = [each for each in found if each.identifier.lower() not in tried]
    return Search(rank(wanted, others), problems)
