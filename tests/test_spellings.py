"""Terms that a review spells in several ways; see papers/checks/spellings.py."""

import pytest

from papers.checks.findings import Fix
from tests.entries import across


@pytest.mark.parametrize(
    ("usual", "rarer", "mended"),
    [
        ("fine-tuning", "finetuning", "fine-tuning"),
        ("finetuning", "fine-tuning", "finetuning"),
        ("fine-tuning", "fine tuning", "fine-tuning"),
        ("pretraining", "pre-trained", "pretrained"),
        ("dataset", "data sets", "datasets"),
        ("trade-off", "tradeoffs", "trade-offs"),
        ("PyTorch", "Pytorch", "PyTorch"),
        ("GitHub", "github", "GitHub"),
        ("DeepSeek-V3", "DeepSeek-v3", "DeepSeek-V3"),
        ("GPT-4", "GPT4", "GPT-4"),
        ("ImageNet-1k", "ImageNet-1K", "ImageNet-1k"),
    ],
)
def test_the_rarer_of_two_spellings_is_named(usual, rarer, mended):
    usually = f"They say {usual} here. They say {usual} there."

    ((place, problem),) = across("text.spelling", usually, f"They say {rarer} now.")

    assert (place, problem.line, problem.column) == (1, 1, 10)
    assert problem.fix == Fix(rarer, mended)
    assert problem.message == (
        f"Write “{rarer}” as elsewhere: “{mended}” (2 times in the review, this way 1)."
    )


@pytest.mark.parametrize(
    "bodies",
    [
        ("The state-of-the-art model.", "It is the state of the art."),
        ("Routers choose. The routers.", "They route, and routers chose."),
        ("A long-term plan.", "A plan for the long term."),
        ("It may be. It may be.", "Maybe it is."),
        ("They set up a model.", "The setup of it."),
        ("They run it every day.", "Their everyday use."),
        ("They use fine-tuning.", "Read “On finetuning” and [finetuning](/a/)."),
        ("They use fine-tuning.", "They call `finetuning` in *Finetuning at scale*."),
        ("It is the FineWeb set.", "Run examples/fineweb.py and fineweb.org now."),
        ("It helps people with AIDS.", "It aids them."),
        ("LLMs and an LLM.", "An LLM and LLMs."),
        ("arXiv has it.", "ArXiv has it."),
        ("Pre-training helps.", "So does pre-training."),
        ("Top-1 falls.", "The top-1 rises."),
        ("It is GPT-4.", "It is GPT-4.5, or gpt-4/8."),
        ("It is o1.", "O1 is one."),
        ("The A100 is one.", "Two A100s."),
    ],
)
def test_a_difference_with_a_reason_is_no_variant(bodies):
    assert across("text.spelling", *bodies) == []


def test_of_two_spellings_as_common_as_each_other_none_is_proposed():
    ((place, problem),) = across(
        "text.spelling", "It is scale-free.", "It is scalefree."
    )

    assert (place, problem.fix) == (1, None)
    assert problem.message == (
        "Choose one way for both: "
        "the review writes “scale-free” and “scalefree” equally often."
    )
