"""A long list, one page of it at a time."""

from dataclasses import dataclass

from django.http import Http404

PAGE = 50  # Entries on a page.


@dataclass(frozen=True)
class Part:
    """Which page of a list this is, counted from 1, and of how many."""

    number: int
    count: int

    @property
    def start(self) -> int:
        return (self.number - 1) * PAGE

    @property
    def stop(self) -> int:
        return self.number * PAGE

    @property
    def previous(self) -> int:
        """The page before; 0 before the first."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The page after; 0 after the last."""
        return self.number + 1 if self.number < self.count else 0


def cut(found: int, number: int = 1) -> Part:
    """The page with this number of a list of so many; Http404 where it has fewer."""
    count = max(1, -(-found // PAGE))
    if number > count:
        raise Http404(
            f"This list has {count} pages." if count > 1 else "This list has one page."
        )
    return Part(number, count)
