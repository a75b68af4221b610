"""Links for reviewers: what they show, to whom, and for how long."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import html5lib
import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.models import Paper, Status
from papers.previews import SALT, Expired, load_previewed, make_link
from tests.factories import make_full_paper, make_paper, make_review, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_full_paper(
        slug="not-yet", headline="Not yet", status=Status.DRAFT, tags=[make_tag("MoE")]
    )


@pytest.fixture
def go_to(monkeypatch):
    """Let it be another day."""

    def go(day):
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return go


def token_of(link):
    return link.removeprefix("/preview/").removesuffix("/")


def sign(value, salt=SALT):
    return f"/preview/{signing.dumps(value, salt=salt)}/"


@pytest.mark.parametrize("status", ["draft", "in review", "scheduled"])
def test_a_draft_is_seen_with_the_link_and_not_without(client, status):
    at = "2999-01-01T00:00Z" if status == "scheduled" else None
    paper = make_full_paper(headline="Not yet", status=status, publish_at=at)

    with_link = client.get(make_link(paper, days=7))
    without = client.get(paper.get_absolute_url())

    assert (with_link.status_code, without.status_code) == (200, 404)
    html = with_link.content.decode()
    assert "<h1>Not yet</h1>" in html
    assert "How it works." in html
    assert "Figure 1." in html


def test_the_page_says_what_it_is_and_until_when(client, draft, go_to):
    go_to("2026-11-26")

    html = client.get(make_link(draft, days=7)).content.decode()

    said = "A preview for reviewers, good until 3 December 2026. Not published."
    assert f'<p class="notice">{said}</p>' in html


def test_the_preview_of_a_published_entry_does_not_say_that_it_is_not(client):
    html = client.get(make_link(make_paper(), days=7)).content.decode()

    assert "A preview for reviewers" in html
    assert "Not published." not in html


def test_a_published_page_carries_no_word_of_previews(client):
    html = client.get(make_paper().get_absolute_url()).content.decode()

    assert "preview" not in html.lower()
    assert '<link rel="canonical"' in html
    assert "BibTeX" in html


def test_what_reviewers_get_is_kept_by_nobody_and_listed_nowhere(client, draft):
    response = client.get(make_link(draft, days=7))

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.has_header("ETag")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_preview_is_the_same_for_everyone(client, admin_client, draft):
    link = make_link(draft, days=7)

    assert admin_client.get(link).content == client.get(link).content


def test_nothing_in_a_preview_leads_machines_to_the_entrys_own_address(client, draft):
    html = client.get(make_link(draft, days=7)).content.decode()

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert tree.findall(".//link[@rel='canonical']") == []
    assert [
        m for m in tree.iter("meta") if m.get("property", "").startswith("og:")
    ] == []
    assert tree.findall(".//script[@type='application/ld+json']") == []
    links = [a.get("href") for a in tree.iter("a")]
    assert [link for link in links if link.startswith("/2024/not-yet")] == []
    assert "#figure-1" in links
    assert '<meta name="robots" content="noindex, nofollow">' in html


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-11-26", 200),
        ("2026-12-03", 200),
        ("2026-12-04", 410),
        ("2030-01-01", 410),
    ],
)
def test_a_link_is_good_to_the_end_of_its_last_day(client, draft, go_to, day, status):
    go_to("2026-11-26")
    link = make_link(draft, days=7)

    go_to(day)

    assert client.get(link).status_code == status


def test_an_expired_link_says_whom_to_ask_and_nothing_of_the_entry(
    client, draft, go_to
):
    go_to("2026-01-01")
    link = make_link(draft, days=1)
    go_to("2026-11-26")

    response = client.get(link)

    html = response.content.decode()
    assert response.status_code == 410
    assert "Ask the editor who sent it to you for a new one." in html
    assert "Not yet" not in html
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("days", [-1, 0, 31, 10_000])
def test_a_link_is_good_for_a_day_to_thirty(draft, days):
    with pytest.raises(ValueError, match="good for 1 to 30 days"):
        make_link(draft, days=days)


@pytest.mark.parametrize("days", [1, 30])
def test_the_last_day_is_so_many_days_from_now(draft, days):
    preview = load_previewed(token_of(make_link(draft, days=days)))

    assert preview.until == timezone.now().date() + timedelta(days=days)
    assert (preview.page.paper, preview.is_public) == (draft, False)


def test_a_link_of_the_past_raises_expired(draft):
    with pytest.raises(Expired):
        load_previewed(token_of(sign([draft.pk, "2020-01-01"])))


def test_a_deleted_entry_is_not_found(client, draft):
    link = make_link(draft, days=7)

    Paper.objects.get(pk=draft.pk).delete()

    assert client.get(link).status_code == 404


def test_a_link_of_another_key_is_none(client, draft, settings):
    link = make_link(draft, days=7)

    settings.SECRET_KEY = "another" * 10

    assert client.get(link).status_code == 404


def spoil(token):
    """A token that signs one thing and says another."""
    said, signature = token.split(":", 1)
    other = "A" if said[3] != "A" else "B"
    return f"{said[:3]}{other}{said[4:]}:{signature}"


SPOILT = {
    "one letter": spoil,
    "cut": lambda token: token[:-1],
    "longer": lambda token: f"{token}x",
    "other case": str.swapcase,
    "no signature": lambda token: token.split(":")[0],
    "colon": lambda token: ":",
    "colons": lambda token: "::",
    "letter": lambda token: "x",
    "10 kB": lambda token: "x" * 10_000,
    "10 kB after it": lambda token: token + "x" * 10_000,
    "said to be packed": lambda token: f".{token}",
    "markup": lambda token: "%3Cscript%3Ealert(1)",
    "markup with a slash": lambda token: "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "NUL": lambda token: "%00",
    "NUL after it": lambda token: f"{token}%00",
    "no UTF-8": lambda token: "%ff",
    "no ASCII": lambda token: "%F0%9F%8E%89:1:2",
    "a way up": lambda token: "../../admin",
    "template": lambda token: "{{ token }}",
}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT)
def test_what_we_did_not_sign_is_not_found(client, draft, change):
    token = change(token_of(make_link(draft, days=7)))

    response = client.get(f"/preview/{token}/")

    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()
    assert "Not yet" not in response.content.decode()


@pytest.mark.parametrize("salt", ["", "django.core.signing", "papers.preview"])
def test_a_link_that_was_signed_for_something_else_is_not_found(client, draft, salt):
    link = sign([draft.pk, "2999-01-01"], salt=salt)

    assert client.get(link).status_code == 404


def test_a_link_without_its_last_slash_leads_to_the_page(client, draft):
    link = make_link(draft, days=7)

    response = client.get(link.removesuffix("/"))

    assert (response.status_code, response["Location"]) == (301, link)


def test_head_answers_as_get_does_without_a_body(client, draft):
    link = make_link(draft, days=7)

    response = client.head(link)

    assert (response.status_code, response.content) == (200, b"")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_preview_answers_to_reading_only(client, draft, method):
    assert getattr(client, method)(make_link(draft, days=7)).status_code == 405


def test_a_preview_tells_nothing_of_other_drafts_and_of_notes(client):
    moe = make_tag("MoE")
    body = {"month": 1, "tags": [moe]}
    make_paper(headline="Secret", slug="secret", status=Status.DRAFT, **body)
    hidden = make_review(year=2023, status=Status.DRAFT)
    make_paper(headline="Secret too", review=hidden, **body)
    make_paper(headline="Shown", slug="shown", **body)
    draft = make_paper(headline="Not yet", status=Status.DRAFT, notes="Secret", **body)
    draft.sections.create(kind="technical", body="See [it](/2024/secret/).")

    page = client.get(make_link(draft, days=7))

    assert b"Secret" not in page.content
    assert [str(other.paper) for other in page.context["page"].related] == ["Shown"]
    assert (page.context["page"].previous, page.context["page"].next) == (None, None)


def test_no_public_page_and_no_robot_is_told_of_previews(client, draft):
    link = make_link(draft, days=7)

    sitemap = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own

    assert "Disallow: /preview/" in client.get("/robots.txt").content.decode().split(
        "\n"
    )
    assert not [node for node in sitemap.iter() if "preview" in (node.text or "")]
    assert link not in client.get("/").content.decode()


def test_the_pages_are_valid_html(client, draft, go_to):
    link = make_link(draft, days=7)
    good = client.get(link).content.decode()
    go_to("2999-01-01")
    expired = client.get(link).content.decode()

    for html in (good, expired):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree = parser.parse(html)
        assert len(tree.findall(".//h1")) == 1
        assert len(tree.findall(".//main")) == 1


def test_a_preview_costs_the_same_beside_one_entry_and_beside_three(client, draft):
    link, costs = make_link(draft, days=7), []

    for number in (1, 2):
        for _ in range(number):
            make_full_paper(tags=draft.topics)
        with CaptureQueriesContext(connection) as queries:
            client.get(link)
        costs.append(len(queries))

    assert costs[0] == costs[1]
