import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.records.entry import CatalogueEntry
from papers.records.suggestions import suggest_tags
from papers.values import TagDocument
from tests.work import measure


def make_entry(title="A Title", abstract="", subjects=()):
    return CatalogueEntry(
        title=title,
        abstract=abstract,
        subjects=subjects,
        catalogue="arxiv",
        identifier="2401.04088",
        payload={},
    )


def make_tag(name, full_name="", *aliases):
    return TagDocument(name=name, slug="x", full_name=full_name, aliases=aliases)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Fine-tuning", "On fine-tuning."),
        ("Fine-tuning", "On finetuning of models"),
        ("Fine-tuning", "FINE TUNING"),
        ("finetuning", "on fine‑tuning"),
        ("Transformer", "Two transformers"),
        ("Transformers", "a transformer"),
        ("KV cache", "KV-caches"),
        ("Batch", "batches"),
        ("Policy", "policies"),
        ("LLM", "LLMs are"),
        ("RL", "(RL)"),
        ("MoE", "an MoE model"),
        ("GPT-4", "GPT-4 and GPT4s"),
        ("LoRA", "lora and others"),
        ("O(1)", "in O 1 time"),
    ],
)
def test_a_name_is_found_as_people_write_it(name, text):
    assert suggest_tags(make_entry(abstract=text), [make_tag(name)]) == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("RAG", "a rag and ragged"),
        ("MoE", "moe, moes"),
        ("RL", "URL and RLHF"),
        ("Scaling", "autoscaling"),
        ("Fine-tuning", "It is fine. Tuning is not."),
        ("Fine-tuning", "fine, tuning"),
        ("Notable", "no_table"),
        ("???", "What???"),
        ("Agents", "agency"),
    ],
)
def test_a_name_is_not_found_in_other_words(name, text):
    assert suggest_tags(make_entry(abstract=text), [make_tag(name)]) == []


def test_the_long_form_and_aliases_stand_for_the_tag():
    tags = [
        make_tag("MoE", "Mixture of experts"),
        make_tag("DPO", "", "Direct preference optimisation", "preference tuning"),
        make_tag("LoRA", "Low-rank adaptation"),
    ]
    entry = make_entry(abstract="A mixture-of-experts model, with preference tuning.")

    assert suggest_tags(entry, tags) == ["DPO", "MoE"]


def test_the_title_counts_more_than_subjects_and_these_more_than_a_word():
    tags = [make_tag(name) for name in ("Once", "Often", "Subject", "Title", "Never")]
    entry = make_entry(
        title="Title",
        abstract="once; often, often, often, often",
        subjects=("cs.LG", "Subject"),
    )

    assert suggest_tags(entry, tags) == ["Title", "Often", "Subject", "Once"]


def test_at_most_eight_are_suggested_and_equals_stand_in_order_of_their_names():
    names = [f"Word{letter}" for letter in "jihgfedcba"]
    entry = make_entry(title=" ".join(names))

    found = suggest_tags(entry, [make_tag(name) for name in names])

    assert found == sorted(names)[:8]


def test_a_text_of_any_length_is_searched_in_time():
    entry = make_entry("a " * 1_000_000, "b-" * 1_000_000)

    assert measure(lambda: suggest_tags(entry, [make_tag("Word")])) < 2000


@given(st.text(), st.text(), st.text())
def test_any_words_are_searched(name, title, abstract):
    entry = make_entry(title, abstract)

    assert suggest_tags(entry, [make_tag(name)]) in ([], [name])
