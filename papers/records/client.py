"""Asking a catalogue about one paper, while an editor waits.

Which host is asked is settled by the settings, never by what was pasted or answered.
"""

import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import httpx2
from django.conf import settings

from papers.records import arxiv, bibtex, crossref, datacite
from papers.records.entry import MOST_BYTES, CatalogueEntry, Garbled, Unknown
from papers.records.pasted import Pasted

PATIENCE = 5.0  # Seconds for everything; an answer that has begun may take READ more.
CONNECT, READ = 2.0, 3.0
PAUSE = 0.3  # Seconds before the one more try.
MOST_REDIRECTS = 2
BUSY, NOT_FOUND, SERVER_ERROR = 429, 404, 500
BY_HAND = "Try again in a while, or fill in the form by hand."


class Unreachable(Exception):
    """The catalogue did not answer as it should; the message is for the editor."""


class Catalogue(NamedTuple):
    name: str
    path: str
    read: Callable[[bytes], CatalogueEntry]


class Answer(NamedTuple):
    status: int
    content: bytes


CATALOGUES = {
    "arxiv": Catalogue("arXiv", "/api/query?id_list={}", arxiv.read),
    "crossref": Catalogue("Crossref", "/works/{}", crossref.read),
    "datacite": Catalogue("DataCite", "/dois/{}", datacite.read),
}


def fetch(pasted: Pasted, *, timeout: float = PATIENCE) -> CatalogueEntry:
    """What is known about a paper: from arXiv, from Crossref or else DataCite.

    A BibTeX entry is read as it is, without the network, and is from no catalogue that
    keeps records (`catalogue` is "bibtex"). Raise Unknown when there is no such paper
    and Unreachable when a catalogue cannot say, both with a sentence for the editor;
    ValueError for BibTeX that identify() would not have taken.
    """
    if pasted.kind == "bibtex":
        return bibtex.read(pasted.value)
    deadline = time.monotonic() + timeout
    with httpx2.Client(headers=make_headers()) as client:
        if pasted.kind == "arxiv":
            return ask(client, "arxiv", pasted.value, deadline)
        return ask_about_doi(client, pasted.value, deadline)


def ask_about_doi(client: httpx2.Client, doi: str, deadline: float) -> CatalogueEntry:
    try:
        return ask(client, "crossref", doi, deadline)
    except Unknown:
        pass
    try:
        return ask(client, "datacite", doi, deadline)
    except Unknown:
        raise Unknown(f"Neither Crossref nor DataCite knows {doi}.") from None


def make_headers() -> list[tuple[bytes, bytes]]:
    """Who asks. Uncompressed, so that the limit on the answer holds for what it says."""
    contact = settings.CATALOGUE_CONTACT
    agent = f"YearInReview ({contact})" if contact else "YearInReview"
    return [(b"User-Agent", agent.encode()), (b"Accept-Encoding", b"identity")]


def ask(
    client: httpx2.Client, key: str, identifier: str, deadline: float
) -> CatalogueEntry:
    """One catalogue's entry about one identifier, by so many seconds on the clock."""
    name, path, read = CATALOGUES[key]
    url = settings.CATALOGUES[key] + path.format(quote(identifier, safe=""))
    try:
        answer = get_patiently(client, url, deadline)
        if answer.status == NOT_FOUND:
            raise Unknown
        if answer.status == BUSY:
            raise Unreachable(f"{name} is asked too often. {BY_HAND}")
        if answer.status >= SERVER_ERROR:
            raise Unreachable(f"{name} has a fault ({answer.status}). {BY_HAND}")
        return read(answer.content)
    except Unknown:
        raise Unknown(f"{name} knows no paper {identifier}.") from None
    except Garbled as error:
        raise Unreachable(f"{name} did not answer with a record. {BY_HAND}") from error
    except httpx2.TimeoutException as error:
        raise Unreachable(f"{name} did not answer in time. {BY_HAND}") from error
    except httpx2.HTTPError as error:
        raise Unreachable(f"{name} cannot be reached. {BY_HAND}") from error


def get_patiently(client: httpx2.Client, url: str, deadline: float) -> Answer:
    """The answer; asked for once more after a fault that may have passed."""
    try:
        answer = get(client, url, deadline)
        if answer.status < SERVER_ERROR:
            return answer
    except (httpx2.NetworkError, httpx2.RemoteProtocolError):
        pass
    time.sleep(PAUSE)
    return get(client, url, deadline)


def get(client: httpx2.Client, url: str, deadline: float) -> Answer:
    """The answer at an address, after redirects that stay on its host."""
    request = client.build_request("GET", url)
    for _ in range(MOST_REDIRECTS + 1):
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpx2.ReadTimeout("The time is over.", request=request)
        timeout = httpx2.Timeout(min(READ, left), connect=min(CONNECT, left))
        request.extensions["timeout"] = timeout.as_dict()
        response = client.send(request, stream=True)
        try:
            if response.next_request is None:
                return Answer(response.status_code, load(response, deadline))
        finally:
            response.close()
        request = stay(request.url, response.next_request)
    raise Garbled("There are too many redirects.")


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
