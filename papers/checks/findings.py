"""What a check says about an entry."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR stops publishing; the others are advice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to look at: a stable rule code, how grave, where, and what to do.

    `field` names the field of the entry, `line` (from 1, 0 if none) the line of the
    file or of the field's text.
    """

    code: str
    severity: Severity
    message: str
    field: str = ""
    line: int = 0
