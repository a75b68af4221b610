from dataclasses import replace

import pytest

from papers.records.entry import CatalogueEntry
from papers.records.likeness import Wanted, likeness, rank, to_query

ENTRY = CatalogueEntry(
    title="Mixtral of Experts",
    authors="Albert Q. Jiang\nAlexandre Sablayrolles",
    date="2024-01-08",
    catalogue="arxiv",
    identifier="2401.04088",
    payload={},
)
WANTED = Wanted(ENTRY.title, ENTRY.authors, ENTRY.date)


def test_what_is_the_same_in_everything_is_alike_by_100():
    assert likeness(WANTED, ENTRY) == 100
    assert likeness(Wanted("mixtral of experts!", "A. Jiang", "2024"), ENTRY) == 100
    assert likeness(Wanted(ENTRY.title, "", ""), ENTRY) == 100


@pytest.mark.parametrize(
    "wanted",
    [
        WANTED._replace(title="Mixture of Experts"),
        WANTED._replace(authors="Bo Li"),
        WANTED._replace(date="2021"),
    ],
)
def test_what_differs_in_one_thing_is_less_alike_and_still_offered(wanted):
    assert 50 <= likeness(wanted, ENTRY) < 100


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("Stable Pulsar Timing", "Bo Li", "2011"),
        Wanted("", "", ""),
        Wanted("???", "???", "????"),
        Wanted("x" * 100_000, ",,,", "²²²²"),
    ],
)
def test_what_is_unlike_is_not_offered(wanted):
    assert rank(wanted, [ENTRY]) == []


def test_the_likest_come_first_five_at_most_and_each_once():
    others = [
        replace(ENTRY, identifier=f"2401.0000{n}", title=f"{ENTRY.title}{' more' * n}")
        for n in range(1, 9)
    ]

    found = rank(WANTED, [*others, ENTRY, ENTRY])

    assert [each.entry.identifier for each in found][:2] == ["2401.04088", "2401.00001"]
    assert len(found) == 5
    assert [each.likeness for each in found] == sorted(
        (each.likeness for each in found), reverse=True
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Mixtral of Experts", ["mixtral", "of", "experts"]),
        (
            '"ti:x" AND (NOT all:*) OR au:"',
            ["ti", "x", "and", "not", "all", "or", "au"],
        ),
        (r"\emph{Deep} $k$-means&rows=9#", ["deep", "k", "means", "rows", "9"]),
        ("…", []),
        ("Über Öl", ["über", "öl"]),
    ],
)
def test_a_title_is_searched_by_its_words_alone(title, words):
    assert to_query(title) == words


def test_a_title_without_end_is_searched_by_its_beginning():
    assert to_query("x" * 10_000) == ["x" * 40]
    assert to_query("word " * 10_000) == ["word"] * 20
