"""What a review says, as plain values: what folders and pages are read into.

Two documents are equal exactly when they say the same, so a comparison tells
whether an import would change anything.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


class DocumentError(Exception):
    """What is wrong with a file: its name, the line (from 1, 0 if none) and the reason."""

    def __init__(self, reason: str, *, file: str = "", line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}" if place else self.reason


@dataclass(frozen=True, kw_only=True)
class TagDocument:
    name: str
    slug: str
    full_name: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinkDocument:
    kind: str
    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ClaimDocument:
    """`key` is what the text calls it by, where it does: [47 billion](claim:size)."""

    key: str = ""
    text: str
    value: str = ""
    status: str
    source: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureDocument:
    """`content` is CSV, code or SVG; an image has `image`, its bytes, instead.

    `dark` is the image for a dark page, where there is one; `chart` is the form of a
    chart; `notes` are what marks in a table or chart lead to.
    """

    key: str
    kind: str
    caption: str = ""
    alt: str = ""
    credit: str = ""
    source: str = ""
    licence: str = ""
    language: str = ""
    wanted: bool = False
    note: str = ""
    chart: str = ""
    notes: str = ""
    content: str = ""
    image: bytes = b""
    dark: bytes = b""


@dataclass(frozen=True, kw_only=True)
class SectionDocument:
    """`heading` is given for sections of kind `other` and empty for the four known."""

    kind: str
    heading: str = ""
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordDocument:
    catalogue: str
    identifier: str
    version: str = ""
    fetched_at: datetime
    url: str = ""
    payload: object = None


@dataclass(frozen=True, kw_only=True)
class WaiverDocument:
    """Why a finding need not be mended: who said so, and when.

    `digest` is that of the finding and the text that it was about (papers.checks.waivers):
    once either is another, the waiver has ended.
    """

    code: str
    field: str = ""
    reason: str
    person: str = ""
    given_on: date
    digest: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where something stands on its way to the public."""

    status: str = "draft"
    publish_at: datetime | None = None
    published_at: datetime | None = None
    withdrawal_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperDocument:
    """One entry. Dates are ISO 8601 as precise as known; authors are text, one a line."""

    slug: str
    month: int
    place: int = 1
    headline: str = ""
    title: str = ""
    publication: Publication = field(default_factory=Publication)
    date: str = ""
    authors: str = ""
    venue: str = ""
    arxiv_id: str = ""
    doi: str = ""
    tags: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()
    focus: str = ""
    impact: str = ""
    citation_note: str = ""
    notes: str = ""
    summary: str = ""
    links: tuple[LinkDocument, ...] = ()
    claims: tuple[ClaimDocument, ...] = ()
    figures: tuple[FigureDocument, ...] = ()
    sections: tuple[SectionDocument, ...] = ()
    records: tuple[RecordDocument, ...] = ()
    waivers: tuple[WaiverDocument, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PictureDocument:
    """A picture that stands within a text, by the name that the text calls it by."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class ReviewDocument:
    year: int
    title: str
    publication: Publication = field(default_factory=Publication)
    introduction: str = ""
    attribution: str = ""
    tags: tuple[TagDocument, ...] = ()
    papers: tuple[PaperDocument, ...] = ()
    pictures: tuple[PictureDocument, ...] = ()
