"""How long the checks of a review take: of the sample's 12 entries, and of 1,000.

    .venv/bin/python -m benchmarks.checks

The peer is rendering: the same entries' summaries and sections made into HTML, as a save
does. The entries are the sample's, under other addresses and with a number of their own in
each text, so that nothing that was read of one serves another. Of 1,000 they are there
over and over: every rule that looks across a review meets its worst case. They are checked
as manage.py check_review does it, and by one process alone.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papers.values import PaperDocument, ReviewDocument

SAMPLE = Path(__file__).parent.parent / "papers/fixtures/2024"
MANY = 1_000
ROUNDS = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yearreview.settings")
    import django  # noqa: PLC0415 -- once it knows the settings

    django.setup()
    from papers.checks import examine_review  # noqa: PLC0415 -- once Django is set up
    from papers.documents import files, folder  # noqa: PLC0415
    from papers.management.sharing import shared_out  # noqa: PLC0415
    from papers.markup import Frame  # noqa: PLC0415
    from papers.rendering import render_markdown  # noqa: PLC0415

    sample = folder.read_files(files.load(SAMPLE))
    numbers = count()

    def make(entries: int) -> "ReviewDocument":
        papers = islice(cycle(sample.papers), entries)
        return replace(sample, papers=tuple(number(p, next(numbers)) for p in papers))

    def render(review: "ReviewDocument") -> None:
        for paper in review.papers:
            for text in (paper.summary, *(part.body for part in paper.sections)):
                render_markdown(text, Frame())

    def share(review: "ReviewDocument") -> None:
        with shared_out(MANY) as each:
            examine_review(review, each)

    few = [make(len(sample.papers)) for _ in range(ROUNDS + 1)]
    check, peer = time_of(examine_review, few), time_of(render, few)
    print(f"{len(sample.papers)} entries: {check:.3f} s, rendering them {peer:.3f} s")
    print(f"checks take {check / peer:.1f} times the rendering")
    shared, alone = time_of(share, [make(MANY)]), time_of(examine_review, [make(MANY)])
    print(f"{MANY:,} entries: {shared:.1f} s, in one process {alone:.1f} s")


def number(paper: "PaperDocument", n: int) -> "PaperDocument":
    """The entry under an address of its own, each of its texts with a word of its own."""
    return replace(
        paper,
        slug=f"entry-{n}",
        summary=f"{paper.summary} It is copy {n}.",
        sections=tuple(
            replace(section, body=f"{section.body}\n\nThis is copy {n}.")
            for section in paper.sections
        ),
    )


def time_of(
    run: Callable[["ReviewDocument"], object], reviews: Sequence["ReviewDocument"]
) -> float:
    """The median in seconds; of several reviews the first is to warm up."""
    rounds = []
    for review in reviews:
        start = time.perf_counter()
        run(review)
        rounds.append(time.perf_counter() - start)
    return statistics.median(rounds[1:] or rounds)


if __name__ == "__main__":
    main()
