import gzip
from itertools import pairwise

import html5lib
import pytest
from django.db import OperationalError
from django.urls import reverse

from papers.models import ContentVersion, FormerAddress, Paper, Status, TagAlias
from tests.factories import (
    make_full_paper,
    make_paper,
    make_review,
    make_tag,
)

pytestmark = pytest.mark.django_db

ARGUMENTS = {
    "home": {},
    "review": {"year": 2024},
    "month": {"year": 2024, "month": 1},
    "paper": {"year": 2024, "slug": "shown"},
    "paper_bibtex": {"year": 2024, "slug": "shown"},
    "paper_picture": {"year": 2024, "slug": "shown"},
    "review_bibtex": {"year": 2024},
    "review_feed": {"year": 2024},
    "review_picture": {"year": 2024},
    "tags": {},
    "tag": {"slug": "moe"},
    "tag_feed": {"slug": "moe"},
    "author": {"slug": "ada-lovelace"},
    "search": {},
    "feed": {},
    "json_feed": {},
    "sitemap": {},
    "robots": {},
    "security": {},
}
PAGES = ["home", "review", "month", "paper", "tags", "tag", "author", "search"]


def address(name):
    query = "?q=shown" if name == "search" else ""
    return reverse(f"papers:{name}", kwargs=ARGUMENTS[name]) + query


@pytest.fixture(autouse=True)
def somebody_to_tell(settings):
    """Without one there is no security.txt."""
    settings.SECURITY_CONTACT = "mailto:security@example.org"


@pytest.fixture
def moe():
    return make_tag("MoE")


@pytest.fixture
def shown(moe):
    return make_full_paper(slug="shown", headline="Shown", tags=[moe])


@pytest.fixture(params=["draft", "in review", "scheduled"])
def hidden(request, moe, shown):
    """An entry that could leak: in the same month, with the same tag, words and author."""
    at = "2999-01-01T00:00Z" if request.param == "scheduled" else None
    secret = {"headline": "Secret shown", "title": "Secret", "slug": "secret"}
    return make_full_paper(status=request.param, publish_at=at, tags=[moe], **secret)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_no_public_address_shows_what_is_not_published(client, hidden, name):
    response = client.get(address(name))

    assert response.status_code == 200
    assert b"ecret" not in response.content


@pytest.mark.parametrize("name", ARGUMENTS)
def test_counts_and_tags_do_not_tell_of_what_is_not_published(client, hidden, name):
    make_paper(status=Status.DRAFT, tags=[make_tag("Ghosttag")], month=7)

    response = client.get(address(name))

    assert b"hosttag" not in response.content
    assert b"2 papers" not in response.content


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_published_paper_of_an_unpublished_review_is_hidden(client, shown, name):
    make_full_paper(
        review=make_review(year=2023, status=Status.DRAFT),
        headline="Secret",
        slug="secret",
        tags=[shown.topics[0]],
    )

    assert b"ecret" not in client.get(address(name)).content


@pytest.mark.parametrize("name", ["paper", "paper_bibtex", "paper_picture"])
def test_what_is_not_published_is_not_found_at_its_own_address(client, hidden, name):
    url = reverse(f"papers:{name}", args=[2024, "secret"])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_public_address_is_the_same_for_everyone(client, admin_client, shown, name):
    url = address(name)

    stranger, editor = client.get(url), admin_client.get(url)

    assert stranger.content == editor.content
    assert not stranger.cookies
    assert "Cookie" not in stranger.get("Vary", "")


@pytest.mark.parametrize("name", ARGUMENTS)
def test_head_answers_as_get_does_without_a_body(client, shown, name):
    head, get = client.head(address(name)), client.get(address(name))

    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_public_address_answers_to_reading_only(client, shown, name):
    assert client.post(address(name)).status_code == 405


@pytest.mark.parametrize("name", ARGUMENTS)
def test_an_unchanged_page_costs_one_query_and_no_bytes(
    client, shown, name, django_assert_num_queries
):
    etag = client.get(address(name))["ETag"]

    with django_assert_num_queries(1):
        again = client.get(address(name), headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("name", ARGUMENTS)
def test_an_edit_changes_every_etag(client, shown, name):
    etag = client.get(address(name))["ETag"]

    shown.claims.first().save()

    assert client.get(address(name))["ETag"] != etag


def test_a_new_release_changes_every_etag(client, shown, settings):
    etag = client.get("/2024/")["ETag"]

    settings.RELEASE = "next"

    assert client.get("/2024/", headers={"If-None-Match": etag}).status_code == 200


@pytest.fixture(params=[1, 3], ids=["one paper", "three papers"])
def several(request, moe):
    for number in range(request.param):
        make_full_paper(
            slug=["shown", "two", "three"][number],
            headline=f"Shown {number}",
            month=number + 1,
            tags=[moe, make_tag(f"Tag{number}")],
            authors="Ada Lovelace\nBo Li",
        )
    return request.param


QUERIES = {
    "home": 11,
    "review": 11,
    "month": 9,
    "paper": 12,
    "paper_bibtex": 7,
    "paper_picture": 8,
    "review_bibtex": 3,
    "review_feed": 8,
    "review_picture": 4,
    "tags": 2,
    "tag": 10,
    "tag_feed": 9,
    "author": 7,
    "search": 5,
    "feed": 7,
    "json_feed": 7,
    "sitemap": 9,
    "robots": 1,
    "security": 1,
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_page_costs_the_same_with_one_paper_and_with_three(
    client, several, name, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES[name]):
        response = client.get(address(name))

    assert response.status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "missing"])
def test_a_page_is_valid_html_with_one_heading_and_its_landmarks(client, several, name):
    url = "/2024/nothing/" if name == "missing" else address(name)

    html = client.get(url).content.decode()

    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(html)
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(tree.findall(".//h1")) == 1
    assert [len(tree.findall(f".//{tag}")) for tag in ("main", "footer")] == [1, 1]
    assert sorted(ids) == sorted(set(ids))
    assert not [node for node in tree.iter() if node.get("style")]
    assert not tree.findall(".//style")
    assert [node for node in tree.iter("script") if may_run_inline(node)] == []


def may_run_inline(script):
    return not script.get("src") and script.get("type") != "application/ld+json"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_skips_a_level_of_heading(client, several, name):
    html = client.get(address(name)).content.decode()

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    levels = [int(node.tag[1]) for node in tree.iter() if node.tag in HEADINGS]
    assert levels[0] == 1
    steps = [after - before for before, after in pairwise(levels)]
    assert [step for step in steps if step > 1] == []


HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_site_leads_somewhere(client, several, name):
    html = client.get(address(name)).content.decode()

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    ids = {node.get("id") for node in tree.iter()}
    for link in tree.iter("a"):
        href = link.get("href")
        path, _, fragment = href.partition("#")
        if path.startswith("/"):
            page = client.get(path)
            assert page.status_code == 200, href
            assert not fragment or f'id="{fragment}"' in page.content.decode(), href
        elif not path and fragment:
            assert fragment in ids, href


def test_the_home_page_is_the_newest_published_review(client, shown):
    make_review(year=2025, status=Status.DRAFT)
    make_review(year=2023)

    html = client.get("/").content.decode()

    assert '<link rel="canonical" href="http://testserver/2024/">' in html
    assert '<span class="year">2024</span>' in html


def test_the_home_page_says_so_when_nothing_is_published(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "Nothing is published yet." in response.content.decode()


def test_a_review_shows_each_paper_in_its_month(client):
    make_paper(month=5, headline="In May")
    make_paper(month=2, headline="In February")

    page = client.get("/2024/").context["page"]

    found = [(m.name, [str(p) for p in m.papers]) for m in page.months if m.papers]
    assert found == [("February", ["In February"]), ("May", ["In May"])]


def test_papers_of_a_month_come_in_their_place(client):
    make_paper(place=2, headline="Second")
    make_paper(place=1, headline="First")

    page = client.get("/2024/01/").context["page"]

    assert [str(paper) for paper in page.month.papers] == ["First", "Second"]


def test_a_card_shows_every_element_of_the_original(client, moe):
    full = {"name": "LLMs", "slug": "llms", "full_name": "Large language models"}
    make_full_paper(
        tags=[moe, make_tag(**full)],
        chips=[moe],
        headline="Eight experts",
        title="Mixtral of Experts",
        summary="A *sparse* model.",
        focus="Routing of tokens",
        published_on="2024-01-08",
        authors="Albert Jiang\nBo Li\nCy Ray",
        arxiv_id="2401.04088",
        impact="It made them usual.",
    )

    html = client.get("/2024/?whole=yes").content.decode()

    assert '<span class="days">8</span>' in html
    assert ">Eight experts</a></h3>" in html
    assert "<p>A <em>sparse</em> model.</p>" in html
    assert [name for name in FIELDS if f"<dt>{name}</dt>" not in html] == []
    for value in (
        "<dd>Routing of tokens</dd>",
        "<dd>8 January 2024</dd>",
        "<dd>Albert Jiang, Bo Li, Cy Ray",
        ">Large language models (LLMs)</a>",
        "Albert Jiang, Bo Li, Cy Ray. 2024. Mixtral of Experts. arXiv:2401.04088.",
        ">arxiv.org/abs/2401.04088</a>",
        "<dd>It made them usual.</dd>",
        "<h4 id=",
        '<sup class="footnote-ref">',
        'figure-1">Figure 1.</a>',
    ):
        assert value in html, value
    chips = html.partition('<ul class="tags"')[2].partition("</ul>")[0]
    assert "MoE" in chips
    assert "LLMs" not in chips


FIELDS = ["Focus", "Date", "Authors", "Topics", "Citation", "Link", "Impact"]


def test_a_long_review_shows_headlines_and_its_months_show_cards(client):
    for number in range(51):
        make_paper(month=number % 12 + 1)

    review = client.get("/2024/").content.decode()
    month = client.get("/2024/01/").content.decode()

    assert review.count('<article class="entry"') == 51
    assert "What it found." not in review
    assert "What it found." in month


@pytest.fixture
def tagged():
    moe, llm, lora = make_tag("MoE"), make_tag("LLM"), make_tag("LoRA")
    make_paper(tags=[moe, llm], headline="Both")
    make_paper(tags=[moe], headline="Only MoE")
    make_paper(tags=[lora], headline="Only LoRA")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Both", "Only MoE", "Only LoRA"]),
        ("?tag=moe", ["Both", "Only MoE"]),
        ("?tag=moe&tag=llm", ["Both"]),
        ("?tag=moe&tag=llm&match=all", ["Both"]),
        ("?tag=llm&tag=lora&match=any", ["Both", "Only LoRA"]),
        ("?tag=moe&tag=moe", ["Both", "Only MoE"]),
        ("?tag=llm&tag=lora", []),
        ("?q=lora", ["Only LoRA"]),
        ("?tag=moe&q=both", ["Both"]),
        ("?match=any", ["Both", "Only MoE", "Only LoRA"]),
    ],
)
def test_a_review_is_narrowed_by_tags_and_words(client, tagged, query, found):
    page = client.get(f"/2024/{query}").context["page"]

    assert [str(p) for month in page.months for p in month.papers] == found
    assert page.found == len(found)


def test_each_tag_to_choose_says_how_many_papers_it_would_leave(client, tagged):
    choices = client.get("/2024/?tag=moe").context["page"].filter.choices

    assert [(str(c.tag), c.count, c.query, c.is_chosen) for c in choices] == [
        ("MoE", 3, "?", True),
        ("LLM", 1, "?tag=moe&tag=llm", False),
        ("LoRA", 0, "?tag=moe&tag=lora", False),
    ]


def test_a_filtered_page_is_not_for_search_engines(client, tagged):
    html = client.get("/2024/?tag=moe").content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://testserver/2024/">' in html


def test_an_empty_choice_offers_ways_out(client, tagged):
    html = client.get("/2024/?tag=llm&tag=lora").content.decode()

    assert "No paper of 2024 answers to that." in html
    assert '<a href="?tag=lora">Without LLM <span>1 paper</span></a>' in html
    assert '<a href="/2024/">Everything <span>3 papers</span></a>' in html


def test_filtering_costs_two_queries_more(client, tagged, django_assert_num_queries):
    with django_assert_num_queries(QUERIES["review"] + 2):
        client.get("/2024/?tag=moe&tag=llm")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/2024/?tag=nope", 404, "There is no tag “nope”."),
        ("/2024/?tag=%00", 404, "There is no such tag."),
        ("/2024/?" + "&".join(f"tag=t{n}" for n in range(6)), 400, "at most 5 tags"),
        ("/2024/?q=" + "x" * 10_000, 400, "at most 200 characters"),
        ("/2024/?q=%00", 400, "Null characters are not allowed."),
        ("/2024/?match=some", 400, "some is not one of the available choices."),
        ("/search/?q=" + "x" * 10_000, 400, "at most 200 characters"),
        ("/search/?q=x&year=1999", 404, "No review of “1999” is published."),
        ("/search/?q=x&year=soon", 404, "No review of “soon” is published."),
        ("/search/?year=" + "9" * 5_000, 404, "No review of “9999"),
        ("/search/?q=x&tag=nope", 404, "There is no tag “nope”."),
        ("/search/?tag=%00", 404, "There is no such tag."),
        ("/search/?tag=moe&tag=llm", 400, "Choose one tag."),
        ("/2025/", 404, "may not be published yet"),
        ("/0000/", 404, "may not be published yet"),
        ("/2024/02/", 404, "No paper of February 2024 is published."),
        ("/2024/13/", 404, "No entry of 2024 has this address."),
        ("/2024/nope/", 404, "No entry of 2024 has this address."),
        ("/2024/nope.bib", 404, "No entry of 2024 has this address."),
        ("/1999.bib", 404, "may not be published yet"),
        ("/tags/nope/", 404, "There is no such tag."),
        ("/authors/nobody/", 404, "by an author of this name"),
        ("/%ff/", 404, "may not be published yet"),
        ("/media/figures/x.png", 404, "may not be published yet"),
        ("/media/../secret-key", 404, "may not be published yet"),
    ],
)
def test_what_cannot_be_answered_gets_a_helpful_page(
    client, shown, path, status, words
):
    response = client.get(path)

    assert response.status_code == status
    assert words in response.content.decode()
    assert 'href="/tags/"' in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        '"',
        "*",
        "NEAR(a b)",
        "title:x",
        "a" * 200,
        "é ñ 漢字",
        "' OR 1=1 --",
        "\\",
        "%",
        ":*",
        "!&|",
        '""',
        '"""',
        '"shown',
        'shown"',
        '"shown" "',
        "“shown",
        "“” «»",
        "NEAR(",
        "shown:",
        "shown AND",
        "NOT shown",
        "^shown -shown +shown",
        "{headline}: shown",
        "the of and",
        "🦙 🦙🏽",
        "²½ Ⅷ ß İ",
        "nai\u0308ve",
        "\ue000 \x01",
        "}{ {0} %s %%",
        "it's '' $$",
        "zzzz " * 40,
    ],
)
def test_any_words_may_be_searched_for(client, shown, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert 'href="/tags/"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Search goes through headlines"),
        ("   ", "Search goes through headlines"),
        ('"" *', "Search looks for letters and digits"),
        ("qwertz", "Try fewer words"),
    ],
)
def test_a_search_without_results_says_what_helps(client, shown, query, words):
    response = client.get("/search/", {"q": query})

    assert words in response.content.decode()
    assert response.context["page"].hits == []


def test_search_shows_where_the_words_stand(client):
    make_paper(headline="Fine-tuning, cheaply", summary="Low-rank adapters suffice.")
    make_paper(headline="Other", summary="Nothing of it.")

    hits = client.get("/search/?q=adapter").context["page"].hits

    assert [(str(paper), hit.snippet) for hit, paper in hits] == [
        ("Fine-tuning, cheaply", "Low-rank <mark>adapters</mark> suffice.")
    ]


@pytest.fixture
def found(moe):
    """What a search for “routing” finds: in two years, with two tags."""
    llm, _, former = make_tag("LLM"), make_review(), make_review(year=2023)
    make_paper(headline="Routing one", tags=[moe, llm])
    make_paper(headline="Routing two", tags=[llm])
    make_paper(headline="Routing three", tags=[llm], review=former)
    make_paper(headline="Other", tags=[moe], review=former)


def get_facets(client, query):
    facets = client.get(f"/search/?{query}").context["page"].facets
    return {
        facet.name: [(c.name, c.count, c.query, c.is_chosen) for c in facet.choices]
        for facet in facets
    }


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("q=routing", ["Routing one", "Routing three", "Routing two"]),
        ("q=routing&year=2023", ["Routing three"]),
        ("q=routing&tag=moe", ["Routing one"]),
        ("q=routing&tag=llm&year=2024", ["Routing one", "Routing two"]),
        ("q=routing&tag=moe&year=2023", []),
        ("q=&year=2023", []),
    ],
)
def test_a_search_is_narrowed_by_a_year_and_a_tag(client, found, query, headlines):
    page = client.get(f"/search/?{query}").context["page"]

    assert sorted(str(paper) for _, paper in page.hits) == headlines
    assert page.found == len(headlines)


def test_a_search_offers_years_and_tags_with_what_each_leaves(client, found):
    assert get_facets(client, "q=routing") == {
        "Year": [
            ("2024", 2, "?q=routing&year=2024", False),
            ("2023", 1, "?q=routing&year=2023", False),
        ],
        "Tag": [
            ("LLM", 3, "?q=routing&tag=llm", False),
            ("MoE", 1, "?q=routing&tag=moe", False),
        ],
    }


def test_what_narrows_a_search_comes_first_and_can_be_removed(client, found):
    assert get_facets(client, "q=routing&year=2024&tag=llm") == {
        "Year": [
            ("2024", 3, "?q=routing&tag=llm", True),
            ("2023", 1, "?q=routing&year=2023&tag=llm", False),
        ],
        "Tag": [
            ("LLM", 2, "?q=routing&year=2024", True),
            ("MoE", 1, "?q=routing&year=2024&tag=moe", False),
        ],
    }


def test_a_narrowed_search_stays_narrow_with_the_next_words(client, found):
    html = client.get("/search/?q=routing&year=2024&tag=llm").content.decode()

    assert '<input type="hidden" name="year" value="2024">' in html
    assert '<input type="hidden" name="tag" value="llm">' in html
    assert 'aria-label="Remove 2024"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_search_that_is_too_narrow_says_what_would_widen_it(client, found):
    html = client.get("/search/?q=routing&year=2023&tag=moe").content.decode()

    without = '<a href="{}">Without {} <span>1 paper</span></a>'
    assert without.format("?q=routing&amp;tag=moe", "2023") in html
    assert without.format("?q=routing&amp;year=2023", "MoE") in html


def test_another_name_of_a_tag_narrows_a_search(client, found, moe):
    TagAlias.objects.create(tag=moe, name="Mixture of experts")

    page = client.get("/search/?q=routing&tag=mixture-of-experts").context["page"]

    assert [str(paper) for _, paper in page.hits] == ["Routing one"]


@pytest.fixture
def secret_search(found, moe):
    """Drafts, and what is published in a draft review, with the words and the tags."""
    ghost, draft = make_tag("Ghost"), make_review(year=2020, status=Status.DRAFT)
    secret = {"headline": "Routing quasar", "tags": [moe, ghost]}
    make_paper(status=Status.DRAFT, **secret)
    make_paper(review=draft, **secret)


def test_facets_tell_nothing_of_what_is_not_published(client, secret_search):
    facets = get_facets(client, "q=routing")

    assert [name for name, *_ in facets["Year"]] == ["2024", "2023"]
    assert [(name, n) for name, n, *_ in facets["Tag"]] == [("LLM", 3), ("MoE", 1)]


@pytest.mark.parametrize("query", ["tag=ghost", "year=2020"])
def test_a_search_knows_no_tag_and_no_year_of_drafts(client, secret_search, query):
    assert client.get(f"/search/?q=routing&{query}").status_code == 404


@pytest.mark.parametrize("query", ["quasar", "quasr", "routing quasra", "qasar"])
def test_no_word_of_a_draft_is_ever_suggested(client, secret_search, query):
    response = client.get("/search/", {"q": query})

    assert response.context["page"].corrected is None
    assert "Nothing with" in response.content.decode()
    assert b"quasar" not in response.content.replace(query.encode(), b"")


def test_a_near_miss_is_put_right_and_said(client, found):
    html = client.get("/search/?q=Two+ruoting").content.decode()

    status = html.partition('role="status" id="found">')[2].partition("</p>")[0]
    assert " ".join(status.split()) == (
        "Nothing for “ruoting”. This is the 1 paper for "
        '<a href="?q=Two+routing">Two routing</a>.'
    )
    assert 'value="Two ruoting"' in html


def test_a_near_miss_is_put_right_within_the_year_and_the_tag(client, found):
    page = client.get("/search/?q=ruoting&year=2024&tag=llm").context["page"]

    headlines = sorted(str(paper) for _, paper in page.hits)
    assert headlines == ["Routing one", "Routing two"]
    assert page.corrected.address == "?q=routing&year=2024&tag=llm"
    assert [choice.query for choice in page.chosen] == [
        "?q=routing&tag=llm",
        "?q=routing&year=2024",
    ]


@pytest.mark.parametrize("query", ["q=shown&year=2024&tag=moe", "q=shwon", "q=qwertz"])
def test_a_search_costs_the_same_with_one_paper_and_with_three(
    client, several, query, django_assert_num_queries
):
    costs = {"q=shown&year=2024&tag=moe": 9, "q=shwon": 10, "q=qwertz": 6}

    with django_assert_num_queries(costs[query]):
        client.get(f"/search/?{query}")


def test_the_script_of_the_search_is_on_its_page_alone(client, shown):
    pages = [client.get(path).content.decode() for path in ("/search/", "/2024/")]

    assert ["js/search." in html for html in pages] == [True, False]


def test_a_changed_slug_leads_to_the_new_address_in_one_step(client):
    paper = make_paper(slug="first")
    for slug in ("second", "third"):
        paper = Paper.objects.get(pk=paper.pk)
        paper.slug = slug
        paper.save()

    responses = [client.get(f"/2024/{slug}/") for slug in ("first", "second", "third")]

    assert [r.status_code for r in responses] == [301, 301, 200]
    assert {r["Location"] for r in responses[:2]} == {"/2024/third/"}


def test_a_former_address_of_a_draft_tells_nothing(client):
    paper = make_paper(slug="new", status=Status.DRAFT)
    FormerAddress.objects.create(year=2024, slug="old", paper=paper)

    assert client.get("/2024/old/").status_code == 404


def test_a_taken_over_address_shows_its_new_owner(client):
    first = make_paper(slug="wanted")
    first.slug = "moved"
    first.stored_address = first.review_id, "wanted"
    first.save()

    make_paper(slug="wanted", headline="New owner")

    assert "New owner" in client.get("/2024/wanted/").content.decode()


def test_a_draft_at_a_former_address_does_not_cut_its_redirect(client):
    paper = make_paper(slug="old")
    paper = Paper.objects.get(pk=paper.pk)
    paper.slug = "new"
    paper.save()

    make_paper(slug="old", status=Status.DRAFT)

    assert client.get("/2024/old/")["Location"] == "/2024/new/"


def test_an_entry_that_takes_its_former_address_back_has_no_redirect(client):
    paper = make_paper(slug="old")
    for slug in ("new", "old"):
        paper = Paper.objects.get(pk=paper.pk)
        paper.slug = slug
        paper.save()

    assert client.get("/2024/old/").status_code == 200
    assert [str(former) for former in FormerAddress.objects.all()] == ["2024/new"]


def test_another_name_of_a_tag_leads_to_the_tag(client, shown, moe):
    TagAlias.objects.create(tag=moe, name="Mixture of experts")

    response = client.get("/tags/mixture-of-experts/")

    assert (response.status_code, response["Location"]) == (301, "/tags/moe/")


def test_a_changed_address_of_a_tag_keeps_leading_to_it(client, shown, moe):
    moe.stored_slug = "moe"
    moe.slug = "experts"
    moe.save()

    response = client.get("/tags/moe/")

    assert (response.status_code, response["Location"]) == (301, "/tags/experts/")


def test_a_filter_takes_another_name_of_a_tag(client, shown, moe):
    TagAlias.objects.create(tag=moe, name="Mixture of experts")

    page = client.get("/2024/?tag=mixture-of-experts").context["page"]

    assert page.filter.chosen == [moe]


def withdraw(published, reason):
    published.status, published.withdrawal_reason = Status.WITHDRAWN, reason
    published.save()


def test_what_was_never_public_leaves_nothing_when_it_is_withdrawn(client):
    make_paper(slug="secret", status=Status.WITHDRAWN, withdrawal_reason="A bad idea.")

    response = client.get("/2024/secret/")

    assert response.status_code == 404
    assert "bad idea" not in response.content.decode()


def test_a_withdrawn_entry_leaves_its_reason(client):
    withdraw(make_paper(slug="gone"), "It was wrong.")

    response = client.get("/2024/gone/")

    assert response.status_code == 410
    assert "It was wrong." in response.content.decode()
    assert "What it found." not in response.content.decode()


def test_a_withdrawn_review_leaves_its_reason_at_all_its_addresses(client):
    review = make_review()
    make_paper(review=review, slug="gone")
    withdraw(review, "Done again.")

    responses = [
        client.get(path) for path in ("/2024/", "/2024/01/", "/2024/gone/", "/2024.bib")
    ]

    assert [r.status_code for r in responses] == [410] * 4
    assert all("Done again." in r.content.decode() for r in responses)


def test_addresses_without_a_slash_lead_to_those_with_one(client, shown):
    for path in ("/2024", "/2024/01", "/2024/shown", "/tags", "/tags/moe", "/search"):
        response = client.get(path)

        assert (response.status_code, response["Location"]) == (301, f"{path}/")


def test_559_authors_do_not_fill_the_card(client):
    names = "\n".join(f"Given{n} Family{n}" for n in range(559))
    paper = make_paper(authors=names)

    card = client.get("/2024/").content.decode()
    page = client.get(paper.get_absolute_url()).content.decode()

    assert card.count("Family") == 1 + 4 + 6  # in brief, cited, listed
    assert "and 558 others" in card
    assert ">553 others</a>" in card
    assert page.count('href="/authors/given') == 559


def test_a_tag_page_is_narrowed_by_a_second_tag(client, tagged):
    page = client.get("/tags/moe/?tag=llm").context["page"]

    assert [(year, [str(p) for p in papers]) for year, papers in page.years] == [
        (2024, ["Both"])
    ]


def test_a_paper_page_leads_to_its_neighbours(client):
    papers = [make_paper(month=month) for month in (1, 2, 3)]

    page = client.get(papers[1].get_absolute_url()).context["page"]

    assert (page.previous, page.next) == (papers[0], papers[2])


def test_a_paper_page_lists_what_it_rests_on(client, shown):
    html = client.get("/2024/shown/").content.decode()

    assert 'id="claim-1"' in html
    assert "It has 47 billion parameters." in html
    assert '<span class="status">Confirmed</span>' in html


def test_a_wanted_figure_is_never_shown(client, shown):
    shown.figures.create(key="later", kind="image", wanted=True, note="A secret plan")

    pages = [client.get(path).content.decode() for path in ("/2024/", "/2024/shown/")]

    assert not any("secret plan" in html or "later" in html for html in pages)


def test_notes_of_editors_are_never_shown(client, moe):
    make_full_paper(slug="shown", notes="An editor's secret", tags=[moe])

    for name in ARGUMENTS:
        assert b"secret" not in client.get(address(name)).content


def test_the_policy_forbids_everything_inline_on_every_answer(client, shown):
    paths = ["/", "/2024/", "/nope/", "/admin/login/", "/feed.atom", "/healthz"]

    policies = {client.get(path)["Content-Security-Policy"] for path in paths}

    assert policies == {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    }


def test_a_page_is_sent_compressed_to_who_can_read_it(client, shown):
    plain = client.get("/2024/")
    packed = client.get("/2024/", headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Vary"] == "Accept-Encoding"
    again = {"If-None-Match": packed["ETag"], "Accept-Encoding": "gzip"}
    assert client.get("/2024/", headers=again).status_code == 304


def test_a_broken_page_says_so_with_words(client, shown, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("papers.selectors.get_tags", lambda: 1 / 0)

    response = client.get("/tags/")

    assert response.status_code == 500
    assert "Something broke here." in response.content.decode()


def test_health_is_told_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readiness_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


def test_without_a_database_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(ContentVersion, "current", refuse)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"no database\n")


def refuse():
    raise OperationalError("The database is gone.")


def test_what_breaks_even_the_page_for_it_is_said_in_plain_words(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("papers.views.render", lambda *args, **kwargs: 1 / 0)

    response = client.get("/tags/")

    assert (response.status_code, response["Content-Type"]) == (500, "text/plain")
    assert response.content.startswith(b"Something broke here.")


def test_a_tag_of_drafts_alone_is_not_found(client):
    make_paper(tags=[make_tag("Ghost")], status=Status.DRAFT)

    assert client.get("/tags/ghost/").status_code == 404


def test_a_paper_without_an_arxiv_id_is_found_by_its_doi(client):
    paper = make_paper(arxiv_id="", doi="10.1000/xyz")

    html = client.get(paper.get_absolute_url()).content.decode()

    assert 'href="https://doi.org/10.1000/xyz"' in html


def test_a_robot_is_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text.splitlines()
