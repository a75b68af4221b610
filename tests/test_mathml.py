import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.mathml import (
    LONGEST_FORMULA,
    MATH_ATTRIBUTES,
    MATH_TAGS,
    render_formula,
    style_to_class,
)
from papers.mathml import STYLE as STYLE_ATTRIBUTE
from tests.trees import attributes, harm, parse, tags


@pytest.mark.parametrize(
    ("source", "is_block", "mathml"),
    [
        (
            "x^2",
            False,
            "<math><semantics><msup><mi>x</mi><mn>2</mn></msup>"
            '<annotation encoding="application/x-tex">x^2</annotation>'
            "</semantics></math>",
        ),
        (
            " a<b ",
            True,
            '<math display="block"><semantics>'
            "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"
            '<annotation encoding="application/x-tex">a&lt;b</annotation>'
            "</semantics></math>",
        ),
        (
            r"\color{red}{x}",
            False,
            '<math><semantics><mrow mathcolor="#FF0000"><mi>x</mi></mrow>'
            r'<annotation encoding="application/x-tex">\color{red}{x}</annotation>'
            "</semantics></math>",
        ),
    ],
)
def test_a_formula_is_mathml_with_its_latex_beside_it(source, is_block, mathml):
    assert render_formula(source, is_block=is_block) == mathml


@pytest.mark.parametrize(
    "source",
    [
        r"\hat{x} + \bar{y} + \underline{z}",
        r"\begin{pmatrix}a & b\\c & d\end{pmatrix}",
        r"\begin{cases}1 & x\\0 & y\end{cases}",
        r"\begin{aligned}a &= b\\c &= d\end{aligned}",
        r"\begin{array}{|c|c|}\hline a & b\\\hline\end{array}",
        r"\substack{a\\b}",
        r"\boxed{x}",
        r"\textcolor{blue}{x} \not= \cancel{y}",
        r"\sum_{i=1}^{n} \int_0^\infty \frac{\partial f}{\partial x}",
        r"\mathbb{R} \R \mathcal{L} \mathbf{W}",
    ],
)
def test_a_formula_needs_no_style_attribute_and_no_accent_mark(source):
    made = render_formula(source, is_block=True)

    assert attributes(made) & {"style", "accent", "accentunder"} == set()
    assert tags(made)[0] == "math"


def test_our_own_commands_stand_for_what_they_say():
    real, plain = (render_formula(x, is_block=False) for x in (r"\R", r"\mathbb{R}"))

    assert real.split("<annotation")[0] == plain.split("<annotation")[0]


def test_a_formula_never_changes_the_next_one():
    before = render_formula(r"\R x", is_block=False)

    render_formula(r"\renewcommand{\R}{y} \newcommand{\q}{z} \R", is_block=False)

    assert render_formula(r"\R x", is_block=False) == before
    assert tags(render_formula(r"\q", is_block=False)) == ["span", "code"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("", ""),
        (" \n ", ""),
        ("x" * (LONGEST_FORMULA + 1), "x" * (LONGEST_FORMULA + 1)),
        ("<b>" * LONGEST_FORMULA, "&lt;b&gt;" * LONGEST_FORMULA),
    ],
    ids=range(4),
)
def test_nothing_and_too_much_are_shown_as_code(source, shown):
    assert render_formula(source, is_block=True) == f"<code>{shown}</code>"


def test_a_formula_of_the_longest_length_is_still_one():
    assert tags(render_formula("x" * LONGEST_FORMULA, is_block=False))[0] == "math"


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{",
        r"\nosuchcommand",
        "{" * 2_000,
        "}" * 2_000,
        r"\left(" * 600,
        r"\frac" * 700,
        r"\begin{matrix}" * 200,
        "x^2^2",
        "&",
        r"\href{javascript:alert(1)}{x}",
        r"\url{javascript:alert(1)}",
        r"\includegraphics{https://evil.example/x.png}",
        r'\class{x" onclick="alert(1)}{y}',
        r"\style{color:red}{x}",
        r"\htmlData{x=y}{z}",
        r"\unicode{x3c}script",
        r"\def\a{\a\a}\a",
    ],
    ids=range(17),
)
def test_bad_latex_shows_itself_and_says_what_is_wrong(source):
    made = render_formula(source, is_block=False)

    assert tags(made) == ["span", "code"]
    assert attributes(made) == {"class", "title"}
    assert parse(made)[1].text == source


@pytest.mark.parametrize(
    "source",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{</math><img src=x onerror=alert(1)>}",
        r"\text{</mtext></math><style>*{}</style>}",
        r"\text{\&lt;script\&gt;}",
        r"\mathrm{<b>}",
        r"x</annotation></semantics></math><script>",
        r"\operatorname{<i>}",
        r'\text{" onload="x}',
        r"\text{<!--} y \text{-->}",
        r"\text{<![CDATA[}",
    ],
)
def test_no_text_of_a_formula_becomes_html(source):
    made = render_formula(source, is_block=False)

    assert harm(made) == []
    assert set(tags(made)) - MATH_TAGS == set()


@pytest.mark.parametrize(
    "source",
    [
        r"\sqrt{" * 600 + "}" * 600,
        "x^{" * 990 + "}" * 990,
        r"\substack{" * 300 + "}" * 300,
        r"\R" * 1_900,
        r"\frac{a}{" * 400 + "}" * 400,
        "{" * 1_900 + "}" * 1_900,
    ],
    ids=range(6),
)
def test_what_a_deep_or_long_formula_makes_is_bounded(source):
    assert len(render_formula(source, is_block=True)) < 30 * LONGEST_FORMULA


@pytest.mark.parametrize(
    ("attribute", "instead"),
    [
        (' style="color: #ff0000"', ' mathcolor="#ff0000"'),
        (' style="text-align: left"', ' class="m-text-align-left"'),
        (
            ' style="padding-left: 0; color: #00ff00; border-top: .05em solid;"',
            ' class="m-padding-left-0 m-border-top-05em-solid" mathcolor="#00ff00"',
        ),
        (' style="color: #ff0000 url(x)"', ' class="m-color-ff0000-url-x"'),
        (' style=""', ""),
    ],
)
def test_a_style_becomes_classes_and_a_colour(attribute, instead):
    assert STYLE_ATTRIBUTE.sub(style_to_class, attribute) == instead


PIECES = st.sampled_from(
    r"\frac \text { } ^ _ & \\ \begin{matrix} \end{matrix} <script> \left( \right) "
    r"</math> \color{red} \sqrt[ ] \R \def\a \a # 1 x \href{javascript:x} $ \hat "
    r"\substack".split(" ")
)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_any_formula_is_made_of_what_the_sanitiser_lets_through(source):
    made = render_formula(source, is_block=False)

    assert harm(made) == []
    assert set(tags(made)) - MATH_TAGS - {"span", "code"} == set()
    assert attributes(made) - MATH_ATTRIBUTES - {"title"} == set()
