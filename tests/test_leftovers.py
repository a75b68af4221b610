"""The rules about what was left in a text; see papers/checks/leftovers.py."""

import pytest

from papers.checks import leftovers, repeats, spellings
from papers.checks.findings import Fix
from papers.checks.passages import passages_of
from papers.checks.registry import Problem
from papers.values import FigureDocument, PaperDocument
from tests.entries import found_in_section as found
from tests.entries import make_entry
from tests.work import measure

PARAGRAPH = (
    "The router scores eight blocks for every token and runs the two that score best."
)


@pytest.mark.parametrize(
    "text",
    [
        "@Marta: is the number of this preprint typed from memory?",
        "RE-READ: I don't understand this para, CJW to fix later on when the text is here and done.",
        "Editor's comment (remove): the claim has to be looked up.",
        "It is small. CJW to fix.",
        "Author query: which of the two?",
        "As requested, the summary is shorter.",
        "Let me know if you need more.",
        "Note to self: look up the date.",
        "Note to editor: the date is a guess.",
        "Here is the revised version of the text.",
        "Here's your updated summary:",
        "I have updated the numbers.",
        "I've shortened the second paragraph.",
        "As an AI language model, I cannot browse.",
        "Please verify the number.",
        "Double-check this before it goes out.",
        "The score is 42 (double-check this).",
        "Verify this number.",
        "It has 47 layers. Check the date.",
        "(check)",
        "This needs a source.",
        "Reference the illustration that compares both.",
        "Include a simple diagram with credit.",
        "You can embed the figure using the editor.",
        "The authors are not specified in the provided text.",
        "Certainly! Here is the summary.",
        "I hope this helps.",
        "Is this right?",
        "Remember to add the link.",
        "Reviewer 2: too long.",
        "Delete this before publishing.",
        "Shorten this paragraph.",
    ],
)
def test_a_note_to_the_author_is_named(text):
    assert found(leftovers.notes_to_author, text)


@pytest.mark.parametrize(
    "text",
    [
        "We prompt an LLM to check the answer.",
        "PPO: the baseline has one head.",
        "@OpenAI wrote it.",
        "The editor's note of 1999 says so.",
        "NASA to launch it.",
        "Update: in May it was fixed.",
        "A GPU to run it.",
        "We note that the loss falls.",
        "Note that the router is small.",
        "Note: higher is better.",
        "The authors verify this on two data sets.",
        "To verify this, they trained it twice.",
        "The model answers as requested by its user.",
        "Human raters double-check the answers.",
        "A model can check the date of a page.",
        "“Please verify the answer” was the prompt.",
        'Asked to "let me know", the model did.',
        "`please verify`",
        "Please see [[fig:a]].",
        "The updated version is larger.",
        "Here is the loss at each step.",
        "The model acts as an AI assistant that refuses.",
        "Reference images are encoded once.",
        "Every claim needs evidence.",
        "Is this a fair comparison?",
        "A reviewer of the paper asked for more.",
        "It checks the date, and fixes the links.",
        "Feel free to skip this section.",
        "The answer is not given in the context.",
    ],
)
def test_what_speaks_to_readers_is_no_note_to_the_author(text):
    assert found(leftovers.notes_to_author, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The \\textit{radion} is a field.",
        "See~\\cite{Goldberger} now.",
        "It is ''the'' paper.",
        "As the ==poll== says.",
        "The kernel is [b]fused[/b].",
        "It falls from 10.33 to 6.37\\nand rises.",
        "The ** router ** decides.",
        "**Note: the router decides.",
        "It is \\*\\*bold\\*\\* here.",
        "The end. ## Results were good.",
        "The end. ## Results",
        "##Results",
        "It has: - one router - two experts",
        "The steps: 1. scale it 2. train it 3. test it",
        "See [the paper] (https://example.org/a).",
        "See [the paper](https://example.org/a b).",
        "See [the paper][paper].",
        "A claim.[^1]",
        "| a | b | |---|---| | 1 | 2 |",
        "The key\\\\_size is 4.",
        "One line.\\nAnother line.",
        "Law &amp;amp; order.",
        "It is &amp;lt; 4.",
        "A <b>bold</b> word.",
        "A line.<br>Another.",
        'See <a href="https://example.org">this</a>.',
        "<!-- hidden -->",
        "Unclosed `code here.",
        "- [ ] write more",
        "It is [[fig: a]].",
    ],
)
def test_markdown_that_readers_would_see_is_named(text):
    assert found(leftovers.literal_markdown, text)


@pytest.mark.parametrize(
    "text",
    [
        "It is **bold**, *slanted*, and ~~gone~~.",
        "The product 2 * 3 * 4 is 24.",
        "The power C**2 of x ** y.",
        "The method `__init__` is called, `a ** b ** c` too.",
        "$C**2$ and $\\text{**a**}$",
        "```\n** a **\n<b>\n| a |\n```",
        "## Heading\n\n- one\n- two\n\n1. one\n2. two",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "See [the paper](https://example.org/a_b_c) and <https://example.org/**a**>.",
        "A claim.[^1]\n\n[^1]: A note.",
        "[[fig:a]] shows it.",
        "R&D, AT&T; and 3 < 4 & 5 > 4.",
        "The tokens <image>, <s> and <think> are special.",
        "The product <a, b> of both.",
        "A* search and D* search.",
        "A matrix A[i][j] and a call f[i](x).",
        "C# and F# code; #1 of all; 42% of it.",
        "It has a_b_c and a__b.",
        "One - and only one - of them ran.",
        "The norm |x| + |y| is small.",
        "Significant at p < 0.01**.",
        "The first, (1) one, (2) two.",
        "A test a == b and c == d.",
        "The prime f''(x) and g''(x).",
        "A list [b] and A[i][j].",
        "A path C:\\data\\new and C:\\text{1}.",
        "It's the authors' and readers' idea.",
        "The 'fused' kernel.",
        "`\\textit{a}` and $\\textit{a}$.",
        "x==y==z",
        "A path such as C:\\data\\new.",
    ],
)
def test_markdown_that_is_rendered_or_none_is_left_alone(text):
    assert found(leftovers.literal_markdown, text) == []


def test_spaces_within_bold_marks_have_a_fix():
    problem = Problem(
        "sections.technical",
        "Readers see these marks as they are written: “** router ** decides”.",
        line=1,
        column=5,
        fix=Fix("** router **", "**router**"),
    )
    assert found(leftovers.literal_markdown, "The ** router ** decides.") == [problem]


@pytest.mark.parametrize(
    ("field", "text"),
    [("focus", "## A heading"), ("impact", "A claim.[^1]"), ("summary", "<i>a</i>")],
)
def test_literal_markdown_is_judged_as_the_field_is_rendered(field, text):
    entry = PaperDocument(slug="a", month=1, **{field: text})

    problems = [Problem(*p).field for p in leftovers.literal_markdown(entry)]

    assert problems
    assert set(problems) == {field}


def test_computed_captions_and_their_marks_are_no_leftovers():
    caption = "It is [[= times(B3, B2)]] times as **fast**[^a]."
    figure = FigureDocument(key="a", kind="table", caption=caption, alt="2 * 3 * 4")

    assert list(leftovers.literal_markdown(make_entry(figures=(figure,)))) == []


@pytest.mark.parametrize(
    "body", ["Text.", "**Two** words.", "One [link](https://a.b)."]
)
def test_a_section_of_a_few_words_is_named(body):
    (problem,) = found(leftovers.short_sections, body)

    assert problem.message.startswith("Write more than ")


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n",
        PARAGRAPH,
        "See [[fig:a]].",
        "```\ncode\n```",
        "$$x = y$$",
        "It is $x$.",
        "- one\n- two",
        "1. one",
        "| a |\n|---|\n| 1 |",
    ],
)
def test_a_section_with_something_to_see_is_not_short(body):
    assert found(leftovers.short_sections, body) == []


HOSTILE = [
    "*",
    "[",
    "a ",
    "\n",
    "`",
    "**a ",
    "[a](",
    "<a ",
    "TODO ",
    "“",
    '"',
    ". ",
    "|-",
    "\\a{",
    "=",
    "''",
    "[/b",
    "@a",
    "A to ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_work_in_proportion(piece):
    text = (piece * 1_000_000)[:1_000_000]
    figure = FigureDocument(key="a", kind="image", alt=text, caption=text, notes=text)
    entry = make_entry(text[:10_000], headline=text, summary=text, figures=(figure,))
    list(passages_of(entry))  # The Markdown is the renderer's work, not that of a rule.

    def run():
        for rule in (
            leftovers.notes_to_author,
            leftovers.literal_markdown,
            repeats.repeated_paragraphs,
            repeats.blocks_of,
            spellings.terms_of,
            leftovers.short_sections,
        ):
            list(rule(entry))

    assert measure(run) < 2000
