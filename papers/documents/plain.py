"""Entries as JSON, for the revisions of an entry: what was said, word for word.

What is not a matter of words (status, records, addresses, place) is not in it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from papers import pictures
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    SectionDocument,
)

Document = TypeVar(
    "Document",
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    SectionDocument,
)


def to_plain(document: PaperDocument) -> dict[str, Any]:
    """The entry as JSON gives it back; pictures are stored, and named in it."""
    values = asdict(document)
    for name in LEFT_OUT:
        del values[name]
    for figure in values["figures"]:
        for name in PICTURES:
            figure[name] = pictures.keep(figure[name]) if figure[name] else ""
    plain: dict[str, Any] = json.loads(json.dumps(values))
    return plain


PICTURES = ("image", "dark")
LEFT_OUT = ("publication", "records", "waivers", "former", "place")


def from_plain(values: Mapping[str, Any]) -> PaperDocument:
    """The entry that to_plain wrote, also by a release that knew other fields."""
    parts: dict[str, Any] = {
        name: tuple(known(kind, each) for each in values.get(name, ()))
        for name, kind in PARTS.items()
    }
    for name in ("tags", "chips"):
        parts[name] = tuple(values.get(name, ()))
    parts["figures"] = tuple(
        known(
            FigureDocument,
            each | {name: pictures.load(each.get(name, "")) for name in PICTURES},
        )
        for each in values.get("figures", ())
    )
    return known(PaperDocument, {**values, **parts})


PARTS: dict[str, Any] = {
    "links": LinkDocument,
    "claims": ClaimDocument,
    "sections": SectionDocument,
}


def known(kind: type[Document], values: Mapping[str, Any]) -> Document:
    names = {each.name for each in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in names})
