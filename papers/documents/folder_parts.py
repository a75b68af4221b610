"""The lists of an entry's front matter, each item a mapping of plain values."""

from collections.abc import Iterator
from datetime import date

from papers.documents.frontmatter import Fields
from papers.values import ClaimDocument, LinkDocument, WaiverDocument

LINK_KINDS = {"paper", "pdf", "code", "data", "model", "blog", "talk"}
CLAIM_STATUSES = {"confirmed", "contradicted", "unverified"}


def read_links(fields: Fields) -> Iterator[LinkDocument]:
    for link in fields.mappings("links"):
        yield LinkDocument(
            kind=link.choice("kind", LINK_KINDS, "paper"),
            label=link.text("label"),
            url=link.text("url"),
        )
        link.done()


def read_claims(fields: Fields) -> Iterator[ClaimDocument]:
    for claim in fields.mappings("claims"):
        yield ClaimDocument(
            key=claim.text("key"),
            text=claim.text("text"),
            value=claim.text("value"),
            status=claim.choice("status", CLAIM_STATUSES, "unverified"),
            source=claim.text("source"),
            place=claim.text("place"),
        )
        claim.done()


def read_waivers(fields: Fields) -> Iterator[WaiverDocument]:
    for waiver in fields.mappings("waivers"):
        yield WaiverDocument(
            code=waiver.text("code"),
            field=waiver.text("field"),
            reason=waiver.text("reason"),
            person=waiver.text("person"),
            given_on=waiver.parsed("date", date.fromisoformat),
            digest=waiver.text("digest"),
        )
        waiver.done()
