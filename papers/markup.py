"""How each piece of Markdown becomes HTML: markdown-it's render rules, as we want them.

What they make still passes the sanitiser in papers.rendering.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from papers import pictures
from papers.mathml import render_formula


class ClaimMark(NamedTuple):
    """A claim as the text shows it: its number, what is said of it, and if it is open."""

    number: int
    words: str
    is_open: bool


@dataclass(frozen=True)
class Frame:
    """Where a text stands, so that ids and numbers are right on every page.

    `prefix` starts every id made for the text. A link to `#figure-1` leads to the
    figure on `page_url`, wherever the text is shown. Footnotes count from
    `first_footnote`, headings start at level `heading`. `figures` says which number a
    figure has, and `claims` what is known of a claim, by their names; without them
    nothing is known, as in a preview.
    """

    prefix: str = ""
    page_url: str = ""
    first_footnote: int = 1
    heading: int = 3
    figures: Mapping[str, int] | None = None
    claims: Mapping[str, ClaimMark] | None = None


@dataclass
class State:
    """What one rendering has counted so far."""

    frame: Frame
    open_headings: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)
    link_end: str = ""  # What closes the link that is open, where it is a claim's.

    def unique(self, name: str) -> str:
        """The name, or the name with the first number that nobody has."""
        numbers = self.numbers.setdefault(name, count(2))
        unique = name
        while unique in self.ids:
            unique = f"{name}-{next(numbers)}"
        self.ids.add(unique)
        return unique


def render_code(code: str, language: str) -> SafeString:
    """A block of code, highlighted with classes where the language is known.

    Each of two or more lines is an element of its own, which the style sheet numbers.
    """
    lexer, name = find_lexer(language), slugify(language)
    lines = highlight_code(code.strip("\n") + "\n", lexer).split("\n")[:-1]
    if len(lines) > 1:
        lines = [f'<span class="line">{line}</span>' for line in lines]
    return format_html(
        '<div class="listing" role="group" aria-label="{}">'
        '<pre class="code" tabindex="0"><code{}>{}</code></pre></div>',
        lexer.name.removesuffix(" only") if lexer else "Code",
        format_html(' class="language-{}"', name) if name else "",
        mark_safe("".join(f"{line}\n" for line in lines)),  # noqa: S308 -- escaped by Pygments
    )


def find_lexer(language: str) -> Lexer | None:
    try:
        # Blank lines at the ends are taken off already, and others are not Pygments' matter.
        return get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        return None


def highlight_code(code: str, lexer: Lexer | None) -> str:
    """The code as HTML, in which no element goes over the end of a line."""
    if lexer is None:
        return html.escape(code)
    return highlight(code, lexer, HtmlFormatter(nowrap=True))


@dataclass(frozen=True)
class Piece:
    """One token where it stands: what markdown-it gives a render rule."""

    renderer: RendererHTML
    tokens: Sequence[Token]
    index: int
    options: OptionsDict
    env: EnvType

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    @property
    def state(self) -> State:
        state: State = self.env["state"]
        return state

    def render(self) -> str:
        """The token as markdown-it itself would render it."""
        return self.renderer.renderToken(
            self.tokens, self.index, self.options, self.env
        )


Rule = Callable[[Piece], str]


def heading_open(piece: Piece) -> str:
    """Keep the outline whole: no level is skipped and none rises above the frame's."""
    state, wanted = piece.state, int(piece.token.tag[1])
    while state.open_headings and state.open_headings[-1] >= wanted:
        state.open_headings.pop()
    state.open_headings.append(wanted)
    level = min(state.frame.heading + len(state.open_headings) - 1, 6)
    words, end = piece.tokens[piece.index + 1 : piece.index + 3]
    end.tag = f"h{level}"
    name = state.unique(slugify(words.content)[:60].strip("-") or "part")
    return f'<h{level} id="{state.frame.prefix}{name}">'


def link_open(piece: Piece) -> str:
    attrs = piece.token.attrs
    href = str(attrs.get("href", ""))
    piece.state.link_end = "</a>"
    if href.startswith(CLAIM):
        return claim_open(piece.state, href.removeprefix(CLAIM))
    if href.startswith("//"):
        href = f"https:{href}"
    if href.startswith("#"):
        href = f"{piece.state.frame.page_url}{href}"
    attrs["href"] = href
    if href.startswith(("http:", "https:")):
        attrs["rel"] = "noopener noreferrer"
    return piece.render()


CLAIM = "claim:"  # A link to [words](claim:size) marks them as a claim of the entry.
PLAIN_CLAIM = '<span class="claim">'
CLAIM_OPEN = '<a class="claim{}" href="{}#claim-{}" title="{}">'
CLAIM_END = '<sup class="claim-ref">{}</sup></a>'


def claim_open(state: State, key: str) -> str:
    """The words of a claim lead to its row; of one that is not there they are words."""
    frame = state.frame
    mark = (frame.claims or {}).get(key)
    if mark is None:
        state.link_end = "</span>"
        return PLAIN_CLAIM if frame.claims is None else "<span>"
    state.link_end = format_html(CLAIM_END, mark.number)
    is_open = " open" if mark.is_open else ""
    return format_html(CLAIM_OPEN, is_open, frame.page_url, mark.number, mark.words)


def link_close(piece: Piece) -> str:
    return piece.state.link_end


def image(piece: Piece) -> str:
    """Our own pictures are shown; another site's becomes a link, for readers' privacy."""
    source = str(piece.token.attrs.get("src", ""))
    words = piece.renderer.renderInlineAsText(
        piece.token.children, piece.options, piece.env
    )
    if picture := pictures.find(source.removeprefix(settings.MEDIA_URL)):
        return pictures.show(picture, words)
    if source.startswith(settings.MEDIA_URL):
        return format_html('<img src="{}" alt="{}" loading="lazy">', source, words)
    if source.startswith(("http:", "https:")):
        return format_html(
            '<a href="{}" rel="noopener noreferrer">{}</a>', source, words or source
        )
    return html.escape(words)


# A figure of the entry, wherever it stands: [[fig:parameters]].
FIGURE_REF = re.compile(r"\[\[fig:([A-Za-z0-9_-]{1,60})\]\]")


def read_figure_ref(state: StateInline, silent: bool) -> bool:
    """The rule of markdown-it that finds a reference to a figure."""
    found = FIGURE_REF.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("figure_ref", "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True


def figure_ref(piece: Piece) -> str:
    """“Figure 2”, with its number of today; what is not there stays as it was written."""
    name, frame = piece.token.content, piece.state.frame
    if frame.figures is None:
        return format_html("Figure “{}”", name)
    if (number := frame.figures.get(name)) is None:
        return html.escape(f"[[fig:{name}]]")
    return format_html(
        '<a href="{}#figure-{}">Figure {}</a>', frame.page_url, number, number
    )


def language_of(token: Token) -> str:
    """The first word after the fence of a block of code."""
    return token.info.strip().partition(" ")[0]


def fence(piece: Piece) -> str:
    return render_code(piece.token.content, language_of(piece.token))


# A longer one may be wider than a phone, so it scrolls by itself.
LONGEST_INLINE_FORMULA = 24


def math(piece: Piece) -> str:
    source, kind = piece.token.content, piece.token.type
    made = render_formula(source, is_block=kind != "math_inline")
    if kind == "math_block":
        return f'<div class="formula" tabindex="0">{made}</div>'
    if len(source) > LONGEST_INLINE_FORMULA:
        return f'<span class="long-formula" tabindex="0">{made}</span>'
    return made


TABLE_OPEN = '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
TABLE_CLOSE = "</table></div>"


def cell_open(piece: Piece) -> str:
    attrs = piece.token.attrs
    style = str(attrs.pop("style", ""))
    if style.endswith("right"):
        attrs["class"] = "num"
    elif style.endswith("center"):
        attrs["class"] = "mid"
    if piece.token.tag == "th":
        attrs["scope"] = "col"
    return piece.render()


def footnote_number(piece: Piece) -> str:
    return str(piece.state.frame.first_footnote + piece.token.meta["id"])


def footnote_id(piece: Piece) -> str:
    return f"{piece.state.frame.prefix}{footnote_number(piece)}"


def footnote_place(piece: Piece) -> str:
    """Where in the text a note is cited; one that is cited twice has two places."""
    repeat = piece.token.meta.get("subId")
    return f"ref-{footnote_id(piece)}" + (f"-{repeat}" if repeat else "")


def footnote_ref(piece: Piece) -> str:
    number = footnote_number(piece)
    return (
        f'<sup class="footnote-ref"><a href="#note-{footnote_id(piece)}" '
        f'aria-label="Note {number}" id="{footnote_place(piece)}">{number}</a></sup>'
    )


def footnote_block_open(piece: Piece) -> str:
    return f'<ol class="footnotes" start="{piece.state.frame.first_footnote}">'


def footnote_open(piece: Piece) -> str:
    return f'<li id="note-{footnote_id(piece)}">'


def footnote_anchor(piece: Piece) -> str:
    number = footnote_number(piece)
    return (
        f' <a href="#{footnote_place(piece)}" class="footnote-back" '
        f'aria-label="Back to the text of note {number}">↩</a>'
    )


def constant(markup: str) -> Rule:
    return lambda piece: markup


RULES: dict[str, Rule] = {
    "heading_open": heading_open,
    "link_open": link_open,
    "link_close": link_close,
    "image": image,
    "figure_ref": figure_ref,
    "fence": fence,
    "code_block": fence,
    "math_inline": math,
    "math_inline_double": math,
    "math_block": math,
    "table_open": constant(TABLE_OPEN),
    "table_close": constant(TABLE_CLOSE),
    "th_open": cell_open,
    "td_open": cell_open,
    "footnote_ref": footnote_ref,
    "footnote_block_open": footnote_block_open,
    "footnote_block_close": constant("</ol>"),
    "footnote_open": footnote_open,
    "footnote_close": constant("</li>"),
    "footnote_anchor": footnote_anchor,
}


def add_rules(md: MarkdownIt) -> None:
    """Give a Markdown engine these rules, in the form that it calls them in."""
    for name, rule in RULES.items():
        md.add_render_rule(name, as_render_rule(rule))


def as_render_rule(rule: Rule) -> Callable[..., str]:
    # markdown-it binds the function to the renderer, so it may not be a class.
    return lambda *given: rule(Piece(*given))
