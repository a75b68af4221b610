"""One entry into its rows, as the desk brings it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify

from papers.documents import store
from papers.models import Claim, FormerAddress, Link, Paper, Section, Tag
from papers.models.paper import FIGURES, PARSERS
from papers.values import FigureDocument, PaperDocument

Part = TypeVar("Part")
LONGEST_SLUG = 80
MONTH_LIKE = re.compile(r"[0-9]{1,2}")  # The address of a month.


def write_entry(document: PaperDocument, paper: Paper) -> None:
    """Let the rows say what the document says; tags that nobody has yet are made.

    Raise EntryError, in words and with the field, for what the rows cannot hold. The
    caller opens the transaction.
    """
    tags = find_tags(document.tags)
    for name in document.tags:
        if name not in tags:
            tags[name] = make_tag(name)
    write(document, paper, tags)


def sketch_entry(document: PaperDocument, paper: Paper) -> None:
    """Let the rows say what the document says as far as they can hold it.

    What they cannot hold (half a date, a link without an address, a tag that nobody
    has yet) stays in the entry's revision alone.
    """
    write(fit(document, paper), paper, find_tags(document.tags))


def write(document: PaperDocument, paper: Paper, tags: dict[str, Tag]) -> None:
    named = tuple(dict.fromkeys(tags[t].name for t in document.tags if t in tags))
    chips = {tags[chip].name for chip in document.chips if chip in tags}
    document = replace(
        document, tags=named, chips=tuple(name for name in named if name in chips)
    )
    if paper.pk:
        document = store.keep_history(document, paper)
    store.write_fields(document, paper)
    store.write_parts(document, paper, {tag.name: tag for tag in tags.values()})
    paper.settle()


def find_tags(names: Iterable[str]) -> dict[str, Tag]:
    """The tags that have these names, or another name that is one of these."""
    found: dict[str, Tag] = {}
    for name in names:
        tag = Tag.objects.filter(name__iexact=name).first()
        tag = tag or Tag.objects.filter(aliases__name__iexact=name).first()
        if tag:
            found[name] = tag
    return found


def make_tag(name: str) -> Tag:
    taken = set(Tag.objects.values_list("slug", flat=True))
    tag = Tag(name=name, slug=free(slugify(name) or "tag", taken, longest=100))
    store.clean(tag, entry=f"tag {name}", field="tags")
    tag.save()
    return tag


def free(slug: str, taken: Iterable[str], longest: int = LONGEST_SLUG) -> str:
    """This address, or else the first with a number behind it that nobody has."""
    known = set(taken)
    slug = slug[:longest].strip("-")
    numbered = (f"{slug[: longest - 5]}-{number}" for number in count(2))
    return slug if slug not in known else next(n for n in numbered if n not in known)


def free_slug(document: PaperDocument, paper: Paper) -> str:
    """An address in the review for an entry that may have none of its own yet."""
    wanted = slugify(document.slug) or slugify(document.headline or document.title)
    if not wanted or MONTH_LIKE.fullmatch(wanted):
        wanted = f"entry-{wanted}".strip("-")
    others = Paper.objects.filter(review=paper.review).exclude(pk=paper.pk)
    former = FormerAddress.objects.filter(year=paper.review.year)
    taken = [
        FIGURES,
        *others.values_list("slug", flat=True),
        *former.exclude(paper=paper.pk).values_list("slug", flat=True),
    ]
    return free(wanted, taken)


def fit(document: PaperDocument, paper: Paper) -> PaperDocument:
    """The document without what the rows cannot hold."""
    values: dict[str, Any] = {"slug": free_slug(document, paper)}
    for stored, parse in PARSERS.items():
        name = "date" if stored == "published_on" else stored
        values[name] = attempt(parse, getattr(document, name))
    for field in Paper._meta.get_fields():
        name = field.name
        if longest := getattr(field, "max_length", None):
            value = values.get(name, getattr(document, name, ""))
            if isinstance(value, str):
                values[name] = value[:longest]
    values.pop("published_on", None)
    return replace(
        document,
        **{name: value for name, value in values.items() if hasattr(document, name)},
        links=each_once(document.links, Link, lambda link: link.url),
        claims=each_once(document.claims, Claim, lambda claim: claim.key or claim),
        sections=each_once(
            document.sections, Section, lambda part: (part.kind, part.heading)
        ),
        figures=fit_figures(document.figures),
    )


def attempt(parse: Callable[[str], str], text: str) -> str:
    try:
        return parse(text)
    except ValueError:
        return ""


def each_once(
    parts: Iterable[Part], model: type[Model], key: Callable[[Part], object]
) -> tuple[Part, ...]:
    """The parts of which a row can be made, each once."""
    held = {key(part): part for part in parts if is_held(model(**vars(part)))}
    return tuple(held.values())


def is_held(row: Model) -> bool:
    try:
        row.full_clean(exclude={"paper"}, validate_unique=False)
    except ValidationError:
        return False
    return True


def fit_figures(figures: Iterable[FigureDocument]) -> tuple[FigureDocument, ...]:
    """The figures of which a row can be made; one without its content is wanted yet."""
    held: dict[str, FigureDocument] = {}
    for figure in figures:
        still_wanted = replace(figure, wanted=True, content="", image=b"", dark=b"")
        for version in (figure, still_wanted):
            if is_figure(version):
                held.setdefault(figure.key, version)
                break
    return tuple(held.values())


def is_figure(figure: FigureDocument) -> bool:
    try:
        return is_held(store.make_figure(figure))
    except ValueError:
        return False
