"""What a reading finds wrong, and the words it has no place for."""

from dataclasses import dataclass, field

from papers.checks.findings import Finding, Severity


@dataclass(frozen=True)
class Unplaced:
    """Words of the page that have no home in a review, and their line in the page."""

    line: int
    text: str


@dataclass
class Remarks:
    """Findings and unplaced words; `entry` is the slug of the entry they are about."""

    entry: str = ""
    findings: list[Finding] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def about(self, entry: str) -> "Remarks":
        """The same remarks, for what is found in one entry."""
        return Remarks(entry, self.findings, self.unplaced)

    def error(self, code: str, message: str, place: str = "", line: int = 0) -> None:
        self.add(Severity.ERROR, code, message, (place, line))

    def warning(self, code: str, message: str, place: str = "", line: int = 0) -> None:
        self.add(Severity.WARNING, code, message, (place, line))

    def info(self, code: str, message: str, place: str = "", line: int = 0) -> None:
        self.add(Severity.INFO, code, message, (place, line))

    def add(
        self, severity: Severity, code: str, message: str, where: tuple[str, int]
    ) -> None:
        place, line = where
        self.findings.append(
            Finding(
                code=code,
                severity=severity,
                message=message,
                field=": ".join(filter(None, [self.entry, place])),
                line=line,
            )
        )

    def leave(self, line: int, text: str) -> None:
        self.unplaced.append(Unplaced(line, text))
