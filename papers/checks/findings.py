"""What a check says about an entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """ERROR stops publishing; the others are advice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Fix(NamedTuple):
    """A difference that would mend it: what stands in the field's text, and what would."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to look at: a stable rule code, how grave, where, and what to do.

    `field` names the field of the entry; `line` and `column` (from 1, 0 if none) are
    those of the file or of the field's text. An editor may accept `fix` where there is
    one; nothing is ever mended by itself. `digest` is the same as long as the rule says the
    same about the same text; a waiver is for it.
    """

    code: str
    severity: Severity
    message: str
    field: str = ""
    line: int = 0
    column: int = 0
    fix: Fix | None = None
    can_be_waived: bool = True
    digest: str = ""

    @property
    def place(self) -> str:
        """The field, and the line and column of its text as far as they are known."""
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.field, *numbers])


def errors_among(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop publishing."""
    return [finding for finding in findings if finding.severity == Severity.ERROR]
