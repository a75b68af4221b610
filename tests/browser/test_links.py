"""Every address within the site that a page, a feed or the sitemap names leads somewhere."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree

import html5lib
import pytest


@dataclass(frozen=True)
class Answer:
    status: int
    url: str
    kind: str
    body: bytes


def fetch(url):
    """What the site answers, an error's page included; redirects are followed."""
    try:
        response = urlopen(url, timeout=60)  # noqa: S310 -- our own server
    except HTTPError as error:
        response = error
    with response:
        kind = response.headers.get_content_type()
        return Answer(response.status, response.url, kind, response.read())


@dataclass(frozen=True)
class Page:
    """What an address answers: the addresses that it names, and its own places."""

    status: int
    names: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()


def read(url):
    answer = fetch(url)
    if answer.status != 200:
        return Page(answer.status)
    reader = READERS.get(answer.kind, read_nothing)
    names, ids = reader(answer.body.decode(errors="replace"))
    absolute = dict.fromkeys(urljoin(answer.url, name.strip()) for name in names)
    host = urlsplit(url).netloc
    within = tuple(name for name in absolute if urlsplit(name).netloc == host)
    return Page(answer.status, within, frozenset(ids))


def read_html(text):
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    names, ids = [], []
    for node in tree.iter():
        for name, value in node.items():
            # What is said to other machines, as og:image, is a whole address.
            if name in ADDRESSES or value.startswith("http://"):
                names.append(value)
            elif name == "id":
                ids.append(value)
    return names, ids


ADDRESSES = {"href", "src", "data", "action", "{http://www.w3.org/1999/xlink}href"}


def read_xml(text):
    names = []
    for node in ElementTree.fromstring(text).iter():  # noqa: S314 -- our own
        tag = node.tag.rpartition("}")[2]
        if tag == "loc":
            names.append(node.text)
        elif tag == "link":
            names.append(node.get("href"))
        elif tag == "content":
            names += read_html(node.text)[0]
    return names, []


def read_json_feed(text):
    feed = json.loads(text)
    names = [feed["home_page_url"], feed["feed_url"]]
    for item in feed["items"]:
        names += [item["url"], *read_html(item["content_html"])[0]]
    return names, []


def read_nothing(text):
    return [], []


READERS = {
    "text/html": read_html,
    "application/xml": read_xml,
    "application/atom+xml": read_xml,
    "application/feed+json": read_json_feed,
}


def crawl(root):
    """Read the pages that can be reached from the home page and the sitemap."""
    pages = {}
    wave = [f"{root}/", f"{root}/sitemap.xml"]
    with ThreadPoolExecutor(4) as pool:
        while wave:
            pages |= zip(wave, pool.map(read, wave), strict=True)
            named = dict.fromkeys(
                target
                for url in wave
                for target in map(to_page, pages[url].names)
                # Each choice of tags offers further ones, thousands in all: one that
                # a page without a query offers is read, what it offers in turn is not.
                if not (urlsplit(url).query and urlsplit(target).query)
            )
            wave = [target for target in named if target not in pages]
    return pages


def to_page(address):
    return urldefrag(address).url


def find_broken(pages: Mapping[str, Page]) -> list[str]:
    """The addresses that lead nowhere, each with the first page that names it."""
    namers = {}
    for url, page in pages.items():
        for name in page.names:
            namers.setdefault(name, url)
    return [
        f"{url} -> {name}"
        for name, url in namers.items()
        if to_page(name) in pages and is_broken(name, pages[to_page(name)])
    ]


def is_broken(address, page):
    place = unquote(urldefrag(address).fragment)
    return page.status != 200 or bool(place and place not in page.ids)


@pytest.fixture(scope="module")
def crawled(site):
    return crawl(site.url)


def test_every_address_within_the_site_leads_to_a_page_and_a_place_in_it(crawled):
    broken = find_broken(crawled)

    assert not broken, "\n".join(broken)


def test_the_crawl_meets_the_whole_sample(crawled, site):
    places = [name for page in crawled.values() for name in page.names if "#" in name]

    # Most pages are those of the sample's 686 authors.
    assert len(crawled) > 950
    assert len(places) > 2000
    assert {urlsplit(url).path for url in crawled} >= {
        "/2024.bib",
        "/2024/05/",
        "/2024/feed.atom",
        "/2024/nvlm/",
        "/2024/nvlm/social.png",
        "/authors/mansheej-paul/",
        "/feed.json",
        "/search/",
        "/tags/lora/feed.atom",
    }
    assert f"{site.url}/2024/?tag=lora" in crawled
    assert f"{site.url}/2024/?whole=yes" in crawled


def test_an_address_is_broken_without_its_page_or_its_place():
    names = ("/", "/#here", "/#h%C3%A9re", "/#gone", "/nowhere/", "/nowhere/#here")
    pages = {
        "/": Page(200, names, frozenset({"here", "hére"})),
        "/nowhere/": Page(404),
    }

    assert find_broken(pages) == [
        "/ -> /#gone",
        "/ -> /nowhere/",
        "/ -> /nowhere/#here",
    ]
