"""How each piece of Markdown becomes HTML: markdown-it's render rules, as we want them.

What they make still passes the sanitiser in papers.rendering.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from papers.mathml import render_formula


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


def render_code(code: str, language: str) -> SafeString:
    """A block of code, highlighted with classes where the language is known."""
    name = slugify(language)
    return format_html(
        '<pre class="code" tabindex="0"><code{}>{}</code></pre>',
        format_html(' class="language-{}"', name) if name else "",
        mark_safe(highlight_code(code.strip("\n") + "\n", language)),  # noqa: S308 -- escaped by Pygments
    )


def highlight_code(code: str, language: str) -> str:
    try:
        lexer = get_lexer_by_name(language) if language else None
    except ClassNotFound:
        lexer = None
    return (
        highlight(code, lexer, HtmlFormatter(nowrap=True))
        if lexer
        else html.escape(code)
    )


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
    return next(n for n in range(idx, len(tokens)) if tokens[n].type == "heading_close")


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
    return render_code(
        token.content, token.info.split()[0] if token.info.strip() else ""
    )


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
    if len(token.content) > LONGEST_INLINE_FORMULA:
        return f'<span class="long-formula" tabindex="0">{made}</span>'
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


# A longer one may be wider than a phone, so it scrolls by itself.
LONGEST_INLINE_FORMULA = 24


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
