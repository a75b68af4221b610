"""An answer of a catalogue as the database keeps it: what it said of a paper, and the whole.

That a catalogue does not know an identifier, or could not say, is kept in the same place,
until it says something.
"""

from dataclasses import asdict, replace
from typing import Any, NamedTuple

from papers.records.entry import CatalogueEntry

UNKNOWN, UNREACHABLE = "unknown", "unreachable"
PARTS = {"subjects", "links", "payload"}


class Silence(NamedTuple):
    """Why there is no answer: one of the two above, and the words for it."""

    kind: str
    words: str


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


def says_the_same(payload: Any, entry: CatalogueEntry) -> bool:
    """Whether what is kept says of the paper all that an entry says, and no more.

    The answers themselves differ each time, by how often the paper is cited and the like.
    """
    return from_payload(payload) == replace(entry, payload={})


def from_silence(silence: Silence) -> dict[str, object]:
    return {"silence": silence._asdict()}


def to_silence(payload: Any) -> Silence | None:
    """The silence that from_silence() kept; None for an answer."""
    try:
        silence = Silence(**payload["silence"])
    except (KeyError, TypeError):
        return None
    is_known = silence.kind in {UNKNOWN, UNREACHABLE}
    return silence if is_known and isinstance(silence.words, str) else None
