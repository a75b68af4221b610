from dataclasses import replace

import pytest

from papers.records.compare import Difference, differences, is_other_paper
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


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (r"$k$-means Clustering", "k-Means clustering"),
        (
            r"\emph{Deep} Learning with {\"O}l and \'etoile",
            "Deep Learning with Öl and Étoile",
        ),
        (r"Mixtral $8\times7$B", "Mixtral 8x7B"),
        ("Mixtral 8×7B", "Mixtral 8x7B"),
        (
            r"$\mathcal{O}(n^2)$ is Enough: $\alpha$-Attention",
            "O(n²) is enough — α‐attention",
        ),
        (r"Cats \& Dogs", "Cats and Dogs"),
        ("‘Quotes’ – and: subtitles", '"Quotes" and subtitles.'),
        (r"\textbf{{LoRA}} Learns {L}ess", "LoRA learns less"),
        (r"Na\"{\i}ve Stra\ss e", "Naïve Straße"),
        ("Über Muller", "Ueber Muller"),
        ("ﬁne-tuning", "fine-tuning"),
    ],
)
def test_a_title_is_the_same_in_latex_and_unicode(ours, theirs):
    for one, other in ((ours, theirs), (theirs, ours)):
        document, record = replace(DOCUMENT, title=one), replace(ENTRY, title=other)
        assert differences(document, record) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (r"\alpha-Attention", "β-Attention"),
        ("8x7B", "8x22B"),
        ("O(n)", "O(n²)"),
        ("Attention is All You Need", "Attention Is All You Need: 2"),
        ("Обучение", "Obuchenie"),
    ],
)
def test_a_title_of_other_letters_is_another(ours, theirs):
    document, record = replace(DOCUMENT, title=ours), replace(ENTRY, title=theirs)

    assert differences(document, record) == [Difference("title", ours, theirs)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Jörg Müller", "Joerg Mueller"),
        ("Mueller, J.", "Jörg Müller"),
        ("Anna Gross", "Anna Groß"),
        ("Soerensen, Ann", "Ann Sørensen"),
        ("J. Smith", "John Smith"),
        ("Jörg Mueller", "Jorg Müller"),
        ("Иван Петров", "И. Петров"),
        ("Óscar Ågren", "Oscar Aagren"),
    ],
)
def test_a_name_is_the_same_however_it_is_spelled(ours, theirs):
    for one, other in ((ours, theirs), (theirs, ours)):
        document, record = replace(DOCUMENT, authors=one), replace(ENTRY, authors=other)
        assert differences(document, record) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("J. Smith", "Karl Smith"),
        ("Ann Lee", "Ann Li"),
        ("Ivan Petrov", "Иван Петров"),
        ("Ann Muller", "Ann Moller"),
        ("Bo Li\net al.", "Ann Lee\nBo Li"),
        ("Bo Li\nAnn Lee\net al.", "Ann Lee\nBo Li"),
    ],
)
def test_another_name_is_another(ours, theirs):
    document, record = replace(DOCUMENT, authors=ours), replace(ENTRY, authors=theirs)

    assert differences(document, record) == [Difference("authors", ours, theirs)]


def test_a_title_of_other_words_is_of_another_paper_in_latex_too():
    assert not is_other_paper(r"\emph{Mixtral} of Experts", "Mixtral: of many experts")
    assert is_other_paper(r"\emph{Mixtral} of Experts", "Emph: textbf pulsars")


@pytest.mark.parametrize("text", ["\\" * 100_000, "{" * 100_000, "\\v " * 50_000])
def test_latex_that_never_ends_takes_no_time(text):
    differences(replace(DOCUMENT, title=text), ENTRY)
