"""Entries that belong together: those that refer to each other, and those that share tags."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from papers.models import Paper, PaperTag

MOST_RELATED = 4
MOST_REFERENCES = 20  # Each is a condition of one query.
REFERENCE = re.compile(r'href="/(\d{4})/([-\w]+)/["#]')


@dataclass(frozen=True)
class Related:
    """Another published entry, and what it has to do with this one."""

    paper: Paper
    why: str


def get_related(paper: Paper) -> Sequence[Related]:
    """The entries closest to one, loaded by for_page(), in a fixed number of queries.

    First come those that its text refers to, then those that refer to it, then those
    that share its tags; a tag that few papers carry says more than one that all do.
    """
    others = Paper.objects.published().exclude(pk=paper.pk)
    address = f'href="{paper.get_absolute_url()}'
    citing = others.filter(
        Q(sections__body_html__contains=address) | Q(summary_html__contains=address)
    )
    rows = PaperTag.objects.filter(tag__in=paper.topics, paper__in=others)
    shared: dict[int, list[str]] = {}
    for row in rows.select_related("tag").order_by("paper_id", "position"):
        shared.setdefault(row.paper_id, []).append(row.tag.name)
    use = Counter(name for names in shared.values() for name in names)
    closest = sorted(
        shared, key=lambda pk: (-sum(1 / use[name] for name in shared[pk]), pk)
    )[: MOST_RELATED + MOST_REFERENCES]
    cited = read_references(paper)
    named = others.filter(at_addresses(cited)) if cited else others.none()
    whys = {found.pk: "cites this entry" for found in citing.only("pk")}
    found = (named | others.filter(pk__in=[*whys, *closest])).select_related("review")
    by_key = {other.pk: other for other in found.distinct()}
    first = {k for k, o in by_key.items() if (str(o.review.year), o.slug) in cited}
    whys |= dict.fromkeys(first, "cited in this entry")
    order = [*sorted(first), *sorted(set(whys) - first)]
    order += [key for key in closest if key not in whys]
    return [
        Related(by_key[key], whys.get(key) or f"shares {', '.join(shared[key])}")
        for key in order[:MOST_RELATED]
        if key in by_key
    ]


def read_references(paper: Paper) -> list[tuple[str, str]]:
    """The years and slugs of the entries that a text links to."""
    texts = [paper.summary_html, *(part.body_html for part in paper.sections.all())]
    found = dict.fromkeys(pair for text in texts for pair in REFERENCE.findall(text))
    return list(found)[:MOST_REFERENCES]


def at_addresses(references: Sequence[tuple[str, str]]) -> Q:
    condition = Q()
    for year, slug in references:
        condition |= Q(review__year=int(year), slug=slug)
    return condition
