"""Where the name of a row ends: what of a line belongs to its first cell."""

import re

from papers.tabular.cells import is_nothing
from papers.tabular.headers import MEASURES, is_plausible, natural_width, words_of
from papers.tabular.pasted import Rows
from papers.tabular.segments import (
    NUMBER,
    WORDS,
    Unclear,
    kinds_of,
    part,
    pattern,
)


def name_rows(rows: Rows, header: str) -> Rows:
    """The rows, with a number that belongs to their names in them: “Llama 3”, “GPT-4 1”.

    It does where the names would all be one, or where the header has no word for it.
    """
    if len(rows[0]) < 3 or kinds_of(rows)[:2] != WORDS + NUMBER:  # noqa: PLR2004
        return rows
    is_one = len(rows) > 1 and len({row[0] for row in rows}) == 1
    words = words_of(header)
    is_even = len(words) == len(rows[0]) == natural_width(header) + 1
    if is_even and end_names(rows):
        raise Unclear(f"Nothing tells whether “{rows[0][1]}” is a cell of its own.")
    is_short = (
        bool(words) and is_plausible(header, len(words)) and len(words) < len(rows[0])
    )
    lacks_name = is_short and len(words) == len(rows[0]) - 1 and has_measures(rows)
    if lacks_name and words[0].lower() not in MEASURES and end_names(rows):
        raise Unclear(f"Nothing tells whether “{rows[0][1]}” is a cell of its own.")
    if is_one or (is_short and not lacks_name):
        return [[f"{row[0]} {row[1]}", *row[2:]] for row in rows]
    return rows


def refuse_strays(rows: Rows) -> None:
    """Raise Unclear where a value of some rows may as well belong to the cell beside it.

    “Opus 224 Dense” is no cell of a column that says “Sparse” elsewhere; and where “Llama”
    has “3” and “Qwen2” has “72B”, the numbers may be the ends of their names.
    """
    first, *others = zip(*rows, strict=True)
    for column in others:
        if kinds_of([[cell] for cell in column]) != WORDS:
            continue
        found = {pattern(part(cell)): cell for cell in column if not is_nothing(cell)}
        if len(found) > 1:
            longest = max(found.values(), key=len)
            raise Unclear(f"“{longest[:60]}” may be more than one cell, or one.")
    ends = others[0] if others else ()
    bare = next((n for n, cell in enumerate(ends) if cell.isdecimal()), None)
    if bare is not None and any(cell[-1:].isalpha() for cell in ends):
        text = f"{first[bare]} {ends[bare]}"
        raise Unclear(f"Nothing tells whether “{text[:60]}” is one cell or two.")


def has_measures(rows: Rows) -> bool:
    """Whether the second column is of numbers as they are measured: 15.2%, 47B, 0.3."""
    return all(re.search(r"[.%]|[a-zA-Z]$", row[1]) for row in rows)


def end_names(rows: Rows) -> bool:
    """Whether the second column may be the ends of names as well: 7B, 340B."""
    return all(re.fullmatch(r"[0-9.]+[A-Za-z]", row[1]) for row in rows)


def refuse_shared_ends(rows: Rows) -> None:
    """Raise Unclear where the first cells end alike, as cells of two columns would.

    “Baseline Dense” above “Adapter Dense”: the header does not tell that these are names.
    """
    cells = [row[0].split() for row in rows]
    ends = [words[-1] for words in cells if len(words) > 1]
    shared = next((word for word in ends if ends.count(word) > 1), None)
    if shared is not None:
        raise Unclear(f"Nothing tells whether “{shared[:60]}” is a cell of its own.")
