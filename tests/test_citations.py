import pytest

from papers.citations import (
    Citation,
    escape,
    protect_case,
    to_bibliography,
    to_bibtex,
    to_words,
)
from papers.dates import PartialDate
from papers.names import parse_authors


def make_citation(**values):
    defaults = {
        "key": "key",
        "title": "Title",
        "authors": parse_authors("Ada Lovelace"),
    }
    return Citation(**({"date": PartialDate(2024)} | defaults | values))


FULL = make_citation(
    key="jiang2024mixtral",
    title="Mixtral of Experts & the LLaMA-2 family",
    authors=parse_authors("Albert Q. Jiang\nDiego de las Casas\n{Mistral AI}\nPlato"),
    date=PartialDate(2024, 1, 8),
    url="https://arxiv.org/abs/2401.04088",
    doi="10.48550/arxiv.2401.04088",
    arxiv_id="2401.04088",
    venue="R&D workshop",
)


def test_a_bibtex_entry_says_all_that_is_known():
    assert (
        to_bibtex(FULL)
        == r"""@misc{jiang2024mixtral,
  title = {Mixtral of Experts \& the {LLaMA-2} family},
  author = {Jiang, Albert Q. and de las Casas, Diego and {Mistral AI} and {Plato}},
  year = {2024},
  howpublished = {R\&D workshop},
  eprint = {2401.04088},
  archivePrefix = {arXiv},
  eprinttype = {arxiv},
  doi = {10.48550/arxiv.2401.04088},
  url = {https://arxiv.org/abs/2401.04088},
  month = jan,
}
"""
    )


def test_a_bibtex_entry_leaves_out_what_is_not_known():
    bare = make_citation(authors=parse_authors(""), date=None)

    assert to_bibtex(bare) == "@misc{key,\n  title = {Title},\n}\n"


@pytest.mark.parametrize(
    ("authors", "written"),
    [
        ("Ada Lovelace\net al.", "Lovelace, Ada and others"),
        ("{AT&T}", r"{AT\&T}"),
        ("Ana Núñez_", r"Núñez\_, Ana"),
    ],
)
def test_bibtex_names_are_family_first(authors, written):
    entry = to_bibtex(make_citation(authors=parse_authors(authors)))

    assert entry.splitlines()[2] == f"  author = {{{written}}},"


@pytest.mark.parametrize(
    ("month", "abbreviation"), [(1, "jan"), (5, "may"), (9, "sep"), (12, "dec")]
)
def test_a_bibtex_month_is_its_macro(month, abbreviation):
    entry = to_bibtex(make_citation(date=PartialDate(2024, month)))

    assert entry.splitlines()[-2] == f"  month = {abbreviation},"


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("Attention is all you need", "Attention is all you need"),
        ("LoRA", "{LoRA}"),
        ("Training GPT-4 on T5 data", "Training {GPT-4} on {T5} data"),
        ("An iPhone (LLM)", "An {iPhone} {(LLM)}"),
        ("X is Y", "X is Y"),
        ("100% of R&D_", r"100\% of {R\&D\_}"),
    ],
)
def test_case_that_carries_meaning_is_protected(title, protected):
    assert protect_case(title) == protected


def test_what_latex_would_take_as_a_command_is_escaped():
    assert escape(r"\&%#_$~^{}") == (
        r"\textbackslash{}\&\%\#\_\$\textasciitilde{}\textasciicircum{}"
        r"\textbraceleft{}\textbraceright{}"
    )


@pytest.mark.parametrize("brace", ["{", "}", "}}", "\\{", "{}}", "\\}"])
@pytest.mark.parametrize("field", ["title", "venue", "url", "doi"])
def test_braces_in_a_value_never_end_the_entry(field, brace):
    entry = to_bibtex(make_citation(**{field: f"a{brace}b"}))

    depths = [
        entry[:end].count("{") - entry[:end].count("}") for end in range(1, len(entry))
    ]
    assert depths[-1] == 0
    assert min(depths[entry.index("{") : -1]) == 1


def test_a_bibliography_separates_its_entries_with_an_empty_line():
    first, second = make_citation(key="first"), make_citation(key="second")

    assert to_bibliography([first, second]) == (
        f"{to_bibtex(first)}\n{to_bibtex(second)}"
    )
    assert to_bibliography([]) == ""


def test_a_reference_in_words_names_everything_once():
    assert to_words(FULL) == (
        "Albert Q. Jiang, Diego de las Casas, Mistral AI, Plato. 2024. "
        "Mixtral of Experts & the LLaMA-2 family. R&D workshop. arXiv:2401.04088. "
        "https://doi.org/10.48550/arxiv.2401.04088."
    )


@pytest.mark.parametrize(
    ("authors", "words"),
    [
        ("", "2024. Title."),
        ("Ann Lee\net al.", "Ann Lee, et al. 2024. Title."),
        ("A B\nC D\nE F\nG H", "A B, C D, E F, G H. 2024. Title."),
        ("A B\nC D\nE F\nG H\nI J", "A B, C D, E F, G H, et al. 2024. Title."),
        ("Martin King Jr.", "Martin King Jr. 2024. Title."),
    ],
)
def test_a_reference_in_words_names_at_most_four_authors(authors, words):
    assert to_words(make_citation(authors=parse_authors(authors))) == words
