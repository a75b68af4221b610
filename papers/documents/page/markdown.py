"""Elements of a page to Markdown that says the same words when it is rendered.

Characters of the page's own text travel as code points that no page holds, so that
at the end those that would read as markup can be told from those that are markup.
Asterisks around words are what the page's author meant as emphasis, and stay.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Literal

from bs4 import Tag
from bs4.element import NavigableString, PageElement
from markdownify import ATX, MarkdownConverter

from papers.documents.page.links import is_script, judge
from papers.documents.page.marks import BREAK, CODE, encode, longest_ticks, settle
from papers.documents.page.tree import INLINE, classes_of, is_visible, is_word, walk

NOTHING: frozenset[int] = frozenset()
SAME = {
    "b": {"b", "strong"},
    "strong": {"b", "strong"},
    "em": {"em", "i"},
    "i": {"em", "i"},
    "del": {"del", "s"},
    "s": {"del", "s"},
}
# What markdownify makes of an element: from the element, its text and what is around.
Convert = Callable[[Tag, str, set[str]], str]


def to_markdown(nodes: Iterable[PageElement], skipped: frozenset[int] = NOTHING) -> str:
    """The Markdown of some nodes in order, without the elements whose id is skipped."""
    # The nodes stay where they are in the page: this only lists them.
    view = Tag(name="div")
    view.contents = list(nodes)
    converted = Converter(skipped).process_tag(view, set())
    return settle(trim(converted))


def to_line(nodes: Iterable[PageElement], skipped: frozenset[int] = NOTHING) -> str:
    """The same in one line, unless it holds more than one paragraph."""
    text = to_markdown(nodes, skipped)
    return text if "\n\n" in text else re.sub(r"\\?\n\s*", " ", text)


class Converter(MarkdownConverter):
    """Markdownify, with its own escapes, fences, lists and tables; for one use."""

    def __init__(self, skipped: frozenset[int]) -> None:
        # With `wrap` and no width, white space is collapsed and no line is broken.
        super().__init__(heading_style=ATX, wrap=True, wrap_width=None)
        self.skipped = skipped
        self.items: Counter[int] = Counter()

    def process_tag(self, node: Tag, parent_tags: set[str]) -> str:
        if id(node) in self.skipped:
            return " " if node.name in INLINE else "\n\n"
        # Markdownify's types leave out what a subclass uses.
        base: Any = super()
        return str(base.process_tag(node, parent_tags))

    def process_text(self, el: NavigableString, parent_tags: set[str]) -> str:
        if not is_visible(el):
            return ""
        base: Any = super()
        text = str(base.process_text(el, parent_tags))
        text = text.lstrip(" ") if is_break(el.previous_sibling) else text
        return text.rstrip(" ") if is_break(el.next_sibling) else text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return encode(
            text, is_label="a" in parent_tags, is_cell=not parent_tags.isdisjoint(CELLS)
        )

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else f"{BREAK}\n{text}"

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {trim(text)} "
        return f"\n\n{trim(text)}\n\n" if trim(text) else ""

    convert_dd = convert_dt = convert_summary = convert_figcaption = convert_p
    convert_article = convert_div = convert_section = convert_p

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        base: Any = super()
        return str(base.convert_blockquote(el, trim(text), parent_tags))

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return text
        code = code_of(el)
        if "_inline" in parent_tags:
            return f"{CODE}{code}{CODE}"
        if not code:
            return ""
        return "\n\n".join(["", fence(code, language_of(el)), *addresses(el), ""])

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = " ".join(text.replace(BREAK, " ").split())
        if "_noformat" in parent_tags or not code:
            return text
        return around(text, " ".join([f"{CODE}{code}{CODE}", *addresses(el)]))

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        link = judge(str(el.get("href", "")))
        if "_noformat" in parent_tags or not link.url:
            return text
        label = " ".join(text.replace(BREAK, " ").split())
        if not label or encode(link.url, is_label=True) == label:
            return around(text, f"<{in_angles(link.url)}>")
        if "\n\n" in text.strip():
            return f"{text}\n\n<{in_angles(link.url)}>\n\n"
        return around(text, f"[{label}]({in_brackets(link.url)})")

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "li" not in parent_tags:
            return f"\n\n{text.rstrip()}\n\n"
        return f"\n{text.rstrip()}\n\n" if is_followed(el) else f"\n{text.rstrip()}"

    convert_ol = convert_ul = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if not trim(text) or "_noformat" in parent_tags:
            return text
        bullet = self.bullet(el.parent)
        indent = " " * len(bullet)
        lines = trim(text).split("\n")
        rest = [f"{indent}{line}" if line else "" for line in lines[1:]]
        is_stray = parent_tags.isdisjoint({"ol", "ul", "menu"})
        before = "\n\n" if is_stray else ""
        return before + "\n".join([f"{bullet}{lines[0]}", *rest, ""])

    def bullet(self, parent: Tag | None) -> str:
        if parent is None or parent.name != "ol":
            return "- "
        start = str(parent.get("start", "1"))
        first = int(start) if re.fullmatch("[0-9]{1,6}", start) else 1
        self.items[id(parent)] += 1
        return f"{first + self.items[id(parent)] - 1}. "

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {' '.join(text.split())} "
        rows = [line for line in text.split("\n") if line.startswith("| ")]
        other = [line for line in text.split("\n") if not line.startswith("| ")]
        before = "\n".join(other).strip()
        if not rows:
            return f"\n\n{before}\n\n"
        columns = max(row.count(" |") for row in rows)
        rule = f"|{' --- |' * columns}"
        head = rows.pop(0) if el.find("th") else f"|{'  |' * columns}"
        return "\n\n" + "\n".join([before, "", head, rule, *rows]).strip("\n") + "\n\n"

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "table" not in parent_tags:
            return f"\n\n{text.strip()}\n\n"
        line = " ".join(text.split("\n")).rstrip()
        return f"\n|{line}\n" if line else ""

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "table" not in parent_tags:
            return f" {' '.join(text.split())} "
        # Pipes that are still plain stand in code; a table needs them escaped too.
        plain = re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))
        return f" {plain} |"

    convert_th = convert_td

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(el.get("alt", "")).translate(NO_LINES)

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return script(text, encode("^"), parent_tags)

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return script(text, encode("_"), parent_tags)

    def get_conv_fn(self, tag_name: str) -> Convert | None:
        base: Any = super()
        made: Convert | None = base.get_conv_fn(tag_name)
        if tag_name not in SAME or made is None:
            return made

        def emphasise(el: Tag, text: str, parent_tags: set[str]) -> str:
            is_nested = not parent_tags.isdisjoint(SAME[tag_name])
            if is_nested or not can_emphasise(el, text):
                return text
            return around(text, made(el, trim(text), parent_tags))

        return emphasise


CELLS = frozenset({"td", "th"})
NO_LINES = str.maketrans("\n\r\t", "   ")


def trim(text: str) -> str:
    """The text without white space and line breaks around it."""
    return text.strip(f" \t\r\n\xa0{BREAK}")


def is_break(node: PageElement | None) -> bool:
    return isinstance(node, Tag) and node.name == "br"


def is_followed(el: Tag) -> bool:
    """Whether anything comes after a list that is no list itself."""
    after = (
        node for node in el.next_siblings if isinstance(node, Tag) or is_word(node)
    )
    following = next(after, None)
    is_list = isinstance(following, Tag) and following.name in {"ol", "ul"}
    return following is not None and not is_list


def script(text: str, sign: str, parent_tags: set[str]) -> str:
    """Raised and lowered text has no Markdown: 10^6 and H_2O say what was meant."""
    is_plain = bool(re.match(r"\w", text)) and "_noformat" not in parent_tags
    return f"{sign}{text}" if is_plain else text


def can_emphasise(el: Tag, text: str) -> bool:
    """Whether Markdown reads emphasis here: not beside a letter, after punctuation."""
    inner = trim(text)
    if not inner or "\n\n" in inner:
        return False
    before, after = beside(el, "previous_sibling")[-1:], beside(el, "next_sibling")[:1]
    starts = inner[0].isalnum() or not before.isalnum() or text[0] != inner[0]
    ends = inner[-1].isalnum() or not after.isalnum() or text[-1] != inner[-1]
    return starts and ends


def beside(el: Tag, side: Literal["previous_sibling", "next_sibling"]) -> str:
    """The text beside an element; another emphasis counts as a letter."""
    while getattr(el, side) is None and el.parent and el.parent.name in INLINE:
        el = el.parent
    node = getattr(el, side)
    if isinstance(node, NavigableString):
        return str(node)
    return "x" if isinstance(node, Tag) and node.name in SAME else ""


def around(text: str, made: str) -> str:
    """What was made of a text, with the white space and breaks around the text."""
    inner = trim(text)
    before, _, after = text.partition(inner) if inner else (text, "", text)
    return blank(before) + made + blank(after)


def blank(text: str) -> str:
    return f"{BREAK}\n" if BREAK in text else " " if text else ""


def code_of(pre: Tag) -> str:
    """The code as it stands in the page, without blank lines before and after."""
    parts = []
    for node, is_end in walk(pre, is_script):
        if is_break(node) and not is_end:
            parts.append("\n")
        elif is_visible(node):
            parts.append(str(node))
    lines = "".join(parts).split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def language_of(pre: Tag) -> str:
    code = pre.find("code")
    names = classes_of(pre) + (classes_of(code) if code else [])
    found = (re.fullmatch(r"lang(?:uage)?-([\w+#.-]+)", name) for name in names)
    return next((match[1] for match in found if match), "")


def fence(code: str, language: str) -> str:
    marks = "`" * max(3, longest_ticks(code) + 1)
    return f"{marks}{language}\n{code}\n{marks}"


def addresses(el: Tag) -> list[str]:
    """The addresses of the links in code, which cannot hold links."""
    urls = [judge(str(a["href"])).url for a in el.find_all("a", href=True)]
    return [f"<{in_angles(url)}>" for url in urls if url]


ANGLES = str.maketrans(
    {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", "|": "%7C"}
)


def in_angles(url: str) -> str:
    return url.translate(ANGLES)


def in_brackets(url: str) -> str:
    """The address as a link's destination; what looks like an entity is none."""
    safe = re.sub(r"&(?=#?\w{1,40};)", r"\&", in_angles(url)).replace('"', "%22")
    return f"<{safe}>" if re.search(r"[()]", safe) else safe
