from dataclasses import replace

import pytest

from papers.records.compare import Difference, differences
from papers.records.entry import CatalogueEntry
from papers.values import PaperDocument

ENTRY = CatalogueEntry(
    title="Mixtral of Experts",
    authors="Albert Q. Jiang\nLélio Renard Lavaud\n{Mistral AI}",
    date="2024-01-08",
    arxiv_id="2401.04088",
    doi="10.1000/x",
    catalogue="arxiv",
    identifier="2401.04088",
    payload={},
)
DOCUMENT = PaperDocument(
    slug="mixtral",
    month=1,
    title=ENTRY.title,
    authors=ENTRY.authors,
    date=ENTRY.date,
    arxiv_id=ENTRY.arxiv_id,
    doi=ENTRY.doi,
)


def test_an_entry_that_says_what_the_record_says_has_no_difference():
    assert differences(DOCUMENT, ENTRY) == []


@pytest.mark.parametrize(
    "said",
    [
        {"title": "MIXTRAL  of experts."},
        {"title": "“Mixtral” of-Experts"},
        {"authors": "A. Jiang\nLelio Lavaud\n{Mistral AI}"},
        {"authors": "Jiang, Albert\nLavaud, L.\nMistral AI"},
        {"authors": "Albert Q. Jiang\net al."},
        {"date": "2024"},
        {"date": "2024-01"},
        {"doi": "10.1000/X"},
    ],
    ids=range(8),
)
def test_what_is_only_written_otherwise_is_no_difference(said):
    record = replace(ENTRY, authors=ENTRY.authors.replace("Renard ", ""))
    document = replace(DOCUMENT, authors=record.authors)

    assert differences(replace(document, **said), record) == []


@pytest.mark.parametrize(
    ("field", "ours"),
    [
        ("title", "Mixtral of Expertise"),
        ("title", ""),
        ("authors", "Albert Q. Jiang"),
        ("authors", "Lélio Renard Lavaud\nAlbert Q. Jiang\n{Mistral AI}"),
        ("authors", "Bo Jiang\nLélio Renard Lavaud\n{Mistral AI}"),
        ("authors", f"{ENTRY.authors}\nAnn Lee"),
        ("authors", "???"),
        ("date", "2024-01-09"),
        ("date", "2023"),
        ("arxiv_id", "2401.04089"),
        ("arxiv_id", ""),
        ("doi", "10.1000/xy"),
    ],
)
def test_what_the_record_says_otherwise_is_shown_beside_ours(field, ours):
    document = replace(DOCUMENT, **{field: ours})

    assert differences(document, ENTRY) == [
        Difference(field, ours, getattr(ENTRY, field))
    ]


@pytest.mark.parametrize("field", ["authors", "date", "arxiv_id", "doi"])
def test_what_the_record_does_not_say_is_no_difference(field):
    assert differences(DOCUMENT, replace(ENTRY, **{field: ""})) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Lukasz Kaiser", "Łukasz Kaiser"),
        ("Sorensen, Ann", "Ann Sørensen"),
        ("Jörg Müller", "Jo\u0308rg Mu\u0308ller"),
        ("Oriol Vinyals", "O. Vinyals"),
        ("Vinyals", "O. Vinyals"),
        ("Ann O'Neil-Smith", "Ann O’Neil Smith"),
        ("García Márquez, Ana", "Ana García Márquez"),
        ("王, 小明", "王, 小"),
    ],
)
def test_names_are_the_same_without_their_accents(ours, theirs):
    document, entry = replace(DOCUMENT, authors=ours), replace(ENTRY, authors=theirs)

    assert differences(document, entry) == []
