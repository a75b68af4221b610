"""What differs between two versions of an entry, part by part and word by word."""

import hashlib
import re
from calendar import month_name
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from textwrap import shorten
from typing import TypeVar

from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    SectionDocument,
)
from papers.wording import (
    Run,
    diff_lines,
    diff_names,
    diff_words,
    shorten_same,
    show_breaks,
)

__all__ = ["Change", "Run", "compare", "diff_words", "shorten_same"]

LINE_END = re.compile(r"\r\n?")
ALIKE = 0.6  # Two claims with fewer words in common are not versions of one.
MOST_CLAIMS = 50  # So many that changed of each version are compared with each other.
LONGEST_LABEL = 60
MONTHS = dict(enumerate(month_name))

Part = TypeVar("Part")
Diff = Callable[[str, str], tuple[Run, ...]]


@dataclass(frozen=True)
class Change:
    """What one part of an entry said before and says after, with ends of lines as \\n.

    The runs that are the same or removed are `before`; the same or added are `after`.
    """

    part: str
    label: str
    before: str
    after: str
    runs: tuple[Run, ...]

    @property
    def shown(self) -> tuple[Run, ...]:
        """The runs for a reader: in short, and with a sign where only lines broke."""
        return tuple(map(show_breaks, shorten_same(self.runs)))


def compare(before: PaperDocument, after: PaperDocument) -> list[Change]:
    """What changed, in the order of the form; what is not a matter of words is not."""
    return [
        *compare_fields(FIELDS, before, after),
        *compare_sections(before.sections, after.sections),
        *compare_figures(before.figures, after.figures),
        *compare_links(before.links, after.links),
        *compare_claims(before.claims, after.claims),
        *compare_fields({"notes": "Notes"}, before, after),
    ]


FIELDS = {
    "headline": "Headline",
    "slug": "Slug",
    "month": "Month",
    "summary": "Summary",
    "title": "Title",
    "authors": "Authors",
    "date": "Date of the paper",
    "venue": "Venue",
    "arxiv_id": "arXiv id",
    "doi": "DOI",
    "tags": "Tags",
    "chips": "Tags on the card",
    "focus": "Focus",
    "impact": "Impact",
    "citation_note": "Citation note",
}
DIFFS: dict[str, Diff] = {
    "authors": diff_lines,
    "tags": diff_names,
    "chips": diff_names,
}


def compare_fields(
    labels: Mapping[str, str], before: PaperDocument, after: PaperDocument
) -> Iterator[Change]:
    for name, label in labels.items():
        old, new = (to_text(getattr(paper, name)) for paper in (before, after))
        yield from compare_texts(name, label, old, new, DIFFS.get(name, diff_words))


def to_text(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, int):
        return MONTHS.get(value) or str(value)
    return value


def compare_texts(
    part: str, label: str, before: str, after: str, diff: Diff = diff_words
) -> Iterator[Change]:
    # Browsers and systems end lines in ways of their own; nobody wrote that.
    before, after = LINE_END.sub("\n", before), LINE_END.sub("\n", after)
    if before != after:
        yield Change(part, label, before, after, diff(before, after))


# The parts of an entry


@dataclass(frozen=True)
class Described:
    """A part in the editor's words; its fields are compared one by one."""

    part: str
    label: str
    fields: Mapping[str, str]
    whole: str  # What is added or removed with it.


def compare_parts(
    plural: str,
    before: Sequence[Described],
    after: Sequence[Described],
    places: Mapping[int, int],
) -> Iterator[Change]:
    """`places` says for places in `after` which place in `before` the part had."""
    before, after = number(before), number(after)
    for place, new in enumerate(after):
        if place in places:
            yield from compare_described(before[places[place]], new)
        else:
            yield from compare_texts(new.part, new.label, "", new.whole)
    known = {new.part for new in after}
    for place in sorted({*range(len(before))} - {*places.values()}):
        old = before[place]
        part = f"{old.part}/removed" if old.part in known else old.part
        yield from compare_texts(part, old.label, old.whole, "")
    labels = {places[place]: after[place].label for place in sorted(places)}
    now, then = labels.values(), (labels[place] for place in sorted(labels))
    yield from compare_texts(
        f"order/{plural}",
        f"Order of the {plural}",
        "\n".join(then),
        "\n".join(now),
        diff_names,
    )


def number(parts: Sequence[Described]) -> list[Described]:
    """The parts, each with a name of its own: a draft may have two of one name."""
    seen: Counter[str] = Counter()
    numbered = []
    for part in parts:
        seen[part.part] += 1
        again = f"/{seen[part.part]}" if seen[part.part] > 1 else ""
        numbered.append(replace(part, part=part.part + again))
    return numbered


def compare_described(before: Described, after: Described) -> Iterator[Change]:
    for name, text in after.fields.items():
        part = f"{after.part}/{name}" if name else after.part
        label = f"{after.label}: {name}" if name else after.label
        yield from compare_texts(part, label, before.fields[name], text)


def match(
    before: Sequence[Part],
    after: Sequence[Part],
    *keys: Callable[[Part], Hashable],
) -> dict[int, int]:
    """For places in `after`, which place in `before` the same part had.

    It is the same part by the first key or, where nothing else is, by the next.
    """
    places: dict[int, int] = {}
    for key in keys:
        free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for place, part in enumerate(before):
            if place not in places.values():
                free[key(part)].append(place)
        for place, part in enumerate(after):
            if place not in places and free[key(part)]:
                places[place] = free[key(part)].popleft()
    return places


def to_lines(fields: Mapping[str, str]) -> str:
    return "\n".join(
        f"{name.capitalize()}: {text}" for name, text in fields.items() if text
    )


SECTIONS = {
    "technical": "Technical context",
    "figures": "Figures",
    "historical": "Historical context",
    "relevance": "Relevance at the end of the year",
}


def compare_sections(
    before: Sequence[SectionDocument], after: Sequence[SectionDocument]
) -> Iterator[Change]:
    # A section with the words of one that is gone has got another heading.
    places = match(
        before,
        after,
        lambda s: (s.kind, s.heading),
        lambda s: s.body.strip() or object(),
    )
    old = [describe_section(section) for section in before]
    new = [describe_section(section) for section in after]
    yield from compare_parts("sections", old, new, places)


def describe_section(section: SectionDocument) -> Described:
    name = "/".join(filter(None, ("sections", section.kind, section.heading)))
    title = section.heading or SECTIONS.get(section.kind, section.kind)
    label = f"Section “{title}”" if section.heading else title
    fields = {"heading": title, "": section.body}
    return Described(name, label, fields, f"{title}\n\n{section.body}".strip())


def compare_figures(
    before: Sequence[FigureDocument], after: Sequence[FigureDocument]
) -> Iterator[Change]:
    places = match(before, after, lambda f: f.key, lambda f: replace(f, key=""))
    old = [describe_figure(figure) for figure in before]
    new = [describe_figure(figure) for figure in after]
    yield from compare_parts("figures", old, new, places)


def describe_figure(figure: FigureDocument) -> Described:
    fields = {
        "key": figure.key,
        "kind": figure.kind,
        "caption": figure.caption,
        "alt text": figure.alt,
        "content": figure.content,
        "form": figure.chart,
        "notes": figure.notes,
        "language": figure.language,
        "picture": digest(figure.image),
        "picture for a dark page": digest(figure.dark),
        "credit": figure.credit,
        "source": figure.source,
        "licence": figure.licence,
        "wanted": "yes" if figure.wanted else "",
        "note": figure.note,
    }
    label = f"Figure “{figure.key}”"
    return Described(f"figures/{figure.key}", label, fields, to_lines(fields))


def digest(image: bytes) -> str:
    """What a picture is told by: it is another exactly when this is."""
    return hashlib.sha256(image).hexdigest()[:12] if image else ""


def compare_links(
    before: Sequence[LinkDocument], after: Sequence[LinkDocument]
) -> Iterator[Change]:
    # A link that says what one says that is gone has got another address.
    places = match(
        before, after, lambda k: k.url, lambda k: (k.kind, k.label or object())
    )
    old = [describe_link(link) for link in before]
    new = [describe_link(link) for link in after]
    yield from compare_parts("links", old, new, places)


def describe_link(link: LinkDocument) -> Described:
    whole = to_lines({"kind": link.kind, "label": link.label, "address": link.url})
    return Described(f"links/{link.url}", f"Link {link.url}", {"": whole}, whole)


def compare_claims(
    before: Sequence[ClaimDocument], after: Sequence[ClaimDocument]
) -> Iterator[Change]:
    places = match(before, after, lambda c: c, lambda c: c.text)
    places |= match_reworded(before, after, places)
    old = [describe_claim(claim, place) for place, claim in enumerate(before, 1)]
    new = [describe_claim(claim, place) for place, claim in enumerate(after, 1)]
    yield from compare_parts("claims", old, new, places)


def match_reworded(
    before: Sequence[ClaimDocument],
    after: Sequence[ClaimDocument],
    places: Mapping[int, int],
) -> dict[int, int]:
    """The claims that say nearly the same: those with most words in common first."""
    gone = [n for n in range(len(before)) if n not in places.values()][:MOST_CLAIMS]
    new = [n for n in range(len(after)) if n not in places][:MOST_CLAIMS]
    alike = []
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for place in new:
        matcher.set_seq2(after[place].text.split())
        for former in gone:
            matcher.set_seq1(before[former].text.split())
            # Whatever their order: that takes one look at each word.
            ratio = matcher.quick_ratio()
            if ratio >= ALIKE:
                alike.append(
                    (-ratio, abs(place - former), place + former, place, former)
                )
    reworded: dict[int, int] = {}
    for *_, place, former in sorted(alike):
        if place not in reworded and former not in reworded.values():
            reworded[place] = former
    return reworded


def describe_claim(claim: ClaimDocument, place: int) -> Described:
    fields = {
        "name": claim.key,
        "value": claim.value,
        "status": STATUSES.get(claim.status, claim.status),
        "source": claim.source,
        "place": claim.place,
    }
    whole = f"{claim.text}\n{to_lines(fields)}".strip()
    label = f"Claim “{shorten(claim.text, LONGEST_LABEL, placeholder=' …')}”"
    return Described(f"claims/{place}", label, {"": whole}, whole)


STATUSES = {"unverified": "not settled"}
