"""Asking the catalogues: about a paper by its identifier, and for papers by a title.

Which host is asked is settled by the settings, never by what was pasted or answered.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import httpx2
from django.conf import settings

from papers.records import arxiv, bibtex, crossref, datacite
from papers.records.entry import MOST_BYTES, CatalogueEntry, Garbled, Unknown
from papers.records.pace import Busy, Pace
from papers.records.pasted import Pasted

CONNECT = 2.0  # Seconds until somebody listens.
MOST_REDIRECTS = 2
BUSY, NOT_FOUND, SERVER_ERROR = 429, 404, 500
BUSY_PAUSE = 10.0  # Seconds, where a busy catalogue does not say how many.
MOST_AT_ONCE = 50  # Papers; arXiv's own limit is far above, an address's length is not.
MOST_LISTED = 10
BY_HAND = "Try again in a while, or fill in the form by hand."


class Patience(NamedTuple):
    """How long to wait for everything, and how often to ask before giving up.

    An answer that has begun may take `read` seconds more. The pause before another try
    doubles with each, unless the catalogue says how long it should be.
    """

    seconds: float
    tries: int
    pause: float
    read: float
    sleep: Callable[[float], None] = time.sleep


DESK = Patience(seconds=5.0, tries=2, pause=0.3, read=3.0)  # While an editor waits.
BATCH = Patience(seconds=90.0, tries=4, pause=2.0, read=30.0)


class Unreachable(Exception):
    """The catalogue did not answer as it should; the message is for the editor."""


class Catalogue(NamedTuple):
    name: str
    path: str
    read: Callable[[bytes], CatalogueEntry]


class Answer(NamedTuple):
    status: int
    content: bytes
    retry_after: str = ""


CATALOGUES = {
    "arxiv": Catalogue("arXiv", "/api/query?id_list={}", arxiv.read),
    "crossref": Catalogue("Crossref", "/works/{}", crossref.read),
    "datacite": Catalogue("DataCite", "/dois/{}", datacite.read),
}


def fetch(pasted: Pasted, patience: Patience = DESK) -> CatalogueEntry:
    """What is known about a paper: from arXiv, from Crossref or else DataCite.

    A BibTeX entry is read as it is, without the network, and is from no catalogue that
    keeps records (`catalogue` is "bibtex"). Raise Unknown when there is no such paper
    and Unreachable when a catalogue cannot say, both with a sentence for the editor;
    ValueError for BibTeX that identify() would not have taken.
    """
    if pasted.kind == "bibtex":
        return bibtex.read(pasted.value)
    with Asking(patience) as asking:
        if pasted.kind == "arxiv":
            return asking.ask("arxiv", pasted.value)
        return ask_about_doi(asking, pasted.value)


def ask_about_doi(asking: "Asking", doi: str) -> CatalogueEntry:
    try:
        return asking.ask("crossref", doi)
    except Unknown:
        pass
    try:
        return asking.ask("datacite", doi)
    except Unknown:
        raise Unknown(f"Neither Crossref nor DataCite knows {doi}.") from None


def fetch_from_arxiv(
    ids: Sequence[str], patience: Patience = BATCH
) -> Mapping[str, CatalogueEntry]:
    """What arXiv knows of several papers, by id, in as few requests as it takes.

    What is not in it has to be asked for by itself: one id that arXiv does not take for
    one spoils the answer about all. Raise Unreachable when arXiv cannot say.
    """
    found: dict[str, CatalogueEntry] = {}
    with Asking(patience) as asking:
        for start in range(0, len(ids), MOST_AT_ONCE):
            asked = ids[start : start + MOST_AT_ONCE]
            listed = quote(",".join(asked), safe=",")
            path = f"/api/query?id_list={listed}&max_results={len(asked)}"
            for entry in asking.read("arxiv", path, arxiv.read_all):
                found[entry.identifier] = entry
    return found


def search_arxiv(
    words: Sequence[str], patience: Patience = DESK
) -> Sequence[CatalogueEntry]:
    """Papers that have these words in their title: all in a row, or else any of them."""
    longest = sorted(words, key=len, reverse=True)[:MOST_LISTED]
    with Asking(patience) as asking:
        for query in (
            f'ti:"{" ".join(words)}"',
            " OR ".join(f"ti:{word}" for word in longest),
        ):
            path = f"/api/query?search_query={quote(query)}&max_results={MOST_LISTED}"
            if found := asking.read("arxiv", path, arxiv.read_all):
                return found
    return []


def search_crossref(
    words: Sequence[str], patience: Patience = DESK
) -> Sequence[CatalogueEntry]:
    """Works that Crossref takes for what these words are about."""
    path = f"/works?query.bibliographic={quote(' '.join(words))}&rows={MOST_LISTED}"
    with Asking(patience) as asking:
        return asking.read("crossref", path, crossref.read_all)


def make_headers() -> list[tuple[bytes, bytes]]:
    """Who asks. Uncompressed, so that the limit on the answer holds for what it says."""
    contact = settings.CATALOGUE_CONTACT
    agent = f"YearInReview ({contact})" if contact else "YearInReview"
    return [(b"User-Agent", agent.encode()), (b"Accept-Encoding", b"identity")]


Said = TypeVar("Said")


class Asking:
    """Requests to the catalogues that end together by a time on the clock."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self.deadline = time.monotonic() + patience.seconds
        self.client = httpx2.Client(headers=make_headers())

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()

    def ask(self, key: str, identifier: str) -> CatalogueEntry:
        """One catalogue's entry about one identifier."""
        name, path, read = CATALOGUES[key]

        def read_own(content: bytes) -> CatalogueEntry:
            entry = read(content)
            # A DOI may be another name of one that the catalogue answers with.
            if key == "arxiv" and entry.identifier != without_class(identifier):
                raise Garbled("The answer is about another paper.")
            return entry

        try:
            return self.read(key, path.format(quote(identifier, safe="")), read_own)
        except Unknown:
            raise Unknown(f"{name} knows no paper {identifier}.") from None

    def read(self, key: str, path: str, read: Callable[[bytes], Said]) -> Said:
        """What a catalogue's answer says. Raise Unknown, or Unreachable in words."""
        name = CATALOGUES[key].name
        try:
            answer = self.get_patiently(key, settings.CATALOGUES[key] + path)
            if answer.status == NOT_FOUND:
                raise Unknown
            if answer.status == BUSY:
                raise Unreachable(f"{name} is asked too often. {BY_HAND}")
            if answer.status >= SERVER_ERROR:
                raise Unreachable(f"{name} has a fault ({answer.status}). {BY_HAND}")
            return read(answer.content)
        except Busy as error:
            raise Unreachable(f"{name} is asked too often. {BY_HAND}") from error
        except Garbled as error:
            words = f"{name} did not answer with a record. {BY_HAND}"
            raise Unreachable(words) from error
        except httpx2.TimeoutException as error:
            raise Unreachable(f"{name} did not answer in time. {BY_HAND}") from error
        except httpx2.HTTPError as error:
            raise Unreachable(f"{name} cannot be reached. {BY_HAND}") from error

    def get_patiently(self, key: str, url: str) -> Answer:
        """The answer; asked for again after a fault that may pass, while there is time."""
        for tried in range(self.patience.tries):
            is_last = tried == self.patience.tries - 1
            pause = self.patience.pause * 2**tried
            try:
                answer = self.get(key, url)
                if answer.status != BUSY and answer.status < SERVER_ERROR:
                    return answer
                pause = read_pause(answer, pause)
                if is_last or pause >= self.left:
                    return answer
            except httpx2.TransportError:
                if is_last or pause >= self.left:
                    raise
            self.patience.sleep(pause)
        raise AssertionError("The last try returns or raises.")

    def get(self, key: str, url: str) -> Answer:
        """The answer at an address, after redirects that stay on its host."""
        request = self.client.build_request("GET", url)
        for _ in range(MOST_REDIRECTS + 1):
            self.wait_for_turn(key)
            if self.left <= 0:
                raise httpx2.ReadTimeout("The time is over.", request=request)
            timeout = httpx2.Timeout(
                min(self.patience.read, self.left), connect=min(CONNECT, self.left)
            )
            request.extensions["timeout"] = timeout.as_dict()
            response = self.client.send(request, stream=True)
            try:
                if response.next_request is None:
                    return Answer(
                        response.status_code,
                        load(response, self.deadline),
                        response.headers.get("Retry-After", ""),
                    )
            finally:
                response.close()
            request = stay(request.url, response.next_request)
        raise Garbled("There are too many redirects.")

    def wait_for_turn(self, key: str) -> None:
        """Keep the catalogue's pace, with whoever else asks it now."""
        if seconds := settings.CATALOGUE_PACE.get(key):
            file = Path(settings.DATA_DIR, f"{key}-asked-at")
            Pace(file, seconds, sleep=self.patience.sleep).wait(self.left)


def without_class(arxiv_id: str) -> str:
    """An old id as arXiv answers with it: math.GT/0309136 is math/0309136."""
    return re.sub(r"\.[A-Z]{2}(?=/)", "", arxiv_id)


def read_pause(answer: Answer, usual: float) -> float:
    """How long a catalogue wants to be left alone: in seconds, until a date, or unsaid."""
    said = answer.retry_after.strip()
    if re.fullmatch(r"(?a)\d{1,6}", said):
        return float(said)
    try:
        until = parsedate_to_datetime(said)
        return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return max(BUSY_PAUSE, usual) if answer.status == BUSY else usual


def stay(before: httpx2.URL, request: httpx2.Request) -> httpx2.Request:
    """The next request, if it goes to the same place. Raise Garbled if it does not."""
    places = {(before.host, before.scheme, before.port), (before.host, "https", None)}
    if (request.url.host, request.url.scheme, request.url.port) not in places:
        raise Garbled("The redirect leads elsewhere.")
    return request


def load(response: httpx2.Response, deadline: float) -> bytes:
    """The body of an answer, within the limits of size and time."""
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > MOST_BYTES:
            raise Garbled("The answer is too long.")
        if time.monotonic() > deadline:
            raise httpx2.ReadTimeout("The time is over.", request=response.request)
    return bytes(content)
