import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from papers.records import client
from papers.records.client import (
    BATCH,
    BY_HAND,
    DESK,
    Unreachable,
    fetch,
    fetch_from_arxiv,
    search_arxiv,
    search_crossref,
)
from papers.records.entry import Unknown
from papers.records.pasted import Pasted, identify
from tests.catalogues import (
    ANSWERS,
    BROKEN,
    HERD,
    MIXTRAL,
    PARROTS,
    SILENT,
    SLOW,
    Answer,
    make_feed,
    to_json,
)

QUICK = DESK._replace(pause=0)


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
        ("2401.00014", "arXiv did not answer with a record.", 1),
        (BROKEN, "arXiv cannot be reached.", 2),
    ],
    ids=[
        "fault",
        "busy",
        "no-xml",
        "20-mb",
        "elsewhere",
        "in-a-ring",
        "another",
        "broken",
    ],
)
def test_a_catalogue_that_cannot_say_is_unreachable_and_the_editor_told(
    catalogues, arxiv_id, said, times
):
    with pytest.raises(Unreachable) as unreachable:
        fetch(Pasted("arxiv", arxiv_id), QUICK)

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
        fetch(Pasted("arxiv", arxiv_id), DESK._replace(seconds=0.3))

    assert str(unreachable.value) == f"arXiv did not answer in time. {BY_HAND}"
    assert time.monotonic() - start < 10
    assert catalogues.asked == [("arxiv", arxiv_id)]


def test_without_time_nothing_is_asked(catalogues):
    with pytest.raises(Unreachable, match="in time"):
        fetch(Pasted("arxiv", "2401.04088"), DESK._replace(seconds=0))

    assert catalogues.asked == []


def test_all_waiting_together_is_bearable():
    assert DESK.seconds + DESK.read <= 8


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
    assert catalogues.asked == [("arxiv", "2401.00008")] * 2


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


def test_a_busy_catalogue_is_left_alone_for_as_long_as_it_says(catalogues):
    slept = []

    entry = fetch(Pasted("arxiv", "2401.00011"), BATCH._replace(sleep=slept.append))

    assert entry.arxiv_id == "2401.00011"
    assert slept == [2, 0]
    assert catalogues.asked == [("arxiv", "2401.00011")] * 3


def test_the_pauses_between_tries_double_until_they_are_over(catalogues):
    slept = []

    with pytest.raises(Unreachable, match="has a fault"):
        fetch(Pasted("arxiv", "2401.00003"), BATCH._replace(sleep=slept.append))

    assert slept == [2, 4, 8]
    assert catalogues.asked == [("arxiv", "2401.00003")] * 4


@pytest.mark.parametrize(
    "said",
    ["100", "999999", format_datetime(datetime.now(UTC) + timedelta(days=1))],
    ids=["seconds", "many seconds", "a date"],
)
def test_who_is_told_to_wait_too_long_does_not_ask_again(catalogues, monkeypatch, said):
    busy = [Answer(b"", 429, retry_after=said)]
    monkeypatch.setitem(ANSWERS, ("arxiv", "2401.00013"), busy)
    slept = []

    with pytest.raises(Unreachable, match="asked too often"):
        fetch(Pasted("arxiv", "2401.00013"), BATCH._replace(sleep=slept.append))

    assert slept == []
    assert catalogues.asked == [("arxiv", "2401.00013")]


@pytest.mark.parametrize("said", ["", "-1", "soon", "1e9", "9" * 40, "\xb2"])
def test_a_pause_that_makes_no_sense_is_the_usual_one(said):
    answer = client.Answer(429, b"", said)

    assert client.read_pause(answer, 0.3) == client.BUSY_PAUSE


def test_an_id_that_arxiv_does_not_take_for_one_is_unknown_though_it_answers_200(
    catalogues,
):
    with pytest.raises(client.Unknown, match=r"knows no paper 2401\.00012"):
        fetch(Pasted("arxiv", "2401.00012"))


def test_arxiv_is_asked_about_many_papers_at_once(catalogues):
    found = fetch_from_arxiv(["2401.04088", "2407.21783", "2401.00000"])

    assert {key: entry.title for key, entry in found.items()} == {
        "2401.04088": MIXTRAL["title"],
        "2407.21783": HERD["title"],
    }
    assert catalogues.asked == [("arxiv", "2401.04088,2407.21783,2401.00000")]


def test_between_two_requests_lies_the_pace_of_the_catalogue(
    catalogues, settings, tmp_path
):
    settings.CATALOGUE_PACE, settings.DATA_DIR = {"arxiv": 0.2}, tmp_path
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        time.sleep(seconds)

    for arxiv_id in ("2401.04088", "2407.21783"):
        fetch(Pasted("arxiv", arxiv_id), DESK._replace(sleep=sleep))
    fetch(Pasted("doi", "10.1145/3442188.3445922"), DESK._replace(sleep=sleep))

    assert len(slept) >= 1
    assert all(0 < seconds <= 0.2 for seconds in slept)


def test_an_editor_does_not_wait_for_a_turn_that_comes_too_late(
    catalogues, settings, tmp_path
):
    settings.CATALOGUE_PACE, settings.DATA_DIR = {"arxiv": 60}, tmp_path
    fetch(Pasted("arxiv", "2401.04088"))

    with pytest.raises(Unreachable, match="arXiv is asked too often"):
        fetch(Pasted("arxiv", "2407.21783"))

    assert catalogues.asked == [("arxiv", "2401.04088")]


def test_arxiv_is_searched_for_the_words_in_a_row_and_else_for_any(catalogues):
    catalogues.found["arxiv"] = [make_feed(), make_feed(MIXTRAL, HERD)]

    found = search_arxiv(["mixtral", "of", "experts"])

    assert [entry.title for entry in found] == [MIXTRAL["title"], HERD["title"]]
    assert catalogues.searches == [
        ("arxiv", 'ti:"mixtral of experts"'),
        ("arxiv", "ti:mixtral OR ti:experts OR ti:of"),
    ]


def test_crossref_is_searched_and_a_work_that_says_nothing_is_passed_over(catalogues):
    listed = {"message": {"items": [{}, None, PARROTS["message"]]}}
    catalogues.found["crossref"] = [to_json(listed)]

    [entry] = search_crossref(["stochastic", "parrots"])

    assert entry.doi == "10.1145/3442188.3445922"
    assert catalogues.searches == [("crossref", "stochastic parrots")]


@pytest.mark.parametrize("answer", [b"[]", b"{}", b'{"message": {"items": 3}}', b"<"])
def test_a_search_that_is_not_answered_with_a_list_is_unreachable(catalogues, answer):
    catalogues.found = {"crossref": [answer], "arxiv": [answer]}

    for look in (search_crossref, search_arxiv):
        with pytest.raises(Unreachable, match="did not answer with a record"):
            look(["words"])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("math.GT/0309136", "math/0309136"), ("2401.04088", "2401.04088")],
)
def test_an_old_id_is_answered_without_the_class_of_its_subject(asked, answered):
    assert client.without_class(asked) == answered
