"""The rules about what an entry says in words; see papers/checks/prose.py."""

import pytest

from papers.checks import prose
from papers.checks.passages import passages_of
from papers.checks.registry import Problem
from papers.values import FigureDocument
from tests.entries import found_in_section as found
from tests.entries import make_entry
from tests.work import measure


@pytest.mark.parametrize(
    "text",
    [
        "Some experts say that it works.",
        "Many researchers believe the router decides.",
        "It is widely believed that size decides.",
        "It is often said that experts specialise.",
        "It was arguably the first of them.",
        "Studies show that it forgets less.",
        "Research suggests that it learns less.",
        "Many studies have shown this.",
        "It is widely regarded as a milestone.",
        "Critics argue that it is slow.",
        "It goes without saying that size matters.",
        "It is known.[^1] Some critics claim more.\n\n[^1]: From the paper.",
        "Studies\nshow that it works.",
        "Estimated at around 1% by some sources, it grew.",
        "Usage statistics suggested that it grew.",
        "Major AI providers likely incorporated it.",
        "Many researchers recognized the limits.",
        "It was considered “common knowledge” among some researchers.",
        "Not a few theorists regard it as the last word.",
        "It has been called the end of expert systems.",
        "The consensus in the community had been that it stands.",
        "Observers have drawn attention to its biases.",
        "It is no secret that models missed it.",
        "Plenty of users report that it works.",
        "According to some, that settles it.",
        "Insiders whisper that it came late.",
        "Many biologists doubt it.",
    ],
)
def test_a_claim_of_nobody_is_named(text):
    assert len(found(prose.weasel_words, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Studies show that it forgets less.[^1]\n\n[^1]: Table 2 of the paper.",
        "[Studies](https://example.org) show that it works.",
        "Research suggests so (Smith and Jones, 2023).",
        "Some experts say so, as table 2 shows.",
        "The ablation studies show a drop.",
        "Their research shows a drop.",
        "The studies show that it works.",
        "It is said that sparse models were closed. They were not.",
        "It is often said that experts specialise. But the paper finds none of it.",
        "Some experts are used for every token.",
        "Most experts are idle.",
        "He wrote: “Studies show that it works.”",
        "`studies show`",
        "It is believed to be large only by its router.",
        "It is known in closed form.",
        "The data suggest a drop.",
        "Many users ran it.",
        "The function has been called by the router.",
        "It has been called the Turing test by Turing's readers.",
        "Among some 300 tokens one is rare.",
        "According to most of the tests, it fell.",
        "According to Smith, it fell.",
        "It is run by many users.",
        "The consensus of three sampled answers wins.",
        "Their usage data show (Table 2) a drop.",
        "Several layers report a norm.",
        "The evidence suggests it.",
        "The authors noted it.",
    ],
)
def test_a_claim_with_a_source_or_of_somebody_is_left_alone(text):
    assert found(prose.weasel_words, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is the best model.",
        "It is one of the best open models.",
        "It reached state-of-the-art results.",
        "It set a new state of the art.",
        "It was the first to combine both.",
        "This was the first openly available model of its size.",
        "It is the first study of its kind.",
        "It offers a revolutionary router.",
        "A groundbreaking result.",
        "The scale was unprecedented.",
        "It is the most powerful open model.",
        "A game-changing idea.",
        "It is the most important paper of the year.",
        "The world's first router.",
        "See [the paper](https://example.org). It is unprecedented.",
        "It was arguably the first openly available MoE model to do so.",
        "It is one of the largest publicly available models.",
        "It is without doubt the greatest idea in particle physics.",
        "It is hands down the finest program of its field.",
        "Never before had a program learned so well.",
        "No other paper of 2021 came close to it.",
        "The telescope is in a league of its own.",
        "Nothing like it had been recorded.",
        "It was the largest model ever trained.",
        "It is the most cited paper of the decade.",
        "It is easily the fastest library.",
        "It stood as one of the most significant contributions to open data.",
        "It provided the most comprehensive analysis to date.",
        "No paper of the decade was cited more.",
        "No cheaper recipe existed anywhere.",
    ],
)
def test_a_superlative_without_a_source_is_named(text):
    assert found(prose.superlatives, text)


@pytest.mark.parametrize(
    "text",
    [
        "The first layer is dense.",
        "The most significant advances came from the data.",
        "No other step of the decade was needed more.",
        "No better result was found on the test set.",
        "No larger value is stored.",
        "First, the router scores the blocks.",
        "Is the first layer of the model dense?",
        "Best of n draws n answers.",
        "The best-performing run in table 2 has 42 points.",
        "It draws answers and keeps the best.",
        "The router runs the best two.",
        "It asks which answer is the best.",
        "It is the best model on the test set (Table 2).",
        "It is the best model.[^1]\n\n[^1]: Table 2.",
        "It is the [best](https://example.org) and the first to do so.",
        "It reached state-of-the-art results, 42.1 points in [[fig:scores]].",
        "For the first time the table aged.",
        "The first version named nobody.",
        "The most significant bit is kept.",
        "It is a uniformly most powerful test.",
        "The best policy is known in closed form.",
        "They called it “the most powerful model”.",
        "`state-of-the-art`",
        "The unmatched brackets fail to parse.",
        "It is the best of the three variants.",
        "The most significant advancements came in the training methodology.",
        "It is the largest of the three models.",
        "The router takes the highest score.",
        "It is the smallest model in the table.",
        "It was the latest model they had.",
        "The largest model of their family has 405B parameters.",
        "The most influential factor is the learning rate.",
        "The most advanced heads attend to names.",
        "It is the most frequent token.",
        "This is the lowest loss.",
        "It is an honest system.",
        "The test is the closest one.",
        "It is the largest model they trained.",
        "No other model is needed.",
        "It scored the highest among those models.",
        "The largest error ever is bounded by it.",
    ],
)
def test_an_order_or_a_sourced_superlative_is_left_alone(text):
    assert found(prose.superlatives, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A larger model is expected in 2025.",
        "The upcoming release adds images.",
        "More models follow later this year.",
        "The weights will be released.",
        "The code will soon be made available.",
        "Code: coming soon.",
        "The company plans to release the data.",
        "The next version is expected to launch in March.",
        "OpenAI will launch a cheaper model.",
        "The paper will appear at NeurIPS.",
        "The weights have not yet been released.",
        "It is currently under review.",
        "Stay tuned.",
        "The release is planned for next year.",
        "The data are scheduled to be published in early 2025.",
        "The sequel is due in the coming months.",
        "A forthcoming paper says more.",
        "Code is going to be put online in the autumn.",
        "The LHC, due to start in 2005, will settle it.",
        "AlphaZero is under review at the time of writing.",
        "A version for complexes is in the works.",
        "Over 100 million more are promised for the months ahead.",
        "The warming it may cause in the next five years is large.",
        "It remains to be seen.",
        "A follow-up is on its way.",
        "Support lands soon.",
        "GPT-5 is rumoured for the spring.",
        "Looking ahead to 2025, the approach seemed good.",
        "It might become standard practice.",
        "The weights are not yet public.",
        "The weights that are not yet public matter.",
    ],
)
def test_a_statement_that_expires_is_named(text):
    assert found(prose.expiring_statements, text)


@pytest.mark.parametrize(
    "text",
    [
        "The loss will grow with the depth.",
        "The loss is expected to grow.",
        "The expected value is 4.",
        "It is currently the largest of them.",
        "It was recently found to be wrong.",
        "To date it has ten authors.",
        "The model predicts upcoming tokens.",
        "It worsens the one that will be used.",
        "The weights were released in May 2024.",
        "It appeared later that year.",
        "The model was expected in 2023 and came in 2024.",
        "The memory will be released after each step.",
        "The scheduler will launch a kernel for each block.",
        "As of December 2024 the data had not yet been released.",
        "As of 31 December 2024 the weights are not yet public.",
        "In December, they said that the model would be released.",
        "“It will be released in 2025”, the company wrote.",
        "Experts will be chosen anew at the next layer.",
        "Multimodal models had become increasingly expected in 2024.",
        "`coming soon`",
        "No answer was forthcoming.",
        "Groups predict structures that are known but not yet public.",
        "It had to wait, due to launch delays.",
        "The loss may become large.",
        "The layers are on their way to convergence.",
        "It looks ahead k tokens.",
        "The value will be in the next five layers.",
        "At the time of writing of the paper it was small.",
        "It was due to start in 2005.",
        "Errors due to end effects grow.",
    ],
)
def test_what_stays_true_is_left_alone(text):
    assert found(prose.expiring_statements, text) == []


def found_in_2024(text):
    entry = make_entry(text, date="2024-05-01")
    return [problem.message for problem in prose.expiring_statements(entry)]


@pytest.mark.parametrize(
    "text",
    [
        "It is a trend that would likely accelerate throughout 2025.",
        "By 2026 the method will rule.",
        "Costs could fall tenfold by 2027.",
        "The collider will start in 2025.",
    ],
)
def test_what_is_said_of_a_later_year_than_the_paper_expires(text):
    assert len(found_in_2024(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 it would have failed.",
        "It may be said that in 2024 it fell.",
        "In May they said that it would come in 2025.",
        "It will fall by half by 2025.[^1]\n\n[^1]: The paper's table 3.",
        "It was published in 2025.",
        "The follow-up of 2025 may be better.",
        "It was expected in 2025.",
        "It could hold 2048 tokens and 2025 was the year.",
        "It could grow to 2090 tokens.",
        "May 2025 saw it.",
    ],
)
def test_a_year_that_has_passed_or_is_told_of_by_somebody_is_left_alone(text):
    assert found_in_2024(text) == []


def test_an_entry_without_a_date_knows_no_later_year():
    entry = make_entry("By 2026 the method will rule.")

    assert list(prose.expiring_statements(entry)) == []


def test_a_phrase_is_found_by_line_and_column():
    body = "One *two* `three`.\n\n> Four five\n> is arguably six & seven."

    assert found(prose.weasel_words, body) == [
        Problem(
            "sections.technical",
            "Say who says so and where, or leave out “arguably”.",
            line=4,
            column=6,
        )
    ]


def test_every_text_that_readers_see_is_read():
    figure = FigureDocument(
        key="a",
        kind="image",
        caption="Soon: arguably.",
        alt="Arguably.",
        notes="a: A.\n\nb: Arguably.",
    )
    wanted = FigureDocument(key="b", kind="image", caption="Arguably.", wanted=True)
    entry = make_entry(
        "Text.\n\n- Arguably.\n\n| a |\n|---|\n| arguably |",
        summary="Arguably.",
        focus="Arguably.",
        figures=(figure, wanted),
    )

    places = [(p.field, p.line, p.column) for p in prose.weasel_words(entry)]

    assert places == [
        ("summary", 1, 1),
        ("focus", 1, 1),
        ("sections.technical", 3, 3),
        ("sections.technical", 7, 3),
        ("figures.0.caption", 1, 7),
        ("figures.0.alt", 1, 1),
        ("figures.0.notes", 3, 4),
    ]


@pytest.mark.parametrize(
    "body", ["", " ", "![](a.png)", "^[arguably]", "&#0; \\", "\x00\r\n\x0b\x85"]
)
def test_no_text_is_too_odd_to_be_read(body):
    for rule in (prose.weasel_words, prose.superlatives, prose.expiring_statements):
        list(rule(make_entry(body, summary=body, focus=body)))


HOSTILE = [
    "*",
    "[",
    "a ",
    "\n",
    "`",
    "is the first ",
    "will expected ",
    "is one of the most ",
    "the largest ever ",
    "among some other ",
    "will by 2030 ",
    "said by many ",
    "that are the ",
    ". A",
    "“",
    '"',
    "(a",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_work_in_proportion(piece):
    text = (piece * 1_000_000)[:1_000_000]
    figure = FigureDocument(key="a", kind="image", alt=text, caption=text, notes=text)
    day = "2024-05-01"
    entry = make_entry(text[:10_000], summary=text, figures=(figure,), date=day)
    list(passages_of(entry))  # The Markdown is the renderer's work, not that of a rule.

    def run():
        for rule in (prose.weasel_words, prose.superlatives, prose.expiring_statements):
            list(rule(entry))

    assert measure(run) < 2000
