"""What only shows in the words of a review's entries side by side."""

from collections.abc import Iterator

from papers.checks.findings import Severity
from papers.checks.leftovers import find_shared_blocks, find_spelling_variants
from papers.checks.registry import Problem, review_rule
from papers.values import ReviewDocument


@review_rule("text.shared-block", Severity.WARNING)
def shared_blocks(review: ReviewDocument) -> Iterator[tuple[int, Problem]]:
    return find_shared_blocks(review.papers)


@review_rule("text.spelling", Severity.INFO)
def spelling_variants(review: ReviewDocument) -> Iterator[tuple[int, Problem]]:
    return find_spelling_variants(review.papers)
