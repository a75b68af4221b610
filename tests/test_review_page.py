"""A review at a glance, and whole: its deeper dives come when they are asked for."""

import pytest

from papers.models import Status
from tests.factories import make_full_paper, make_paper, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def moe():
    return make_tag("MoE")


@pytest.fixture
def shown(moe):
    return make_full_paper(slug="shown", headline="Shown", tags=[moe])


TEXT = "How it works."


def test_a_review_says_what_each_deeper_dive_holds_and_where_to_read_it(client, shown):
    html = client.get("/2024/").content.decode()

    assert TEXT not in html
    for anchor, title in (("technical", "Technical context"), ("figures", "Figures")):
        row = (
            f'<li id="shown-{anchor}"><a href="/2024/shown/#{anchor}">{title}</a></li>'
        )
        assert row in html


@pytest.mark.parametrize("path", ["/", "/2024/"])
def test_the_whole_review_holds_every_deeper_dive(client, shown, path):
    html = client.get(f"{path}?whole=yes").content.decode()

    assert TEXT in html
    assert '<h4 id="shown-technical">Technical context</h4>' in html
    assert '<sup class="footnote-ref">' in html
    assert 'href="#shown-figure-1">Figure 1.</a>' in html
    assert 'class="outline"' not in html


def test_a_review_leads_to_itself_on_one_page(client, shown):
    assert '<a href="/2024/?whole=yes">2024 on one page</a>' in get(client, "/2024/")


def get(client, url):
    return client.get(url).content.decode()


def test_a_choice_of_a_review_may_be_whole_too(client, shown):
    make_full_paper(headline="Other", tags=[make_tag("LLM")])

    html = get(client, "/2024/?tag=moe&whole=yes")

    assert html.count(TEXT) == 1
    assert "Other" not in html


def test_a_month_holds_its_deeper_dives(client, shown):
    assert TEXT in get(client, "/2024/01/")


def test_the_whole_review_shows_nothing_that_is_not_published(client, shown, moe):
    make_full_paper(headline="Secret", tags=[moe], status=Status.DRAFT)

    html = get(client, "/2024/?whole=yes")

    assert "Secret" not in html
    assert html.count(TEXT) == 1


def test_the_whole_review_costs_no_query_more(client, shown, django_assert_num_queries):
    make_full_paper(month=2)

    with django_assert_num_queries(11):
        client.get("/2024/?whole=yes")


def test_a_long_review_is_never_on_one_page(client):
    for number in range(51):
        make_paper(month=number % 12 + 1, tags=[])
    paper = make_full_paper(month=3)

    html = get(client, "/2024/?whole=yes")

    assert TEXT not in html
    assert "2024 on one page" not in html
    assert paper.get_absolute_url() in html


def test_a_long_choice_shows_cards_without_folds(client, moe):
    for number in range(51):
        make_full_paper(month=number % 12 + 1, tags=[moe])

    html = get(client, "/2024/?tag=moe&whole=yes")

    assert html.count("What it found.") == 51
    assert "<details" not in html
