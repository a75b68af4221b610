"""The list of the rules, which each family of them adds to."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from papers.checks.findings import Finding, Fix, Severity
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
    can_be_waived: bool = True


# The place of an entry among its review's papers, and a problem of it.
Across = Iterator[tuple[int, Problem]]
FindAcross = Callable[[ReviewDocument], Across]
Facts = TypeVar("Facts")


class ReviewRule(NamedTuple):
    """The same for what only shows where entries stand side by side.

    `find` looks at the review; where the rule reads the entries' texts, `gather` keeps
    of each entry, while it is read for the others, what `find` then looks at instead.
    """

    code: str
    severity: Severity
    find: Callable[[Any], Across]
    gather: Callable[[PaperDocument], Any] | None = None
    can_be_waived: bool = True


def as_finding(rule: Rule | ReviewRule, problem: Problem) -> Finding:
    return Finding(
        code=rule.code,
        severity=rule.severity,
        can_be_waived=rule.can_be_waived,
        **problem._asdict(),
    )


RULES: list[Rule] = []
REVIEW_RULES: list[ReviewRule] = []


def rule(
    code: str, severity: Severity, *, can_be_waived: bool = True
) -> Callable[[Find], Find]:
    """Register a rule. What could not be stored or shown cannot be waived."""

    def register(find: Find) -> Find:
        RULES.append(Rule(code, severity, find, can_be_waived))
        return find

    return register


def review_rule(code: str, severity: Severity) -> Callable[[FindAcross], FindAcross]:
    def register(find: FindAcross) -> FindAcross:
        REVIEW_RULES.append(ReviewRule(code, severity, find))
        return find

    return register


Compare = Callable[[Sequence[Facts]], Across]


def side_by_side(
    code: str, severity: Severity, gather: Callable[[PaperDocument], Facts]
) -> Callable[[Compare[Facts]], Compare[Facts]]:
    """Register what compares that which `gather` keeps of each entry, in their order."""

    def register(compare: Compare[Facts]) -> Compare[Facts]:
        REVIEW_RULES.append(ReviewRule(code, severity, compare, gather))
        return compare

    return register
