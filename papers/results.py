"""What a search finds, what would narrow it, and a near miss put right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.http import QueryDict

from papers.models import Paper, SearchDocument, Tag
from papers.paging import PAGE, Part, cut
from papers.querysets import PaperQuerySet
from papers.search import WORD, Hit, normalise, parse_query, search
from papers.spelling import nearest

MOST_TAGS = 8
# What a correction may cost: words of a query, and documents with so many characters.
MOST_CORRECTED = 3
MOST_DOCUMENTS = 400
MOST_TEXT = 10_000


@dataclass(frozen=True)
class Wanted:
    """A search, checked by the form."""

    query: str = ""
    year: int | None = None
    tag: Tag | None = None
    page: int = 1

    @property
    def has_words(self) -> bool:
        return bool(parse_query(self.query))

    @property
    def address(self) -> str:
        return self.but()

    def but(self, **changes: Any) -> str:
        """The address's part after the path, with these changes, on the first page."""
        wanted = replace(self, **changes)
        values = QueryDict(mutable=True)
        values["q"] = wanted.query
        if wanted.year:
            values["year"] = str(wanted.year)
        if wanted.tag:
            values["tag"] = wanted.tag.slug
        return f"?{values.urlencode()}"


@dataclass(frozen=True)
class Choice:
    """A year or tag to choose or to drop: how many papers that leaves, its address."""

    name: str
    count: int
    query: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class SearchPage:
    wanted: Wanted
    part: Part
    hits: Sequence[tuple[Hit, Paper]] = ()
    found: int = 0
    facets: Sequence[Facet] = ()
    unknown: Sequence[str] = ()  # The words that were put right, if some were.
    corrected: Wanted | None = None

    @property
    def chosen(self) -> Sequence[Choice]:
        choices = [choice for facet in self.facets for choice in facet.choices]
        return [choice for choice in choices if choice.is_chosen]


def look_for(wanted: Wanted) -> SearchPage:
    """The papers that are found; where there are none, those of the nearest words."""
    page = find(wanted)
    if page.hits or not wanted.has_words:
        return page
    put_right = correct(wanted.query)
    corrected = replace(wanted, query=put_words(put_right, wanted.query))
    better = find(corrected) if put_right else page
    if not better.hits:
        return page
    return replace(better, wanted=wanted, corrected=corrected, unknown=list(put_right))


def find(wanted: Wanted) -> SearchPage:
    published = Paper.objects.published()
    within = published.in_review(wanted.year) if wanted.year else published
    within = within.tagged([wanted.tag]) if wanted.tag else within
    counts = count_by_year(published.matching(wanted.query), wanted.tag)
    found = total(counts, wanted.year).left
    part = cut(found, wanted.page)
    hits = search(wanted.query, within=within, most=PAGE, after=part.start)
    papers = within.select_related("review").in_bulk([hit.paper_id for hit in hits])
    return SearchPage(
        wanted=wanted,
        hits=[(hit, papers[hit.paper_id]) for hit in hits if hit.paper_id in papers],
        found=found,
        part=part,
        facets=[
            facet
            for facet in (by_year(wanted, counts), by_tag(wanted, counts))
            if facet.choices
        ],
    )


@dataclass(frozen=True)
class YearCount:
    every: int = 0
    left: int = 0  # By the chosen tag.


def count_by_year(found: PaperQuerySet, tag: Tag | None) -> dict[int, YearCount]:
    left = found.tagged([tag]) if tag else found
    rows = (
        found.order_by("-review__year")
        .values_list("review__year")
        .annotate(every=Count("pk"), left=Count("pk", Q(pk__in=left.values("pk"))))
    )
    return {year: YearCount(every, left) for year, every, left in rows}


def total(counts: dict[int, YearCount], year: int | None) -> YearCount:
    rows = [counts.get(year, YearCount())] if year else counts.values()
    return YearCount(sum(row.every for row in rows), sum(row.left for row in rows))


def by_year(wanted: Wanted, counts: dict[int, YearCount]) -> Facet:
    choices = [
        Choice(str(year), row.left, wanted.but(year=year))
        for year, row in counts.items()
        if row.left and year != wanted.year
    ]
    if wanted.year:
        left = total(counts, None).left
        query = wanted.but(year=None)
        choices.insert(0, Choice(str(wanted.year), left, query, is_chosen=True))
    return Facet("Year", choices)


def by_tag(wanted: Wanted, counts: dict[int, YearCount]) -> Facet:
    found = Paper.objects.published().matching(wanted.query)
    found = found.in_review(wanted.year) if wanted.year else found
    rows = (
        Tag.objects.filter(papers__in=found)
        .annotate(count=Count("papers"))
        .order_by("-count", "name")[:MOST_TAGS]
    )
    choices = [
        Choice(tag.name, tag.count, wanted.but(tag=tag))
        for tag in rows
        if tag != wanted.tag
    ]
    if wanted.tag:
        every = total(counts, wanted.year).every
        query = wanted.but(tag=None)
        choices.insert(0, Choice(wanted.tag.name, every, query, is_chosen=True))
    return Facet("Tag", choices)


def correct(query: str) -> dict[str, str]:
    """For each word that no published paper has, the nearest that one has.

    Empty where a word has none, or where there are more such words than a slip of the
    hand explains.
    """
    unknown = find_unknown(query)
    if not 0 < len(unknown) <= MOST_CORRECTED:
        return {}
    known = read_vocabulary()
    put_right = {word: nearest(word, known) for word in unknown}
    found = {word: better for word, better in put_right.items() if better}
    return found if len(found) == len(unknown) else {}


def find_unknown(query: str) -> list[str]:
    asked = {
        word: word if term.is_beginning else f'"{word}"'
        for term in parse_query(query)
        for word in term.words
    }
    published = Paper.objects.published()
    counts = published.aggregate(
        **{
            f"word{number}": Count(
                "pk", Q(pk__in=published.matching(text).values("pk"))
            )
            for number, text in enumerate(asked.values())
        }
    )
    return [word for word, n in zip(asked, counts.values(), strict=True) if not n]


def read_vocabulary() -> Counter[str]:
    """The words of the newest published papers, with the number of papers of each."""
    documents = SearchDocument.objects.filter(paper__in=Paper.objects.published())
    rows = documents.order_by("-paper__review__year", "-paper").values_list(
        "headline", Substr("names", 1, MOST_TEXT), Substr("body", 1, MOST_TEXT)
    )
    # To split is quicker than to look for words, and most pieces come again.
    pieces: Counter[str] = Counter()
    for row in rows[:MOST_DOCUMENTS]:
        pieces.update(set(" ".join(row).lower().split()))
    words: Counter[str] = Counter()
    for piece, count in pieces.items():
        for word in WORD.findall(piece):
            words[word] += count
    return words


def put_words(put_right: dict[str, str], query: str) -> str:
    return WORD.sub(
        lambda match: put_right.get(match[0].lower(), match[0]), normalise(query)
    )
