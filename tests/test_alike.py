"""Tags that look as if they were one."""

import pytest

from papers.alike import Named, near_duplicates
from tests.work import measure


def named(*names):
    return [Named(key, name) for key, name in enumerate(names, 1)]


def pairs(tags):
    return [
        (pair.one.name, pair.other.name, pair.reason) for pair in near_duplicates(tags)
    ]


SAME = "the same but for hyphens, spaces and capitals"
PLURAL = "one is the plural of the other"
SLIP = "one letter between them"
FORMS = "the same words in other forms"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Finetuning", "Fine-tuning", SAME),
        ("Fine tuning", "fine-tuning", SAME),
        ("Fine\u2011tuning", "fine_tuning", SAME),
        ("GPT-4", "GPT4", SAME),
        ("LLM", "LLMs", PLURAL),
        ("Language model", "language-models", PLURAL),
        ("Tokenizer", "Tokenisers", SLIP),
        ("Quantization", "Quantisation", SLIP),
        ("Distillation", "Distilation", SLIP),
        ("Transformer", "Transfomrer", SLIP),
        ("Open-weight", "Open-weight Models", FORMS),
        ("Multimodal models", "Multimodal", FORMS),
        ("Continual Pretraining", "Continued Pretraining", FORMS),
        ("Compute efficiency", "Computational efficiency", FORMS),
        ("Language models", "Language", FORMS),
        ("World models", "Reward models", None),
        ("Models", "Methods", None),
        ("Reasoning", "Reason", FORMS),
        ("Scaling", "Scaling laws", None),
        ("Übersetzung", "übersetzungen", None),
        ("Straße", "STRASSE", SAME),
        ("C++", "C#", None),
        ("C", "C++", None),
        ("Llama 2", "Llama 3", None),
        ("Mixtral 8x7B", "Mixtral 8x8B", None),
        ("GPT-3.5", "GPT-35", None),
        ("Pretraining", "Retraining", None),
        ("LoRA", "LoRa", SAME),
        ("LoRA", "DoRA", None),
        ("RAG", "RAGs", PLURAL),
        ("Bias", "Bia", PLURAL),
        ("Loss", "Los", None),
        ("AI", "AIs", PLURAL),
        ("A", "As", None),
        ("Vision", "Audio", None),
        ("-", " ", None),
    ],
)
def test_two_names_look_alike_for_a_reason_or_do_not(one, other, reason):
    expected = [reason] if reason else []

    assert [said for *_, said in pairs(named(one, other))] == expected
    assert [said for *_, said in pairs(named(other, one))] == expected


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"full_name": "Mixture of Experts"}, "full name"),
        ({"aliases": ("Experts", "mixture-of-experts")}, "alias"),
    ],
)
def test_a_name_may_be_another_name_of_another_tag(values, reason):
    moe, spelled = Named(1, "MoE", **values), Named(2, "Mixture of experts")

    assert [pair.reason for pair in near_duplicates([moe, spelled])] == [
        f"“Mixture of experts” is the {reason} of “MoE”"
    ]


def test_a_tag_does_not_look_like_itself():
    assert pairs([Named(1, "MoE", full_name="MoE", aliases=("moe", "MoEs"))]) == []


def test_the_tag_that_fewer_entries_carry_is_the_one_to_give_up():
    tags = [Named(1, "Finetuning", papers=7), Named(2, "Fine-tuning", papers=2)]

    assert [(p.one.name, p.other.name) for p in near_duplicates(tags)] == [
        ("Fine-tuning", "Finetuning")
    ]


def test_of_two_that_are_used_alike_the_newer_is_given_up():
    assert pairs(named("Finetuning", "Fine-tuning")) == [
        ("Fine-tuning", "Finetuning", SAME)
    ]


def test_each_pair_is_named_once_for_its_first_reason():
    tags = [
        Named(1, "Transformer", aliases=("Transformers",)),
        Named(2, "Transformers", full_name="Transformer"),
    ]

    assert pairs(tags) == [("Transformers", "Transformer", PLURAL)]


def test_of_three_that_look_alike_two_pairs_say_so():
    assert len(pairs(named("Finetuning", "Fine-tuning", "Fine tuning"))) == 2


def test_pairs_come_in_the_order_of_their_names():
    tags = named("Vision", "vision ", "Agent", "Agents")

    assert [one for one, *_ in pairs(tags)] == ["Agents", "vision "]


@pytest.mark.parametrize(
    "make",
    [
        lambda number: f"{number:05}".translate(
            str.maketrans("0123456789", "abcdefghij")
        ),
        lambda number: f"Category {chr(0x4E00 + number)}",
        lambda number: "x" * 90 + chr(0x4E00 + number),
        lambda number: f"Topic {number}",
    ],
    ids=["short", "one letter apart", "long", "numbered"],
)
def test_two_thousand_tags_take_a_moment(make):
    tags = named(*(make(number) for number in range(2000)))

    # All pairs would take minutes.
    assert measure(lambda: near_duplicates(tags)) < 3000
