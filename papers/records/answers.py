"""Answers in JSON: read within limits, and asked for what they may not hold."""

import json
import re
from typing import TypeVar

from papers.records.entry import MOST_BYTES, UNSTORABLE, Garbled, strip_markup

Json = TypeVar("Json")
DEEPEST = 60  # Levels; the catalogues' own answers have about ten.


def read_json(answer: bytes) -> dict[str, object]:
    """The object in an answer, fit to be kept. Raise Garbled when there is none."""
    if len(answer) > MOST_BYTES:
        raise Garbled("The answer is too long.")
    try:
        value = json.loads(answer.decode("utf-8-sig"), parse_constant=refuse)
        # A number beyond all numbers is read, but is no JSON to a database.
        json.dumps(value, allow_nan=False)
        value = make_storable(value)
    except (ValueError, RecursionError) as error:
        raise Garbled("The answer is no JSON.") from error
    if not isinstance(value, dict):
        raise Garbled("The answer is no JSON object.")
    return value


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON.")


def make_storable(value: object, level: int = 0) -> object:
    """The value without the characters that a database cannot keep."""
    if level > DEEPEST:
        raise ValueError("The answer is too deep.")
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [make_storable(item, level + 1) for item in value]
    if isinstance(value, dict):
        return {
            UNSTORABLE.sub("", key): make_storable(item, level + 1)
            for key, item in value.items()
        }
    return value


def dig(value: object, *path: str | int) -> object:
    """What is found by these keys and places; None where the way ends."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def get_text(value: object, *path: str | int) -> str:
    """The words found there, without markup; nothing where there are none."""
    found = dig(value, *path)
    if isinstance(found, str):
        return strip_markup(found)
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return str(found) if is_number else ""


def get_items(value: object, *path: str | int) -> list[object]:
    """The list found there; an empty one where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, list) else []


def is_not_found(answer: bytes) -> bool:
    """Whether this is Crossref's plain answer about a work that it does not know."""
    return re.fullmatch(rb"\s*Resource not found\.?\s*", answer) is not None
