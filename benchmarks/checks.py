"""How long the checks of a review take: of the sample's 12 entries, and of 1,000.

    .venv/bin/python -m benchmarks.checks

The peer is rendering: the same entries' summaries and sections made into HTML, as a save
does. The 1,000 entries are the sample's, over and over under other addresses and with
their number in each text, so that nothing read of one serves another, and every rule that
looks across a review meets its worst case: nearly everything is there many times.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papers.values import PaperDocument

SAMPLE = Path(__file__).parent.parent / "papers/fixtures/2024"
MANY = 1_000
ROUNDS = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yearreview.settings")
    import django  # noqa: PLC0415 -- once it knows the settings

    django.setup()
    from papers.checks import check_review  # noqa: PLC0415 -- once Django is set up
    from papers.documents import files, folder  # noqa: PLC0415
    from papers.markup import Frame  # noqa: PLC0415
    from papers.rendering import render_markdown  # noqa: PLC0415

    sample = folder.read_files(files.load(SAMPLE))
    papers = sample.papers
    many = replace(
        sample,
        papers=tuple(number(papers[n % len(papers)], n) for n in range(MANY)),
    )

    def render() -> None:
        for paper in papers:
            for text in (paper.summary, *(part.body for part in paper.sections)):
                render_markdown(text, Frame())

    check, peer = time_of(lambda: check_review(sample)), time_of(render)
    print(f"{len(papers)} entries: {check:.3f} s, rendering them {peer:.3f} s")
    print(f"checks take {check / peer:.1f} times the rendering")
    start = time.perf_counter()
    check_review(many)
    print(f"{MANY:,} entries: {time.perf_counter() - start:.1f} s")


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


def time_of(run: Callable[[], object]) -> float:
    """The median of a few rounds, in seconds, after one to warm up."""
    run()
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        rounds.append(time.perf_counter() - start)
    return statistics.median(rounds)


if __name__ == "__main__":
    main()
