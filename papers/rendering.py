"""Markdown to safe HTML: the only place that makes HTML out of editors' text.

CommonMark 0.31 with GitHub's tables, strikethrough and autolinks, footnotes, LaTeX
between dollars, and highlighted code. Nothing an editor writes becomes markup of its
own: raw HTML is shown as text, and what the renderer makes passes a sanitiser before
it is stored. No inline styles are made, so the strictest policy holds.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import nh3
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from papers.mathml import MATH_ATTRIBUTES, MATH_TAGS, render_formula

# Raise this when the output for the same source changes;
# `manage.py rerender` then refreshes every stored page.
RENDERER_VERSION = 1
# Far beyond any article, and rendered in well under a second.
LONGEST_MARKDOWN = 200_000


class Rendered(NamedTuple):
    """Safe HTML, and how many footnotes it holds."""

    html: SafeString
    footnotes: int


@dataclass(frozen=True)
class Frame:
    """Where a text stands, so that ids and numbers are right on every page.

    `prefix` starts every id made for the text. A link to `#figure-1` leads to the
    figure on `page_url`, wherever the text is shown. Footnotes count from
    `first_footnote`, headings start at level `heading`.
    """

    prefix: str = ""
    page_url: str = ""
    first_footnote: int = 1
    heading: int = 3


@dataclass
class State:
    """What one rendering has counted so far."""

    frame: Frame
    open_headings: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def render_markdown(source: str, frame: Frame | None = None) -> Rendered:
    frame = frame or Frame()
    env: dict[str, Any] = {"state": State(frame)}
    made = engine().render(source, env)
    notes = env.get("footnotes", {}).get("list", {})
    return Rendered(sanitise(made), len(notes))


def render_inline(source: str, frame: Frame | None = None) -> SafeString:
    """Render a single line: a caption, a table's cell. Blocks stay text."""
    return sanitise(
        engine().renderInline(source, {"state": State(frame or Frame())}).strip()
    )


def render_preview(source: str) -> str:
    """What the editor shows beside the text; django-markdownx calls it with the text."""
    return render_markdown(source).html


def render_code(code: str, language: str) -> SafeString:
    """A block of code, highlighted with classes where the language is known."""
    name = slugify(language)
    return format_html(
        '<pre class="code" tabindex="0"><code{}>{}</code></pre>',
        format_html(' class="language-{}"', name) if name else "",
        mark_safe(highlight_code(code.strip("\n") + "\n", language)),  # noqa: S308 -- escaped by Pygments
    )


def render_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    """A data table; a column in which every filled cell is a number is set right."""
    numeric = [
        is_numeric([row[column] for row in rows]) for column in range(len(header))
    ]
    cells = [
        "".join(
            (
                format_html('<td class="num">{}</td>', render_inline(cell))
                if is_number
                else format_html("<td>{}</td>", render_inline(cell))
            )
            if column
            else format_html('<th scope="row">{}</th>', render_inline(cell))
            for column, (cell, is_number) in enumerate(zip(row, numeric, strict=True))
        )
        for row in rows
    ]
    heads = "".join(
        format_html(
            '<th scope="col"{}>{}</th>',
            mark_safe(' class="num"') if is_number and column else "",
            render_inline(name),
        )
        for column, (name, is_number) in enumerate(zip(header, numeric, strict=True))
    )
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return mark_safe(  # noqa: S308 -- made of safe pieces
        f"{TABLE_OPEN}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{TABLE_CLOSE}"
    )


NUMBER = re.compile(r"[~≈<>±+\-−]?\s?\d[\d\s,.]*(?:\s?(?:%|[kKMBTx×]|bn|pp))?")


def is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(NUMBER.fullmatch(cell) for cell in filled)


def to_text(safe_html: str) -> str:
    """The words of rendered HTML, in one line: for search, feeds and descriptions."""
    without_source = re.sub(r"<annotation[^>]*>.*?</annotation>", " ", safe_html)
    without_notes = re.sub(FOOTNOTE_MARK, "", without_source)
    spaced = re.sub(BLOCK_END, r" \g<0>", without_notes)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


FOOTNOTE_MARK = (
    r'<sup class="footnote-ref">.*?</sup>| <a [^>]*class="footnote-back"[^>]*>↩</a>'
)
BLOCK_END = r"</(?:p|li|h[1-6]|t[dhr]|pre|math|figcaption|dt|dd|blockquote)>|<br>"


def sanitise(made: str) -> SafeString:
    return mark_safe(cleaner().clean(made))  # noqa: S308 -- sanitised


@cache
def cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes |= {tag: set(MATH_ATTRIBUTES) for tag in MATH_TAGS}
    attributes["*"] = {"id", "class", "title", "role", "tabindex", "aria-label"}
    attributes["a"] = {"href", "rel"}
    attributes["img"] = {"src", "alt", "loading"}
    attributes["th"] = {"scope"}
    attributes["ol"] = {"start"}
    unwanted = {"acronym", "area", "center", "map", "rtc", "strike", "tt"}
    return nh3.Cleaner(
        tags=(nh3.ALLOWED_TAGS | MATH_TAGS | {"section"}) - unwanted,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


@cache
def engine() -> MarkdownIt:
    """The one Markdown engine. It is not changed after this and keeps no state."""
    md = MarkdownIt("commonmark", {"html": False})
    md.enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin).use(footnote_plugin)
    md.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        allow_labels=False,
        double_inline=True,
    )
    for name, rule in RULES.items():
        md.add_render_rule(name, rule)
    return md


def highlight_code(code: str, language: str) -> str:
    try:
        lexer = get_lexer_by_name(language) if language else None
    except ClassNotFound:
        lexer = None
    return highlight(code, lexer, HtmlFormatter(nowrap=True)) if lexer else html.escape(code)


# Render rules, in markdown-it's own form: how each token becomes HTML.

Rule = Callable[[RendererHTML, Sequence[Token], int, OptionsDict, EnvType], str]


def heading_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Keep the outline whole: no level is skipped and none rises above the frame's."""
    state: State = env["state"]
    wanted = int(tokens[idx].tag[1])
    while state.open_headings and state.open_headings[-1] >= wanted:
        state.open_headings.pop()
    state.open_headings.append(wanted)
    level = min(state.frame.heading + len(state.open_headings) - 1, 6)
    tokens[heading_end(tokens, idx)].tag = f"h{level}"
    name = slugify(tokens[idx + 1].content)[:60].strip("-") or "part"
    unique = name
    while unique in state.ids:
        unique = f"{name}-{len(state.ids) + 1}"
    state.ids.add(unique)
    return f'<h{level} id="{state.frame.prefix}{unique}">'


def heading_end(tokens: Sequence[Token], idx: int) -> int:
    return next(
        n for n in range(idx, len(tokens)) if tokens[n].type == "heading_close"
    )


def link_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    token, state = tokens[idx], env["state"]
    href = str(token.attrs.get("href", ""))
    if href.startswith("//"):
        href = f"https:{href}"
    if href.startswith("#"):
        href = f"{state.frame.page_url}{href}"
    token.attrs["href"] = href
    if href.startswith(("http:", "https:")):
        token.attrs["rel"] = "noopener noreferrer"
    return renderer.renderToken(tokens, idx, options, env)


def image(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Our own pictures are shown; another site's becomes a link, for readers' privacy."""
    token = tokens[idx]
    source = str(token.attrs.get("src", ""))
    words = renderer.renderInlineAsText(token.children, options, env)
    if source.startswith(settings.MEDIA_URL):
        return format_html('<img src="{}" alt="{}" loading="lazy">', source, words)
    if source.startswith(("http:", "https:")):
        return format_html(
            '<a href="{}" rel="noopener noreferrer">{}</a>', source, words or source
        )
    return html.escape(words)


def fence(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    token = tokens[idx]
    return render_code(token.content, token.info.split()[0] if token.info.strip() else "")


def math(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    token = tokens[idx]
    made = render_formula(token.content, is_block=token.type != "math_inline")
    if token.type == "math_block":
        return f'<div class="formula" tabindex="0">{made}</div>'
    return made


TABLE_OPEN = '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
TABLE_CLOSE = "</table></div>"


def cell_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    token = tokens[idx]
    style = str(token.attrs.pop("style", ""))
    if style.endswith("right"):
        token.attrs["class"] = "num"
    elif style.endswith("center"):
        token.attrs["class"] = "mid"
    if token.tag == "th":
        token.attrs["scope"] = "col"
    return renderer.renderToken(tokens, idx, options, env)


def footnote_number(token: Token, env: EnvType) -> str:
    return str(env["state"].frame.first_footnote + token.meta["id"])


def footnote_id(token: Token, env: EnvType) -> str:
    return f"{env['state'].frame.prefix}{footnote_number(token, env)}"


def footnote_repeat(token: Token) -> str:
    """A note cited twice has two places to come back to."""
    return f"-{token.meta['subId']}" if token.meta.get("subId") else ""


def footnote_ref(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    token = tokens[idx]
    name, number = footnote_id(token, env), footnote_number(token, env)
    return (
        f'<sup class="footnote-ref"><a href="#note-{name}" aria-label="Note {number}"'
        f' id="ref-{name}{footnote_repeat(token)}">{number}</a></sup>'
    )


def footnote_block_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    return f'<ol class="footnotes" start="{env["state"].frame.first_footnote}">'


def footnote_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    return f'<li id="note-{footnote_id(tokens[idx], env)}">'


def footnote_anchor(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    token = tokens[idx]
    name, number = footnote_id(token, env), footnote_number(token, env)
    return (
        f' <a href="#ref-{name}{footnote_repeat(token)}" class="footnote-back"'
        f' aria-label="Back to the text of note {number}">↩</a>'
    )


def constant(markup: str) -> Rule:
    return lambda renderer, tokens, idx, options, env: markup


RULES: dict[str, Rule] = {
    "heading_open": heading_open,
    "link_open": link_open,
    "image": image,
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
