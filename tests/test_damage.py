import pytest

from papers.checks import damage, tables
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
        (fence("vector&lt;int&gt; v;", "cpp"), 4, 7),
        (fence("const ok = /a\\*b/.test(x) // &lt;\nif (a &lt; b) {}", "js"), 5, 7),
        (fence("import torch\nclass A:\n  def **init**(self): pass", ""), 6, 7),
        (fence("then call super().**init**() first", "text"), 4, 19),
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
        fence("const re = /_\\*_/g;", "js"),
        fence("if (x) /&lt;/.test(y);", "ts"),
        fence("s.replace(/“|”/g, '').replace(/[/\\*]/g, '_');", "js"),
        fence("const a = `${b ? `&lt; “c”` : ''} &lt;`;", "js"),
        fence("return <p>a &lt; b, “c”</p>;", "js"),
        fence("fn f<'a>(s: &'a str) { g(\"it's &lt; “b”\") }", "rust"),
        fence('let s = r#"say "a &lt; b" “c”"#;', "rust"),
        fence('auto s = R"(a " &lt; “b”)";', "cpp"),
        fence("int n = 1'000; f(\"it's “a”\");", "cpp"),
        fence('String s = """\n  it\'s "&lt;" “a”\n  """;', "java"),
        fence("float amp = 1; float *p = &amp;", "c"),
        fence("“Yes”\nand\n“No”", "text"),
        fence("for * in", "text"),
    ],
)
def test_what_no_formatter_did_is_not_its_damage(body):
    assert places(damage.mangled_code, entry(body)) == []


@pytest.mark.parametrize(
    ("body", "line", "column", "after"),
    [
        (
            fence("python a.py —model big —steps 3", "bash"),
            4,
            13,
            "--model big --steps",
        ),
        (
            fence("# a\n$ run &gt; log &amp;&amp; cat log", "sh"),
            5,
            7,
            "run > log && cat",
        ),
        (fence("m &lt;- mean(d)", "r"), 4, 3, "m <- mean(d)"),
        (fence("SELECT “a” FROM b", "sql"), 4, 8, 'SELECT "a" FROM b'),
        (fence("if (x) /a/.test(b) &amp;&amp; c", "js"), 4, 20, "&& c"),
        (fence("class A:\n    def _init_(self):\n        pass"), 5, 9, "__init__"),
        (
            fence("class A:\n    def f(self):\n        super()._init_()"),
            6,
            17,
            "__init__",
        ),
        (fence("if _name_ == '_main_':\n    main()"), 4, 4, "__name__"),
        (fence("Tokens 20 trillion\\*", "text"), 4, 19, "20 trillion*"),
        (fence("\\*Note: it is less.", ""), 4, 1, "*Note"),
        (fence("a &lt; b", "brainfuck"), 4, 3, "a < b"),
        (fence("run a.py —model big —steps 3", "text"), 4, 10, "--model big"),
    ],
)
def test_marks_that_are_likely_damage_are_asked_about(body, line, column, after):
    (found,) = damage.marked_code(entry(body))

    assert (found.field, found.line, found.column) == (HERE, line, column)
    assert after in found.message
    assert places(damage.mangled_code, entry(body)) == []


@pytest.mark.parametrize(
    "body",
    [
        fence("echo 'a &lt; b' \"— “c”\" # “d” —e", "bash"),
        fence("cat <<EOF\n<p>a &lt; b</p> “c”\nEOF", "bash"),
        fence("$ run\nHe said “no” &lt; —so", "console"),
        fence("git log -- a — b", "sh"),
        fence('x <- "a—b" # — “c” &lt;', "r"),
        fence("SELECT 1 -- “a” — &lt;", "sql"),
        fence("a ≤ b — c “d”", "text"),
        fence("It is small —or so they say.", "text"),
        fence("$x\\_1$ and \\frac a\\*", "text"),
        fence("a <b> is written &lt;b&gt;", "text"),
        fence("a &lt; “b”", "xml"),
        fence("class A:\n    def _repr_html_(self):\n        return self._name_"),
        fence("class A:\n    def _missing_(self):\n        return self._format_(1)"),
        fence("s = 'def _init_(self)'"),
    ],
)
def test_marks_that_code_holds_are_left(body):
    assert places(damage.marked_code, entry(body)) == []


def test_damage_is_found_in_the_longest_text_that_is_taken():
    code = "x = 1\n" * 25_000 + "super().**init**()"
    body = fence(code)
    assert 150_000 < len(body) <= 200_000

    assert places(damage.mangled_code, entry(body)) == [(HERE, 25_004, 9)]
    paper = entry(kind="code", language="py", content=code)
    assert places(damage.mangled_code, paper) == [("figures.0.content", 25_001, 9)]
    text = "words " * 30_000 + "def **init**(self)"
    assert places(damage.mangled_code, entry(text)) == [(HERE, 1, 180_005)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (fence("x = 1\n---\ny = 2"), 5),
        (fence("m <- mean(d)\n***\nfit(m)", "r"), 5),
        (fence("ls\n</p>", "bash"), 5),
        (fence("int a;\n</p>", "c"), 5),
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
        fence("echo '<p></p>\n***'", "bash"),
        fence("return <p>\n</p>;", "js"),
        fence("Use it\n***\n</p>", "markdown"),
        fence("--- Fit\nSELECT 1", "sql"),
        fence("## Instruction\n\nWrite a poem.\n\n---\n\n## Answer", "text"),
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
        ("a = load()\\\nb = a.run()\\\nprint(b)", 1),
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
    assert places(tables.flattened_tables, entry(body)) == [(HERE, line, 1)]


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
        fence("Roses are red 1\nviolets are blue 2,\nsugar is sweet 3", "text"),
        fence("Training log\nepoch 1 loss 0.5\nepoch 2 loss 0.4\nstep 3 loss 1", ""),
        fence(">sp|P0CG48|UBC\nMQIFVKTL\nIQKESTLH", ""),
        fence("0000 48 65\n0010 6c 6c\n0020 6f 20", ""),
        "Some words here\nAlpha ran 64 km 7 times\nBeta ran 75 km 4 times",
        fence(FLAT, "python"),
        "$$\na = 1\nb = 2\n$$",
    ],
)
def test_what_is_no_flattened_table_stays(body):
    assert places(tables.flattened_tables, entry(body)) == []


@pytest.mark.parametrize(
    "block",
    [
        "Quantity Near Far\nMass 1.22e19 GeV 1.2 TeV\nLength 1.6e-35 m 1.6e-19 m\nTime 5 s 4 s",
        "Station Distance Arrival\nSuva 750 km 04:55 UTC\nLima 64 km 06:00 UTC 7.8 hPa",
        "Set Old New\nSet-2 47% (39–55) 61% (53–69)\nOther 62% (59–65) 67% (64–70)",
        "Model Size Elo Memory Price\nA-4 - 1348 - -\nGuan 65B 65B 1022 41 GB free",
    ],
)
def test_a_flattened_table_may_have_units_and_ranges(block):
    found = places(tables.flattened_tables, entry(fence(block, "")))

    assert found == [(HERE, 4, 1)]


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (["76.2", "93,8", "88.4"], [4]),
        (["76.2", "**93.8**", "88.4"], []),
        (["76.2", "n/a", "88.4"], []),
        (["76.2", "good", "bad"], []),
    ],
)
def test_a_table_in_markdown_has_columns_of_numbers_too(cells, lines):
    rows = "\n".join(f"| r{n} | {cell} |" for n, cell in enumerate(cells))
    body = f"| Name | Score |\n| --- | --- |\n{rows}"

    assert [line for _, line, _ in places(tables.mixed_columns, entry(body))] == lines


def test_the_rest_of_a_wrapped_cell_is_named():
    csv = "Method,Process\nBeam,Track partial\n,sequences\nBest,Sample"

    found = places(tables.wrapped_rows, entry(kind="table", content=csv))

    assert found == [("figures.0.content", 3, 1)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("| A | B |\n| - | - |\n| x | long |\n| | rest |", 4),
        ("| A | B |\n| - | - |\n| x | 1 |\n| y |", 4),
        ("Words.\n\n| A | B |\n| - | - |\n| x | 1 | 2 |", 5),
        ("| A | B |\n| - | - |\n| Zero (40 | 5 |\n| blocks) | |\n| x | 1 |", 4),
    ],
)
def test_an_uneven_row_of_a_table_is_named(body, line):
    assert places(tables.wrapped_rows, entry(body)) == [(HERE, line, 1)]


@pytest.mark.parametrize(
    "csv",
    [
        "A,B\nx,One.\n,two",
        "A,B,C\nx,1,2\n,3,4",
        "A,B\nx,1\n,2",
        "A,B\nx,One\n,Two",
        "A,B\nx,\n,two",
        "A,B\nx,1\nin domain,\ny,2",
        "A,B\nx (a),1\nof (b),\ny,2",
        'A,B\n"x',
    ],
)
def test_a_row_of_its_own_is_not_wrapped(csv):
    assert places(tables.wrapped_rows, entry(kind="table", content=csv)) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Words.\n\n[Figure: a router and its experts]", 3),
        ("[Insert figure here]", 1),
        ("Figure 1: A router and its experts.", 1),
        ("The router chooses (see figure below).", 1),
        ("[Placeholder for the diagram]", 1),
        ("Fig. 1 - Sketch of the two layers.", 1),
        ("Picture: encoder on the left.", 1),
        ("It rises (see the plot on the right).", 1),
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


def test_a_drawing_in_characters_is_named():
    drawing = "Pretraining → Tuning\n  |\n  ↓\nTwo approaches"

    assert places(damage.described_figures, entry(fence(drawing, "text"))) == [
        (HERE, 5, 1)
    ]
    plain = fence("a | b\nv\n\n↓ falls", "text")
    assert places(damage.described_figures, entry(plain)) == []


@pytest.mark.parametrize(
    "words",
    ["Figure 1 of the paper shows a well.", "The figure in the paper shows it."],
)
def test_a_figure_of_the_paper_may_be_told_of(words):
    section = SectionDocument(kind="figures", body=words)
    paper = PaperDocument(slug="a", month=1, sections=(section,))

    assert places(damage.described_figures, paper) == []


OPENING = "Conceptual diagram showing a block whose layer is replaced."


def test_a_section_of_figures_may_not_only_tell_of_one():
    section = SectionDocument(kind="figures", body=f"{OPENING}\n\nOther words.")
    alone = PaperDocument(slug="a", month=1, sections=(section,))

    found = places(damage.described_figures, alone)
    assert found == [("sections.figures", 1, 1)]
    assert places(damage.described_figures, entry(OPENING)) == []
    figure = FigureDocument(key="f", kind="code", language="py", content="x = 1")
    shown = PaperDocument(slug="a", month=1, sections=(section,), figures=(figure,))
    assert places(damage.described_figures, shown) == []


def test_a_caption_is_welcome_where_there_are_figures():
    paper = entry("Figure 1: A router.", kind="table", content="A,B\n1,2")

    assert places(damage.described_figures, paper) == []


TWO = (
    "1. Searching\n\n---\n\n## Method Process Use\n\n"
    "Best-of-N Generate N responses General purpose\n"
    "Lookahead Consider future tokens before Complex reasoning\ncommitting to them\n\n"
    "2. Revising\n\n---\n\n## Method Process Use\n\n"
    "Self-Revision Model improves Iterative refinement\nits own output"
)


def test_each_table_of_a_block_is_named_where_it_begins():
    lines = [at for _, at, _ in places(tables.flattened_tables, entry(fence(TWO, "")))]

    assert [TWO.split("\n")[line - 4] for line in lines] == [
        "1. Searching",
        "2. Revising",
    ]


def test_what_is_no_part_of_a_flattened_table_is_named():
    lines = [at for _, at, _ in places(damage.foreign_lines, entry(fence(TWO, "text")))]

    marks = ["---", "## Method Process Use"] * 2
    assert [TWO.split("\n")[line - 4] for line in lines] == marks


def test_the_heading_mark_of_a_flattened_table_is_named_where_it_begins():
    table = "## Sizes\n\nModel Size Score\nAlpha 7B 61.2\nBeta 13B 64.0\nC 70B 70.9"
    found = places(damage.foreign_lines, entry(fence(table, "text")))

    assert [at for _, at, _ in found] == [4]


@pytest.mark.parametrize(
    ("block", "starts"),
    [
        (TWO, ["committing to them", "its own output"]),
        (
            "## Share of the data\n\n## Source Percentage Traits\nBooks ~40% • Long\n"
            "• Old\n• Dear\nWeb ~60% • New\n• Short",
            ["• Old"],
        ),
        ("## Sizes\n\nModel Size Score\nAlpha 7B 61.2\nBeta 13B 64.0\nC 70B 70.9", []),
    ],
)
def test_lines_that_go_on_with_a_row_are_named_once_a_table(block, starts):
    found = places(tables.wrapped_rows, entry(fence(block, "text")))

    assert [block.split("\n")[line - 4] for _, line, _ in found] == starts


RULES = [
    damage.mangled_code,
    damage.marked_code,
    damage.foreign_lines,
    damage.code_without_fence,
    tables.flattened_tables,
    tables.wrapped_rows,
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
