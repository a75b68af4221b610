"""Links by which somebody without an account reads an entry that is not public yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from papers import selectors
from papers.models import Paper
from papers.selectors import PaperPage

FEWEST_DAYS, MOST_DAYS = 1, 30
SALT = "papers.previews"


class Expired(Exception):
    """The link was good until a day that has passed."""


@dataclass(frozen=True)
class Preview:
    """An entry's newest version, as those see it who may see it before readers do.

    `until` is the last day on which a reviewer's link is good; editors need no link.
    """

    page: PaperPage
    is_public: bool
    until: date | None = None


def make_link(paper: Paper, *, days: int) -> str:
    """The path of a page that shows an entry to whoever has it, for so many days.

    It is good until the end of its last day, in UTC. Nothing takes it back but deleting
    the entry or changing SECRET_KEY. Raise ValueError for less than a day or more than
    thirty.
    """
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise ValueError(f"A link is good for {FEWEST_DAYS} to {MOST_DAYS} days.")
    until = timezone.now().date() + timedelta(days=days)
    token = signing.dumps([paper.pk, until.isoformat()], salt=SALT)
    return reverse("papers:preview", args=[token])


def load_previewed(token: str) -> Preview:
    """What a link shows. Raise Expired after its last day.

    Raise Http404 for what make_link() did not make, and for an entry that is deleted.
    """
    try:
        pk, day = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404("This is not the whole link: copy it once more.") from error
    until = date.fromisoformat(day)
    if timezone.now().date() > until:
        raise Expired
    return load_preview(pk, until)


def load_preview(pk: int, until: date | None = None) -> Preview:
    """The entry of this key. Raise Http404 where there is none."""
    page = selectors.get_draft_page(pk=pk)
    is_public = Paper.objects.published().filter(pk=pk).exists()
    return Preview(page, is_public, until)
