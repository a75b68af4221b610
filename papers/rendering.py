"""Markdown to safe HTML: the only place that makes HTML out of editors' text.

CommonMark 0.31 with GitHub's tables, strikethrough and autolinks, footnotes, LaTeX
between dollars, and highlighted code. Nothing an editor writes becomes markup of its
own: raw HTML is shown as text, and what the renderer makes passes a sanitiser before
it is stored. No inline styles are made, so the strictest policy holds.
"""

import html
import re
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from papers.markup import (
    CLAIM,
    Frame,
    State,
    add_rules,
    language_of,
    read_figure_ref,
)
from papers.mathml import MATH_ATTRIBUTES, MATH_TAGS

# Raise this when the output for the same source changes;
# `manage.py rerender` then refreshes every stored page.
RENDERER_VERSION = 2
# Far beyond any article. The worst text of this length that we found takes ten seconds.
LONGEST_MARKDOWN = 200_000


class Rendered(NamedTuple):
    """Safe HTML, and how many footnotes it holds."""

    html: SafeString
    footnotes: int


def render_markdown(source: str, frame: Frame | None = None) -> Rendered:
    frame = frame or Frame()
    env: dict[str, Any] = {"state": State(frame)}
    made = engine().render(source, env)
    notes = env.get("footnotes", {}).get("list", {})
    return Rendered(sanitise(made), len(notes))


def render_inline(source: str, frame: Frame | None = None) -> SafeString:
    """Render a single line: a caption, a table's cell. Blocks and notes stay text."""
    return sanitise(
        engine(footnotes=False)
        .renderInline(source, {"state": State(frame or Frame())})
        .strip()
    )


def render_preview(source: str) -> str:
    """What the editor shows beside the text; django-markdownx calls it with the text."""
    return render_markdown(source).html


class CodeBlock(NamedTuple):
    """A block of code in a text, and the line of the text in which it begins."""

    code: str
    language: str
    line: int


class Pieces(NamedTuple):
    """What a text holds that may be wrong by itself, each in the text's order."""

    code: tuple[CodeBlock, ...]
    formulas: tuple[str, ...]
    figure_refs: tuple[str, ...]
    claim_refs: tuple[str, ...]


@lru_cache(maxsize=256)
def find_pieces(source: str, *, is_line: bool = False) -> Pieces:
    """The code, the formulas and the references, as rendering finds them.

    `is_line` says that the text is one for render_inline.
    """
    tokens = read_tokens(source, is_line=is_line)
    return Pieces(
        code=tuple(
            CodeBlock(token.content, language_of(token), token.map[0] + 1)
            for token in tokens
            if token.type == "fence" and token.map
        ),
        formulas=tuple(t.content.strip() for t in tokens if t.type.startswith("math_")),
        figure_refs=tuple(t.content for t in tokens if t.type == "figure_ref"),
        claim_refs=tuple(
            href.removeprefix(CLAIM)
            for token in tokens
            if token.type == "link_open"
            and (href := str(token.attrs.get("href", ""))).startswith(CLAIM)
        ),
    )


@lru_cache(maxsize=256)  # The texts of one entry, which several rules read in turn.
def read_tokens(source: str, *, is_line: bool) -> tuple[Token, ...]:
    """Each token followed by those within it. They are shared: nobody changes them."""
    md = engine(footnotes=not is_line)
    tokens = (md.parseInline if is_line else md.parse)(source, {})
    return tuple(chain.from_iterable((each, *(each.children or ())) for each in tokens))


def to_text(safe_html: str) -> str:
    """The words of rendered HTML, in one line: for search, feeds and descriptions."""
    without_source = re.sub(r"<annotation[^>]*>.*?</annotation>", " ", safe_html)
    without_notes = re.sub(MARKS, "", without_source)
    spaced = re.sub(BLOCK_END, r" \g<0>", without_notes)
    # The sanitiser drops what is inside MathML along with its tags.
    without_math = re.sub(MATH_TAG, "", spaced)
    return " ".join(html.unescape(nh3.clean(without_math, tags=set())).split())


MARKS = r'<sup class="(?:footnote|claim)-ref">.*?</sup>| <a [^>]*class="footnote-back"[^>]*>↩</a>'
MATH_TAG = r"</?(?:semantics|m[a-z]+)\b[^>]*>"
BLOCK_END = r"</(?:p|li|h[1-6]|t[dhr]|pre|math|figcaption|dt|dd|blockquote)>|<br>"


def sanitise(made: str) -> SafeString:
    return mark_safe(cleaner().clean(made))  # noqa: S308 -- sanitised


@cache
def cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes |= {tag: set(MATH_ATTRIBUTES) for tag in MATH_TAGS}
    attributes["*"] = {"id", "class", "title", "role", "tabindex", "aria-label"}
    attributes["a"] = {"href", "rel"}
    # Of these, markup makes only the addresses of our own pictures.
    attributes["img"] = {"src", "alt", "loading", "width", "height"}
    attributes["source"] = {"type", "srcset", "sizes"}
    attributes["th"] = {"scope"}
    attributes["ol"] = {"start"}
    unwanted = {"acronym", "area", "center", "map", "rtc", "strike", "tt"}
    return nh3.Cleaner(
        tags=(nh3.ALLOWED_TAGS | MATH_TAGS | {"section", "picture", "source"})
        - unwanted,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


# What autolinks cost grows with the square of the text before and of the word after.
LONGEST_LOOK_BACK = 100  # No protocol, and no name before an @, is longer.
LONG_WORD = re.compile(r"(?:www\.|:)\S{2000}")  # No address is so long.


def shorten_pending(state: StateInline, silent: bool) -> bool:
    """Keep the text not yet in a token short: autolinks search all of it at each colon."""
    if not silent and len(state.pending) > 2 * LONGEST_LOOK_BACK:
        tail = state.pending[-LONGEST_LOOK_BACK:]
        state.pending = state.pending[:-LONGEST_LOOK_BACK]
        state.pushPending()
        state.pending = tail
    return False


def pass_over_long_word(state: StateInline, silent: bool) -> bool:
    """Take the start of a bare address as text where nothing ends it."""
    is_long = bool(LONG_WORD.match(state.src, state.pos))
    if is_long:
        state.pending += "" if silent else state.src[state.pos]
        state.pos += 1
    return is_long


@cache
def engine(*, footnotes: bool = True) -> MarkdownIt:
    """The Markdown engine. It is not changed after this and keeps no state."""
    md = MarkdownIt("commonmark", {"html": False})
    md.enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin)
    md.inline.ruler.before("text", "shorten_pending", shorten_pending)
    md.inline.ruler.before("text", "pass_over_long_word", pass_over_long_word)
    md.inline.ruler.before("link", "figure_ref", read_figure_ref)
    if footnotes:
        md.use(footnote_plugin)
    md.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        allow_labels=False,
        double_inline=True,
    )
    add_rules(md)
    return md
