"""An answer of a catalogue as the database keeps it: what it said of a paper, and the whole."""

from dataclasses import asdict
from typing import Any

from papers.records.entry import CatalogueEntry


def to_payload(entry: CatalogueEntry) -> dict[str, object]:
    said = asdict(entry)
    answer = said.pop("payload")
    return {"entry": said, "answer": answer}


def from_payload(payload: Any) -> CatalogueEntry | None:
    """The entry that to_payload() kept; None for what is from elsewhere."""
    try:
        said = dict(payload["entry"])
        subjects = tuple(said["subjects"])
        links = tuple((kind, label, address) for kind, label, address in said["links"])
        said |= {"subjects": subjects, "links": links, "payload": {}}
        entry = CatalogueEntry(**said)
    except (KeyError, TypeError, ValueError):
        return None
    texts = (value for name, value in said.items() if name not in PARTS)
    return entry if all(isinstance(text, str) for text in texts) else None


PARTS = {"subjects", "links", "payload"}
