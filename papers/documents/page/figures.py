"""Figures that a page shows or wants: each is a figure that is still to be made."""

import re
from collections.abc import Iterable

from bs4 import Tag

from papers.documents.page.links import judge
from papers.documents.page.markdown import to_line
from papers.documents.page.remarks import Remarks
from papers.documents.page.tree import (
    MEDIA,
    Loose,
    classes_of,
    is_visible,
    line_of,
    pieces,
    squeeze,
    text_of,
)
from papers.identifiers import shorten
from papers.values import FigureDocument

PLACEHOLDER_CLASS = re.compile(r"(?:.*[-_])?placeholder", re.IGNORECASE)
PLACEHOLDER = re.compile(
    r"\[\s*(?:insert|add|place|embed|put)\b[^\[\]]{0,60}\b(?:figure|image|diagram|chart"
    r"|table|graph|picture|screenshot|plot|illustration)s?\b[^\[\]]{0,100}\]"
    r"|\W{0,3}(?:figure|image) placeholder\W{0,3}",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\b(?:based on|adapted from|taken from|reproduced from|courtesy of|redrawn from)\b"
    r"|^(?:source|credits?)\s*:",
    re.IGNORECASE,
)


def find_figures(roots: Iterable[Tag]) -> list[Tag]:
    """The elements that show a figure or ask for one, in order, none in another."""
    found: list[Tag] = []
    known: set[int] = set()
    for root in roots:
        for node in root.descendants:
            if isinstance(node, Tag):
                element = node if is_figure(node) else None
            elif is_visible(node) and PLACEHOLDER.fullmatch(squeeze(str(node)[:300])):
                element = widest(node.parent, root)
            else:
                continue
            if element and not known & {id(element), *map(id, element.parents)}:
                known.add(id(element))
                found.append(element)
    return found


def is_figure(tag: Tag) -> bool:
    if tag.name in MEDIA:
        return True
    if tag.name == "figure":
        return tag.find("pre") is None and tag.find("table") is None
    return any(PLACEHOLDER_CLASS.fullmatch(name) for name in classes_of(tag))


def widest(element: Tag | None, root: Tag) -> Tag | None:
    """The largest element that holds nothing but the words of this one."""
    if element is None or element is root:
        return None
    for parent in element.parents:
        filled = [
            one for one in parent.contents if isinstance(one, Tag) or str(one).strip()
        ]
        if parent is root or len(filled) > 1:
            break
        element = parent
    return element


def read_figure(element: Tag, number: int, remarks: Remarks) -> FigureDocument:
    """A wanted figure with all that the page says of it."""
    notes: list[str] = []
    credits_: list[str] = []
    caption = alt = source = ""
    for piece in pieces(element, lambda tag: tag.name in {"p", "li", "figcaption"}):
        if isinstance(piece, Loose):
            notes.append(piece.text)
        elif CREDIT.search(words := text_of(piece)):
            urls = usable_addresses(piece)
            source = source or next(iter(urls), "")
            credits_.append(without(words, [source]))
            notes.extend(url for url in urls if url not in {source, ""})
        elif piece.name == "figcaption":
            caption = to_line(piece.contents)
        else:
            notes.append(with_addresses(piece))
    for media in element.find_all(MEDIA) if element.name not in MEDIA else [element]:
        alt = alt or squeeze(str(media.get("alt", "")))
        notes.append(report_media(media, number, remarks))
    report_wanted(element, number, remarks)
    return FigureDocument(
        key=f"wanted-{number}",
        kind="image",
        caption=caption,
        alt=alt,
        credit="; ".join(filter(None, credits_)),
        source=source,
        wanted=True,
        note="\n".join(filter(None, notes)),
    )


def usable_addresses(element: Tag) -> list[str]:
    urls = [judge(str(link["href"])).url for link in element.find_all("a", href=True)]
    return [url for url in urls if url]


def with_addresses(element: Tag) -> str:
    words = text_of(element)
    extra = [url for url in usable_addresses(element) if url not in words]
    return " ".join([words, *(f"({url})" for url in extra)])


def without(words: str, addresses: list[str]) -> str:
    for address in filter(None, addresses):
        words = words.replace(address, "")
    return squeeze(words).rstrip(" ,:(")


def address_of(media: Tag) -> str:
    return squeeze(
        str(media.get("src") or media.get("data") or media.get("poster") or "")
    )


def report_media(media: Tag, number: int, remarks: Remarks) -> str:
    """A line for the editors with where the picture is."""
    address = shorten(address_of(media), 500)
    remarks.warning(
        "figures.file",
        f"The page shows “{address}”: add the file to wanted-{number}, if you may"
        " use it.",
        "figures",
        line_of(media),
    )
    return f"The page shows {address}" if address else ""


def report_wanted(element: Tag, number: int, remarks: Remarks) -> None:
    if element.name not in MEDIA:
        remarks.info(
            "figures.wanted",
            f"A figure is wanted here: make wanted-{number} or take it out.",
            "figures",
            line_of(element),
        )
