"""One vocabulary from the chips and the topics of a page."""

import re
from dataclasses import dataclass, field, replace

from django.utils.text import slugify

from papers.documents.page.remarks import Remarks
from papers.identifiers import shorten
from papers.values import TagDocument

# A name with its abbreviation: one word with two capitals or digits, LoRA or O1.
ABBREVIATED = re.compile(
    r"(?P<full>.*\S)\s*\((?P<short>(?=(?:[^()]*[A-Z0-9]){2})[^\s(),;]{2,15})\)"
)
LONG = 60
LONGEST_SLUG = 100


def unique_slug(slug: str, taken: dict[str, int], longest: int) -> str:
    """The slug, cut at a word, with a number when it is taken; it is taken then.

    `taken` says how often each was asked for.
    """
    if len(slug) > longest:
        whole = slug[: longest + 1].rpartition("-")[0]
        slug = whole or slug[:longest]
    made = slug
    while made in taken:
        taken[slug] += 1
        end = f"-{taken[slug]}"
        made = slug[: longest - len(end)].strip("-") + end
    taken[made] = 1
    return made


@dataclass
class Vocabulary:
    """The tags in order of first appearance, by name without regard to case."""

    by_name: dict[str, TagDocument] = field(default_factory=dict)
    full_names: set[str] = field(default_factory=set)
    slugs: dict[str, int] = field(default_factory=dict)

    @property
    def tags(self) -> tuple[TagDocument, ...]:
        return tuple(self.by_name.values())

    def add(self, text: str, remarks: Remarks, line: int) -> str:
        """The name of the tag that a chip or a topic is, which may be new."""
        if known := self.by_name.get(text.casefold()):
            self.compare(known.name, text, remarks, line)
            return known.name
        match = ABBREVIATED.fullmatch(text)
        if not match:
            if text.casefold() in self.full_names:
                report_near_duplicate(text, text, remarks, line)
            return self.make(text, "", remarks, line)
        return self.add_abbreviated(match, remarks, line)

    def add_abbreviated(self, match: re.Match[str], remarks: Remarks, line: int) -> str:
        text, full, short = match[0], match["full"], match["short"]
        known = self.by_name.get(short.casefold())
        if not known:
            if full.casefold() in self.by_name:
                report_near_duplicate(text, full, remarks, line)
            return self.make(short, full, remarks, line)
        if known.full_name and known.full_name.casefold() != full.casefold():
            report_near_duplicate(
                text, f"{known.full_name} ({known.name})", remarks, line
            )
            return self.make(text, "", remarks, line)
        self.compare(
            f"{known.full_name or full} ({known.name})",
            f"{full} ({short})",
            remarks,
            line,
        )
        self.full_names.add(full.casefold())
        self.by_name[short.casefold()] = replace(
            known, full_name=known.full_name or full
        )
        return known.name

    def make(self, name: str, full_name: str, remarks: Remarks, line: int) -> str:
        if len(name) > LONG:
            remarks.warning(
                "tags.long",
                f"“{name}” is long for a tag: shorten it to {LONG} characters.",
                "tags",
                line,
            )
        slug = unique_slug(slugify(name) or "tag", self.slugs, LONGEST_SLUG)
        self.by_name[name.casefold()] = TagDocument(
            name=name, slug=slug, full_name=full_name
        )
        if full_name:
            self.full_names.add(full_name.casefold())
        return name

    def compare(self, known: str, other: str, remarks: Remarks, line: int) -> None:
        if known != other:
            remarks.info(
                "tags.spelling",
                f"“{other}” is read as the tag “{known}”.",
                "tags",
                line,
            )


def report_near_duplicate(text: str, known: str, remarks: Remarks, line: int) -> None:
    remarks.warning(
        "tags.near-duplicate",
        f"“{shorten(text)}” is a tag of its own beside “{shorten(known)}”: use one of"
        " them if they mean the same.",
        "tags",
        line,
    )
