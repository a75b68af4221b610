"""Stand-ins for arXiv, Crossref and DataCite, which answer on this machine.

The answers have the form that the catalogues' own have. One server is all three: their
addresses begin with /arxiv, /crossref and /datacite.
"""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest


class Answer(NamedTuple):
    content: bytes
    status: int = 200
    location: str = ""
    retry_after: str = ""


MIXTRAL = {
    "id": "http://arxiv.org/abs/2401.04088v1",
    "published": "2024-01-08T18:47:34Z",
    "title": "Mixtral of Experts",
    "summary": (
        "  We introduce Mixtral 8x7B, a Sparse Mixture of Experts (SMoE) language model.\n"
        "Mixtral has the same architecture as Mistral 7B, and <eos> & $x < y$ stay.\n"
    ),
    "authors": ["Albert Q. Jiang", "Diego de las Casas", "Lélio Renard Lavaud"],
    "comment": "See more details at https://mistral.ai/news/mixtral-of-experts/",
    "categories": ["cs.LG", "cs.CL"],
}
HERD = {
    "id": "http://arxiv.org/abs/2407.21783v3",
    "published": "2024-07-31T17:54:27Z",
    "title": "The Llama 3 Herd of Models",
    "summary": "Modern artificial intelligence systems are powered by foundation models.",
    "authors": ["Llama Team", ":", *(f"Given{n} Family{n}" for n in range(559))],
    "categories": ["cs.AI"],
}
ISING = {
    "id": "http://arxiv.org/abs/cond-mat/0102536v1",
    "published": "2001-02-28T20:12:09Z",
    "title": "Impact of Electron-Electron Cusp\n  on Configuration Interaction Energies",
    "summary": "The effect of the cusp.",
    "authors": ["David Prendergast", "M. Nolan"],
    "journal_ref": "J. Chem. Phys. 115, 1626 (2001)",
    "doi": "10.1063/1.1383585",
    "categories": ["cond-mat.str-el", "physics.chem-ph"],
}

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <link href="http://arxiv.org/api/query?id_list=x" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=x&amp;start=0</title>
  <id>http://arxiv.org/api/G79xvO0tGdRYEe8vHn0XokC5HLI</id>
  <updated>2024-08-21T00:00:00-04:00</updated>
  <opensearch:totalResults>{count}</opensearch:totalResults>
  {entry}
</feed>
"""


def make_feed(*papers):
    """arXiv's feed of these papers."""
    entries = "".join(map(make_entry, papers))
    return FEED.format(count=len(papers), entry=entries).encode()


def make_entry(paper):
    texts = "".join(
        f"<{tag}>{escape(paper[name])}</{tag}>"
        for name, tag in {
            "id": "id",
            "published": "published",
            "title": "title",
            "summary": "summary",
            "comment": "arxiv:comment",
            "journal_ref": "arxiv:journal_ref",
            "doi": "arxiv:doi",
        }.items()
        if name in paper
    )
    authors = "".join(
        f"<author><name>{escape(name)}</name></author>" for name in paper["authors"]
    )
    scheme = 'scheme="http://arxiv.org/schemas/atom"'
    terms = "".join(
        f'<category term="{term}" {scheme}/>' for term in sorted(paper["categories"])
    )
    primary = f'<arxiv:primary_category term="{paper["categories"][0]}" {scheme}/>'
    link = paper["id"].replace("/abs/", "/pdf/")
    links = f'<link title="pdf" href="{link}" rel="related" type="application/pdf"/>'
    return f"<entry>{texts}{authors}{links}{primary}{terms}</entry>"


NO_ENTRY = FEED.format(count=0, entry="").encode()
ERROR_ENTRY = FEED.format(
    count=1,
    entry=(
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_1234.1234</id>"
        "<title>Error</title><summary>incorrect id format for 1234.1234</summary>"
        "<author><name>arXiv api core</name></author></entry>"
    ),
).encode()

PARROTS = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "DOI": "10.1145/3442188.3445922",
        "type": "proceedings-article",
        "title": ["On the Dangers of Stochastic Parrots"],
        "subtitle": ["Can Language Models Be Too Big? 🦜"],
        "author": [
            {
                "given": "Emily M.",
                "family": "Bender",
                "sequence": "first",
                "affiliation": [{"name": "University of Washington"}],
            },
            {"given": "Timnit", "family": "Gebru", "sequence": "additional"},
            {"name": "Black in AI", "sequence": "additional"},
        ],
        "container-title": ["Proceedings of FAccT &amp; Friends"],
        "abstract": (
            "<jats:title>Abstract</jats:title><jats:p>The past 3 years &amp; more."
            "</jats:p>\n<jats:p>For <jats:italic>p</jats:italic> &lt; 1.</jats:p>"
        ),
        "published-online": {"date-parts": [[2021, 3]]},
        "issued": {"date-parts": [[2021, 3, 1]]},
        "published-print": {"date-parts": [[2021, 3, 3]]},
        "link": [
            {
                "URL": "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922",
                "content-type": "unspecified",
                "intended-application": "similarity-checking",
            }
        ],
        "subject": [],
        "reference": [{"key": "e_1", "doi-asserted-by": "publisher"}],
        "relation": {
            "has-preprint": [
                {
                    "id-type": "doi",
                    "id": "10.48550/arXiv.2103.00001",
                    "asserted-by": "subject",
                }
            ]
        },
        "URL": "http://dx.doi.org/10.1145/3442188.3445922",
    },
}
DATASET = {
    "data": {
        "id": "10.5281/zenodo.1234567",
        "type": "dois",
        "attributes": {
            "doi": "10.5281/zenodo.1234567",
            "creators": [
                {
                    "name": "Müller, Jörg",
                    "nameType": "Personal",
                    "givenName": "Jörg",
                    "familyName": "Müller",
                    "affiliation": [],
                },
                {"name": "de Vries, Anna", "affiliation": []},
                {"name": "EleutherAI", "nameType": "Organizational"},
            ],
            "titles": [
                {"title": "Ein Datensatz", "titleType": "TranslatedTitle"},
                {"title": "A <i>Dataset</i> of Things"},
            ],
            "publisher": "Zenodo",
            "container": {},
            "publicationYear": 2024,
            "subjects": [
                {"subject": "FOS: Computer and information sciences"},
                {"subject": "Language models"},
            ],
            "dates": [
                {"date": "2024-03-05T10:00:00Z", "dateType": "Submitted"},
                {"date": "2023-12-01", "dateType": "Created"},
                {"date": "2024", "dateType": "Issued"},
                {"date": "2024-03", "dateType": "Available"},
            ],
            "descriptions": [
                {"description": "Made by hand.", "descriptionType": "Methods"},
                {"description": "<p>Many things.</p>", "descriptionType": "Abstract"},
            ],
            "types": {"resourceTypeGeneral": "Dataset"},
            "version": "1.2",
            "url": "https://zenodo.org/records/1234567",
        },
    }
}
NO_DOI = {
    "errors": [
        {"status": "404", "title": "The resource you are looking for doesn't exist."}
    ]
}


def to_json(value):
    return json.dumps(value).encode()


ANSWERS = {
    ("arxiv", "2401.04088"): [Answer(make_feed(MIXTRAL))],
    ("arxiv", "2407.21783"): [Answer(make_feed(HERD))],
    ("arxiv", "cond-mat/0102536"): [Answer(make_feed(ISING))],
    ("arxiv", "2401.00000"): [Answer(NO_ENTRY)],
    ("arxiv", "2401.00001"): [Answer(ERROR_ENTRY, 400)],
    ("arxiv", "2401.00002"): [
        Answer(b"", 500),
        Answer(make_feed(MIXTRAL | {"id": "http://arxiv.org/abs/2401.00002v1"})),
    ],
    ("arxiv", "2401.00003"): [Answer(b"", 503)],
    ("arxiv", "2401.00004"): [Answer(b"Rate exceeded.", 429)],
    ("arxiv", "2401.00005"): [Answer(b"Rate exceeded.")],
    ("arxiv", "2401.00006"): [Answer(b"<feed>" + b"x" * 20_000_000)],
    ("arxiv", "2401.00007"): [
        Answer(b"", 302, "http://localhost:1/api/query?id_list=1")
    ],
    ("arxiv", "2401.00008"): [
        Answer(b"", 301, "/arxiv/api/query?id_list=2401.00008"),
        Answer(make_feed(MIXTRAL | {"id": "http://arxiv.org/abs/2401.00008v1"})),
    ],
    ("arxiv", "2401.00009"): [
        Answer(b"", 301, "/arxiv/api/query?id_list=2401.00009"),
    ],
    ("crossref", "10.1145/3442188.3445922"): [Answer(to_json(PARROTS))],
    ("crossref", "10.1000/garbled"): [Answer(b"<html>Hello</html>")],
    ("datacite", "10.5281/zenodo.1234567"): [Answer(to_json(DATASET))],
}
WITHDRAWN = MIXTRAL | {
    "id": "http://arxiv.org/abs/2401.00010v2",
    "title": "A Proof That Was None",
    "comment": "This paper has been withdrawn by the authors: Lemma 3 is wrong",
}
RETRACTED = {
    "status": "ok",
    "message": {
        "DOI": "10.1000/retracted",
        "title": ["RETRACTED: A Trial That Was None"],
        "updated-by": [{"DOI": "10.1000/notice", "type": "retraction"}],
    },
}
ANSWERS |= {
    ("arxiv", "2401.00010"): [Answer(make_feed(WITHDRAWN))],
    # Busy, and it says until when; then it answers.
    ("arxiv", "2401.00011"): [
        Answer(b"Rate exceeded.", 429, retry_after="2"),
        Answer(b"", 503, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
        Answer(make_feed(MIXTRAL | {"id": "http://arxiv.org/abs/2401.00011v1"})),
    ],
    # The answer is a record, and of another paper than was asked about.
    ("arxiv", "2401.00014"): [Answer(make_feed(MIXTRAL))],
    # arXiv answers this one with 200 and an entry that says what is wrong.
    ("arxiv", "2401.00012"): [Answer(ERROR_ENTRY)],
    ("crossref", "10.1000/retracted"): [Answer(to_json(RETRACTED))],
}
UNKNOWN = {
    "arxiv": Answer(NO_ENTRY),
    "crossref": Answer(b"Resource not found.", 404),
    "datacite": Answer(to_json(NO_DOI), 404),
}
# Papers whose answer never comes, comes byte by byte, or breaks off.
SILENT, SLOW, BROKEN = "2401.99998", "2401.99997", "2401.99996"


@dataclass
class Catalogues:
    """The stand-ins: where they are, and what they were asked, as (catalogue, id)."""

    url: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    searches: list[tuple[str, str]] = field(default_factory=list)
    found: dict[str, list[bytes]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def addresses(self):
        """As settings.CATALOGUES has them."""
        return {name: f"{self.url}/{name}" for name in UNKNOWN}

    @property
    def environment(self):
        """The variables for a site in a process of its own."""
        urls = {f"{name.upper()}_URL": url for name, url in self.addresses.items()}
        return urls | {"ARXIV_PACE": "0"}

    def list_papers(self, identifiers):
        """arXiv about several ids at once: those it knows, or what is wrong with one."""
        feeds = [self.answer("arxiv", each) for each in identifiers]
        if any(feed.content == ERROR_ENTRY for feed in feeds):
            return Answer(ERROR_ENTRY)
        bodies = [feed.content.decode() for feed in feeds if feed.status == 200]
        entries = "".join(
            f"<entry>{body.partition('<entry>')[2].rpartition('</entry>')[0]}</entry>"
            for body in bodies
            if "<entry>" in body
        )
        return Answer(FEED.format(count=len(entries), entry=entries).encode())

    def search(self, catalogue, query):
        """What was laid ready for each search, in their order; then nothing is found."""
        self.searches.append((catalogue, query))
        ready = self.found.get(catalogue)
        nothing = {"arxiv": NO_ENTRY, "crossref": to_json({"message": {"items": []}})}
        return Answer(ready.pop(0) if ready else nothing[catalogue])

    def answer(self, catalogue, identifier):
        """The answer for the first time, the second, and so on; the last one stays."""
        answers = ANSWERS.get((catalogue, identifier), [UNKNOWN[catalogue]])
        times = self.asked.count((catalogue, identifier))
        return answers[min(times, len(answers)) - 1]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        catalogue, _, path = parts.path.removeprefix("/").partition("/")
        query = {name: each[0] for name, each in parse_qs(parts.query).items()}
        listed = query.get("id_list", "")
        identifier = listed or unquote(path.partition("/")[2])
        stand_in = self.server.catalogues
        searched = query.get("search_query") or query.get("query.bibliographic")
        if not searched:
            stand_in.asked.append((catalogue, identifier))
        stand_in.headers.append(dict(self.headers))
        if searched:
            self.send(stand_in.search(catalogue, searched))
        elif "," in identifier:
            self.send(stand_in.list_papers(identifier.split(",")))
        elif identifier == SILENT:
            stand_in.over.wait()
        elif identifier in {SLOW, BROKEN}:
            self.trickle(stand_in, identifier)
        else:
            self.send(stand_in.answer(catalogue, identifier))

    def send(self, answer):
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.retry_after:
            self.send_header("Retry-After", answer.retry_after)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        try:
            self.wfile.write(answer.content)
        except ConnectionError:
            self.close_connection = True

    def trickle(self, stand_in, identifier):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.close_connection = True
        while identifier == SLOW and not stand_in.over.wait(0.05):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except ConnectionError:
                return

    def log_message(self, *args):
        pass


@contextmanager
def serve_catalogues():
    """The stand-ins, for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.catalogues = Catalogues(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield server.catalogues
    finally:
        server.catalogues.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def catalogues(settings):
    """Stand-ins that the site asks in place of the catalogues."""
    with serve_catalogues() as stand_in:
        settings.CATALOGUES, settings.CATALOGUE_PACE = stand_in.addresses, {}
        yield stand_in
