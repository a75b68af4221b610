import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.checks.code import broken_code
from papers.markup import render_code
from papers.rendering import render_markdown, sanitise, to_text
from papers.syntax import Problem, find_problem
from papers.values import FigureDocument, PaperDocument, SectionDocument
from tests.factories import make_figure, make_paper
from tests.trees import harm, parse

LONGEST = 200_000

# How it is shown


def block(lines, label="Code", name=""):
    made = f' class="language-{name}"' if name else ""
    return (
        f'<div class="listing" role="group" aria-label="{label}">'
        f'<pre class="code" tabindex="0"><code{made}>{lines}</code></pre></div>'
    )


@pytest.mark.parametrize(
    ("code", "language", "html"),
    [
        ("x", "", block("x\n")),
        ("\n\nx\n\n", "", block("x\n")),
        ("x < 1", "zig9", block("x &lt; 1\n", name="zig9")),
        (
            "a\n\n<b>",
            "",
            block(
                '<span class="line">a</span>\n<span class="line"></span>\n'
                '<span class="line">&lt;b&gt;</span>\n'
            ),
        ),
        (
            "[1]",
            "json",
            block(
                '<span class="p">[</span><span class="mi">1</span>'
                '<span class="p">]</span>\n',
                "JSON",
                "json",
            ),
        ),
        (
            "\n'''a\nb'''\n",
            "python",
            block(
                '<span class="line"><span class="sd">\'\'\'a</span></span>\n'
                '<span class="line"><span class="sd">b\'\'\'</span></span>\n',
                "Python",
                "python",
            ),
        ),
        ("a", "text", block("a\n", "Text", "text")),
    ],
    ids=range(7),
)
def test_lines_of_code_are_elements_where_there_are_two_or_more(code, language, html):
    assert render_code(code, language) == html


@pytest.mark.parametrize("language", ["", "python", "console", "c++", "html"])
def test_the_sanitiser_lets_every_line_through(language):
    made = render_code("# <i>\n\nx = '''\n&amp;\n'''\n$ ls", language)

    assert sanitise(made).count('<span class="line">') == 6
    assert sanitise(made).count("<span") == made.count("<span")


def test_no_line_runs_into_another_where_the_words_alone_are_taken():
    made = render_markdown("Before\n\n```py\nx = 1\ny = 2\n\nz\n```\n\nAfter").html

    assert to_text(made) == "Before x = 1 y = 2 z After"


@given(st.text(max_size=60), st.sampled_from(["", "python", "json", "html", "console"]))
def test_any_code_is_shown_as_it_is(code, language):
    made = render_code(code, language)

    assert harm(made) == []
    shown = "".join(parse(made)[0].itertext())
    plain = code.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert shown.strip() == plain.strip()


@pytest.mark.django_db
def test_a_feed_has_the_code_line_by_line(client):
    paper = make_paper()
    make_figure(paper=paper, kind="code", language="python", content="x = 1\ny = 2")

    item = client.get("/feed.json").json()["items"][0]

    assert "x = 1 y = 2" in to_text(item["content_html"])
    assert item["content_html"].count('<span class="line">') == 2


# Whether it can be read


@pytest.mark.parametrize(
    "code",
    [
        "",
        " \n\t\n",
        "x = 1\n...",
        "def f(x):\n    ...",
        "    def f(self):\n        return 1\n\n    x = 2",
        "\tif x:\n\t\ty",
        "return x",
        "await f()\nasync for x in y:\n    pass",
        "yield 1",
        "%matplotlib inline\nimport x\n!pip install y\n%%time\nz = 1",
        "if x:\n    %time f(x)\n    !ls -la | wc",
        "files = !ls\na, b = %time f()\nnp.dot?\n?np\nnp.dot??",
        "%%bash\nfor i in 1 2; do echo $i; done",
        "x = (a\n     % b)",
        "x = (a\n     %b)",
        '"\\d is no escape"\n1if x else y',
        'f"{d["key"]}"',
        "type Pair[T] = tuple[T, T]\n",
        "def first[T](items: list[T]) -> T:\n    return items[0]",
        "class Box[T]:\n    pass",
        "match x:\n    case [1, *_]:\n        pass",
        "\ufeffx = 1",
        "x = 1\r\ny = 2\r\n",
        ">>> x = 1\n>>> x\n1",
        ">>> for x in y:\n...     print(x)\n...\n1\n2\n",
        "    >>> f(\n    ...     1)\n    Traceback (most recent call last):\n      ...\n    E: (",
        "# a remark\nx: int = 1",
        "x" * LONGEST,
        "# " + "(" * LONGEST,
    ],
    ids=range(29),
)
@pytest.mark.parametrize("language", ["python", "Python3", " py "])
def test_python_is_read_as_a_fragment(code, language):
    assert find_problem(code, language) is None


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("x = (1,\ny = 2", "line 1: '(' was never closed."),
        ("\n\nx = (1,", "line 1: '(' was never closed."),
        ("x = 1\n  y = 2", "line 2: unexpected indent."),
        (
            "    x = 1\n  y = 2\n",
            "line 1: unexpected indent.",
        ),
        (
            'print "x"',
            "line 1: Missing parentheses in call to 'print'. Did you mean print(...)?",
        ),
        ("x = 1\nx = “a”", "line 2: invalid character '“' (U+201C)."),
        ("a\u00a0= 1", "line 1: invalid non-printable character U+00A0."),
        ("%time x\ny = (", "line 2: '(' was never closed."),
        ("x = (a\n     %b)\ny = (", "line 3: '(' was never closed."),
        (
            "def f():",
            "line 1: expected an indented block after function definition on line 1.",
        ),
        (">>> x = 1\n1\n>>> y = (\n", "line 3: '(' was never closed."),
        ("x = 1\n\0", "line 2: it holds a null character."),
        ("x = 1\n\ny = '\ud800'", "line 3: it holds half a character."),
        ("(" * 100_000, "line 1: too many nested parentheses."),
        ("-" * 100_000 + "1", "it is nested too deeply to be checked."),
        ("1" + "+1" * 99_000, "it is nested too deeply to be checked."),
        ("else:\n    x", "line 1: invalid syntax."),
    ],
    ids=range(17),
)
def test_what_is_no_python_says_where_and_why(code, problem):
    assert str(find_problem(code, "python")) == problem


def test_of_a_session_only_what_was_typed_is_read():
    session = "$ python\nPython 3.11 (main)\n>>> x = [\n...     1]\n[1"

    assert find_problem(session, "pycon") is None
    assert find_problem(session + "\n>>> x y", "pycon") == Problem(6, "invalid syntax")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ('{"a": [1, 2.5e3, null, true]}', None),
        ("\ufeff{}\r\n", None),
        ("9" * 10_000, None),
        (f'"{"x" * LONGEST}"', None),
        (
            '{\n  "a": 1,\n}',
            Problem(3, "Expecting property name enclosed in double quotes"),
        ),
        ("{}\n{}", Problem(2, "Extra data")),
        ("[1,\n ...]", Problem(2, "Expecting value")),
        ("[NaN]", Problem(0, "NaN is Python's, and no value of JSON")),
        ("\0", Problem(1, "Expecting value")),
        ("[" * 100_000, Problem(0, "it is nested too deeply to be checked")),
    ],
    ids=range(10),
)
def test_json_is_what_the_standard_says(code, problem):
    assert find_problem(code, "json") == problem


@pytest.mark.parametrize("language", ["", "jsonc", "json5", "text", "ruby", "pythons"])
def test_what_nobody_here_can_read_is_not_judged(language):
    assert find_problem("x = (", language) is None


PIECES = st.sampled_from(
    ">>> |... |(|)|[|{|'''|f'{|x|=|\n|    |\t|def f():|%|!|\\|:|,|?|#|\0|\ud800|“".split(
        "|"
    )
)


@given(
    st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join),
    st.sampled_from(["python", "pycon", "json"]),
)
def test_anything_can_be_looked_at(code, language):
    problem = find_problem(code, language)

    assert problem is None or 0 <= problem.line <= code.count("\n") + 1


def test_nothing_of_it_is_run_and_no_filter_of_warnings_is_left_behind(tmp_path):
    made = tmp_path / "made"
    code = f"open({str(made)!r}, 'w')\nx = '\\d'"
    before = list(warnings.filters)

    with ThreadPoolExecutor(8) as pool:
        problems = list(pool.map(lambda _: find_problem(code, "python"), range(64)))

    assert problems == [None] * 64
    assert not made.exists()
    assert warnings.filters == before


# What is said of an entry


def found(**values):
    return list(broken_code(PaperDocument(slug="a", month=1, **values)))


def test_code_in_figures_and_in_texts_is_looked_at():
    broken = (
        "Text\n\n- ```py\n  x = (\n  ```\n\n~~~json\n{}\n~~~\n\n```json title\n\n[\n```"
    )
    known = SectionDocument(kind="technical", body=broken)
    other = SectionDocument(kind="other", heading="More", body="```py\nx y\n```")
    figure = FigureDocument(key="loop", kind="code", language="py", content="x\n)")
    never = FigureDocument(
        key="w", kind="code", language="py", content=")", wanted=True
    )
    table = FigureDocument(key="t", kind="table", language="py", content=")")
    python, json = (
        "The py code that begins in line",
        "The json code that begins in line",
    )

    assert found(
        figures=(never, figure, table),
        sections=(known, other),
        summary="```python\nprint 1\n```",
    ) == [
        ("figures.1.content", "Figure “loop”, line 2: unmatched ')'."),
        (
            "summary",
            "The python code that begins in line 1, line 1: Missing parentheses in "
            "call to 'print'. Did you mean print(...)?",
        ),
        ("sections.technical", f"{python} 3, line 1: '(' was never closed."),
        ("sections.technical", f"{json} 11, line 1: Expecting value."),
        (
            "sections.1.body",
            f"{python} 1, line 1: invalid syntax.",
        ),
    ]


def test_code_that_is_not_fenced_or_only_looks_so_is_not_judged():
    body = "    x = (\n\n`x = (`\n\n```\nx = (\n```\n\n~~~~\n```py\nx = (\n```\n~~~~"

    assert found(sections=(SectionDocument(kind="technical", body=body),)) == []
