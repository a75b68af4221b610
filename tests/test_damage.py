import pytest

from papers.checks import damage
from papers.checks.findings import Fix
from papers.values import FigureDocument, PaperDocument, SectionDocument
from tests import work


def entry(body="", **figure):
    figures = (FigureDocument(key="f", **figure),) if figure else ()
    section = SectionDocument(kind="technical", body=body)
    return PaperDocument(slug="a", month=1, sections=(section,), figures=figures)


def fence(code, language="python"):
    return f"Words.\n\n```{language}\n{code}\n```\n"


def places(rule, paper):
    return [(p.field, p.line, p.column) for p in rule(paper)]


HERE = "sections.technical"


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (fence("def **init**(self):\n    pass"), 4, 5),
        (fence("x = 1\ny = [0 for * in z]"), 5, 12),
        (fence("print(“a”)"), 4, 7),
        (fence("if (a &lt; b) {}", "js"), 4, 7),
        (fence("int a\\_b = 1;", "java"), 4, 6),
        ("Its def **init**(self) is short.", 1, 9),
        ("One\n\ntwo [f() for * in range(3)]", 3, 14),
    ],
)
def test_code_that_a_formatter_has_changed_is_named(body, line, column):
    assert places(damage.mangled_code, entry(body)) == [(HERE, line, column)]


def test_the_fix_mends_a_whole_line():
    code = "x = 1\nsuper().**init**(**name**)"
    (found,) = damage.mangled_code(entry(kind="code", language="py", content=code))

    assert found.fix == Fix("super().**init**(**name**)", "super().__init__(__name__)")
    assert (found.field, found.line, found.column) == ("figures.0.content", 2, 9)
    assert "write “super().__init__(__name__)”" in found.message


@pytest.mark.parametrize(
    "body",
    [
        "Words in **bold**, **format**(s) and *so on*.",
        "We do this for all * in a table.",
        fence("def f(a, *, b): return a**b**2"),
        fence("print('&lt; “a” **init**')  # “a”"),
        fence("const a = '&lt;“'; // “a”", "js"),
        fence("a &lt; b", "html"),
        fence("\\_ -> x", "haskell"),
        fence("torch.topk(input, k, *, out=None) -> (Tensor"),
        fence("x = a *", "python"),
        fence("for * in", "text"),
    ],
)
def test_what_no_formatter_did_is_not_its_damage(body):
    assert places(damage.mangled_code, entry(body)) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (fence("x = 1\n---\ny = 2"), 5),
        (fence("***\nx = 1"), 4),
        (fence("x = 1\nThis is what the model returns then.\ny = 2"), 5),
        (fence("x = 1<br>\ny = 2"), 4),
        (fence("x = 1\n</p>"), 5),
        (fence("* Load the model and its weights\nx = 1"), 4),
        (fence("## Results\nconst a = 1;", "js"), 4),
        (fence("a();\n---", "java"), 5),
    ],
)
def test_lines_of_prose_in_code_are_named(body, line):
    (found,) = damage.foreign_lines(entry(body))

    assert (found.field, found.line) == (HERE, line)


@pytest.mark.parametrize(
    "body",
    [
        fence("## Results\nx = 1"),
        fence('"""\nThis is what the model returns then.\n---\n"""\nx = 1'),
        fence("# This is what the model returns then.\nx = ("),
        fence("x = '<br>' +"),
        fence("/*\n * This is it.\n ---\n */\na();", "js"),
        fence("# Build\n---\nmake all", "bash"),
        fence("#include <a.h>\nint x;", "c"),
        fence("--- a\n+++ b", "diff"),
        fence("---\nkey: 1", "yaml"),
        "## Results\n\n---\n\nThis is what the model returns then.",
    ],
)
def test_code_alone_is_no_prose(body):
    assert places(damage.foreign_lines, entry(body)) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Words.\n\nimport torch\nx = torch.ones(3)\nprint(x)", 3),
        ("def f(x):\n    y = x + 1\n    return y", 1),
        ("a = load()\nb = a.run()\nprint(b)", 1),
        ("class A:\n    def **init**(self):\n        self.x = 1", 1),
    ],
)
def test_code_without_a_fence_is_named(body, line):
    assert places(damage.code_without_fence, entry(body)) == [(HERE, line, 1)]


@pytest.mark.parametrize(
    "body",
    [
        fence("import torch\nx = 1\ny = 2"),
        "One\ntwo\nthree",
        "Let x = 1.\nThen y = 2 follows.\nAnd z.",
        "from here on\nit is said\nthat x = y",
        "- a\n- b\n- c",
        "$$\nx = 1\n$$",
        "x = 1",
    ],
)
def test_prose_is_no_code(body):
    assert places(damage.code_without_fence, entry(body)) == []


FLAT = "Model Size Score\nAlpha 7B 61.2\nBeta 13B 64.0\nGamma 70B 70.9"
TITLED = "## Share of the data\n\n## Source Percentage Traits\nBooks ~40% • Long\n• Old\nWeb ~60% • New\n• Short"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"Words.\n\n{FLAT}\n\nMore.", 3),
        (fence(FLAT, "text"), 4),
        (fence(FLAT, ""), 4),
        (fence(TITLED, "text"), 4),
    ],
)
def test_a_table_that_lost_its_columns_is_named(body, line):
    assert places(damage.flattened_tables, entry(body)) == [(HERE, line, 1)]


@pytest.mark.parametrize(
    "body",
    [
        "In 2023 it had 7 layers.\nIn 2024 it had 9 layers.\nThen it had 12.",
        "| Model | Size |\n| --- | --- |\n| A | 7B |\n| B | 8B |",
        "- Alpha 7B 61.2\n- Beta 13B 64.0\n- Gamma 70B 70.9",
        "1. Alpha 7\n2. Beta 13\n3. Gamma 70",
        "We trained it on 8 GPUs\nfor 3 days with 2 seeds\nand a batch of 64",
        fence("a = 1\nb = 2\nc = 3", "text"),
        fence("epoch 1 loss 0.5\nepoch 2 loss 0.4\nepoch 3 loss 0.3", "text"),
        fence("Input → Model → Output\n|\n↓\nTwo ways:\n• One: 1\n• Two: 2", "text"),
        fence("Model   Size   Score\nA       7B     61\nB       13B    64", "text"),
        fence("pip install torch\npython train.py\nls", "text"),
        fence(FLAT, "python"),
        "$$\na = 1\nb = 2\n$$",
    ],
)
def test_what_is_no_flattened_table_stays(body):
    assert places(damage.flattened_tables, entry(body)) == []


def test_the_rest_of_a_wrapped_cell_is_named():
    csv = "Method,Process\nBeam,Track partial\n,sequences\nBest,Sample"

    found = places(damage.wrapped_rows, entry(kind="table", content=csv))

    assert found == [("figures.0.content", 3, 1)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("| A | B |\n| - | - |\n| x | long |\n| | rest |", 4),
        ("| A | B |\n| - | - |\n| x | 1 |\n| y |", 4),
        ("Words.\n\n| A | B |\n| - | - |\n| x | 1 | 2 |", 5),
    ],
)
def test_an_uneven_row_of_a_table_is_named(body, line):
    assert places(damage.wrapped_rows, entry(body)) == [(HERE, line, 1)]


@pytest.mark.parametrize(
    "csv",
    [
        "A,B\nx,One.\n,two",
        "A,B,C\nx,1,2\n,3,4",
        "A,B\nx,1\n,2",
        "A,B\nx,One\n,Two",
        "A,B\nx,\n,two",
        'A,B\n"x',
    ],
)
def test_a_row_of_its_own_is_not_wrapped(csv):
    assert places(damage.wrapped_rows, entry(kind="table", content=csv)) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Words.\n\n[Figure: a router and its experts]", 3),
        ("[Insert figure here]", 1),
        ("Figure 1: A router and its experts.", 1),
        ("The router chooses (see figure below).", 1),
        ("[Placeholder for the diagram]", 1),
    ],
)
def test_a_figure_in_words_is_named(body, line):
    (found,) = damage.described_figures(entry(body))

    assert (found.field, found.line) == (HERE, line)


@pytest.mark.parametrize(
    "body",
    [
        "[Figure: a router](https://example.org)",
        "`[Insert figure here]`",
        "[[fig:router]] shows it.",
        "Figure 1 of the paper shows it.",
        "Words.\nFigure 1: within a paragraph.",
        fence("[Insert figure here]", "text"),
        "We see the figure of 3 per cent.",
    ],
)
def test_words_about_a_figure_stay(body):
    assert places(damage.described_figures, entry(body)) == []


def test_a_caption_is_welcome_where_there_are_figures():
    paper = entry("Figure 1: A router.", kind="table", content="A,B\n1,2")

    assert places(damage.described_figures, paper) == []


RULES = [
    damage.mangled_code,
    damage.foreign_lines,
    damage.code_without_fence,
    damage.flattened_tables,
    damage.wrapped_rows,
    damage.described_figures,
]


@pytest.mark.parametrize(
    "piece", ["*", "[", "a ", "\n", "`", "[Figure:", "A b c d ", "a | "]
)
def test_hostile_texts_cost_little(piece):
    text = piece * (1_000_000 // len(piece))
    longest = piece * (60_000 // len(piece))
    short = piece * (20_000 // len(piece))

    def run():
        for rule in RULES:
            list(rule(entry(text, kind="code", language="python", content=text)))
            list(rule(entry(longest, kind="table", content=longest)))
            list(rule(entry(kind="code", language="js", content=short)))
            list(rule(entry(kind="code", language="python", content=short)))

    assert work.measure(run) < 1500
