"""A year's entries, month by month."""

from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papers.models import Paper


@dataclass(frozen=True)
class Month:
    number: int
    papers: Sequence[Paper]

    @property
    def name(self) -> str:
        return month_name[self.number]

    @property
    def anchor(self) -> str:
        return self.name.lower()

    @property
    def days(self) -> str:
        return ", ".join(str(paper.day.day) for paper in self.papers if paper.day)


def by_month(papers: Iterable[Paper]) -> list[Month]:
    """The twelve months, each with its papers; most pages pass over the empty ones."""
    grouped: dict[int, list[Paper]] = {number: [] for number in range(1, 13)}
    for paper in papers:
        grouped[paper.month].append(paper)
    return [Month(number, found) for number, found in grouped.items()]
