"""The shapes in which a table's text comes when its columns are lost; one reader each.

A reader is given the headings over the text and its paragraphs of lines. It returns
None where the text has not its shape, and raises Unclear where it has and yet does not
say which words belong where.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.tabular.cells import is_nothing
from papers.tabular.headers import is_plausible, natural_width
from papers.tabular.pasted import Rows
from papers.tabular.row_names import name_rows, refuse_strays
from papers.tabular.segments import (
    DATE,
    NUMBER,
    WORDS,
    Segment,
    Unclear,
    Unshaped,
    fit,
    kind_of,
    kinds_of,
    part,
    pattern,
)

Paragraphs = Sequence[list[str]]

CELL = re.compile(r"\S+(?: \S+)*")
BULLET = re.compile(r"\s*[•‣▪◦●]\s*")
ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
MOST_COLUMNS = 12


@dataclass
class Found:
    """Rows of cells, the kinds of their columns, and what may be their header."""

    rows: Rows
    kinds: str
    header: list[str] | None = None
    over: list[str] = field(default_factory=list)


def flat(paragraphs: Paragraphs) -> list[str]:
    lines = [line.rstrip() for paragraph in paragraphs for line in paragraph]
    is_list = all(ITEM.match(line) for line in lines)
    return [ITEM.sub("", line) for line in lines] if is_list else lines


def has_value(line: str) -> bool:
    return any(segment.kind != WORDS for segment in part(line.strip()))


def by_gaps(heads: Sequence[str], paragraphs: Paragraphs) -> Found | None:
    """Cells with two blanks or more between them, in each line, as they stand."""
    lines = [
        [(m.start(), m.end(), m[0]) for m in CELL.finditer(line)]
        for line in flat(paragraphs)
    ]
    width = max(map(len, lines), default=0)
    parted = sum(len(cells) > 1 for cells in lines)
    if width < 2 or parted < max(2, 0.75 * len(lines)):  # noqa: PLR2004 -- two of each
        return None
    over = []
    while lines and len(lines[0]) == 1:
        over.append(lines.pop(0)[0][2])
    full = [cells for cells in lines if len(cells) == width]
    spans = [
        (min(c[n][0] for c in full), max(c[n][1] for c in full)) for n in range(width)
    ]
    rows = [place_cells(cells, spans) for cells in lines]
    is_named = len(rows) > 1 and not any(map(has_value, rows[0]))
    header = rows.pop(0) if is_named else [""] * width
    return Found(rows, kinds_of(rows), header, over)


Cells = Sequence[tuple[int, int, str]]


def place_cells(cells: Cells, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The cells of a line by the columns that they stand under."""
    if len(cells) == len(spans):
        return [text for _, _, text in cells]
    row = [""] * len(spans)
    for start, end, text in cells:
        under = [
            n for n, (left, right) in enumerate(spans) if start < right and left < end
        ]
        if len(under) != 1 or row[under[0]]:
            raise Unclear(f"Nothing tells in which column “{text[:60]}” stands.")
        row[under[0]] = text
    return row


def by_bullets(heads: Sequence[str], paragraphs: Paragraphs) -> Found | None:
    """Rows that begin with their name, and lists whose items have a bullet each.

    Where lines have several bullets there are as many lists side by side.
    """
    lines = [line.strip() for line in flat(paragraphs)]
    if sum(bool(BULLET.search(line)) for line in lines) < max(2, len(lines) // 2):
        return None
    over: list[str] = []
    while lines and not BULLET.search(lines[0]):
        over.append(lines.pop(0))
    parted = [[piece.strip() for piece in BULLET.split(line)] for line in lines]
    lists = max(len(pieces) - 1 for pieces in parted)
    names, rows = read_items(parted, lists)
    fitted = [part(name) for name in names]
    wanted = common_pattern(fitted)
    if wanted is None or len(names) < 2:  # noqa: PLR2004 -- one row shows no pattern
        return None
    firsts = split_names(
        names, [fit(name, wanted) or [] for name in fitted], (heads, over), lists
    )
    cells = [[*first, *items] for first, items in zip(firsts, rows, strict=True)]
    return Found(cells, kinds_of(cells), None, over)


def read_items(parted: Sequence[Sequence[str]], lists: int) -> tuple[list[str], Rows]:
    """What each row begins with, and its lists, their items joined."""
    names: list[str] = []
    rows: list[list[list[str]]] = []
    more: list[list[str]] = []
    for name, *items in parted:
        is_more = bool(rows) and (not name or name.startswith("("))
        if not is_more:
            names.append(name)
            more.append([])
            rows.append([[] for _ in range(lists)])
        elif name:
            more[-1].append(name)
        for column, item in zip(rows[-1], items, strict=False):
            column.append(item)
    # What stands in brackets below a name goes with its first word: (Method A).
    joined = [
        f"{name.split(' ', 1)[0]} {' '.join(extra)} {' '.join(name.split(' ', 1)[1:])}"
        if extra
        else name
        for name, extra in zip(names, more, strict=True)
    ]
    return [name.strip() for name in joined], [
        ["; ".join(items) for items in row] for row in rows
    ]


# A name with two capitals or a digit in it, as it is given to a model: NVLM-D.
IDENTIFIER = re.compile(
    r"(?P<name>[^\s(]*(?:[A-Z][^\s(]*[A-Z0-9]|[0-9])[^\s(]*(?: \([^()]*\))?) (?P<rest>\D.*)"
)


def split_names(
    names: Sequence[str],
    firsts: Rows,
    over: tuple[Sequence[str], Sequence[str]],
    lists: int,
) -> Rows:
    """The cells before the lists; two of words are parted after an identifier."""
    words = [*over[0], *over[1]]
    if not words or firsts[0][1:]:
        return firsts
    found = [IDENTIFIER.fullmatch(name) for name in names]
    has_more = natural_width(words[-1]) == lists + 2
    if has_more and all(found):
        return [[match["name"], match["rest"]] for match in found if match]
    return firsts


def one_cell_a_line(heads: Sequence[str], paragraphs: Paragraphs) -> Found | None:
    """One cell a line: the kinds come back after as many lines as there are columns."""
    lines = [line.strip() for line in flat(paragraphs)]
    kinds = "".join("?" if is_nothing(line) else kind_of(line) for line in lines)
    if sum(kind != WORDS for kind in kinds) < max(2, len(lines) / 4):
        return by_paragraphs(paragraphs)
    for over in range(3):
        for width in range(2, MOST_COLUMNS + 1):
            found = with_period(lines[over:], kinds[over:], width)
            if found is not None:
                found.over = lines[:over]
                return found
    return None


def with_period(lines: Sequence[str], kinds: str, width: int) -> Found | None:
    if len(lines) % width or len(lines) < 2 * width:
        return None
    rows = [list(lines[n : n + width]) for n in range(0, len(lines), width)]
    has_header = set(kinds[:width]) == {WORDS}
    body = kinds[width:] if has_header else kinds
    columns = [set(body[n::width]) - {"?"} for n in range(width)]
    is_even = all(len(column) <= 1 for column in columns)
    values = [bool(column - {WORDS}) for column in columns]
    is_named = has_header or not values[0]
    if not (is_even and is_named and any(values) and len(body) >= 2 * width):
        return None
    header = rows.pop(0) if has_header else [""] * width
    return Found(rows, kinds_of(rows), header)


def by_paragraphs(paragraphs: Paragraphs) -> Found | None:
    """One cell a line, and an empty line after each row."""
    widths = {len(paragraph) for paragraph in paragraphs}
    if len(paragraphs) < 3 or len(widths) != 1 or widths == {1}:  # noqa: PLR2004
        return None
    header, *rows = [[line.strip() for line in paragraph] for paragraph in paragraphs]
    if any(map(has_value, header)):
        header, rows = [""] * len(header), [header, *rows]
    return Found(rows, kinds_of(rows), header)


def common_pattern(rows: Sequence[Sequence[Segment]]) -> str | None:
    """The pattern that all rows fit, the most frequent one first, then the shortest."""
    counted = Counter(pattern(row) for row in rows)
    wanted = sorted(counted, key=lambda p: (-counted[p], len(p), p))[:MOST_TRIED]
    if any(len(row) > MOST_SEGMENTS for row in rows):
        return None
    return next((p for p in wanted if all(fit(row, p) for row in rows)), None)


# To fit a row costs the square of its segments, and each row is tried with each pattern.
MOST_TRIED, MOST_SEGMENTS = 5, 40


def by_values(heads: Sequence[str], paragraphs: Paragraphs) -> Found | None:
    """A row a line: words, numbers and dates in the same order in each."""
    lines = [line.strip() for line in flat(paragraphs)]
    over: list[str] = []
    while lines and not has_value(lines[0]):
        over.append(lines.pop(0))
    rows = join_broken(lines)
    parted = part_dates(rows)
    wanted = common_pattern(parted) if rows else None
    if wanted is None or len(over) > MOST_OVER:
        return None
    cells = [fit(row, wanted) or [] for row in parted]
    words = [*heads, *over]
    if len(over) == len(wanted) > 1:  # Each name on a line of its own.
        return Found(cells, kinds_of(cells), over)
    if reads_as_text(cells):
        raise Unshaped("This reads as sentences, not as a table.")
    cells = name_rows(cells, words[-1] if words else "")
    refuse_strays(cells)
    width = len(cells[0])
    is_named = bool(words) and is_plausible(words[-1], width)
    if width < 2 or (len(cells) < 2 and not is_named):  # noqa: PLR2004
        return None
    return Found(cells, kinds_of(cells), None, over)


MOST_OVER = 3


def part_dates(rows: Sequence[str]) -> list[list[Segment]]:
    """The rows' segments; a day is taken for a number where not all dates have one.

    “Llama 3 April 2024” beside “Llama 3.1 July 2024” is no third of April.
    """
    parted = [part(row) for row in rows]
    dates = [s.text for row in parted for s in row if s.kind == DATE]
    with_day = [text for text in dates if STARTS_WITH_DAY.match(text)]
    if not 0 < len(with_day) < len(dates):
        return parted
    return [[piece for segment in row for piece in part_day(segment)] for row in parted]


STARTS_WITH_DAY = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>\D.*)")


def part_day(segment: Segment) -> list[Segment]:
    found = STARTS_WITH_DAY.fullmatch(segment.text)
    if segment.kind != DATE or found is None:
        return [segment]
    return [Segment(NUMBER, found["day"]), Segment(DATE, found["month"])]


def reads_as_text(rows: Rows) -> bool:
    """Whether what stands between the numbers goes on in the small, as sentences do."""
    inner = [
        c for row in rows for c in row[1:] if kind_of(c) == WORDS and c[0].isalpha()
    ]
    small = [cell for cell in inner if cell[0].islower() and " " in cell]
    ends = sum(row[-1].endswith((".", "!", "?")) for row in rows)
    return len(small) * 2 >= len(inner) > 0 or ends * 2 > len(rows)


def join_broken(lines: Sequence[str]) -> list[str]:
    """The rows; a line that goes on in the small belongs to the end of the one before.

    Raise Unclear where that row has more than one cell of words that may go on.
    """
    rows: list[str] = []
    for line in lines:
        if not rows or has_value(line):
            rows.append(line)
            continue
        last = part(rows[-1])
        is_open = last[-1].kind == WORDS and sum(s.kind == WORDS for s in last) <= 2  # noqa: PLR2004
        if not is_open or not line[0].islower():
            raise Unclear(f"Nothing tells which cell “{line[:60]}” belongs to.")
        rows[-1] = f"{rows[-1]} {line}"
    return rows


def in_one_line(heads: Sequence[str], paragraphs: Paragraphs) -> Found | None:
    """All rows one after the other in one line, each a name and as many values."""
    lines = [line.strip() for line in flat(paragraphs)]
    if len(lines) > MOST_OVER or sum(map(len, lines)) < MOST_OVER:
        return None
    segments = part(" ".join(lines))
    runs: list[tuple[str, list[str]]] = []
    for segment in segments:
        if segment.kind == WORDS:
            runs.append((segment.text, []))
        elif runs:
            runs[-1][1].append(segment.text)
    small = sum(name[0].islower() for name, _ in runs)
    if len(runs) < 3 or not all(values for _, values in runs) or 2 * small > len(runs):  # noqa: PLR2004
        return None
    width = Counter(len(values) for _, values in runs).most_common(1)[0][0]
    rows = []
    for name, values in runs:
        spare = len(values) - width
        if spare < 0:
            raise Unclear(f"“{name[:60]}” has fewer values than the other rows.")
        rows.append([" ".join([name, *values[:spare]]), *values[spare:]])
    return take_header(rows)


def take_header(rows: Rows) -> Found:
    """Part the header from the first row's name, where each column has one word."""
    first, *others = rows
    words, width = first[0].split(), len(first)
    lengths = {len(row[0].split()) for row in others}
    rest = len(words) - width
    if rest in lengths:
        rows = [[" ".join(words[width:]), *first[1:]], *others]
        return Found(rows, kinds_of(rows), words[:width])
    if len(words) in lengths:
        return Found(rows, kinds_of(rows), [""] * width)
    raise Unclear("Nothing tells where the header ends and the first row begins.")
