"""The choice by tag: what a reader chose, what is found, and what each next step leaves."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from papers.models import PaperTag, Tag
from papers.querysets import PaperQuerySet

ALL, ANY = "all", "any"
# The tags of each paper, by its key, and whether each is on the card.
Carried = Mapping[int, Mapping[Tag, bool]]


@dataclass(frozen=True)
class Asked:
    """A choice of papers, checked by the form."""

    tags: Sequence[Tag] = ()
    match: str = ALL
    query: str = ""
    whole: bool = False  # With every deeper dive, not only what is in it.
    page: int = 1

    @property
    def is_on(self) -> bool:
        return bool(self.tags or self.query)


NOTHING = Asked()


@dataclass(frozen=True)
class Choice:
    """A tag to choose or to drop: how many papers that would leave, and its address."""

    tag: Tag
    count: int
    query: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Filter:
    """What a reader chose, and what could be chosen next."""

    choices: Sequence[Choice]
    chosen: Sequence[Tag]
    match: str
    query: str
    other_match: str

    @property
    def is_on(self) -> bool:
        return bool(self.chosen or self.query)

    @property
    def is_any(self) -> bool:
        return self.match == ANY


def choose(papers: PaperQuerySet, asked: Asked) -> PaperQuerySet:
    chosen = (
        papers.tagged(asked.tags, match_any=asked.match == ANY)
        if asked.tags
        else papers
    )
    return chosen.matching(asked.query) if asked.query else chosen


def tags_by_paper(papers: PaperQuerySet) -> dict[int, dict[Tag, bool]]:
    """The tags of each of these papers, and whether each is on the card."""
    rows = PaperTag.objects.filter(paper__in=papers.order_by()).select_related("tag")
    carried: dict[int, dict[Tag, bool]] = {}
    for row in rows:
        carried.setdefault(row.paper_id, {})[row.tag] = row.on_card
    return carried


def tags_on_cards(carried: Carried) -> Counter[Tag]:
    """The tags that some card shows, with the number of papers that carry each."""
    shown = {
        tag for tags in carried.values() for tag, on_card in tags.items() if on_card
    }
    return Counter(tag for tags in carried.values() for tag in tags if tag in shown)


def make_filter(carried: Carried, asked: Asked, fixed: Sequence[Tag] = ()) -> Filter:
    """Offer the tags on cards, with how many papers each choice would leave.

    `fixed` are tags that the page itself stands for: they are not offered.
    """
    combine: Callable[[Iterable[bool]], bool] = any if asked.match == ANY else all
    used = tags_on_cards(carried)
    by_use = sorted(used, key=lambda tag: (-used[tag], tag.name.lower()))
    choices = []
    for tag in dict.fromkeys([*asked.tags, *by_use]):
        if tag in fixed:
            continue
        is_chosen = tag in asked.tags
        left = [t for t in asked.tags if t != tag] if is_chosen else [*asked.tags, tag]
        wanted = [*fixed, *left]
        count = sum(
            combine(t in tags for t in wanted) if wanted else True
            for tags in carried.values()
        )
        query = write_query(left, asked.match, asked.query)
        choices.append(Choice(tag, count, query, is_chosen))
    other = ALL if asked.match == ANY else ANY
    return Filter(
        choices=choices,
        chosen=asked.tags,
        match=asked.match,
        query=asked.query,
        other_match=write_query(asked.tags, other, asked.query),
    )


def write_query(tags: Sequence[Tag], match: str, query: str) -> str:
    """The address's part after the question mark for a choice; empty for none."""
    values = QueryDict(mutable=True)
    values.setlist("tag", [tag.slug for tag in tags])
    if match == ANY and len(tags) > 1:
        values["match"] = ANY
    if query:
        values["q"] = query
    return f"?{values.urlencode()}" if values else "?"
