"""Two tags into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

from django.db import transaction
from django.db.models import Count

from papers.alike import Named
from papers.models import Paper, PaperTag, SearchDocument, Tag, TagAlias


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do, before anybody does it."""

    loser: Tag
    winner: Tag
    papers: Sequence[Paper]  # Those that would carry the winner instead.
    shared: Sequence[Paper]  # Those that carry both, and would keep the winner.
    addresses: Sequence[str]  # Those that would lead to the winner's.
    names: Sequence[str]  # The winner's new other names.
    filled: Sequence[str]  # What the winner does not say yet and would take over.
    dropped: Sequence[str]  # What only the loser says and nothing would keep.


@dataclass(frozen=True)
class Merged:
    """What a merge did."""

    winner: Tag
    name: str
    papers: int
    addresses: Sequence[str]


def preview_merge(loser: Tag, winner: Tag) -> MergePreview:
    """What merge() would do with these two. Raise ValueError where it would refuse."""
    refuse_same(loser, winner)
    carrying = Paper.objects.filter(paper_tags__tag=loser).select_related("review")
    has_both = set(winner.papers.values_list("pk", flat=True))
    papers = list(carrying.in_order())
    aliases = list(loser.aliases.all())
    filled = [name for name in FILLED if is_filled(loser, winner, name)]
    return MergePreview(
        loser=loser,
        winner=winner,
        papers=[paper for paper in papers if paper.pk not in has_both],
        shared=[paper for paper in papers if paper.pk in has_both],
        addresses=addresses_of(loser, aliases),
        names=[loser.name, *(alias.name for alias in aliases)],
        filled=[getattr(loser, name) for name in filled],
        dropped=[
            text
            for name in FILLED
            if name not in filled
            and (text := getattr(loser, name))
            and text != getattr(winner, name)
        ],
    )


FILLED = ("full_name", "description")


@transaction.atomic
def merge(loser: Tag, winner: Tag) -> Merged:
    """Let one tag become another name of another, in every entry and at every address.

    An entry that has both keeps the better place, and the chip if one of them was one.
    Raise ValueError, with nothing changed, for a tag and itself, and where one of the
    two is not there any more.
    """
    refuse_same(loser, winner)
    keys = [loser.pk, winner.pk]
    locked = Tag.objects.select_for_update().order_by("pk").in_bulk(keys)
    if len(locked) < len(keys):
        raise ValueError("One of the two tags is not there any more.")
    loser, winner = locked[keys[0]], locked[keys[1]]
    aliases = list(loser.aliases.all())
    addresses = addresses_of(loser, aliases)
    papers = move_entries(loser, winner)
    move_names(loser, winner)
    for name in FILLED:
        if is_filled(loser, winner, name):
            setattr(winner, name, getattr(loser, name))
    loser.delete()
    winner.save()
    index_entries(winner)
    return Merged(winner, loser.name, papers, addresses)


def refuse_same(loser: Tag, winner: Tag) -> None:
    if loser.pk == winner.pk:
        raise ValueError("A tag cannot be merged into itself.")


def addresses_of(tag: Tag, aliases: Iterable[TagAlias]) -> list[str]:
    """Every address that leads to a tag, its own first."""
    slugs = [tag.slug, *(alias.slug for alias in aliases if alias.slug)]
    return [Tag(slug=slug).get_absolute_url() for slug in slugs]


def is_filled(loser: Tag, winner: Tag, name: str) -> bool:
    """Whether the winner would take over a text that it has none of."""
    text: str = getattr(loser, name)
    is_name = name == "full_name" and text.lower() == winner.name.lower()
    return bool(text) and not is_name and not getattr(winner, name)


def move_entries(loser: Tag, winner: Tag) -> int:
    """Give the winner to every entry of the loser; return how many there were."""
    rows = {row.paper_id: row for row in loser.paper_tags.all()}
    kept = list(PaperTag.objects.filter(tag=winner, paper__in=rows))
    for row in kept:
        other = rows[row.paper_id]
        row.position = min(row.position, other.position)
        row.on_card = row.on_card or other.on_card
    PaperTag.objects.bulk_update(kept, ["position", "on_card"])
    both = [row.paper_id for row in kept]
    PaperTag.objects.filter(tag=loser, paper__in=both).delete()
    PaperTag.objects.filter(tag=loser).update(tag=winner)
    return len(rows)


def move_names(loser: Tag, winner: Tag) -> None:
    """Let the loser's names and addresses be other names and addresses of the winner."""
    TagAlias.objects.filter(tag=loser).update(tag=winner)
    unaddressed = winner.aliases.filter(name__iexact=loser.name, slug=None).first()
    alias = unaddressed or TagAlias(tag=winner, name=free_name(loser))
    alias.slug = loser.slug
    alias.save()


def free_name(tag: Tag) -> str:
    """The tag's name as an alias, or else one made from its address."""
    others = Tag.objects.exclude(pk=tag.pk).values_list("name", flat=True)
    aliases = TagAlias.objects.values_list("name", flat=True)
    taken = {name.lower() for name in (*others, *aliases)}
    numbered = (f"{tag.slug[:90]}-{number}" for number in count(2))
    wanted = chain([tag.name, tag.slug], numbered)
    return next(name for name in wanted if name.lower() not in taken)


def index_entries(tag: Tag) -> None:
    """Let search find a tag's entries by every name that the tag has now.

    Costs the same for one entry and for many.
    """
    documents = SearchDocument.objects.filter(paper__tags=tag).select_related("paper")
    found = list(documents.prefetch_related("paper__paper_tags__tag__aliases"))
    for document in found:
        document.names = document.paper.searched_names(document.paper.topics)
    SearchDocument.objects.bulk_update(found, ["names"], batch_size=100)


def get_named() -> list[Named]:
    """What look-alikes are found by: the names of every tag, and its use."""
    tags = Tag.objects.annotate(carried_by=Count("paper_tags"))
    return [
        Named(
            key=tag.pk,
            name=tag.name,
            full_name=tag.full_name,
            aliases=tuple(alias.name for alias in tag.aliases.all()),
            papers=tag.carried_by,
        )
        for tag in tags.prefetch_related("aliases")
    ]
