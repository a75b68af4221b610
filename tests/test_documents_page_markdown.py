"""HTML of a page to Markdown: the same words, as text and never as new markup."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.documents.page.markdown import to_markdown
from papers.documents.page.tree import parse_page, text_of
from papers.rendering import render_markdown, to_text
from tests.page_factories import read_body


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <b>bold</b> word</p>", "a **bold** word"),
        ("<p>a <em>slanted</em> word</p>", "a *slanted* word"),
        ('<p>a <a href="https://a.org">link</a></p>', "a [link](https://a.org)"),
        (
            '<p><a href="https://a.org/b_c">https://a.org/b_c</a></p>',
            "<https://a.org/b_c>",
        ),
        ('<p><a href="//a.org/(b)">x</a></p>', "[x](<https://a.org/(b)>)"),
        ('<p><a href="https://a.org"> </a>x</p>', "<https://a.org> x"),
        (
            '<div><a href="https://a.org"><h5>a</h5>b</a></div>',
            "##### a\n\nb\n\n<https://a.org>",
        ),
        (
            '<p><a href="https://a.org">see https://b.org/_c_</a></p>',
            r"[see https://b.org/\_c\_](https://a.org)",
        ),
        ("<p>see https://a.org<br>b</p>", "see https://a.org  \nb"),
        ("<ul><li>a<ul><li>b</ul>c<li>d</ul>", "- a\n  - b\n\n  c\n- d"),
        ("<p><code>a</code><code>b</code></p>", "`ab`"),
        ("<p>1<sup>[<a href='https://a.org'>2</a>]</sup></p>", "1[[2](https://a.org)]"),
        ("<p>x^<a href='https://a.org'>2</a></p>", r"x\^[2](https://a.org)"),
        ("<p><code>a_b*c`d</code></p>", "`` a_b*c`d ``"),
        ("<p>a<br>b<br/><br>c<br></p>", "a\\\nb\n\nc"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ('<ol start="9"><li>a<li><p>b<p>c</ol>', "9. a\n10. b\n\n    c"),
        ("<ol start='²'><li>a</ol>", "1. a"),
        ("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<dl><dt>a<dd>b</dl>", "a\n\nb"),
        ("<p>a<hr>b", "a\n\n---\n\nb"),
        ("<h5>a</h5>b", "##### a\n\nb"),
        ("<p>10<sup>6</sup> H<sub>2</sub>O</p>", "10^6 H_2O"),
        (
            "<table><tr><th>a|b<th>c<tr><td>1<td><code>x|y</code></table>",
            "| a\\|b | c |\n| --- | --- |\n| 1 | `x\\|y` |",
        ),
        (
            "<table><caption>t</caption><tr><td>1<td>2</table>",
            "t\n\n|  |  |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<p>one\n      two&nbsp;three</p>", "one two\xa0three"),
        ("<p><b>Note:</b>text<b> a </b>b<b></b></p>", "Note:text **a** b"),
        ("<p>&nbsp;</p><p>a</p>", "a"),
        ("<video>a</video><p><kbd>b</kbd></p>", "`b`"),
    ],
)
def test_elements_become_markdown(html, markdown):
    assert read_body(html) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "####### no heading",
        "- no item",
        "+ no item",
        "* no item",
        "1. no item",
        "2) no item",
        "> no quotation",
        "---",
        "===",
        "* * *",
        "``` no fence",
        "~~~ no fence",
        "| no | table",
        "an <img> tag and <b>",
        "no [link](https://a.org) and no ![image](x)",
        "no [link][x] and no note [^1] or ^[note]",
        "[x]: https://a.org",
        "no &lt; entity &#60; here",
        "no ~~deletion~~ but ~40%",
        "no formula $x$ for $5 and $6",
        "a backslash \\* and \\n and \\",
        "_no emphasis_ but a_b_c and __init__",
        "2*3*4 and 2 * 3 and a*b",
        "see https://a.org/_a_b~c?d=e&f=g#h",
        "https://a.org/_a_.",
        "<https://a.org>",
        "`code`",
    ],
)
def test_text_that_looks_like_markup_reads_as_the_same_text(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    assert to_text(render_markdown(read_body(f"<p>{escaped}</p>")).html) == text
    assert (
        to_text(render_markdown(read_body(f"<p>a<br>{escaped}</p>")).html)
        == f"a {text}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a_b_c",
        "~40%",
        "E = mc + 1",
        "(a) [b] c",
        "5 > 3 < 4",
        "C# & co.",
        "$5",
        "a|b",
        "2. x",
    ],
)
def test_text_that_is_no_markup_is_not_escaped(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    assert read_body(f"<p>x {escaped}</p>") == f"x {text}"


@pytest.mark.parametrize(
    "text",
    ["the first *openly available* model", "(*only*)", "**init** it", "*a*, *b*"],
)
def test_asterisks_around_words_stay_emphasis(text):
    assert read_body(f"<p>{text}</p>") == text


def test_brackets_in_the_words_of_a_link_stay_words():
    body = read_body(
        '<p>wow!<a href="https://a.org">[a] b]</a>[<a href="https://b.org">c</a>'
    )

    assert to_text(render_markdown(body).html) == "wow![a] b][c"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            '<pre><code class="language-python">\n\n  x = 1\n    \n</code></pre>',
            "```python\n  x = 1\n```",
        ),
        (
            '<pre class="lang-c++">a &lt; b\n\n\n*c*  \n</pre>',
            "```c++\na < b\n\n\n*c*  \n```",
        ),
        ("<pre>a\n```\n````b</pre>", "`````\na\n```\n````b\n`````"),
        ("<pre>a\r\nb\rc</pre>", "```\na\nb\nc\n```"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<ul><li>x<pre>a\n\nb</pre></ul>", "- x\n\n  ```\n  a\n\n  b\n  ```"),
        (
            '<pre><a href="https://a.org">f</a>()</pre>',
            "```\nf()\n```\n\n<https://a.org>",
        ),
        ("<p>x<pre> \n </pre>", "x"),
        ("<pre>a<pre>b</pre></pre>", "```\nab\n```"),
        ("<table><tr><td><pre>a\nb</pre></table>", "|  |\n| --- |\n| `a b` |"),
    ],
)
def test_code_is_fenced_and_stands_as_it_is(html, markdown):
    assert read_body(html) == markdown


def test_code_in_a_list_is_still_code_when_rendered():
    body = read_body("<ul><li>x<pre>    a\n\n  b</pre></ul>")

    code = re.search(r"<code>(.*?)</code>", render_markdown(body).html, re.DOTALL)
    assert re.sub("</?span[^>]*>", "", code[1]) == "    a\n\n  b\n"


PUNCTUATION = "ab1 .#*_-+=~`|[](){}<>!&;$:\\^\n'\"/"


@settings(deadline=None)
@given(st.lists(st.text(alphabet=PUNCTUATION, max_size=12), max_size=5))
def test_any_text_reads_as_the_same_words(texts):
    """Asterisks may be meant as emphasis, so that they are not compared."""
    page = parse_page(
        "".join(f"<p>{escape(text)}<br>{escape(text)}</p>" for text in texts) + "<p>"
    )

    rendered = to_text(render_markdown(to_markdown(page.contents)).html)

    assert without_asterisks(rendered) == without_asterisks(text_of(page))


def without_asterisks(text):
    return "".join(text.replace("*", "").split())
