import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.markup import Frame
from papers.rendering import (
    LONGEST_MARKDOWN,
    render_inline,
    render_markdown,
    render_preview,
    to_text,
)
from tests.trees import attributes, harm, parse, tags

ROOT = Path(__file__).parent.parent


def mathml(name, attribute=""):
    """The MathML of a variable."""
    return (
        f"<math{attribute}><semantics><mi>{name}</mi>"
        f'<annotation encoding="application/x-tex">{name}</annotation>'
        "</semantics></math>"
    )


X = mathml("x")
BLOCK = (
    '<div class="formula" tabindex="0">' + mathml("x", ' display="block"') + "</div>"
)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (
            "**b** *i* `c` ~~s~~",
            "<p><strong>b</strong> <em>i</em> <code>c</code> <s>s</s></p>\n",
        ),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("a\x00b", "<p>a\ufffdb</p>\n"),
        (
            "    <i>",
            '<div class="listing" role="group" aria-label="Code">'
            '<pre class="code" tabindex="0"><code>&lt;i&gt;\n</code></pre></div>',
        ),
        (
            "```python\nx = 1\n```",
            '<div class="listing" role="group" aria-label="Python">'
            '<pre class="code" tabindex="0"><code class="language-python">'
            '<span class="n">x</span> <span class="o">=</span> '
            '<span class="mi">1</span>\n</code></pre></div>',
        ),
        (
            '```"><script>\n<b>\n```',
            '<div class="listing" role="group" aria-label="Code">'
            '<pre class="code" tabindex="0"><code class="language-script">'
            "&lt;b&gt;\n</code></pre></div>",
        ),
        (
            "|a|b|c|\n|-|-:|:-:|\n|x|1|*y*|",
            '<div class="wide" role="group" aria-label="Table" tabindex="0">'
            '<table><thead>\n<tr>\n<th scope="col">a</th>\n'
            '<th class="num" scope="col">b</th>\n'
            '<th class="mid" scope="col">c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
            '<td>x</td>\n<td class="num">1</td>\n'
            '<td class="mid"><em>y</em></td>\n</tr>\n</tbody>\n</table></div>',
        ),
    ],
    ids=range(12),
)
def test_each_kind_of_markdown_has_its_html(source, html):
    assert render_markdown(source) == (html, 0)


OUT = ' rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](https://x.y/z)", f'<a href="https://x.y/z"{OUT}>a</a>'),
        ('[a](http://x.y "t")', f'<a href="http://x.y" title="t"{OUT}>a</a>'),
        ("[a](//x.y)", f'<a href="https://x.y"{OUT}>a</a>'),
        ("[a](/2024/)", '<a href="/2024/">a</a>'),
        ("[a](#figure-1)", '<a href="#figure-1">a</a>'),
        ("[a](mailto:a@b.cd)", '<a href="mailto:a@b.cd">a</a>'),
        ("<https://x.y>", f'<a href="https://x.y"{OUT}>https://x.y</a>'),
        ("https://x.y.", f'<a href="https://x.y"{OUT}>https://x.y</a>.'),
        ("(www.x.y)", f'(<a href="http://www.x.y"{OUT}>www.x.y</a>)'),
        ("a@b.cd", '<a href="mailto:a@b.cd">a@b.cd</a>'),
        ("mailto:a@b.cd", '<a href="mailto:a@b.cd">mailto:a@b.cd</a>'),
        ("[a]\n\n[a]: /b", '<a href="/b">a</a>'),
        ("[a](ftp://x.y)", "<a>a</a>"),
        ("[a](data:image/png;base64,AAAA)", "<a>a</a>"),
        ("[a](/\\x.y)", '<a href="/%5Cx.y">a</a>'),
    ],
)
def test_a_link_leads_where_it_says(source, html):
    assert render_markdown(source).html == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "![a *b*](/media/x.png)",
            '<img src="/media/x.png" alt="a b" loading="lazy">',
        ),
        (
            "![a](https://x.y/z.png)",
            f'<a href="https://x.y/z.png"{OUT}>a</a>',
        ),
        ("![](http://x.y)", f'<a href="http://x.y"{OUT}>http://x.y</a>'),
        ("![a](//x.y/z.png)", "a"),
        ("![<b>](/static/x.png)", "&lt;b&gt;"),
        ("![a](data:image/png;base64,AAAA)", "a"),
        ("![a](ftp://x.y/z.png)", "a"),
    ],
)
def test_only_our_own_pictures_are_shown(source, html):
    assert render_markdown(source).html == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("$x$", f"<p>{X}</p>\n"),
        ("a $x$, b", f"<p>a {X}, b</p>\n"),
        ("$$x$$", BLOCK),
        ("$$\nx\n$$", BLOCK),
        ("a $$x$$ b", "<p>a " + mathml("x", ' display="block"') + " b</p>\n"),
        ("$5 and $6", "<p>$5 and $6</p>\n"),
        ("from $5 to $6 and $x$", f"<p>from $5 to $6 and {X}</p>\n"),
        ("$x$5", "<p>$x$5</p>\n"),
        ("5$x$", "<p>5$x$</p>\n"),
        ("$ x$", "<p>$ x$</p>\n"),
        (r"\$x$", "<p>$x$</p>\n"),
        ("`$x$`", "<p><code>$x$</code></p>\n"),
        ("$", "<p>$</p>\n"),
        ("$$", "<p>$$</p>\n"),
        ("$$ $$", '<div class="formula" tabindex="0"><code></code></div>'),
    ],
)
def test_a_dollar_starts_a_formula_only_where_one_is_meant(source, html):
    assert render_markdown(source) == (html, 0)


def test_a_formula_longer_than_any_is_shown_as_code():
    html = render_markdown(f"${'x' * 4_001}$").html

    assert html == (
        f'<p><span class="long-formula" tabindex="0"><code>{"x" * 4_001}</code>'
        "</span></p>\n"
    )


@pytest.mark.parametrize(("length", "first"), [(24, "math"), (25, "span")])
def test_a_formula_that_may_be_wider_than_a_phone_scrolls_by_itself(length, first):
    html = render_markdown(f"${'x' * length}$").html

    assert tags(html)[:2] == ["p", first]


NOTE = (
    '<p>a<sup class="footnote-ref"><a href="#note-{0}" aria-label="Note {1}" '
    'id="ref-{0}">{1}</a></sup></p>\n'
    '<ol class="footnotes" start="{1}"><li id="note-{0}"><p>n '
    '<a href="#ref-{0}" class="footnote-back" '
    'aria-label="Back to the text of note {1}">↩</a></p>\n</li></ol>'
)


@pytest.mark.parametrize("source", ["a[^k]\n\n[^k]: n", "a^[n]"])
def test_a_footnote_and_its_mark_lead_to_each_other(source):
    assert render_markdown(source) == (NOTE.format(1, 1), 1)


def test_footnotes_count_on_from_the_texts_before():
    frame = Frame(prefix="e2-", first_footnote=7)

    assert render_markdown("a^[n]", frame) == (NOTE.format("e2-7", 7), 1)


def test_a_note_cited_twice_leads_back_to_both_places():
    html = render_markdown("a[^k] b[^k]\n\n[^k]: n").html

    links = [(a.get("id"), a.get("href")) for a in parse(html) if a.tag == "a"]
    assert links == [
        ("ref-1", "#note-1"),
        ("ref-1-1", "#note-1"),
        (None, "#ref-1"),
        (None, "#ref-1-1"),
    ]


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        ("# A\n\n## B", [("h3", "a"), ("h4", "b")]),
        ("# A\n\n#### B\n\n## C", [("h3", "a"), ("h4", "b"), ("h4", "c")]),
        ("### A\n\n# B", [("h3", "a"), ("h3", "b")]),
        ("# A\n\n# A\n\n# A", [("h3", "a"), ("h3", "a-2"), ("h3", "a-3")]),
        ("# !\n\n# 王", [("h3", "part"), ("h3", "part-2")]),
        ("# A-2\n\n# A\n\n# A", [("h3", "a-2"), ("h3", "a"), ("h3", "a-3")]),
        (
            "\n\n".join(f"{'#' * n} {n}" for n in range(1, 7)),
            [(f"h{min(n + 2, 6)}", str(n)) for n in range(1, 7)],
        ),
        ("# <b> & *c*", [("h3", "b-c")]),
    ],
)
def test_the_outline_is_whole_and_each_heading_has_its_own_id(source, headings):
    found = [(e.tag, e.get("id")) for e in parse(render_markdown(source).html)]

    assert [(tag, name) for tag, name in found if tag.startswith("h")] == headings


def test_a_frame_says_where_ids_and_links_belong():
    frame = Frame(prefix="e2-", page_url="/2024/mixtral/", heading=5)

    html = render_markdown("# A\n\n[f](#figure-1) [o](/2024/)", frame).html

    assert html == (
        '<h5 id="e2-a">A</h5>\n<p><a href="/2024/mixtral/#figure-1">f</a> '
        '<a href="/2024/">o</a></p>\n'
    )


def test_the_preview_is_what_the_page_will_show():
    source = "# A\n\na[^1] $x$\n\n[^1]: n"

    assert render_preview(source) == render_markdown(source).html


def test_one_text_leaves_nothing_behind_for_the_next():
    source = "# A\n\na[^1] [b]\n\n[^1]: n"
    before = render_markdown(source)

    render_markdown("# A\n\nc[^1] $\\def\\x{y}$\n\n[b]: /c\n[^1]: other")

    assert render_markdown(source) == before


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (" *a* $x$ ", f"<em>a</em> {X}"),
        ("# a", "# a"),
        ("- a", "- a"),
        ("<b>", "&lt;b&gt;"),
        ("a[^1]", "a[^1]"),
        ("a^[n]", "a^[n]"),
        ("[a](#figure-1)", '<a href="#figure-1">a</a>'),
    ],
)
def test_a_single_line_has_no_blocks_and_no_notes(source, html):
    assert render_inline(source) == html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# A\n\nb *c*\n\n- d\n- e", "A b c d e"),
        ("a[^1].\n\n[^1]: n", "a. n"),
        ("a $x$ b", "a x b"),
        ("a &lt;b&gt; & `<c>`", "a <b> & <c>"),
        ("a  \nb", "a b"),
        ("|a|b|\n|-|-|\n|c|d|", "a b c d"),
        ("![alt](/media/x.png)", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_text_are_in_one_line(source, words):
    assert to_text(render_markdown(source).html) == words


EVIL = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,AAAA",
    "data:image/png;base64,AAAA",
    "&#x6A;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "javascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "blob:https://x.y/z",
    "file:///etc/passwd",
    "ms-msdt:x",
]


@pytest.mark.parametrize(
    "form",
    [
        "[a]({})",
        "[a](<{}>)",
        "[a]( {} )",
        '[a]({} "title")',
        "<{}>",
        "{}",
        "[a][b]\n\n[b]: {}",
        "[b]\n\n[b]: <{}>",
        "![a]({})",
        "![a][b]\n\n[b]: {}",
        "[![a]({})](/b)",
        "a^[[b]({})]",
        "|a|\n|-|\n|[b]({})|",
        "# [a]({})",
        "$\\href{{{}}}{{x}}$",
        '<a href="{}">b</a>',
    ],
)
@pytest.mark.parametrize("address", EVIL)
def test_no_form_of_a_link_runs_or_leaves_the_web(address, form):
    html = render_markdown(form.format(address)).html

    assert harm(html) == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<div>\n\n<script>alert(1)</script>\n\n</div>",
        "<!-- <script> -->",
        "<?php <script> ?>",
        "<![CDATA[<script>]]>",
        "<style>*{}</style>",
        "<iframe srcdoc='<script>'>",
        "<base href=//evil.example>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "<p style=color:red onclick=x>",
        "</p></div><script>",
        '[a](http://x.y "\\" onclick=\\"alert(1)")',
        '[a](http://x.y" onclick="alert(1))',
        '![" onerror="alert(1)](/media/x.png)',
        '![a](/media/x.png"onerror="alert(1)")',
        '![a](/media/x.png "t\\" onload=\\"y")',
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "```x onclick=alert(1)\na\n```",
        '[^"><script>]\n\n[^"><script>]: <script>',
        "# <script>alert(1)</script>",
        "|<script>|\n|-|\n|<img src=x onerror=y>|",
        "|a|\n|-|\n|`<script>`|",
        r"$\text{<script>alert(1)</script>}$",
        r"$\text{</math><img src=x onerror=alert(1)>}$",
        r"$x</annotation></semantics></math><script>alert(1)</script>$",
        r"$\text{</mtext><mglyph><style></math><img src=x onerror=alert(1)>}$",
        '$\\class{x" onclick="y}{z}$',
        "$<!--$ a $--><script>$",
    ],
    ids=range(31),
)
def test_no_markup_of_an_editor_becomes_markup_of_the_page(source):
    html = render_markdown(source, Frame(prefix="e1-")).html

    assert harm(html) == []


def test_raw_html_is_shown_as_the_text_it_is():
    html = render_markdown("<b onclick=x>a</b>\n\n<div>c</div>").html

    assert html == (
        "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n<p>&lt;div&gt;c&lt;/div&gt;</p>\n"
    )


PIECES = st.sampled_from(
    [
        *"[ ] ( ) ![ ](  < > </ * ** _ ~~ ` ``` $ $$ | \\ & ; : # ^[ [^1] [^1]: @".split(),
        *"javascript: data:text/html, https://x.y www.x.y mailto: /media/ onclick=".split(),
        *"<script> </script> <img <svg style= \" ' = \\text{ } \\href{ </math>".split(),
        *["\n", "\n\n", " ", "    ", "\t", "> ", "- ", "1. ", "|-|-|", "\n|", "a", "b"],
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_renders_to_html_that_does_no_harm(source):
    rendered = render_markdown(source, Frame(prefix="e1-", page_url="/p/"))

    assert harm(rendered.html) == []
    assert harm(render_inline(source)) == []
    assert attributes(rendered.html) & {"srcdoc", "action", "xlink:href"} == set()


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_the_words_of_any_text_hold_no_line_end_and_render_twice_the_same(source):
    words = to_text(render_markdown(source).html)

    assert words == " ".join(words.split())
    assert words == to_text(render_markdown(source).html)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a[^k]" * 5_000 + "\n\n[^k]: n", (10_000, 1)),
        (
            "".join(f"a[^{n}] " for n in range(500))
            + "".join(f"\n\n[^{n}]: n" for n in range(500)),
            (1_000, 500),
        ),
    ],
    ids=["one note", "many notes"],
)
def test_every_reference_to_a_note_leads_there_and_back(source, wanted):
    rendered = render_markdown(source)

    assert (rendered.html.count("<a "), rendered.footnotes) == wanted


@pytest.mark.parametrize(
    ("source", "deepest"),
    [
        (">" * 1_000 + " a", 40),
        ("- " * 1_000 + "a", 40),
        ("1. " * 1_000 + "a", 40),
        ("\n".join("  " * n + "- a" for n in range(200)), 40),
        ("*a " * 500 + "a*" * 500, 1_001),
        ("~~*" * 200 + "a" + "*~~" * 200, 401),
    ],
    ids=range(6),
)
def test_what_nests_deeply_is_cut_or_closed(source, deepest):
    html = render_markdown(source).html

    assert html.count("<") - html.count("</") - html.count("<br>") == html.count("</")
    assert html.count("</") <= deepest


HANGS = 120  # Seconds: ten times what the worst of these needs on a busy machine.
RENDER = """
import sys
import django
django.setup()
from papers.rendering import render_markdown
sys.stdout.write(str(len(render_markdown(sys.stdin.read()).html)))
"""


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "[" * 10_000 + "]" * 10_000,
        "![" * 10_000,
        "[a](" * 10_000,
        "[^" * 10_000 + "^[" * 5_000,
        " ".join("`" * n for n in range(1, 600)),
        "*a_ " * 10_000 + "a**b" * 10_000,
        "~~a " * 10_000,
        "$a " * 10_000 + "$$b " * 10_000,
        "<a:" * 40_000,
        "mailto:" * 25_000,
        "(http:" * 25_000,
        "(http://_ " * 15_000,
        "a" * 90_000 + "[" + ":" * 90_000,
        "http://a.b/" + ")" * 180_000,
        "(www.a(" * 20_000,
        "a@" * 20_000 + "a" * 50_000 + "@b.c",
        "<!--" * 10_000 + "<?" * 10_000 + "<![CDATA[" * 5_000,
        "&" * 20_000 + "&#" * 10_000,
        "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + ("|a" * 300 + "|\n") * 30,
        "a|b\n-|-\n" + "|" * 50_000,
        "# a\n" * 5_000,
        "".join(f"[^{n}] " for n in range(5_000))
        + "".join(f"\n\n[^{n}]: n" for n in range(5_000)),
        "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(2_000)) + "[^0]",
        "".join(f"[{n}]: http://a\n" for n in range(8_000)),
        "\n".join("  " * n + "- a" for n in range(400)),
        ">" * 20_000 + "- " * 20_000,
        ("$" + "{" * 2_000 + "}" * 1_990 + "$ ") * 20,
        ("$$\n" + r"\sqrt{" * 600 + "}" * 600 + "\n$$\n\n") * 20,
    ],
    ids=range(29),
)
def test_no_text_hangs_or_takes_room_out_of_proportion(source):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "yearreview.settings"}

    rendered = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=source,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=HANGS,
        check=True,
    )

    assert len(source) <= LONGEST_MARKDOWN
    assert int(rendered.stdout) <= 30 * len(source)


LINKS = "https://x.y a@b.cd www.x.y mailto:a@b.cd (https://x.y/z?a=b&c) 12:30 a: b"


@pytest.mark.parametrize("space", ["word ", "*a* ", "a:b ", "é\n"])
def test_an_address_is_a_link_however_much_text_is_before_it(space):
    alone = [e.get("href") for e in parse(render_markdown(LINKS).html) if e.tag == "a"]

    html = render_markdown(space * 2_000 + LINKS).html

    assert [e.get("href") for e in parse(html) if e.tag == "a"] == alone
    assert len(alone) == 5
    assert to_text(html).endswith(LINKS)


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://x.y/" + "a" * 1_900, 1),
        ("https://x.y/" + "a" * 2_100, 0),
        ("www.x.y/" + "a" * 2_100, 0),
        ("<https://x.y/" + "a" * 2_100 + ">", 1),
        ("[a](https://x.y/" + "a" * 2_100 + ")", 1),
    ],
    ids=range(5),
)
def test_a_bare_address_of_more_than_2000_characters_stays_text(address, links):
    html = render_markdown(f"a {address} b").html

    assert tags(html) == ["p"] + ["a"] * links


def test_headings_alike_get_names_of_their_own():
    html = render_markdown("## A\n\n## A 3\n\n## A\n\n## A\n").html

    assert re.findall(r'id="([^"]+)"', html) == ["a", "a-3", "a-2", "a-4"]


def test_forty_thousand_headings_alike_are_no_burden():
    html = render_markdown("#\ta\n" * 40_000).html

    assert html.count("<h3") == 40_000
