"""Waivers: written reasons to leave something as it is, until its text changes."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any, NamedTuple

from papers.checks.findings import Finding
from papers.values import PaperDocument, WaiverDocument

DIGITS = 32  # Of the digest in hexadecimal: 128 bits.


class Report(NamedTuple):
    """What the checks say of an entry: what stands, and what is waived and why."""

    standing: list[Finding]
    waived: list[tuple[Finding, WaiverDocument]]


def sort_out(paper: PaperDocument, findings: Iterable[Finding]) -> Report:
    """Part the findings that a waiver of the entry is for from those that stand."""
    given = {waiver.digest: waiver for waiver in paper.waivers if waiver.reason.strip()}
    report = Report([], [])
    for found in findings:
        finding = replace(found, digest=digest_of(paper, found))
        waiver = given.get(finding.digest) if finding.can_be_waived else None
        if waiver:
            report.waived.append((finding, waiver))
        else:
            report.standing.append(finding)
    return report


def digest_of(paper: PaperDocument, finding: Finding) -> str:
    """What a finding, and the text that it is about, are known by."""
    said = finding.code, finding.message, text_of(paper, finding.field)
    return sha256("\0".join(said).encode(errors="replace")).hexdigest()[:DIGITS]


def text_of(paper: PaperDocument, field: str) -> str:
    """The text that a finding's field holds; "" where there is none such."""
    name, _, rest = field.partition(".")
    value: Any = getattr(paper, name, "")
    place, _, part = rest.partition(".")
    if place.isdecimal():
        value = value[int(place)] if int(place) < len(value) else ""
        value = getattr(value, part, "")
    elif place:
        value = [each.body for each in value if each.kind == place]
    # Of parts as a whole the message says which; a picture's bytes are not looked at.
    is_text = not isinstance(value, tuple) or all(isinstance(x, str) for x in value)
    return str(value) if is_text else ""
