"""Long lists come a page at a time; a page that is not there is said so."""

import re

import pytest
from django.http import Http404

from papers.paging import PAGE, cut
from tests.factories import make_paper, make_review, make_tag


@pytest.mark.parametrize(
    ("found", "number", "start", "beside", "count"),
    [
        (0, 1, 0, (0, 0), 1),
        (1, 1, 0, (0, 0), 1),
        (PAGE, 1, 0, (0, 0), 1),
        (PAGE + 1, 1, 0, (0, 2), 2),
        (PAGE + 1, 2, PAGE, (1, 0), 2),
        (3 * PAGE, 2, PAGE, (1, 3), 3),
    ],
)
def test_a_list_is_cut_into_pages(found, number, start, beside, count):
    part = cut(found, number)

    assert (part.start, part.stop) == (start, start + PAGE)
    assert ((part.previous, part.next), part.count) == (beside, count)


@pytest.mark.parametrize("found", [0, 1, PAGE])
def test_a_list_has_no_page_after_its_last(found):
    with pytest.raises(Http404, match="one page"):
        cut(found, 2)


@pytest.fixture
def many(db):
    """Two more papers than a page holds, by one author, with a tag and a word."""
    moe = make_tag("MoE")
    make_review(year=2023)
    make_review(year=2024)
    for number in range(PAGE + 2):
        make_paper(headline=f"Routing {number}", tags=[moe], month=min(number + 1, 12))


LISTS = {
    "tag": "/tags/moe/",
    "author": "/authors/ada-lovelace/",
    "search": "/search/?q=routing",
}


def papers_of(response):
    return re.findall(
        r"<h[23]>\s*<a href=\"(/2\d{3}/[^\"]+/)\"", response.content.decode()
    )


@pytest.mark.parametrize("name", LISTS)
def test_every_paper_of_a_long_list_is_on_one_of_its_pages(client, many, name):
    url = LISTS[name]
    mark = "&" if "?" in url else "?"

    first, second = client.get(url), client.get(f"{url}{mark}page=2")

    assert (len(papers_of(first)), len(papers_of(second))) == (PAGE, 2)
    assert len({*papers_of(first), *papers_of(second)}) == PAGE + 2
    query = "?q=routing&amp;page=" if name == "search" else "?page="
    assert f'<a href="{query}2" rel="next">' in first.content.decode()
    assert 'rel="prev"' not in first.content.decode()
    assert f'<a href="{query}1" rel="prev">' in second.content.decode()
    assert 'rel="next"' not in second.content.decode()
    assert f"{PAGE + 2} papers" in second.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_wrong_page_number_gets_a_helpful_page(client, many, name):
    mark = "&" if "?" in LISTS[name] else "?"

    for page, status, words in WRONG_PAGES:
        response = client.get(f"{LISTS[name]}{mark}page={page}")

        assert (page, response.status_code) == (page, status)
        assert words in response.content.decode()


WRONG_PAGES = [
    ("3", 404, "This list has 2 pages."),
    ("9" * 400, 404, "This list has 2 pages."),
    ("0", 400, "Pages are numbered from 1."),
    ("-1", 400, "Pages are numbered from 1."),
    ("two", 400, "Pages are numbered from 1."),
    ("%00", 400, "Pages are numbered from 1."),
    ("%ff", 400, "Pages are numbered from 1."),
    ("9" * 5000, 400, "Pages are numbered from 1."),
    ("", 200, "52 papers"),
]


def test_a_page_of_a_list_keeps_the_choice(client, many):
    llm = make_tag("LLM")
    make_paper(tags=[llm])

    html = client.get("/tags/moe/?tag=llm&match=any").content.decode()

    assert '<a href="?tag=llm&amp;match=any&amp;page=2" rel="next">' in html


def test_each_page_of_a_list_names_itself_and_stands_for_itself(client, many):
    html = client.get("/tags/moe/?page=2").content.decode()

    assert "<title>MoE, page 2: Year in Review</title>" in html
    assert '<link rel="canonical" href="http://testserver/tags/moe/?page=2">' in html


def test_a_search_put_right_leads_to_all_it_finds(client, many):
    response = client.get("/search/?q=ruoting")

    html = " ".join(response.content.decode().split())
    assert "These are the best 50 of the 52 papers for" in html
    assert '<a href="?q=routing">routing</a>' in html
    assert 'rel="next"' not in html
