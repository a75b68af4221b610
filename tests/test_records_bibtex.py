import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.citations import Citation, to_bibtex
from papers.dates import parse_date
from papers.names import parse_authors
from papers.records import bibtex

ARXIV = r"""@misc{jiang2024mixtral,
      title={{Mixtral} of Experts: 100% of {LLM}s \& more},
      author={Albert Q. Jiang and de las Casas, Diego and L{\'e}lio {Renard Lavaud}
              and {Mistral AI and Friends} and Martin Luther King, Jr. and Gemini Team},
      year={2024},
      month=jan,
      eprint={2401.04088v1},
      archivePrefix={arXiv},
      primaryClass={cs.LG},
      url={https://arxiv.org/abs/2401.04088},
}"""


def test_an_entry_of_arxiv_is_read_whole():
    entry = bibtex.read(ARXIV)

    assert entry.title == "Mixtral of Experts: 100% of LLMs & more"
    assert entry.authors.splitlines() == [
        "Albert Q. Jiang",
        "Diego de las Casas",
        "Renard Lavaud, Lélio",
        "{Mistral AI and Friends}",
        "Martin Luther King, Jr.",
        "{Gemini Team}",
    ]
    assert (entry.date, entry.venue) == ("2024-01", "")
    assert (entry.arxiv_id, entry.doi) == ("2401.04088", "")
    assert entry.links == (
        ("paper", "arXiv", "https://arxiv.org/abs/2401.04088"),
        ("pdf", "", "https://arxiv.org/pdf/2401.04088"),
    )
    assert entry.subjects == ("cs.LG",)
    assert (entry.catalogue, entry.identifier) == ("bibtex", "jiang2024mixtral")
    assert entry.payload == {"bibtex": ARXIV}


def test_an_entry_of_a_publisher_is_read_whole():
    entry = bibtex.read(
        r"""@inproceedings{parrots,
          Title = "On the Dangers of Stochastic Parrots",
          author = "Bender, Emily M. and others",
          booktitle = {Proceedings of {FA}cc{T} '21},
          date = {2021-03-01},
          doi = {10.1145/3442188\_3445922},
          url = {\url{https://dl.acm.org/a_b%20c}},
          keywords = {ethics, language models; bias},
          abstract = {The past 3~years.}
        }"""
    )

    assert entry.title == "On the Dangers of Stochastic Parrots"
    assert entry.authors == "Emily M. Bender\net al."
    assert (entry.date, entry.venue) == ("2021-03-01", "Proceedings of FAccT '21")
    assert entry.doi == "10.1145/3442188_3445922"
    assert entry.url == "https://dl.acm.org/a_b%20c"
    assert entry.links == (
        ("paper", "DOI", "https://doi.org/10.1145/3442188_3445922"),
        ("paper", "", "https://dl.acm.org/a_b%20c"),
    )
    assert entry.subjects == ("ethics", "language models", "bias")
    assert entry.abstract == "The past 3 years."


@pytest.mark.parametrize(
    ("fields", "arxiv_id", "venue"),
    [
        ("journal={arXiv preprint arXiv:2401.04088}", "2401.04088", ""),
        ("journal={CoRR}, eprint={2401.04088}", "2401.04088", ""),
        ("note={arXiv:2401.04088 [cs.LG].}, journal={TMLR}", "2401.04088", "TMLR"),
        ("doi={10.48550/arXiv.2401.04088}", "2401.04088", ""),
        ("howpublished={Blog}, eprint={hal-01234}", "", ""),
    ],
)
def test_a_preprint_is_known_by_its_id_and_not_by_its_venue(fields, arxiv_id, venue):
    entry = bibtex.read(f"@article{{k, title={{T}}, {fields}}}")

    assert (entry.arxiv_id, entry.venue, entry.doi) == (arxiv_id, venue, "")


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year=2024", "2024"),
        ("year={2024}, month={1}", "2024-01"),
        ("year=2024, month=dec", "2024-12"),
        ("year=2024, month={September}, day={7}", "2024-09-07"),
        ("year=2024, month={Spring}", "2024"),
        ("year=2024, month={13}", "2024"),
        ("year={in press}", ""),
        ("date={2024-02-30}", "2024-02"),
        ("note={n}", ""),
    ],
)
def test_a_date_is_as_precise_as_the_entry_has_it(fields, date):
    assert bibtex.read(f"@article{{k, title={{T}}, {fields}}}").date == date


@pytest.mark.parametrize(
    ("author", "lines"),
    [
        (r"J{\"o}rg M{\"u}ller and {\L}ukasz Kaiser", "Jörg Müller\nŁukasz Kaiser"),
        ("van der Berg, Jan", "Jan van der Berg"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("{OpenAI}", "{OpenAI}"),
        ("Llama Team and ATLAS Collaboration", "{Llama Team}\n{ATLAS Collaboration}"),
        ("Team, Ann", "Ann Team"),
        ("Ann Lee and others", "Ann Lee\net al."),
        ("others", ""),
        ("Ann Lee and ??? and {?}", "Ann Lee"),
        ("{Ann} {Lee}", "Ann Lee"),
    ],
)
def test_names_are_parted_after_latex_is_decoded(author, lines):
    assert bibtex.read(f"@misc{{k, title={{T}}, author={{{author}}}}}").authors == lines


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mixtral", "There is no BibTeX entry in this text."),
        ("@comment{x}", "There is no BibTeX entry in this text."),
        (
            "@misc{a, title={A}} @misc{b, title={B}}",
            "Paste one BibTeX entry at a time.",
        ),
        (
            "@misc{a, title={A}, title={B}}",
            "This BibTeX entry gives a field twice: title.",
        ),
        (
            "@misc{a, title={A",
            "This BibTeX entry is not whole: a brace, a quotation mark or a comma is "
            "missing.",
        ),
        ("@misc{a, title={ }}", "This BibTeX entry has no title."),
        (
            "@misc{a, title={" + "{" * 2_000 + "}" * 2_000 + "}}",
            "The LaTeX in this BibTeX entry cannot be read.",
        ),
        ("@" * 100_001, "A BibTeX entry has at most 100,000 characters."),
    ],
    ids=range(8),
)
def test_what_is_no_entry_is_refused_in_words(text, reason):
    with pytest.raises(ValueError) as refused:
        bibtex.read(text)

    assert str(refused.value) == reason


def test_what_we_write_is_read_back():
    written = to_bibtex(
        Citation(
            key="key",
            title="The 100% Üse of GPT-4 & $x_1$ # Models",
            authors=parse_authors("Ann Lee\nJan van der Berg\n{OpenAI & Co}\net al."),
            date=parse_date("2024-03"),
            arxiv_id="2401.04088",
            doi="10.1000/a_b",
        )
    )

    entry = bibtex.read(written)

    assert entry.title == "The 100% Üse of GPT-4 & $x_1$ # Models"
    assert entry.authors == "Ann Lee\nJan van der Berg\n{OpenAI & Co}\net al."
    assert (entry.date, entry.arxiv_id, entry.doi) == (
        "2024-03",
        "2401.04088",
        "10.1000/a_b",
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_entry_is_read_or_refused(title, author):
    with contextlib.suppress(ValueError):
        entry = bibtex.read(f"@misc{{k, title={{{title}}}, author={{{author}}}}}")

        assert entry.title
        assert len(parse_authors(entry.authors).authors) <= len(author)
