"""Papers that were taken back, as each catalogue says it."""

import pytest

from papers.records import arxiv, crossref, datacite
from tests.catalogues import (
    DATASET,
    MIXTRAL,
    PARROTS,
    RETRACTED,
    WITHDRAWN,
    make_feed,
    to_json,
)


def read_arxiv(**changes):
    return arxiv.read(make_feed(MIXTRAL | changes)).withdrawn


def read_crossref(**changes):
    work = PARROTS["message"] | changes
    return crossref.read(to_json(PARROTS | {"message": work}))


def read_datacite(**changes):
    work = DATASET["data"]["attributes"] | changes
    return datacite.read(to_json({"data": {"attributes": work}})).withdrawn


def test_a_withdrawn_paper_says_so_in_the_words_of_arxiv():
    assert arxiv.read(make_feed(WITHDRAWN)).withdrawn == WITHDRAWN["comment"]


@pytest.mark.parametrize(
    "changes",
    [
        {"comment": "Withdrawn by the author"},
        {"comment": "10 pages. The paper has been withdrawn due to an error"},
        {"comment": "", "summary": "This paper has been withdrawn by the author."},
        {
            "summary": "arXiv admin note: This submission has been withdrawn by arXiv "
            "administrators due to disputed authorship"
        },
        {"summary": "This article was retracted. We had shown that"},
    ],
)
def test_arxiv_says_it_in_many_ways(changes):
    assert read_arxiv(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"comment": "Withdrawn from ICML 2024, now at NeurIPS"},
        {"comment": "This paper was withdrawn from ICLR"},
        {
            "summary": "We ask why this paper has been withdrawn, or the paper retracted."
        },
        {"comment": "A study of retracted papers"},
        {"title": "Withdrawn: what becomes of papers"},
    ],
)
def test_what_only_speaks_of_it_is_no_withdrawal_at_arxiv(changes):
    assert read_arxiv(**changes) == ""


def test_a_notice_of_retraction_is_known_at_crossref():
    entry = crossref.read(to_json(RETRACTED))

    assert entry.withdrawn == "Retraction by 10.1000/notice"
    assert entry.title == "A Trial That Was None"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ["WITHDRAWN: Parrots"]}, "Withdrawn"),
        ({"title": ["RETRACTED ARTICLE: Parrots"]}, "Retracted article"),
        (
            {"update-to": [{"DOI": "10.1000/x", "type": "Withdrawal"}]},
            "A notice of withdrawal, about 10.1000/x",
        ),
        ({"updated-by": [{"type": "correction", "DOI": "10.1000/x"}]}, ""),
        ({"updated-by": [{"type": None}, None, 3]}, ""),
        ({"updated-by": {"type": "retraction"}}, ""),
        ({"title": ["Retracted: what becomes of papers"]}, ""),
        ({}, ""),
    ],
    ids=range(8),
)
def test_crossref_says_it_by_notices_and_by_titles(changes, words):
    assert read_crossref(**changes).withdrawn == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"isActive": False}, "No longer active"),
        ({"isActive": True}, ""),
        ({"isActive": None}, ""),
        (
            {"dates": [{"date": "2024-02-03", "dateType": "Withdrawn"}]},
            "Withdrawn 2024-02-03",
        ),
        ({}, ""),
    ],
    ids=range(5),
)
def test_datacite_says_it_by_a_date_or_a_state(changes, words):
    assert read_datacite(**changes) == words
