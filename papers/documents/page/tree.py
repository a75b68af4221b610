"""The tree of a page, forgiving: unclosed elements end where the next one begins.

Everything here walks the tree without recursion, in time that grows with the page.
"""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bs4 import BeautifulSoup, CData, Comment, Tag, XMLParsedAsHTMLWarning
from bs4.element import (
    NavigableString,
    PageElement,
    PreformattedString,
    Script,
    Stylesheet,
)
from bs4.exceptions import ParserRejectedMarkup

from papers.values import DocumentError

# What is nested deeper is read as if it stood in its hundredth parent.
DEEPEST = 100
# So many nodes are not looked through again and again.
MUCH = 20
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNSEEN = frozenset({"script", "style"})
MEDIA = frozenset({"audio", "embed", "iframe", "img", "object", "video"})
INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark "
    "q ruby s samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(INLINE_NAMES.split())
# The start of one of these ends an open paragraph, as it does in a browser.
BLOCK_NAMES = (
    "address article aside blockquote center details dialog dir div dl dt dd fieldset "
    "figcaption figure footer form header hgroup hr li main menu nav ol p pre search "
    "section summary table ul"
)
BLOCKS = frozenset(BLOCK_NAMES.split()).union(HEADINGS)
# The start of the key ends an open one of the first, unless one of the second is open.
SIBLINGS = {
    "a": ({"a"}, set[str]()),
    "dd": ({"dd", "dt"}, {"dl"}),
    "dt": ({"dd", "dt"}, {"dl"}),
    "li": ({"li"}, {"ol", "ul", "menu"}),
    "td": ({"td", "th"}, {"table", "tr"}),
    "th": ({"td", "th"}, {"table", "tr"}),
    "tr": ({"tr"}, {"table"}),
} | dict.fromkeys(HEADINGS, (set(HEADINGS), set[str]()))
ROLE = re.compile(
    r"(?:.*[-_])?(card|meta|date|tags?|title|description|details|summary|header"
    r"|attribution)",
    re.IGNORECASE | re.DOTALL,
)
# These hold words and nothing with a role of its own.
LEAVES = frozenset({"date", "tag", "title", "description", "summary"})
BOM = "\ufeff"
# NUL and its like, and the code points that page_markdown uses as marks.
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Page(BeautifulSoup):
    """The parsed page. `too_deep` is the line where nesting was first cut off, or 0."""

    def __init__(self, html: str) -> None:
        self.too_deep = 0
        self.flattened: Counter[str] = Counter()
        super().__init__(html, "html.parser")

    def handle_starttag(
        self,
        name: str,
        namespace: str | None,
        nsprefix: str | None,
        attrs: Any,
        *args: Any,
        **kwargs: Any,
    ) -> Tag | None:
        self.endData()
        self.close_before(name, str(attrs.get("class", "")))
        is_void = self.builder.can_be_empty_element(name)
        if len(self.tagStack) > DEEPEST and not is_void:
            self.too_deep = self.too_deep or kwargs.get("sourceline") or 0
            self.flattened[name] += 1
            return None
        return super().handle_starttag(
            name, namespace, nsprefix, attrs, *args, **kwargs
        )

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        if self.flattened[name]:
            self.flattened[name] -= 1
            return
        super().handle_endtag(name, nsprefix)

    def handle_data(self, data: str) -> None:
        super().handle_data(UNWRITABLE.sub("\ufffd", data.replace(BOM, "")))

    def close_before(self, name: str, classes: str) -> None:
        """Close what the author of the page left open before this element."""
        if name in SIBLINGS:
            self.close_siblings(*SIBLINGS[name])
        if name in BLOCKS:
            if self.open_tag_counter["p"]:
                self.close(lambda tag: tag.name == "p")
            if any(self.open_tag_counter[open_] for open_ in TITLES):
                self.close(lambda tag: tag.name in TITLES and has_words(tag))
        if roles := class_roles(classes.split()):
            self.close(
                lambda tag: (
                    bool(roles.keys() & roles_of(tag).keys())
                    or (bool(LEAVES & set(roles_of(tag).values())) and has_words(tag))
                )
            )

    def close_siblings(self, names: set[str], barriers: set[str]) -> None:
        if not any(self.open_tag_counter[name] for name in names):
            return
        for depth in range(len(self.tagStack) - 1, 0, -1):
            name = self.tagStack[depth].name
            if name in barriers:
                return
            if name in names:
                self.pop_from(depth)
                return

    def close(self, is_over: Callable[[Tag], bool]) -> None:
        """Pop the outermost open element that is over, with all it holds."""
        depth = next(
            (n for n, tag in enumerate(self.tagStack) if n and is_over(tag)), 0
        )
        if depth:
            self.pop_from(depth)

    def pop_from(self, depth: int) -> None:
        while len(self.tagStack) > depth:
            self.popTag()


# A title or a summary that was left open ends before the next block, if it has words.
TITLES = ("summary", *HEADINGS)


def parse_page(html: str, file: str = "") -> Page:
    """Return the tree. Raise DocumentError when the text is no HTML at all."""
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace(BOM, "").strip():
        raise DocumentError("The page is empty.", file=file)
    if "<" not in text:
        raise DocumentError("This is no page: it holds no element.", file=file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            return Page(text)
    except ParserRejectedMarkup as error:
        reason = "This is no page that can be read: its markup breaks off."
        raise DocumentError(reason, file=file) from error


def class_roles(classes: list[str]) -> dict[str, str]:
    """The classes that tell what an element is for, with what they tell."""
    found = ((name, ROLE.fullmatch(name)) for name in classes)
    return {name: match[1].lower() for name, match in found if match}


def roles_of(tag: Tag) -> dict[str, str]:
    return class_roles(classes_of(tag)) if "class" in tag.attrs else {}


def classes_of(tag: Tag) -> list[str]:
    return [str(name) for name in tag.get_attribute_list("class") if name]


def has_role(tag: Tag, *roles: str) -> bool:
    return any(role in roles for role in roles_of(tag).values())


def has_words(tag: Tag) -> bool:
    """Whether a word stands in the element; one that holds much is taken to."""
    near = list(islice(tag.descendants, MUCH))
    return len(near) == MUCH or any(is_word(node) for node in near)


def is_word(node: PageElement) -> bool:
    return is_visible(node) and bool(str(node).strip())


def is_visible(node: PageElement) -> bool:
    """Whether a node is text that a reader would see."""
    if not isinstance(node, NavigableString) or isinstance(node, Script | Stylesheet):
        return False
    return isinstance(node, CData) or not isinstance(node, PreformattedString)


def children(tag: Tag) -> Iterator[Tag]:
    return (child for child in tag.children if isinstance(child, Tag))


def walk(
    root: Tag, stops_at: Callable[[Tag], bool] = lambda tag: False
) -> Iterator[tuple[PageElement, bool]]:
    """Every node below, in order; an element comes again, with True, where it ends.

    What is in an element that `stops_at` names is passed over.
    """
    waiting: list[tuple[PageElement, bool]] = [(n, False) for n in root.contents[::-1]]
    while waiting:
        node, is_end = waiting.pop()
        is_open = isinstance(node, Tag) and not is_end and not stops_at(node)
        yield node, is_end
        if is_open and isinstance(node, Tag):
            waiting.append((node, True))
            waiting.extend((child, False) for child in reversed(node.contents))


def text_of(root: Tag, skipped: frozenset[int] = frozenset()) -> str:
    """The words of an element as one line; blocks and breaks part words."""

    def is_skipped(tag: Tag) -> bool:
        return tag.name in UNSEEN or id(tag) in skipped

    words = []
    for node, _ in walk(root, is_skipped):
        if isinstance(node, Tag):
            words.append("" if node.name in INLINE else " ")
        elif is_visible(node):
            words.append(str(node))
    return squeeze("".join(words))


def squeeze(text: str) -> str:
    """The text with single spaces and no other white space."""
    return " ".join(text.split())


def line_of(node: PageElement) -> int:
    """The line that a node stands on: that of a text is where its words begin."""
    if isinstance(node, Tag):
        return node.sourceline or 1
    text = str(node)
    passed = text[: len(text) - len(text.lstrip())].count("\n")
    for before in islice(node.previous_elements, MUCH):
        if isinstance(before, Tag):
            return line_of(before) + passed
        passed += str(before).count("\n")
    return line_of(node.parent) if node.parent else 1


@dataclass(frozen=True)
class Loose:
    """Words that stand in no element that has a place in a review."""

    line: int
    text: str


@dataclass
class Words:
    """The words of one block, while they are gathered."""

    parts: list[str] = field(default_factory=list)
    line: int = 0

    def add(self, node: PageElement) -> None:
        if is_visible(node):
            self.parts.append(str(node))
            if not self.line and str(node).strip():
                self.line = line_of(node)

    def add_address(self, tag: Tag) -> None:
        if tag.get("href"):
            self.parts.append(f" ({tag['href']}) ")

    def take(self) -> Iterator[Loose]:
        text = squeeze("".join(self.parts))
        if text:
            yield Loose(self.line, text)
        self.parts, self.line = [], 0


def pieces(root: Tag, is_known: Callable[[Tag], bool]) -> Iterator[Tag | Loose]:
    """The known elements below, in order, and between them the words outside of them.

    Known elements are not looked into. The words of one block come together; the
    address of a link among them follows its words.
    """
    words = Words()

    def stops_at(tag: Tag) -> bool:
        return tag.name in UNSEEN or is_known(tag)

    for node, is_end in walk(root, stops_at):
        if not isinstance(node, Tag):
            words.add(node)
        elif not is_end and is_known(node):
            yield from words.take()
            yield node
        elif node.name not in INLINE:
            yield from words.take()
        elif is_end:
            words.add_address(node)
    yield from words.take()


def comments_of(root: Tag) -> Iterator[Comment]:
    return (node for node in root.descendants if isinstance(node, Comment))
