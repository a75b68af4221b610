"""The list of the rules, which each family of them adds to."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from papers.checks.findings import Severity
from papers.values import PaperDocument

Problems = Iterator[tuple[str, str]]


class Rule(NamedTuple):
    """A stable code, how grave it is, and what yields each (field, message).

    The field of a part names the part by its place from 0: `figures.0.alt`; a section
    that is one of the known four by its kind: `sections.technical`.
    """

    code: str
    severity: Severity
    find: Callable[[PaperDocument], Problems]


RULES: list[Rule] = []


def rule(
    code: str, severity: Severity
) -> Callable[
    [Callable[[PaperDocument], Problems]], Callable[[PaperDocument], Problems]
]:
    def register(
        find: Callable[[PaperDocument], Problems],
    ) -> Callable[[PaperDocument], Problems]:
        RULES.append(Rule(code, severity, find))
        return find

    return register
