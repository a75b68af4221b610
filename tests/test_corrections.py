"""Corrections that readers propose, and what editors make of them."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import signing
from django.test import Client
from django.utils import timezone

from papers import corrections, drafts, publishing
from papers.amending import Changed, amend, find_part, find_passage, list_parts
from papers.documents.stored import read_paper
from papers.models import Allowance, Correction, Paper, Revision, Status
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    SectionDocument,
)
from tests.desk import READY, change, filled, filled_for
from tests.factories import make_claim, make_figure, make_full_paper, make_paper
from tests.processes import run_python

PENDING = "/admin/corrections/"


@pytest.fixture
def paper(review):
    return make_full_paper(
        slug="mixtral",
        headline="Eight experts",
        summary="It stores **46** billion parameters, and uses 13 billion.",
        venue="",
    )


def page_of(paper):
    return f"{paper.get_absolute_url()}correct/"


def token_for(paper, age=60):
    return signing.dumps([paper.pk, int(time.time()) - age], salt=corrections.SALT)


def written(paper, **words):
    """What a browser sends from the form of the summary."""
    sent = {
        "part": "summary",
        "token": token_for(paper),
        "now": "46",
        "should_be": "47",
        "why": "The paper says so.",
        "source": "https://arxiv.org/abs/2401.04088",
        "credit": "Ada Byron",
        "homepage": "",
    }
    return sent | words


def send(client, paper, address="192.0.2.1", **words):
    return client.post(page_of(paper), written(paper, **words), REMOTE_ADDR=address)


def make_correction(paper, **values):
    defaults = {
        "part": "summary",
        "label": "Summary",
        "now": "46",
        "should_be": "47",
        "why": "The paper says so.",
        "credit": "Ada Byron",
        "digest": f"{Correction.objects.count()}",
    }
    return Correction.objects.create(paper=paper, **(defaults | values))


def decide(client, correction, button="accept", **sent):
    address = f"{PENDING}{correction.pk}/"
    return client.post(address, {button: "1", **sent}, follow=True)


def said(response):
    return str([*response.context["messages"]][-1])


# The parts of an entry


ENTRY = PaperDocument(
    slug="mixtral",
    month=1,
    headline="Eight experts",
    title="Mixtral of Experts",
    authors="Ada Lovelace\nBo Li",
    summary="It has **46** billion\nparameters, 46 in all.",
    notes="Nobody may see this.",
    links=(LinkDocument(kind="pdf", label="", url="https://example.org/a.pdf"),),
    claims=(
        ClaimDocument(text="It has 47 B.", value="47 B", status="unverified"),
        ClaimDocument(text="It uses 13 B.", value="13 B", status="unverified"),
    ),
    figures=(
        FigureDocument(key="later", kind="image", wanted=True, note="Ask them."),
        FigureDocument(key="sizes", kind="table", content="A,B\n1,2", caption="Two."),
    ),
    sections=(
        SectionDocument(kind="technical", body="How it works."),
        SectionDocument(kind="historical", body=""),
        SectionDocument(kind="other", heading="Cost/use", body="What it costs."),
    ),
)


def test_the_parts_are_those_that_readers_see_under_their_names():
    labels = [part.label for part in list_parts(ENTRY)]

    assert labels == [
        "Headline",
        "Summary",
        "Authors",
        "Title of the paper",
        "Date of the paper",
        "Venue",
        "arXiv id",
        "DOI",
        "Link “PDF”",
        "Section “Technical context”",
        "Section “Cost/use”",
        "Figure 1",
        "Statement 1",
        "Statement 2",
    ]


def test_no_part_holds_what_readers_do_not_see():
    texts = " ".join(part.text for part in list_parts(ENTRY))

    assert "Nobody may see this." not in texts
    assert "Ask them." not in texts


def test_the_editors_notes_are_not_among_what_readers_see(paper):
    Paper.objects.update(notes="Nobody may see this.")

    words = corrections.read_words(Paper.objects.for_page().get(pk=paper.pk))

    assert "Nobody may see this." not in repr(words)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("billion\nparameters", "billion\nparameters"),
        ("billion parameters", "billion\nparameters"),
        ("  46 billion parameters ", "**46** billion\nparameters"),
        ("46 in all", "46 in all"),
    ],
)
def test_a_passage_is_found_as_the_page_shows_it(words, found):
    assert find_passage(find_part(ENTRY, "summary"), words) == found


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("46", "stand there 2 times"),
        ("48 billion", "do not stand there"),
        ("***", "do not stand there"),
        ("", "do not stand there"),
    ],
)
def test_words_that_name_no_single_passage_are_refused(words, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        find_passage(find_part(ENTRY, "summary"), words)


def test_a_passage_that_cuts_emphasis_in_two_is_refused():
    part = find_part(
        PaperDocument(slug="x", month=1, summary="**Two words** x"), "summary"
    )

    assert find_passage(part, "Two words x") == "**Two words** x"
    with pytest.raises(ValueError, match="do not stand there"):
        find_passage(part, "words x")


def test_a_passage_of_each_part_can_be_amended():
    document = amend(ENTRY, "sections/other/Cost/use", "costs", "cost")
    document = amend(document, "figures/sizes", "1,2", "1,3")
    document = amend(document, "title", "Mixtral of Experts", "Mixtral")
    document = amend(document, "venue", "", "ICML 2024")
    key = list_parts(document)[-1].key
    document = amend(document, key, "13 B.", "14 B.")

    assert document.sections[2].body == "What it cost."
    assert document.figures[1].content == "A,B\n1,3"
    assert (document.title, document.venue) == ("Mixtral", "ICML 2024")
    assert [claim.text for claim in document.claims] == [
        "It has 47 B.",
        "It uses 14 B.",
    ]
    assert document.claims[1].value == "13 B"


@pytest.mark.parametrize(
    ("key", "now", "says"),
    [
        ("summary", "48", ENTRY.summary),
        ("summary", "46", ENTRY.summary),
        ("title", "Mixtral", "Mixtral of Experts"),
        ("venue", "ICML", ""),
        ("links/0", "https://example.org/a.pdf", ""),
    ],
)
def test_what_has_changed_meanwhile_is_not_amended(key, now, says):
    with pytest.raises(Changed) as changed:
        amend(ENTRY, key, now, "else")

    assert changed.value.text == says


def test_a_claim_is_found_again_when_others_come_before_it():
    key = find_part(ENTRY, list_parts(ENTRY)[-1].key).key
    others = (ClaimDocument(text="New.", status="unverified"), *ENTRY.claims)

    document = amend(
        PaperDocument(slug="x", month=1, claims=others), key, "13 B.", "14."
    )

    assert [claim.text for claim in document.claims][1:] == [
        "It has 47 B.",
        "It uses 14.",
    ]


# What a reader meets


def test_an_entry_leads_to_its_page_of_corrections(client, paper):
    html = client.get(paper.get_absolute_url()).content.decode()

    assert f'<a href="{page_of(paper)}" rel="nofollow">Propose a correction</a>' in html


def test_each_part_of_the_page_leads_to_a_form(client, paper):
    html = client.get(page_of(paper)).content.decode()

    links = re.findall(r'href="(\?part=[^"]+)"', html)
    assert len(links) == len(list_parts(corrections.read_words(get_shown(paper))))
    for link in links:
        form = client.get(page_of(paper) + link)
        assert (form.status_code, b"<form" in form.content) == (200, True)


def get_shown(paper):
    return Paper.objects.for_page().get(pk=paper.pk)


def test_the_words_of_an_entry_are_the_same_with_pictures_and_without(paper):
    assert list_parts(corrections.read_words(get_shown(paper))) == list_parts(
        read_paper(paper)
    )


def test_the_form_of_a_value_holds_what_the_entry_says(client, paper):
    html = client.get(f"{page_of(paper)}?part=headline").content.decode()

    assert '<p class="said">Eight experts</p>' in html
    assert 'name="should_be" value="Eight experts"' in html


def test_the_page_is_for_no_cache_no_search_engine_and_sets_no_cookie(client, paper):
    for response in (
        client.get(page_of(paper)),
        client.get(f"{page_of(paper)}?part=summary"),
        send(client, paper),
        send(client, paper, why=""),
    ):
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")
    assert "correct" not in client.get("/sitemap.xml").content.decode()


def test_an_editor_sees_the_page_that_everyone_sees(client, admin_client, paper):
    def page(by):
        html = by.get(f"{page_of(paper)}?part=summary").content.decode()
        return re.sub(r'name="token" value="[^"]+"', "", html)

    assert page(client) == page(admin_client)


def test_a_proposal_is_kept_and_the_reader_is_thanked(client, paper):
    response = send(client, paper)

    assert response.status_code == 302
    thanks = client.get(response.url)
    assert thanks.status_code == 200
    assert b"Thank you" in thanks.content
    kept = Correction.objects.get()
    assert (kept.part, kept.label, kept.status) == ("summary", "Summary", "pending")
    assert (kept.now, kept.should_be) == ("46", "47")
    assert (kept.why, kept.credit) == ("The paper says so.", "Ada Byron")
    assert kept.source == "https://arxiv.org/abs/2401.04088"


def test_a_proposal_changes_nothing_that_readers_see(client, paper):
    before = client.get(paper.get_absolute_url())

    send(client, paper)

    after = client.get(paper.get_absolute_url())
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        ({"now": "48 billion"}, "now", "do not stand there"),
        ({"now": "billion"}, "now", "stand there 2 times"),
        ({"now": ""}, "now", "Copy the words"),
        ({"should_be": " "}, "should_be", "Say what it should be"),
        ({"now": "uses 13", "should_be": "uses 13"}, "should_be", "already"),
        ({"should_be": "x" * 4001}, "should_be", "at most 4000"),
        ({"why": ""}, "why", "in a sentence why"),
        ({"why": "x" * 2001}, "why", "at most 2000"),
        ({"source": "x" * 501}, "source", "at most 500"),
        ({"credit": "x" * 101}, "credit", "at most 100"),
        ({"credit": "A\0da"}, "credit", "Null characters"),
        ({"homepage": "https://spam.example"}, "homepage", "stay empty"),
        ({"part": "headline", "now": "Nine experts"}, "now", "something else by now"),
        ({"part": "headline", "should_be": "x" * 501}, "should_be", "at most 500"),
        ({"part": "date", "should_be": "last May"}, "should_be", "last May"),
        ({"part": "arxiv_id", "should_be": "not an id"}, "should_be", "not an id"),
        ({"part": "doi", "should_be": "not a doi"}, "should_be", "not a doi"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_stays(
    client, paper, words, field, reason
):
    current = find_part(read_paper(paper), words.get("part", "summary"))
    sent = ({"now": current.text} if current.is_whole else {}) | words

    response = send(client, paper, **sent)

    html = response.content.decode()
    assert response.status_code == 422
    assert [*response.context["form"].errors] == [field]
    assert reason in response.context["form"].errors[field][0]
    assert "What you wrote is still here." in html
    for name in {"should_be", "why", "source", "credit"} - {field}:
        assert response.context["form"][name].value() in html
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org", "x"])
def test_a_link_can_only_become_an_address_of_the_web(client, paper, address):
    link = next(p for p in list_parts(read_paper(paper)) if p.key.startswith("links/"))

    response = send(client, paper, part=link.key, now=link.text, should_be=address)

    assert [*response.context["form"].errors] == ["should_be"]


def test_words_for_a_part_that_is_gone_are_shown_to_copy(client, paper):
    response = send(client, paper, part="claims/gone", why="My <b>long</b> reason")

    assert response.status_code == 409
    assert "My &lt;b&gt;long&lt;/b&gt; reason" in response.content.decode()
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_draft_has_no_such_page(client, paper, status):
    Paper.objects.update(status=status)

    answers = [client.get(page_of(paper)), send(client, paper)]
    answers.append(client.get(f"{page_of(paper)}thanks/"))

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Correction.objects.count() == 0


def test_a_scheduled_entry_has_no_such_page(client, paper):
    tomorrow = timezone.now() + timedelta(days=1)
    Paper.objects.update(status=Status.SCHEDULED, publish_at=tomorrow)

    assert client.get(page_of(paper)).status_code == 404


def test_an_entry_of_a_review_that_is_no_more_public_has_no_such_page(client, paper):
    paper.review.status = Status.DRAFT
    paper.review.save()

    assert send(client, paper).status_code == 404


def test_the_page_of_a_withdrawn_entry_says_why(client, paper):
    publishing.withdraw(paper, "It was retracted.")

    for response in (client.get(page_of(paper)), send(client, paper)):
        assert response.status_code == 410
        assert b"It was retracted." in response.content


def test_a_former_address_leads_on_with_what_was_written(client, paper):
    old, sent = page_of(paper), written(paper)
    paper.slug = "mixtral-of-experts"
    paper.save()

    response = client.post(old, sent, follow=True)

    assert response.redirect_chain[0] == ("/2024/mixtral-of-experts/correct/", 307)
    assert Correction.objects.count() == 1
    assert client.get(f"{old}?part=title").url == f"{page_of(paper)}?part=title"
    assert client.get(f"{old}thanks/").url == f"{page_of(paper)}thanks/"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_the_page_answers_to_reading_and_sending_only(client, paper, method):
    assert getattr(client, method)(page_of(paper)).status_code == 405


HOSTILE = [
    {"part": "\0"},
    {"part": "x" * 10_000},
    {"token": "x" * 10_000},
    {"token": "\0"},
    {"now": "\0"},
    {"should_be": "\ud83d".encode("utf-8", "replace").decode()},
    {"credit": "\u202egnp.exe\u200b"},
    {"source": "http://[broken"},
    {"now": "(((((" * 500},
    {"now": "a " * 2000},
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_the_page(client, paper, words):
    assert send(client, paper, **words).status_code in {302, 409, 422}


def test_a_body_that_is_no_form_breaks_nothing(client, paper):
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "text/x"):
        response = client.post(page_of(paper), b"\xff\xfe%00=", content_type=kind)
        assert response.status_code in {200, 400, 409}


# What keeps machines away


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (lambda paper: "", "open for too long"),
        (lambda paper: "made:up", "open for too long"),
        (lambda paper: token_for(paper, age=0), "quicker than anybody"),
        (lambda paper: token_for(paper, age=86_500), "open for too long"),
        (lambda paper: token_for(make_paper()), "open for too long"),
        (lambda paper: signing.dumps([paper.pk, 0], salt="other"), "open for too long"),
    ],
    ids=["none", "made up", "too fresh", "too old", "another entry's", "another use's"],
)
def test_a_form_that_was_not_asked_for_or_not_read_is_not_taken(
    client, paper, token, reason
):
    response = send(client, paper, token=token(paper))

    assert response.status_code == 422
    assert reason in response.context["form"].non_field_errors()[0]
    assert Correction.objects.count() == 0


def test_who_was_too_quick_sends_the_same_form_again(client, paper):
    early = token_for(paper, age=0)

    html = send(client, paper, token=early).content.decode()

    assert f'name="token" value="{early}"' in html


def test_who_took_too_long_gets_a_form_that_will_do(client, paper):
    response = send(client, paper, token=token_for(paper, age=90_000))

    with pytest.raises(ValueError, match="quicker"):  # And in two seconds it is good.
        corrections.check_token(response.context["token"], paper)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://testserver", 302),
        ("https://testserver", 302),
        ("https://evil.example", 422),
        ("null", 422),
        ("http://[", 422),
    ],
)
def test_no_other_site_sends_a_form_for_its_visitors(client, paper, origin, status):
    sent = written(paper)

    response = client.post(page_of(paper), sent, headers={"Origin": origin})

    assert response.status_code == status


def propose_many(client, paper, count, **values):
    return [
        send(client, paper, should_be=f"47{number}", **values).status_code
        for number in range(count)
    ]


def test_one_network_sends_six_proposals_an_hour(client, paper):
    assert propose_many(client, paper, 8) == [302] * 6 + [429] * 2
    assert Correction.objects.count() == 6
    assert send(client, paper, address="192.0.2.2").status_code == 302


def test_who_sends_too_many_is_told_when_to_try_again_and_loses_nothing(client, paper):
    propose_many(client, paper, 6)

    response = send(client, paper, why="What I <found> out")

    until = timezone.now().replace(minute=0, second=0, microsecond=0)
    until += timedelta(hours=1)
    html = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3601
    assert f"{until:%-d %B %Y, %H:%M} UTC" in html
    assert "What I &lt;found&gt; out" in html


def test_the_next_hour_starts_anew_and_forgets_the_last(client, paper):
    propose_many(client, paper, 7)
    past = timezone.now() - timedelta(minutes=1)
    Allowance.objects.filter(key__startswith="network").update(until=past)

    response = send(client, paper)

    assert response.status_code == 302
    networks = Allowance.objects.filter(key__startswith="network")
    assert [allowance.used for allowance in networks] == [1]


@pytest.mark.parametrize("place", ["the page", "the list"])
def test_an_old_count_is_forgotten_without_another_proposal(
    client, admin_client, paper, place
):
    send(client, paper)
    Allowance.objects.update(until=timezone.now() - timedelta(minutes=1))

    if place == "the page":
        client.get(page_of(paper))
    else:
        admin_client.get(PENDING)

    assert Allowance.objects.count() == 0


def test_a_browser_without_a_cookie_can_send_the_form(paper):
    strict = Client(enforce_csrf_checks=True)

    assert send(strict, paper).status_code == 302


def test_no_address_is_kept(client, paper):
    send(client, paper, address="203.0.113.77")

    rows = [*Allowance.objects.values_list("key", flat=True)]
    rows += [str(row) for row in Correction.objects.values()]
    assert "203.0.113" not in " ".join(rows)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 302),
        ("192.0.2.1", "::ffff:192.0.2.1", 429),
        ("", "unix:", 429),
    ],
)
def test_an_address_counts_with_its_network(client, paper, first, second, status):
    propose_many(client, paper, 6, address=first)

    assert send(client, paper, address=second).status_code == status


def forwarded(client, paper, number, chain):
    sent = written(paper, should_be=f"47{number}")
    headers = {"X-Forwarded-For": chain}
    return client.post(page_of(paper), sent, headers=headers).status_code


def test_a_header_that_anybody_can_send_is_not_believed(client, paper):
    answers = [forwarded(client, paper, n, f"192.0.2.{n}") for n in range(7)]

    assert answers == [302] * 6 + [429]


def test_behind_a_proxy_the_address_that_it_wrote_last_counts(client, paper, settings):
    settings.BEHIND_PROXY = True

    same = [forwarded(client, paper, n, f"10.0.0.{n}, 192.0.2.1") for n in range(7)]
    other = forwarded(client, paper, 8, "192.0.2.1, 192.0.2.2")

    assert (same, other) == ([302] * 6 + [429], 302)


def test_an_entry_has_twenty_proposals_waiting_at_most(client, paper):
    for number in range(20):
        make_correction(paper, digest=str(number))

    assert send(client, paper).status_code == 429
    assert send(client, make_paper(summary="It has 46.")).status_code == 302
    Correction.objects.filter(digest="3").update(
        status="declined", decided_at=timezone.now()
    )
    assert send(client, paper).status_code == 302


def test_the_site_takes_two_hundred_proposals_a_day(client, paper):
    send(client, paper)
    Allowance.objects.filter(key__startswith="site").update(used=200)

    response = send(client, paper, should_be="470")

    assert response.status_code == 429
    assert int(response["Retry-After"]) <= 86_401
    assert Correction.objects.count() == 1


def test_a_proposal_that_waits_already_is_counted_and_not_kept_twice(client, paper):
    send(client, paper)
    send(client, paper, address="192.0.2.9", credit="Somebody else")

    kept = Correction.objects.get()
    assert (kept.times, kept.credit) == (2, "Ada Byron")


def test_what_was_declined_can_be_proposed_again(client, paper, admin_client):
    send(client, paper)
    decide(admin_client, Correction.objects.get(), "decline")

    send(client, paper)

    assert Correction.objects.pending().count() == 1


MANY_AT_ONCE = """
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from papers import corrections
from papers.amending import find_part
from papers.documents.stored import read_paper
from papers.models import Correction
from tests.factories import make_paper

paper = make_paper(summary="It has 46.")
part = find_part(read_paper(paper), "summary")

def propose(number):
    words = {"part": part, "now": "46", "should_be": f"47{number}", "why": "So."}
    try:
        corrections.propose(paper, corrections.Proposal(**words), network="192.0.2.1")
    except corrections.TooMany:
        return False
    finally:
        connection.close()
    return True

with ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(propose, range(16))), Correction.objects.count())
"""


def test_the_limits_hold_for_many_who_send_at_once(tmp_path):
    assert run_python(MANY_AT_ONCE, tmp_path) == "6 6"


# What an editor does with it


def test_the_board_counts_what_waits_and_leads_to_it(client, admin_client, paper):
    assert b"proposed by readers" not in admin_client.get("/admin/").content
    send(client, paper)

    html = admin_client.get("/admin/").content.decode()

    assert f'<a href="{PENDING}"><b>1 correction</b> proposed by readers</a>' in html


def test_the_list_shows_each_proposal_word_by_word(client, admin_client, paper):
    send(client, paper, now="uses 13 billion", should_be="uses 12 billion")

    html = admin_client.get(PENDING).content.decode()

    assert re.findall(r"<(?:ins|del)><span[^>]*>\w+: </span>(\w+)<", html) == [
        "13",
        "12",
    ]
    for words in ("Eight experts", "Summary", "The paper says so.", "Ada Byron"):
        assert words in html
    assert 'href="https://arxiv.org/abs/2401.04088" rel="nofollow ugc' in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(
    admin_client, paper, django_assert_num_queries, count
):
    for _ in range(count):
        make_correction(make_paper(summary="It has 46."))

    with django_assert_num_queries(5):
        admin_client.get(PENDING)


def test_a_long_list_says_how_many_more_there_are(admin_client, paper):
    for number in range(53):
        make_correction(paper, digest=str(number))

    assert b"3 more come when" in admin_client.get(PENDING).content


def test_the_form_of_an_entry_shows_what_is_proposed_for_it(admin_client, paper):
    make_correction(paper)
    make_correction(paper, part="headline", now="Nine", label="Headline")
    make_correction(make_paper(), why="About another entry.")

    html = admin_client.get(change(paper)).content.decode()

    assert "<summary>Proposed by readers (2)</summary>" in html
    assert html.count(">Accept</button>") == 1
    assert html.count(">I have made the change</button>") == 1
    assert "About another entry." not in html


def test_one_click_corrects_the_entry_and_publishes_it(client, admin_client, paper):
    send(client, paper)

    response = decide(admin_client, Correction.objects.get())

    assert said(response) == "Accepted and published: readers see it now."
    html = client.get(paper.get_absolute_url()).content.decode()
    assert "It stores <strong>47</strong> billion parameters" in html
    today = timezone.now().date()
    assert (
        f'Corrected thanks to <bdi>Ada Byron</bdi>, <time datetime="{today}">'
        f"{today:%-d %B %Y}</time>: Summary."
    ) in html
    newest = paper.revisions.first()
    assert newest.made_by == User.objects.get(username="admin")
    assert newest.kind == Revision.Kind.PUBLISHED
    assert newest.note == "Summary, corrected by Ada Byron"
    assert admin_client.get(PENDING).context["rows"] == []


def test_a_reader_without_a_name_is_not_named(client, admin_client, paper):
    send(client, paper, credit="")

    decide(admin_client, Correction.objects.get())

    html = client.get(paper.get_absolute_url()).content.decode()
    assert "It stores <strong>47</strong> billion parameters" in html
    assert "Corrected thanks" not in html


def test_what_waits_in_the_entry_is_not_published_with_it(client, admin_client, paper):
    form = filled_for(paper, headline="Not public yet", _save="1")
    admin_client.post(change(paper), form)
    send(client, paper)

    response = decide(admin_client, Correction.objects.get())

    assert (
        said(response)
        == "Accepted and saved. Readers see it when the entry is published."
    )
    html = client.get(paper.get_absolute_url()).content.decode()
    assert "Not public yet" not in html
    assert "<strong>46</strong>" in html
    assert "Corrected thanks" not in html
    working = drafts.get_working(paper).document
    assert working.headline == "Not public yet"
    assert (
        working.summary == "It stores **47** billion parameters, and uses 13 billion."
    )

    publishing.publish(Paper.objects.get(pk=paper.pk))

    html = client.get(paper.get_absolute_url()).content.decode()
    assert "Corrected thanks to <bdi>Ada Byron</bdi>" in html


def member(client, role):
    user = User.objects.create_user(role, password="x", is_staff=True)  # noqa: S106
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def test_an_editor_who_may_not_publish_saves_it_for_those_who_may(client, paper):
    correction = make_correction(paper)

    response = decide(member(client, "Editor"), correction)

    assert (
        said(response)
        == "Accepted and saved. Readers see it when the entry is published."
    )
    paper.refresh_from_db()
    assert "46" in paper.summary
    assert "47" in drafts.get_working(paper).document.summary


def test_a_contributor_sees_what_waits_and_decides_on_nothing(client, paper):
    correction = make_correction(paper)
    member(client, "Contributor")

    html = client.get(PENDING).content.decode()

    assert "The paper says so." in html
    assert "Accept</button>" not in html
    for button in ("accept", "decline", "done"):
        assert decide(client, correction, button).status_code == 403
    assert Correction.objects.pending().count() == 1


def test_a_stranger_sees_and_decides_nothing(client, paper):
    correction = make_correction(paper, why="For editors only.")

    for response in (client.get(PENDING, follow=True), decide(client, correction)):
        assert response.redirect_chain[0][0].startswith("/admin/login/")
        assert b"For editors only." not in response.content
    assert Correction.objects.pending().count() == 1


def test_someone_without_a_role_sees_nothing(client, paper):
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    assert client.get(PENDING).status_code == 403


def test_the_gate_is_not_opened_by_a_correction(client, admin_client, paper):
    link = make_correction(
        paper, part="authors", label="Authors", now="Ada Lovelace", should_be="{"
    )

    response = decide(admin_client, link)

    assert said(response).startswith("Accepted and saved, but not ready")
    html = client.get(paper.get_absolute_url()).content.decode()
    assert "Ada Lovelace" in html
    assert "Corrected thanks" not in html
    assert drafts.get_working(paper).document.authors == "{"


def test_who_writes_in_the_entry_meanwhile_is_told(client, admin_client, paper):
    colleague = User.objects.create_superuser("colleague")
    token = drafts.get_working(paper).token

    decide(admin_client, make_correction(paper, now="**46**"))

    mine = drafts.get_working(paper).document
    with pytest.raises(drafts.Conflict):
        drafts.save(paper, mine, by=colleague, token=token)


def test_words_that_a_colleague_is_writing_stay_in_the_history(admin_client, paper):
    colleague = User.objects.create_superuser("colleague")
    correction = make_correction(paper, part="headline", now="Eight experts")
    writing = drafts.get_working(paper)
    document = read_paper(paper).__class__(**vars(writing.document) | {"venue": "ICML"})
    kind = Revision.Kind.AUTOSAVED
    drafts.save(paper, document, by=colleague, token=writing.token, kind=kind)

    decide(admin_client, correction)

    newest, kept = paper.revisions.all()[:2]
    assert (newest.document["headline"], newest.document["venue"]) == ("47", "ICML")
    assert (kept.document["headline"], kept.kind) == ("Eight experts", kind)
    paper.refresh_from_db()
    assert paper.venue == ""


def test_a_passage_that_has_changed_opens_the_form_with_both(admin_client, paper):
    correction = make_correction(paper, now="the old words", should_be="the new words")

    response = decide(admin_client, correction)

    html = response.content.decode()
    assert response.redirect_chain[0][0] == f"{change(paper)}?proposed=1"
    assert "The words have changed meanwhile" in said(response)
    assert (
        '<details class="proposed" id="proposed" open tabindex="-1" autofocus>' in html
    )
    assert "added: </span>new" in html
    assert "It stores **46** billion parameters" in html
    assert Correction.objects.pending().count() == 1
    assert "46" in drafts.get_working(paper).document.summary


def test_a_change_that_an_editor_made_by_hand_is_credited(client, admin_client, paper):
    correction = make_correction(paper, now="the old words")
    etag = client.get(paper.get_absolute_url())["ETag"]
    admin_client.post(change(paper), filled_for(paper, _publish="1"))

    decide(admin_client, correction, "done")

    page = client.get(paper.get_absolute_url())
    assert b"Corrected thanks to <bdi>Ada Byron</bdi>" in page.content
    assert page["ETag"] != etag


def test_crediting_refreshes_the_page_in_every_cache(client, admin_client, paper):
    admin_client.post(change(paper), filled_for(paper, _publish="1"))
    etag = client.get(paper.get_absolute_url())["ETag"]

    decide(admin_client, make_correction(paper, now="gone"), "done")

    headers = {"If-None-Match": etag}
    assert client.get(paper.get_absolute_url(), headers=headers).status_code == 200


def test_declining_leaves_the_entry_and_keeps_the_note(client, admin_client, paper):
    correction = make_correction(paper)

    response = decide(
        admin_client, correction, "decline", note="It is 46.\0", at_entry="1"
    )

    assert response.redirect_chain[0][0] == change(paper)
    correction.refresh_from_db()
    assert (correction.status, correction.note) == ("declined", "It is 46.")
    assert correction.decided_by.username == "admin"
    assert "46" in drafts.get_working(paper).document.summary
    assert b"Corrected thanks" not in client.get(paper.get_absolute_url()).content


def test_the_second_to_decide_is_told_that_it_is_done(admin_client, paper):
    correction = make_correction(paper)
    decide(admin_client, correction, "decline")

    response = decide(admin_client, correction)

    assert said(response) == "Somebody has decided on this already."
    assert "46" in drafts.get_working(paper).document.summary
    with pytest.raises(corrections.Decided):
        corrections.accept(correction.pk, by=None)


def test_deciding_needs_a_press_of_the_button(admin_client, paper):
    correction = make_correction(paper)

    assert admin_client.get(f"{PENDING}{correction.pk}/").status_code == 405


SCRIPT = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) \"'&"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; **bold** [x](javascript:alert(1))"


def test_what_a_reader_wrote_is_never_markup_for_an_editor(client, admin_client, paper):
    words = dict.fromkeys(("should_be", "why", "source"), SCRIPT)
    send(client, paper, **words, credit="<script>alert(1)</script>")

    for address in (PENDING, f"{change(paper)}?proposed=1"):
        html = admin_client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<strong>bold" not in html
        assert 'href="javascript' not in html
        assert html.count(ESCAPED) >= 2


def test_what_a_reader_wrote_is_never_markup_for_readers(client, admin_client, paper):
    credit = "<b>Ada</b> https://spam.example \u202eadA"
    send(client, paper, credit=credit, source="javascript:alert(1)")

    decide(admin_client, Correction.objects.get())

    html = client.get(paper.get_absolute_url()).content.decode()
    assert "<bdi>&lt;b&gt;Ada&lt;/b&gt; https://spam.example adA</bdi>" in html
    assert 'href="https://spam.example' not in html
    assert "javascript:" not in html


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("Table 5", ""),
        ("https://example.org see table 5", ""),
        ("javascript:alert(1)//https://x", ""),
        ('https://x"onclick=', ""),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(source, address):
    assert Correction(source=source).address == address


def test_a_source_is_a_link_that_no_search_engine_counts(client, admin_client, paper):
    send(client, paper, source="https://example.org/table?a=1&b=2")

    decide(admin_client, Correction.objects.get())

    html = client.get(paper.get_absolute_url()).content.decode()
    assert (
        '<a href="https://example.org/table?a=1&amp;b=2" '
        'rel="nofollow ugc noopener noreferrer">Source</a>'
    ) in html


def test_a_proposal_outlives_the_headline_and_not_the_entry(
    client, admin_client, paper
):
    send(client, paper)
    admin_client.post(
        change(paper), filled_for(paper, headline="Another", _publish="1")
    )
    assert Correction.objects.pending().count() == 1

    admin_client.post(f"/admin/papers/paper/{paper.pk}/delete/", {"post": "yes"})

    assert Paper.objects.count() == 0
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("kind", ["figure", "claim"])
def test_figures_and_statements_are_corrected_in_one_click(
    client, admin_client, paper, kind
):
    make_figure(paper=paper, key="sizes", content="Model,Size\nMixtral,46")
    make_claim(paper=paper, text="It needs 90 GB.", value="90 GB")
    parts = {
        part.text: part for part in list_parts(corrections.read_words(get_shown(paper)))
    }
    wanted = "Mixtral,46" if kind == "figure" else "needs 90"
    part = next(part for text, part in parts.items() if wanted in text)
    send(client, paper, part=part.key, now=wanted, should_be=wanted[:-2] + "94")

    decide(admin_client, Correction.objects.get())

    html = client.get(paper.get_absolute_url()).content.decode()
    assert ">94<" in html if kind == "figure" else "It needs 94 GB." in html


def test_a_whole_value_is_corrected_as_the_entry_keeps_it(client, admin_client, paper):
    sent = {"part": "doi", "now": "", "should_be": "https://doi.org/10.1000/ABC"}
    send(client, paper, **sent)

    decide(admin_client, Correction.objects.get())

    paper.refresh_from_db()
    assert paper.doi == "10.1000/abc"


def test_an_entry_that_the_desk_made_is_corrected_too(client, admin_client, review):
    admin_client.post(
        "/admin/papers/paper/add/",
        filled(**READY, review="2024", month="1", _publish="1"),
    )
    paper = Paper.objects.get()
    send(client, paper, now="sparse", should_be="dense")

    response = decide(admin_client, Correction.objects.get())

    assert said(response) == "Accepted and published: readers see it now."
    assert b"dense" in client.get(paper.get_absolute_url()).content
