import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import parse_date
from papers.names import parse_authors
from papers.records import arxiv, crossref, datacite
from papers.records.entry import Garbled, Unknown, guess_author, strip_markup
from tests.catalogues import (
    DATASET,
    ERROR_ENTRY,
    HERD,
    ISING,
    MIXTRAL,
    NO_DOI,
    NO_ENTRY,
    PARROTS,
    make_feed,
    to_json,
)


def test_arxiv_is_read_with_version_and_the_day_of_the_first():
    entry = arxiv.read(make_feed(MIXTRAL))

    assert entry.title == "Mixtral of Experts"
    assert entry.authors == "Albert Q. Jiang\nDiego de las Casas\nLélio Renard Lavaud"
    assert (entry.date, entry.venue) == ("2024-01-08", "")
    assert (entry.arxiv_id, entry.doi) == ("2401.04088", "")
    assert entry.abstract == (
        "We introduce Mixtral 8x7B, a Sparse Mixture of Experts (SMoE) language model. "
        "Mixtral has the same architecture as Mistral 7B, and <eos> & $x < y$ stay."
    )
    assert entry.links == (
        ("paper", "arXiv", "https://arxiv.org/abs/2401.04088"),
        ("pdf", "", "https://arxiv.org/pdf/2401.04088"),
    )
    assert entry.subjects == ("cs.LG", "cs.CL")
    assert (entry.catalogue, entry.identifier) == ("arxiv", "2401.04088")
    assert (entry.version, entry.url) == ("v1", "https://arxiv.org/abs/2401.04088")
    assert entry.payload["comment"] == MIXTRAL["comment"]
    assert json.loads(json.dumps(entry.payload)) == entry.payload


def test_arxiv_gives_the_journal_and_its_doi_where_the_paper_appeared():
    entry = arxiv.read(make_feed(ISING))

    assert entry.title == (
        "Impact of Electron-Electron Cusp on Configuration Interaction Energies"
    )
    assert (entry.arxiv_id, entry.version) == ("cond-mat/0102536", "v1")
    assert entry.venue == "J. Chem. Phys. 115, 1626 (2001)"
    assert entry.doi == "10.1063/1.1383585"
    assert entry.links[-1] == ("paper", "DOI", "https://doi.org/10.1063/1.1383585")


def test_every_one_of_559_authors_is_kept_and_who_signs_first_is_a_group():
    authors = parse_authors(arxiv.read(make_feed(HERD)).authors).authors

    assert len(authors) == 560
    assert authors[0].is_organisation
    assert authors[0].display == "Llama Team"
    assert authors[-1].display == "Given558 Family558"


@pytest.mark.parametrize("name", ["DeepSeek-AI", "OpenAI, Inc."])
def test_a_name_before_a_colon_is_a_group(name):
    paper = MIXTRAL | {"authors": [name, ":", "Ann Lee"]}

    assert arxiv.read(make_feed(paper)).authors == f"{{{name}}}\nAnn Lee"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (NO_ENTRY, "arXiv knows no such paper."),
        (ERROR_ENTRY, "arXiv says: incorrect id format for 1234.1234"),
    ],
    ids=["none", "error"],
)
def test_arxiv_knows_no_paper_without_an_entry_or_with_an_error(answer, said):
    with pytest.raises(Unknown) as unknown:
        arxiv.read(answer)

    assert str(unknown.value) == said


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]>"""


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"Rate exceeded.",
        b"<feed>",
        b"<html/>",
        b"\xff\xfe<\0a\0/\0>\0",
        BOMB + make_feed(MIXTRAL).partition(b"?>")[2],
        make_feed(MIXTRAL | {"id": "http://arxiv.org/abs/"}),
        make_feed(MIXTRAL | {"title": " "}),
        b" " * 5_000_001,
    ],
    ids=range(9),
)
def test_what_is_no_answer_of_arxiv_is_garbled(answer):
    with pytest.raises(Garbled):
        arxiv.read(answer)


def test_crossref_is_read_without_markup():
    entry = crossref.read(to_json(PARROTS))

    assert entry.title == (
        "On the Dangers of Stochastic Parrots: Can Language Models Be Too Big? 🦜"
    )
    assert entry.authors == "Emily M. Bender\nTimnit Gebru\n{Black in AI}"
    assert (entry.date, entry.venue) == ("2021-03", "Proceedings of FAccT & Friends")
    assert (entry.arxiv_id, entry.doi) == ("2103.00001", "10.1145/3442188.3445922")
    assert entry.abstract == "The past 3 years & more. For p < 1."
    assert entry.links == (
        ("paper", "arXiv", "https://arxiv.org/abs/2103.00001"),
        ("pdf", "", "https://arxiv.org/pdf/2103.00001"),
        ("paper", "DOI", "https://doi.org/10.1145/3442188.3445922"),
    )
    assert (entry.catalogue, entry.identifier, entry.version) == (
        "crossref",
        "10.1145/3442188.3445922",
        "",
    )
    assert entry.url == "https://doi.org/10.1145/3442188.3445922"
    assert entry.payload == PARROTS


def make_work(**said):
    return to_json({"message": {"DOI": "10.1000/x", "title": ["T"]} | said})


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ({"issued": {"date-parts": [[2024, 1, 8]]}}, "2024-01-08"),
        ({"issued": {"date-parts": [[2024, 2, 30]]}}, "2024-02"),
        ({"issued": {"date-parts": [[2024, 13]]}}, "2024"),
        ({"issued": {"date-parts": [[None]]}}, ""),
        ({"issued": {"date-parts": [[20240, 1]]}}, ""),
        ({"issued": {"date-parts": [["2024"]]}}, ""),
        ({"posted": {"date-parts": [[2024]]}, "issued": {"date-parts": []}}, "2024"),
        ({}, ""),
    ],
)
def test_crossref_dates_are_as_precise_as_they_are_true(said, date):
    assert crossref.read(make_work(**said)).date == date


@pytest.mark.parametrize(
    ("author", "line"),
    [
        ({"given": "Martin Luther", "family": "King", "suffix": "Jr."}, None),
        ({"family": "Plato"}, "Plato"),
        ({"given": "Plato"}, "Plato"),
        ({"given": "Jan", "family": "van der Berg"}, "Jan van der Berg"),
        ({"given": "Ana", "family": "García Márquez"}, "García Márquez, Ana"),
        ({"name": "{Big} Science, Ltd"}, "{Big Science, Ltd}"),
        ({"family": "***"}, ""),
        ({}, ""),
    ],
)
def test_crossref_names_become_lines_that_are_read_back(author, line):
    lines = crossref.read(make_work(author=[author])).authors

    assert lines == ("Martin Luther King Jr." if line is None else line)
    parse_authors(lines)


def test_a_preprint_is_at_the_house_that_posted_it():
    work = make_work(institution=[{"name": "bioRxiv"}], subtitle=["t"])

    assert crossref.read(work).venue == "bioRxiv"
    assert crossref.read(work).title == "T"


def test_datacite_is_read_with_its_best_date():
    entry = datacite.read(to_json(DATASET))

    assert entry.title == "A Dataset of Things"
    assert entry.authors == "Jörg Müller\nAnna de Vries\n{EleutherAI}"
    assert (entry.date, entry.venue) == ("2024-03-05", "")
    assert (entry.arxiv_id, entry.doi) == ("", "10.5281/zenodo.1234567")
    assert entry.abstract == "Many things."
    assert entry.links == (
        ("paper", "DOI", "https://doi.org/10.5281/zenodo.1234567"),
        ("paper", "", "https://zenodo.org/records/1234567"),
    )
    assert entry.subjects == ("Language models",)
    assert (entry.catalogue, entry.version) == ("datacite", "1.2")
    assert entry.payload == DATASET


def test_datacite_knows_an_arxiv_paper_by_its_id():
    attributes = {
        "doi": "10.48550/arXiv.2401.04088",
        "titles": [{"title": "Mixtral of Experts"}],
        "creators": [{"name": "Jiang, Albert Q."}, {"name": "Mistral Team"}],
        "publicationYear": 2024,
        "url": "https://arxiv.org/abs/2401.04088",
    }

    entry = datacite.read(to_json({"data": {"attributes": attributes}}))

    assert (entry.arxiv_id, entry.doi) == ("2401.04088", "")
    assert entry.identifier == "10.48550/arxiv.2401.04088"
    assert (entry.authors, entry.date) == ("Albert Q. Jiang\n{Mistral Team}", "2024")
    assert len(entry.links) == 2


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://doi.org/10.5281/zenodo.1",
        "ftp://example.org/x",
        "javascript:alert(1)",
        "http://[::1/x",
        "https:///x",
        "https://example.org/a b",
        "https://example.org/" + "a" * 500,
    ],
)
def test_a_page_that_is_no_other_address_on_the_web_is_no_link(address):
    attributes = DATASET["data"]["attributes"] | {"url": address}

    links = datacite.read(to_json({"data": {"attributes": attributes}})).links

    assert links == (("paper", "DOI", "https://doi.org/10.5281/zenodo.1234567"),)


@pytest.mark.parametrize(
    ("read", "answer"),
    [(crossref.read, b"Resource not found."), (datacite.read, to_json(NO_DOI))],
    ids=["crossref", "datacite"],
)
def test_a_doi_that_is_not_there_is_unknown(read, answer):
    with pytest.raises(Unknown):
        read(answer)


@pytest.mark.parametrize(
    "read", [crossref.read, datacite.read], ids=["crossref", "datacite"]
)
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"message": {"title": ["T"]}, "data": {"attributes": {}}}',
        b'{"message": {"DOI": "10.1000/x", "title": []}}',
        b'{"data": {"attributes": {"doi": "x", "titles": [{"title": "T"}]}}}',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b"[" * 100_000,
        b'{"a":' * 70 + b"1" + b"}" * 70,
        b"\xff",
        b"1" * 5_000,
        b" " * 5_000_001,
    ],
    ids=range(14),
)
def test_what_is_no_record_is_garbled(read, answer):
    with pytest.raises(Garbled):
        read(answer)


def test_what_a_database_cannot_keep_is_left_out_everywhere():
    answer = make_work(abstract="a\0b\ud800c", note="x\0\udfff", title=["T\0"])

    entry = crossref.read(answer)

    assert (entry.title, entry.abstract) == ("T", "abc")
    assert "\\u0000" not in json.dumps(entry.payload)
    assert "\\ud" not in json.dumps(entry.payload)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A <i>b</i> c<sub>2</sub>", "A b c2"),
        ("A &lt;i&gt;b&lt;/i&gt; &amp;amp; c", "A b & c"),
        ("x < y and z > w", "x < y and z > w"),
        ("the <mask> and <model> tokens", "the <mask> and <model> tokens"),
        ("<p>One.</p><p class='x'>Two.</p>", "One. Two."),
        (
            '<jats:p>Of <jats:tex-math>$$x$$</jats:tex-math><mml:math id="m">'
            "<mml:mi>x</mml:mi></mml:math>.</jats:p>",
            "Of $$x$$.",
        ),
        ("<mml:math><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:math>", "x2"),
        ("<jats:title>ABSTRACT</jats:title><jats:p>Words", "Words"),
        ("tex-math <math>x", "tex-math"),
        ("a\u2028b\x0bc\xa0d", "a b c d"),
    ],
)
def test_markup_is_taken_out_and_what_is_none_stays(text, words):
    assert strip_markup(text) == words


@pytest.mark.parametrize(
    "unit", ["<", "<b ", "<mml:math", "<i a='", "&amp;", "<title>", " ", "<math>"]
)
def test_markup_is_taken_out_in_time_that_grows_with_the_text(unit):
    assert len(strip_markup("tex-math" + unit * (400_000 // len(unit)))) <= 400_008


def test_a_group_is_known_by_its_words():
    assert guess_author("The ATLAS Collaboration").is_organisation
    assert not guess_author("Ann Lee").is_organisation


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def replace_somewhere(draw, value):
    """The value with something else in one place of it."""
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 4)) == 0:
        return draw(json_values)
    if isinstance(value, list):
        place = draw(st.integers(0, len(value) - 1))
        changed = replace_somewhere(draw, value[place])
        return [*value[:place], changed, *value[place + 1 :]]
    key = draw(st.sampled_from(sorted(value)))
    return value | {key: replace_somewhere(draw, value[key])}


@st.composite
def answers(draw):
    """Answers with something in them that the catalogue should not say."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return draw(st.binary())
    if kind == 1:
        feed = make_feed(MIXTRAL)
        start = draw(st.integers(0, len(feed)))
        return feed[:start] + draw(st.binary(max_size=9)) + feed[start + 9 :]
    return to_json(replace_somewhere(draw, PARROTS if kind == 2 else DATASET))


@pytest.mark.parametrize(
    "read",
    [arxiv.read, crossref.read, datacite.read],
    ids=["arxiv", "crossref", "datacite"],
)
@given(answer=answers())
def test_any_answer_is_an_entry_or_unknown_or_garbled(read, answer):
    try:
        entry = read(answer)
    except (Unknown, Garbled):
        return

    assert entry.title
    assert json.loads(json.dumps(entry.payload, allow_nan=False)) == entry.payload
    assert all(len(url) <= 500 for _, _, url in entry.links)
    parse_authors(entry.authors)
    if entry.date:
        parse_date(entry.date)
