"""What readers propose to correct: let in within limits, accepted or declined."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from papers import amending, differences, drafts, publishing, roles
from papers.checks.findings import Finding
from papers.documents import stored
from papers.documents.revisions import get_newest
from papers.models import Allowance, Correction, Paper, Revision, Status
from papers.signals import bump_content_version
from papers.values import (
    PaperDocument,
)

User = Any  # Of whichever model the project's users are.

# No one who reads writes so many; a machine that does is stopped for a while.
MOST_AN_HOUR = 6  # From one network.
MOST_WAITING = 20  # For one entry.
MOST_A_DAY = 200  # For the whole site.
# A form is not filled in sooner, and what is sent later was made for another page.
SOONEST, LATEST = 2, 24 * 60 * 60  # Seconds.
SALT = "papers.corrections"


class TooMany(Exception):
    """There were as many as are let in; more may come at `until`."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


class Decided(Exception):
    """Another editor has accepted or declined it, or the entry is deleted."""


# What a reader sends


def make_token(paper: Paper) -> str:
    """What a form carries to show that it was asked for, for which entry and when."""
    return signing.dumps([paper.pk, int(time.time())], salt=SALT)


def check_token(token: str, paper: Paper) -> None:
    """Raise ValueError, in words, for a token that is another's, too fresh or too old."""
    age = age_of(token, paper)
    if age is None or age > LATEST:
        raise ValueError("This page was open for too long. Send it once more.")
    if age < SOONEST:
        raise ValueError("That was quicker than anybody writes. Send it once more.")


def renew_token(token: str, paper: Paper) -> str:
    """The token for the next attempt: the same, which grows older, while it is good."""
    age = age_of(token, paper)
    return make_token(paper) if age is None or age > LATEST else token


def age_of(token: str, paper: Paper) -> int | None:
    """The seconds since it was made; None where it was not, or for another entry."""
    try:
        pk, made = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return int(time.time()) - made if pk == paper.pk else None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a reader proposes for a part: checked, and within the bounds of its form."""

    part: amending.EntryPart
    now: str
    should_be: str
    why: str
    source: str = ""
    credit: str = ""

    @property
    def digest(self) -> str:
        words = "\0".join((self.part.key, self.now, self.should_be))
        return hashlib.sha256(words.encode()).hexdigest()


def read_words(paper: Paper) -> PaperDocument:
    """What readers see of a published entry, without its pictures; needs for_page()."""
    figures = tuple(stored.read_figure_words(figure) for figure in paper.shown_figures)
    # The editors' notes are nobody else's.
    return PaperDocument(**stored.read_words(paper) | {"figures": figures, "notes": ""})


@transaction.atomic
def propose(paper: Paper, proposal: Proposal, *, network: str) -> None:
    """Keep a proposal for the editors; one that waits already is only counted.

    `network` is kept for no longer than the limits need, and as a keyed hash that is
    another each day. Raise TooMany, with nothing kept, beyond the limits.
    """
    # Those for one entry wait for each other here, so that none is counted twice.
    Paper.objects.select_for_update().get(pk=paper.pk)
    count_network(network)
    waiting = Correction.objects.filter(paper=paper, status=Correction.Status.PENDING)
    same = waiting.filter(digest=proposal.digest)
    if same.update(times=F("times") + 1):
        return
    now = timezone.now()
    if waiting.count() >= MOST_WAITING:
        reason = "The editors have much to look at for this entry already."
        raise TooMany(reason, now + timedelta(days=1))
    count_site(now)
    Correction.objects.create(
        paper=paper,
        part=proposal.part.key,
        label=proposal.part.label,
        now=proposal.now,
        should_be=proposal.should_be,
        why=proposal.why,
        source=proposal.source,
        credit=proposal.credit,
        digest=proposal.digest,
        proposed_at=now,
    )


def count_network(network: str) -> None:
    now = timezone.now()
    until = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    value = f"{now:%Y-%m-%d} {network}"
    hashed = salted_hmac(SALT, value, algorithm="sha256").hexdigest()
    key = f"network {hashed} {now:%H}"
    if not Allowance.take(key, most=MOST_AN_HOUR, until=until):
        raise TooMany(
            f"At most {MOST_AN_HOUR} proposals an hour come from one place.", until
        )


def count_site(now: datetime) -> None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    until = midnight + timedelta(days=1)
    if not Allowance.take(f"site {now:%Y-%m-%d}", most=MOST_A_DAY, until=until):
        raise TooMany("The editors have got as many as they can read today.", until)


# What an editor does with it


@dataclass(frozen=True)
class Shown:
    """A proposal for an editor: the difference word by word, and whether it still fits.

    `says` is what the part says by now where the passage does not stand there.
    """

    correction: Correction
    runs: Sequence[differences.Run]
    fits: bool = True
    says: str = ""


def show(correction: Correction) -> Shown:
    runs = differences.diff_words(correction.now, correction.should_be)
    return Shown(correction, differences.shorten_same(runs))


def show_for(paper: Paper, document: PaperDocument) -> list[Shown]:
    """The proposals that wait for an entry, each against its newest version."""
    shown = []
    for correction in Correction.objects.pending().filter(paper=paper):
        each = show(correction)
        try:
            apply(document, correction)
        except amending.Changed as changed:
            each = replace(each, fits=False, says=changed.text)
        shown.append(each)
    return shown


def apply(document: PaperDocument, correction: Correction) -> PaperDocument:
    return amending.amend(
        document, correction.part, correction.now, correction.should_be
    )


@dataclass(frozen=True)
class Accepted:
    """What became of an accepted proposal: public, or why not yet."""

    is_public: bool
    refused: Sequence[Finding] = ()


@transaction.atomic
def accept(pk: int, *, by: User) -> Accepted:
    """Make the change in the entry's newest version, as a save of this editor's.

    It is published too where the editor may publish, nothing else in the entry waits
    for that, and the gate opens. Raise Decided, or amending.Changed, with nothing done.
    """
    correction, paper = lock(pk)
    working = drafts.get_working(paper)
    document = apply(working.document, correction)
    drafts.save(paper, document, by=by, token=working.token)
    paper.refresh_from_db()
    accepted = Accepted(is_public=paper.status == Status.PUBLISHED)
    if accepted.is_public:
        accepted = publish(paper, by=by) if not working.has_changes else WAITS
    decide(correction, Correction.Status.ACCEPTED, by=by)
    return accepted


WAITS = Accepted(is_public=False)


def publish(paper: Paper, *, by: User) -> Accepted:
    if not roles.may_publish(by):
        return WAITS
    try:
        publishing.publish(paper, by=by)
    except publishing.Refused as refused:
        return Accepted(is_public=False, refused=refused.findings)
    return Accepted(is_public=True)


@transaction.atomic
def accept_as_done(pk: int, *, by: User) -> None:
    """Credit a proposal whose change an editor has made. Raise Decided."""
    correction, _ = lock(pk)
    decide(correction, Correction.Status.ACCEPTED, by=by)


@transaction.atomic
def decline(pk: int, *, by: User, note: str = "") -> None:
    """Leave the entry as it is. Raise Decided."""
    correction, _ = lock(pk)
    decide(correction, Correction.Status.DECLINED, by=by, note=note)


def lock(pk: int) -> tuple[Correction, Paper]:
    """A proposal that waits, and its entry. Raise Decided where it does not wait."""
    waiting = Correction.objects.filter(pk=pk, status=Correction.Status.PENDING)
    papers = Paper.objects.select_for_update(of=("self",)).select_related("review")
    # The entry first, as propose() does: two that lock crosswise wait for ever.
    paper = papers.filter(pk__in=waiting.values("paper")).first()
    correction = waiting.select_for_update().first()
    if paper is None or correction is None:
        raise Decided("Somebody has decided on this already.")
    return correction, paper


def decide(correction: Correction, status: str, *, by: User, note: str = "") -> None:
    correction.status, correction.note = status, note[:500]
    correction.decided_by, correction.decided_at = by, timezone.now()
    newest = get_newest(correction.paper)
    if newest and status == Correction.Status.ACCEPTED:
        correction.revision = newest.number
        told = f"{correction.label}, corrected by {correction.credit or 'a reader'}"
        Revision.objects.filter(pk=newest.pk).update(note=told[:200])
    correction.save()
    # Who is thanked is seen at once, also where the words are public already.
    bump_content_version()
