import pytest
from hypothesis import given

from papers.checks import RULES
from papers.checks.formulas import broken_formulas
from papers.mathml import LONGEST_FORMULA, find_problem, render_formula
from papers.rendering import find_pieces
from papers.values import FigureDocument, PaperDocument, SectionDocument
from tests.test_mathml import PIECES, st
from tests.trees import tags


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("x^2", ""),
        ("", ""),
        (r"\R", ""),
        (r"\substack{a\\b}", ""),
        (r"\nosuch", 'Unknown command "\\nosuch".'),
        (r"\frac{1}{2", 'Expected closing token "}", but reached end of input.'),
        ("x^2^2", "Duplicate subscript or superscript."),
        ("x" * (LONGEST_FORMULA + 1), "It is longer than 4,000 characters."),
        (" " * LONGEST_FORMULA + "x", ""),
    ],
    ids=range(9),
)
def test_a_formula_says_what_is_wrong_with_it(source, problem):
    assert find_problem(source) == problem


@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_a_formula_has_a_problem_exactly_when_its_source_is_shown(source):
    shown = render_formula(source, is_block=False)
    is_source = source.strip() and tags(shown)[-1] == "code"

    assert bool(find_problem(source)) == bool(is_source)


def test_formulas_are_found_as_they_are_rendered():
    text = (
        "$a$ and `$code$` and \\$5$ and $$b$$\n\n"
        "> - $$\n>   c\n>   $$\n\n    $indented$\n\n```\n$fenced$\n```\n\n"
        "|$d$|x|\n|-|-|\n|y|*$e$*|\n\n"
        "A note[^1] ![$alt$](/x.png) [$f$](/y)\n\n[^1]: $g$\n\n[^2]: $nowhere$"
    )

    assert find_pieces(text).formulas == ("a", "b", "c", "d", "e", "f", "g")


BAD = r"$\nosuch$"
MESSAGE = 'The formula “\\nosuch” cannot be drawn: Unknown command "\\nosuch".'


def found(**values):
    return list(broken_formulas(PaperDocument(slug="a", month=1, **values)))


def figure(**values):
    return FigureDocument(
        **({"key": "f", "kind": "table", "content": "A,B\n1,2"} | values)
    )


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"summary": f"x {BAD} y"}, ["summary"]),
        ({"focus": BAD}, ["focus"]),
        ({"impact": BAD}, ["impact"]),
        ({"citation_note": BAD}, ["citation_note"]),
        ({"notes": BAD, "headline": BAD, "venue": BAD}, []),
        (
            {"sections": (SectionDocument(kind="relevance", body=f"# {BAD}"),)},
            ["sections.relevance"],
        ),
        (
            {"sections": (SectionDocument(kind="other", heading="M", body=BAD),)},
            ["sections.0.body"],
        ),
        ({"figures": (figure(), figure(caption=BAD))}, ["figures.1.caption"]),
        (
            {"figures": (figure(notes=f"[^a]: x\n\n[^b]: {BAD}\n[^c]: {BAD}"),)},
            ["figures.0.notes"] * 2,
        ),
        ({"figures": (figure(caption=BAD, wanted=True),)}, []),
        (
            {"figures": (figure(content=f"{BAD},B\n$x$,{BAD}[^a]\n"),)},
            ["figures.0.content"] * 2,
        ),
        ({"figures": (figure(content=f"A,B\n{BAD}"),)}, []),
        ({"figures": (figure(content=f"A,B\n{BAD},1", kind="code"),)}, []),
    ],
    ids=range(13),
)
def test_a_formula_is_looked_at_wherever_readers_see_it(values, fields):
    assert found(**values) == [(field, MESSAGE) for field in fields]


def test_the_first_sixty_characters_of_a_long_formula_name_it():
    formula = "x + " * 30 + r"\nosuch"

    assert found(summary=f"$${formula}$$") == [
        (
            "summary",
            f"The formula “{formula[:60]}” cannot be drawn: "
            'Unknown command "\\nosuch".',
        )
    ]


def test_a_formula_that_is_broken_stops_nothing():
    [rule] = [rule for rule in RULES if rule.code == "formulas.broken"]

    assert rule.severity == "warning"
