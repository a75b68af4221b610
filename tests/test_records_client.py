import socket
import time

import pytest

from papers.records import client
from papers.records.client import BY_HAND, Unreachable, fetch
from papers.records.entry import Unknown
from papers.records.pasted import Pasted, identify
from tests.catalogues import BROKEN, SILENT, SLOW


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(client, "PAUSE", 0)


def test_an_arxiv_paper_is_fetched_from_arxiv(catalogues):
    entry = fetch(identify("https://arxiv.org/abs/2401.04088v1"))

    assert (entry.title, entry.catalogue) == ("Mixtral of Experts", "arxiv")
    assert catalogues.asked == [("arxiv", "2401.04088")]


def test_an_old_id_with_a_slash_is_fetched(catalogues):
    entry = fetch(Pasted("arxiv", "cond-mat/0102536"))

    assert entry.arxiv_id == "cond-mat/0102536"
    assert catalogues.asked == [("arxiv", "cond-mat/0102536")]


def test_a_paper_of_559_authors_is_fetched_whole(catalogues):
    entry = fetch(Pasted("arxiv", "2407.21783"))

    assert len(entry.authors.splitlines()) == 560


def test_a_doi_is_asked_of_crossref_alone_where_that_knows_it(catalogues):
    entry = fetch(Pasted("doi", "10.1145/3442188.3445922"))

    assert entry.catalogue == "crossref"
    assert catalogues.asked == [("crossref", "10.1145/3442188.3445922")]


def test_a_doi_that_crossref_does_not_know_is_asked_of_datacite(catalogues):
    entry = fetch(Pasted("doi", "10.5281/zenodo.1234567"))

    assert (entry.title, entry.catalogue) == ("A Dataset of Things", "datacite")
    assert catalogues.asked == [
        ("crossref", "10.5281/zenodo.1234567"),
        ("datacite", "10.5281/zenodo.1234567"),
    ]


def test_every_sign_of_a_doi_arrives_as_it_is(catalogues):
    doi = "10.1000/../a(b)<c>;2-#?d=e&f%2f"

    with pytest.raises(Unknown):
        fetch(Pasted("doi", doi))

    assert catalogues.asked == [("crossref", doi), ("datacite", doi)]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (Pasted("arxiv", "2401.00000"), "arXiv knows no paper 2401.00000."),
        (Pasted("arxiv", "2401.00001"), "arXiv knows no paper 2401.00001."),
        (Pasted("doi", "10.1000/x"), "Neither Crossref nor DataCite knows 10.1000/x."),
    ],
)
def test_what_no_catalogue_knows_is_said_to_be_unknown(catalogues, pasted, said):
    with pytest.raises(Unknown) as unknown:
        fetch(pasted)

    assert str(unknown.value) == said


def test_a_fault_that_passes_is_not_seen(catalogues):
    entry = fetch(Pasted("arxiv", "2401.00002"))

    assert entry.title == "Mixtral of Experts"
    assert catalogues.asked == [("arxiv", "2401.00002")] * 2


@pytest.mark.parametrize(
    ("arxiv_id", "said", "times"),
    [
        ("2401.00003", "arXiv has a fault (503).", 2),
        ("2401.00004", "arXiv is asked too often.", 1),
        ("2401.00005", "arXiv did not answer with a record.", 1),
        ("2401.00006", "arXiv did not answer with a record.", 1),
        ("2401.00007", "arXiv did not answer with a record.", 1),
        ("2401.00009", "arXiv did not answer with a record.", 3),
        (BROKEN, "arXiv cannot be reached.", 2),
    ],
    ids=["fault", "busy", "no-xml", "20-mb", "elsewhere", "in-a-ring", "broken"],
)
def test_a_catalogue_that_cannot_say_is_unreachable_and_the_editor_told(
    catalogues, arxiv_id, said, times
):
    with pytest.raises(Unreachable) as unreachable:
        fetch(Pasted("arxiv", arxiv_id))

    assert str(unreachable.value) == f"{said} {BY_HAND}"
    assert catalogues.asked == [("arxiv", arxiv_id)] * times


def test_datacite_is_not_asked_while_crossref_cannot_say(catalogues):
    with pytest.raises(Unreachable, match="Crossref did not answer with a record"):
        fetch(Pasted("doi", "10.1000/garbled"))

    assert catalogues.asked == [("crossref", "10.1000/garbled")]


@pytest.mark.parametrize("arxiv_id", [SILENT, SLOW], ids=["silent", "slow"])
def test_no_editor_waits_longer_than_said(catalogues, arxiv_id):
    start = time.monotonic()

    with pytest.raises(Unreachable) as unreachable:
        fetch(Pasted("arxiv", arxiv_id), timeout=0.3)

    assert str(unreachable.value) == f"arXiv did not answer in time. {BY_HAND}"
    assert time.monotonic() - start < 3
    assert catalogues.asked == [("arxiv", arxiv_id)]


def test_without_time_nothing_is_asked(catalogues):
    with pytest.raises(Unreachable, match="in time"):
        fetch(Pasted("arxiv", "2401.04088"), timeout=0)

    assert catalogues.asked == []


def test_all_waiting_together_is_bearable():
    assert client.PATIENCE + client.READ <= 8


def test_where_nobody_listens_is_unreachable(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings.CATALOGUES = {"arxiv": address}

    with pytest.raises(Unreachable) as unreachable:
        fetch(Pasted("arxiv", "2401.04088"))

    assert str(unreachable.value) == f"arXiv cannot be reached. {BY_HAND}"


def test_a_redirect_on_the_same_host_is_followed(catalogues):
    entry = fetch(Pasted("arxiv", "2401.00008"))

    assert entry.title == "Mixtral of Experts"
    assert catalogues.asked == [("arxiv", "2401.00008"), ("arxiv", "2401.04088")]


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", "YearInReview"),
        ("mailto:editors@example.org", "YearInReview (mailto:editors@example.org)"),
    ],
)
def test_a_request_says_who_asks_and_wants_no_compression(
    catalogues, settings, contact, agent
):
    settings.CATALOGUE_CONTACT = contact

    fetch(Pasted("arxiv", "2401.04088"))

    asked = catalogues.headers[0]
    assert (asked["User-Agent"], asked["Accept-Encoding"]) == (agent, "identity")


def test_bibtex_is_read_without_a_network(catalogues):
    entry = fetch(Pasted("bibtex", "@misc{key, title = {Mixtral of Experts}}"))

    assert (entry.title, entry.catalogue) == ("Mixtral of Experts", "bibtex")
    assert catalogues.asked == []
