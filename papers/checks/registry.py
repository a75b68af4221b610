"""The list of the rules, which each family of them adds to."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from papers.checks.findings import Fix, Severity
from papers.values import PaperDocument, ReviewDocument


class Problem(NamedTuple):
    """What a rule has found: where, and what to do about it.

    The field of a part names the part by its place from 0: `figures.0.alt`; a section
    that is one of the known four by its kind: `sections.technical`. Line and column are
    those of the field's text, from 1; 0 where there is none to tell.
    """

    field: str
    message: str
    line: int = 0
    column: int = 0
    fix: Fix | None = None


# Field and message alone are enough where there is no more to say.
Problems = Iterator[Problem | tuple[str, str]]
Find = Callable[[PaperDocument], Problems]


class Rule(NamedTuple):
    """A stable code, how grave it is, and what finds the problems of an entry."""

    code: str
    severity: Severity
    find: Find


# Of a whole review: the place of the entry among its papers, and the problem.
FindAcross = Callable[[ReviewDocument], Iterator[tuple[int, Problem]]]


class ReviewRule(NamedTuple):
    """The same for what only shows where entries stand side by side."""

    code: str
    severity: Severity
    find: FindAcross


RULES: list[Rule] = []
REVIEW_RULES: list[ReviewRule] = []


def rule(code: str, severity: Severity) -> Callable[[Find], Find]:
    def register(find: Find) -> Find:
        RULES.append(Rule(code, severity, find))
        return find

    return register


def review_rule(code: str, severity: Severity) -> Callable[[FindAcross], FindAcross]:
    def register(find: FindAcross) -> FindAcross:
        REVIEW_RULES.append(ReviewRule(code, severity, find))
        return find

    return register
