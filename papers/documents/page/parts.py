"""What a page consists of, and what a card consists of, by class and by structure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from papers.documents.page.dates import MONTH, read_month
from papers.documents.page.remarks import Remarks
from papers.documents.page.tree import (
    HEADINGS,
    INLINE,
    Loose,
    Page,
    children,
    has_role,
    line_of,
    pieces,
    roles_of,
    squeeze,
    text_of,
)

PART_OF_ROLE = {
    "date": "date",
    "tags": "tags",
    "tag": "tag",
    "title": "title",
    "description": "description",
    "summary": "description",
    "details": "details",
}
WRAPPERS = frozenset({"[document]", "body", "html"})


@dataclass
class Layout:
    """The parts of a page. A card is its element and what a stray end left behind."""

    headers: list[Tag] = field(default_factory=list)
    attributions: list[Tag] = field(default_factory=list)
    cards: list[list[Tag]] = field(default_factory=list)


def lay_out(page: Page, remarks: Remarks) -> Layout:
    """Find the parts; what stands outside of them is left in the remarks."""
    cards = find_cards(page)
    if any(card is page for card in cards):
        return Layout(cards=[[page]])
    card_ids = {id(card) for card in cards}
    holders = {id(parent) for card in cards for parent in card.parents}
    headers = header_ids(page, holders)
    named = card_ids | headers
    layout = Layout()

    def is_known(tag: Tag) -> bool:
        return id(tag) in named or (
            id(tag) not in holders and (is_details(tag) or has_role(tag, "attribution"))
        )

    for piece in pieces(page, is_known):
        if isinstance(piece, Loose):
            remarks.leave(piece.line, piece.text)
        elif id(piece) in card_ids:
            layout.cards.append([piece])
        elif id(piece) in headers:
            layout.headers.append(piece)
        elif not is_details(piece):
            layout.attributions.append(piece)
        else:
            add_to_last_card(layout, piece, remarks)
    return layout


def add_to_last_card(layout: Layout, details: Tag, remarks: Remarks) -> None:
    line = line_of(details)
    if not layout.cards:
        remarks.leave(line, text_of(details))
        return
    layout.cards[-1].append(details)
    remarks.warning(
        "markup.outside-card",
        "This stands after the end of a card and is read as part of it: is it?",
        line=line,
    )


def header_ids(page: Page, holders: set[int]) -> set[int]:
    """The elements that hold the title of the page and what introduces it."""
    marked = [
        tag
        for tag in page.find_all(True)
        if id(tag) not in holders and (tag.name == "header" or has_role(tag, "header"))
    ]
    found = {id(tag) for tag in marked if not tag.find_parent("details")}
    title = page.find("h1")
    if not title or any(id(parent) in found for parent in title.parents):
        return found
    parent = title.parent
    has_room = parent and parent.name not in WRAPPERS and id(parent) not in holders
    return found | {id(parent) if has_room else id(title)}


def find_cards(page: Page) -> list[Tag]:
    """The cards in order: the innermost elements that look like one."""
    marked = [tag for tag in page.find_all(True) if has_role(tag, "card")]
    likely = {id(tag) for tag in marked if tag.find(is_sign_of_card)}
    holders = {
        id(parent) for tag in marked if id(tag) in likely for parent in tag.parents
    }
    chosen: dict[int, Tag] = {}
    for tag in marked:
        is_outer = id(tag) in holders
        is_part = any(id(parent) in chosen for parent in tag.parents)
        if not is_outer and not is_part:
            chosen[id(tag)] = tag
    return list(chosen.values()) or cards_by_structure(page)


def is_sign_of_card(tag: Tag) -> bool:
    return is_details(tag) or tag.name in {"h2", "h3"} or has_role(tag, "date", "title")


def cards_by_structure(page: Page) -> list[Tag]:
    """Without classes, a card is the largest element around one h3 and its details."""
    titles = [
        title for title in page.find_all("h3") if not title.find_parent("details")
    ]
    around = Counter(id(parent) for title in titles for parent in title.parents)
    titled = {id(parent) for title in page.find_all("h1") for parent in title.parents}
    cards = []
    for title in titles:
        card: Tag = title
        for parent in title.parents:
            if around[id(parent)] > 1 or id(parent) in titled:
                break
            card = parent
        if card.find("details") or read_month(text_of(card))[0]:
            cards.append(card)
    return cards


def is_details(tag: Tag) -> bool:
    return tag.name == "details" or has_role(tag, "details")


@dataclass
class Parts:
    """The parts of one card, as they stand in the page."""

    line: int = 0
    date: str = ""
    date_line: int = 0
    chips: list[tuple[str, int]] = field(default_factory=list)
    headline: str = ""
    descriptions: list[Tag] = field(default_factory=list)
    details: list[Tag] = field(default_factory=list)
    # Elements of which only the text is read: their links would be lost.
    plain: list[Tag] = field(default_factory=list)

    @property
    def month(self) -> tuple[int, int]:
        return read_month(self.date)


def take_apart(roots: list[Tag], figures: frozenset[int], remarks: Remarks) -> Parts:
    """Sort what is in a card; words that belong to no part are left in the remarks."""
    parts = Parts(line=line_of(roots[0]))
    roles = {role for tag in roots[0].find_all(True) for role in roles_of(tag).values()}

    def is_known(tag: Tag) -> bool:
        return id(tag) in figures or bool(part_of(tag, parts, roles))

    for piece in pieces(roots[0], is_known):
        if isinstance(piece, Loose):
            remarks.leave(piece.line, piece.text)
        elif id(piece) not in figures:
            add_part(parts, piece, part_of(piece, parts, roles), remarks)
    parts.details.extend(roots[1:])
    return parts


def part_of(tag: Tag, parts: Parts, roles: set[str]) -> str:
    """Which part of a card an element is; nothing when it only holds parts."""
    if is_details(tag):
        return "details"
    named = [
        PART_OF_ROLE[role] for role in roles_of(tag).values() if role in PART_OF_ROLE
    ]
    return named[0] if named else part_by_structure(tag, parts, roles)


def part_by_structure(tag: Tag, parts: Parts, roles: set[str]) -> str:
    """What an element without a class is, where no other has the class of that part."""
    part = ""
    if "date" not in roles and not parts.date and is_month(tag):
        part = "date"
    elif "title" not in roles and tag.name in HEADINGS[:4]:
        part = "title"
    elif "description" not in roles and tag.name == "p":
        part = "description"
    elif not roles & {"tag", "tags"} and tag.name in {"span", "li"} and is_leaf(tag):
        part = "" if parts.headline else "tag"
    return part


def is_leaf(tag: Tag) -> bool:
    return not any(child.name not in INLINE for child in children(tag))


def is_month(tag: Tag) -> bool:
    return is_leaf(tag) and bool(MONTH.fullmatch(text_of(tag)))


def add_part(parts: Parts, tag: Tag, part: str, remarks: Remarks) -> None:
    text = text_of(tag)
    if part == "details":
        parts.details.append(tag)
    elif part == "description":
        parts.descriptions.append(tag)
    elif part in {"tags", "tag"}:
        parts.chips.extend(chips_in(tag) if part == "tags" else [(text, line_of(tag))])
        parts.plain.append(tag)
    elif part == "date" and not parts.date:
        parts.date, parts.date_line = text, line_of(tag)
        parts.plain.append(tag)
    elif part == "title" and not parts.headline:
        parts.headline = text
        parts.plain.append(tag)
    elif text:
        remarks.leave(line_of(tag), text)


def chips_in(container: Tag) -> Iterator[tuple[str, int]]:
    """The chips in their container: each an element, or all a text with commas."""
    is_chip = has_chips(container)
    for piece in pieces(
        container,
        lambda tag: has_role(tag, "tag") if is_chip else tag.name in INLINE | {"li"},
    ):
        if isinstance(piece, Tag):
            yield text_of(piece), line_of(piece)
        else:
            yield from (
                (squeeze(part), piece.line) for part in re.split("[,;]", piece.text)
            )


def has_chips(container: Tag) -> bool:
    return container.find(lambda tag: has_role(tag, "tag")) is not None
