"""What the numbers of an entry rest on, and claims that say otherwise elsewhere."""

import re
from bisect import bisect_left
from calendar import month_abbr, month_name
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from papers.checks.findings import Severity
from papers.checks.passages import Passage, passages_of, problem_at, read_plain
from papers.checks.pieces import TEXT, pieces_of_code
from papers.checks.registry import Across, Problem, Problems, rule, side_by_side
from papers.checks.statements import read_number
from papers.checks.texts import read_data
from papers.tabular.cells import SCALES
from papers.values import ClaimDocument, FigureDocument, PaperDocument

NUMBER = re.compile(
    r"(?=[\d$€£+−±~≈<>≤≥-])(?<![\w.,/:#$€£^-])(?P<sign>[-+−±~≈<>≤≥]?)[$€£]?"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)"
    r"(?:(?P<per>\s?(?:%|per\s?cent\b|percentage points\b))|(?P<times>\s?×|x\b|-?fold\b)"
    r"|\s?(?P<scale>thousand|million|billion|trillion|bn|[kKMBT])\b)?"
    r"(?![\w]|[.,/:]\d|-[a-z])",
)
# What stands before a number that only counts parts, or belongs to a name.
PART = re.compile(
    r"(?:\b(?:table|figure|fig\.|section|sec\.|appendix|equation|eq\.|chapter|part|step"
    r"|page|pp?\.|volume|vol\.|no\.|number|version|layer|stage|phase|theorem|line)"
    r"\s{1,3}|[§#(\[])$",
    re.IGNORECASE,
)
NAME = re.compile(r"[\w.,;:!?”\"')\]]\s{1,3}[A-Z][\w.-]{0,30}\s{1,3}$")
MONTHS = "|".join([*month_name[1:], *month_abbr[1:]])
MONTH_BEFORE = re.compile(rf"\b(?:{MONTHS})\.?\s{{1,3}}$")
MONTH_AFTER = re.compile(rf"\s{{1,3}}(?:{MONTHS})\b")
LOOK_BACK = 40
SMALLEST = 10  # Smaller whole numbers without a unit count things, and are no results.
YEARS = range(1900, 2101)
MOST_NAMED = 12  # Numbers of one paragraph that a finding names.


class Number(NamedTuple):
    """A number as it is written, its value, and how far rounding may have moved it."""

    text: str
    start: int
    raw: float
    scale: float
    slack: float

    @property
    def value(self) -> float:
        return self.raw * self.scale


def find_numbers(text: str, *, is_block: bool = False) -> Iterator[Number]:
    """The numbers that say something: no year, day, part of a name, or small count.

    Of a block each line is by itself: what begins it is the name of a row.
    """
    for found in NUMBER.finditer(text):
        digits = found["digits"].replace(",", "")
        whole, _, decimals = digits.partition(".")
        unit = found["per"] or found["times"] or found["scale"]
        before = text[max(found.start() - LOOK_BACK, 0) : found.start()]
        before = before.rpartition("\n")[2] if is_block else before
        if not (unit or decimals or found["sign"]):
            is_day = MONTH_BEFORE.search(before) or MONTH_AFTER.match(text, found.end())
            is_year = int(whole) in YEARS and "," not in found["digits"]
            if is_day or is_year or int(whole) < SMALLEST:
                continue
        if PART.search(before) or (not found["per"] and NAME.search(before)):
            continue
        raw, slack = read_number(digits)
        yield Number(found[0].strip(), found.start(), raw, scale_of(found), slack)


def scale_of(found: re.Match[str]) -> float:
    return SCALES.get(found["scale"] or "", 1.0)


@lru_cache(maxsize=1024)  # Two rules ask for those of each passage.
def numbers_of(passage: Passage) -> tuple[Number, ...]:
    return tuple(find_numbers(passage.text, is_block=passage.kind == "plain"))


@lru_cache(maxsize=8)  # Two rules ask for those of each entry.
def values_of(
    title: str, claims: Sequence[ClaimDocument], figures: Sequence[FigureDocument]
) -> Sequence[float]:
    """What claims, figures and the paper's own title give: in order, and unscaled too."""
    texts = [title]
    texts += (part for claim in claims for part in (claim.text, claim.value))
    texts += (each.content for each in figures if each.kind == "code")
    for table in filter(None, map(read_data, figures)):
        texts += (cell.text for cell in chain.from_iterable(table.rows))
    return sorted(value for text in texts for value in read_values(text))


def read_values(text: str) -> Iterator[float]:
    for found in NUMBER.finditer(text):
        raw = float(found["digits"].replace(",", ""))
        yield raw
        yield raw * scale_of(found)


def is_supported(number: Number, values: Sequence[float]) -> bool:
    pairs = (number.raw, number.slack), (number.value, number.slack * number.scale)
    return any(is_near(value, slack, values) for value, slack in pairs)


def is_near(value: float, slack: float, values: Sequence[float]) -> bool:
    hair = slack * (1 + 1e-9) + abs(value) * 1e-9
    place = bisect_left(values, value - hair)
    return place < len(values) and values[place] <= value + hair


def open_numbers(
    paper: PaperDocument,
) -> Iterator[tuple[str, Passage, list[Number], int]]:
    """Of each passage the numbers that nothing supports, and how many it has.

    Readers take what stands in a block of plain text for words: mostly it is a table.
    """
    values: Sequence[float] = ()
    # Those with a picture give no number, and would be kept in memory with it.
    data = tuple(each for each in paper.figures if each.kind != "image")
    blocks = (
        (piece.field, read_plain(piece.text, piece.line))
        for piece in pieces_of_code(paper)
        if piece.language in TEXT
    )
    for field, passage in chain(passages_of(paper), blocks):
        if passage.kind == "cell" or field.startswith("figures."):
            continue
        numbers = numbers_of(passage)
        if numbers:
            values = values_of(paper.title, paper.claims, data)
        found = [one for one in numbers if not is_supported(one, values)]
        yield field, passage, found, len(numbers)


@rule("numbers.unsupported", Severity.INFO)
def unsupported_numbers(paper: PaperDocument) -> Problems:
    for field, passage, found, _ in open_numbers(paper):
        if found:
            named = ", ".join(one.text for one in found[:MOST_NAMED])
            more = f" and {len(found) - MOST_NAMED} more" * (len(found) > MOST_NAMED)
            message = f"No claim or figure supports {named}{more}: give the source."
            yield problem_at(field, passage, found[0].start, message)


@rule("numbers.coverage", Severity.INFO)
def coverage(paper: PaperDocument) -> Problems:
    missing = every = 0
    for _, _, found, of in open_numbers(paper):
        missing, every = missing + len(found), every + of
    if missing:
        share = f"{every - missing} of {every} ({(every - missing) / every:.0%})"
        yield (
            "claims",
            f"Of the numbers in the text claims and figures support {share}.",
        )


class Said(NamedTuple):
    """A claim as it is compared: what it is about, and what it says of that."""

    words: frozenset[str]
    names: frozenset[str]
    numbers: tuple[Number, ...]
    status: str
    text: str
    place: int
    headline: str


TOKEN = re.compile(r"[^\W_]+(?:[-.'][^\W_]+)*")
SMALL = frozenset(
    "a an the of in on at to for by with and or is are was were be been has have had it "
    "its this that as from than about after before into over under per".split()
)
FEWEST_WORDS = 3  # Of claims with fewer in common all words must be the same.
ALIKE = 0.6  # Of all the words of two claims that are about the same.
MOST_POSTINGS = 50  # A word of more claims than this leads to none.


def claims_of(paper: PaperDocument) -> list[Said]:
    headline = paper.headline or paper.slug
    return [
        read_claim(claim, place, headline) for place, claim in enumerate(paper.claims)
    ]


def read_claim(claim: ClaimDocument, place: int, headline: str) -> Said:
    numbers = tuple(find_numbers(claim.text))
    text = claim.text
    for number in numbers:
        end = number.start + len(number.text)
        text = text[: number.start] + " " * len(number.text) + text[end:]
    tokens = [found[0] for found in TOKEN.finditer(text)]
    names = {
        token.casefold()
        for at, token in enumerate(tokens)
        if any(map(str.isdigit, token)) or (at and token != token.lower())
    }
    words = {token.casefold() for token in tokens} - SMALL
    return Said(
        frozenset(words),
        frozenset(names),
        numbers or tuple(find_numbers(claim.value)),
        claim.status,
        claim.text,
        place,
        headline,
    )


@side_by_side("claims.contradiction", Severity.WARNING, claims_of)
def contradictions(entries: Sequence[list[Said]]) -> Across:
    """Claims of two entries about the same that give other values, or another verdict."""
    holders: dict[str, list[tuple[int, Said]]] = defaultdict(list)
    for entry, claims in enumerate(entries):
        for said in claims:
            for word in said.words:
                holders[word].append((entry, said))
    for entry, claims in enumerate(entries):
        for said in claims:
            rare = [word for word in said.words if len(holders[word]) <= MOST_POSTINGS]
            rare.sort(key=lambda word: (len(holders[word]), word))
            others = chain.from_iterable(holders[word] for word in rare[:2])
            for other, theirs in islice(others, MOST_POSTINGS):
                if other != entry and contradict(said, theirs):
                    reason = f"“{theirs.headline}” says: “{theirs.text[:120]}”."
                    message = f"{reason} Settle which is right."
                    yield entry, Problem(f"claims.{said.place}.text", message)
                    break


def contradict(one: Said, other: Said) -> bool:
    shared, every = one.words & other.words, one.words | other.words
    is_short = len(shared) < FEWEST_WORDS
    if len(shared) < (len(every) if is_short else ALIKE * len(every)):
        return False
    if one.names != other.names or len(one.numbers) != len(other.numbers):
        return False
    verdicts = {one.status, other.status}
    pairs = list(zip(one.numbers, other.numbers, strict=True))
    is_same = all(is_equal(*pair) for pair in pairs)
    if verdicts == {"confirmed", "contradicted"}:
        return is_same and one.words == other.words
    return len(shared) > 1 and not is_same and "contradicted" not in verdicts


def is_equal(one: Number, other: Number) -> bool:
    """Whether two numbers may be one, rounded in two ways."""
    slack = max(one.slack * one.scale, other.slack * other.scale)
    return abs(one.value - other.value) <= slack * (1 + 1e-9)
