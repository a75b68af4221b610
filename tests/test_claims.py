"""Claims marked in the text: [47 billion](claim:size) leads to where it is from."""

from dataclasses import replace

import pytest

from papers.checks import check_paper
from papers.documents.entry import write_entry
from papers.documents.folder import read_files
from papers.documents.folder_writer import write_files
from papers.documents.stored import read_paper, read_review
from papers.models import Claim, Paper, SearchDocument, Status
from papers.rendering import render_preview
from papers.values import ClaimDocument
from tests.desk import add_row, change, filled_for
from tests.entries import make_entry
from tests.factories import make_claim, make_paper, make_section

pytestmark = pytest.mark.django_db

SIZE = {
    "key": "size",
    "text": "It has 47 billion",
    "source": "arXiv:1",
    "place": "p. 2",
}


@pytest.fixture
def paper(review):
    paper = make_paper(
        review=review,
        slug="mixtral",
        status=Status.PUBLISHED,
        summary="It stores [47 *billion*](claim:size) of them.",
        impact="It has [47 billion](claim:size).",
    )
    make_section(
        paper=paper, kind="technical", body="So [47 billion](claim:size) it is."
    )
    make_claim(paper=paper, text="Another", status="unverified", source="", position=0)
    make_claim(paper=paper, **SIZE, status="confirmed", position=1)
    paper.settle()
    return Paper.objects.get(pk=paper.pk)


MARK = (
    '<a class="claim" href="/2024/mixtral/#claim-2" title="Confirmed: arXiv:1, p. 2">{}'
    '<sup class="claim-ref">2</sup></a>'
)


def test_marked_words_lead_to_their_row_with_status_and_source(client, paper):
    page = client.get("/2024/mixtral/").content.decode()

    assert MARK.format("47 <em>billion</em>") in page
    assert page.count(MARK.format("47 billion")) == 2
    assert '<tr id="claim-2">' in page


def test_on_other_pages_the_mark_leads_to_the_entry(client, paper):
    assert MARK.format("47 <em>billion</em>") in client.get("/2024/").content.decode()


def test_a_claim_that_is_not_confirmed_is_marked_as_open(paper):
    Claim.objects.filter(key="size").update(status="contradicted")

    paper.settle()

    assert 'class="claim open"' in paper.sections.get().body_html
    assert 'title="Contradicted: arXiv:1, p. 2"' in paper.summary_html
    assert Paper.objects.get().summary_html == paper.summary_html


def test_a_mark_keeps_its_claim_when_claims_change_places(client, paper):
    document = read_paper(paper)
    turned = replace(document, claims=document.claims[::-1])

    write_entry(turned, paper)

    page = client.get("/2024/mixtral/").content.decode()
    assert page.count('href="/2024/mixtral/#claim-1"') == 3
    assert 'href="/2024/mixtral/#claim-2"' not in page


def test_words_marked_as_a_claim_that_is_none_stay_words(paper):
    Claim.objects.filter(key="size").delete()

    paper.settle()

    assert "claim" not in paper.summary_html
    assert "47 <em>billion</em>" in paper.summary_html


def test_what_an_editor_writes_as_a_source_is_text(paper):
    source = '"><script>alert(1)</script>'
    Claim.objects.filter(key="size").update(source=source, place="")

    paper.settle()

    assert "<script>" not in paper.summary_html
    assert "&lt;script&gt;" in paper.summary_html


def test_the_number_of_a_claim_is_no_word_to_search(paper):
    body = SearchDocument.objects.get(paper=paper).body

    assert "So 47 billion it is." in body


def test_a_preview_shows_the_mark_before_the_claim_is_known():
    shown = render_preview("It is [big](claim:size), see [this](https://example.org/).")

    assert '<span class="claim">big</span>, see <a href="https://example.org/"' in shown
    assert shown.count("</a>") == 1


@pytest.mark.parametrize(
    "key", ["", "no such", "%00", "a%22b", "<b>", "x" * 5000, "Size", "size?x#y"]
)
def test_any_name_of_a_claim_is_rendered_without_a_link_to_nowhere(key):
    shown = render_preview(f"It is [big](claim:{key}) here.")

    assert "href" not in shown or "claim:" not in shown


def test_a_mark_of_no_claim_stops_publishing():
    entry = make_entry("It is [big](claim:siez).", impact="[So](claim:size) it is.")
    entry = replace(
        entry, claims=(ClaimDocument(key="size", text="A", status="unverified"),)
    )

    found = [f for f in check_paper(entry) if f.code == "claims.unknown-reference"]

    assert [(f.field, f.severity) for f in found] == [("sections.technical", "error")]
    assert "no claim named “siez”" in found[0].message


def test_two_claims_of_one_name_are_an_error():
    claim = ClaimDocument(key="size", text="A", status="unverified")
    entry = make_entry(claims=(claim, replace(claim, text="B")))

    found = [f for f in check_paper(entry) if f.field == "claims.1.key"]

    assert [f.message for f in found] == ["Another claim of the entry has this name."]


def test_an_editor_names_a_claim_and_marks_it(admin_client, review):
    paper = make_paper(review=review, slug="new", status=Status.DRAFT)
    claim = {"text": "It is big", "key": "Its Size", "status": "unverified"}
    form = add_row(filled_for(paper), "claims", **claim)
    form |= {"summary": "It is [big](claim:its-size)."}

    admin_client.post(change(paper), form)

    assert 'href="/2024/new/#claim-1"' in Paper.objects.get().summary_html


def test_the_folder_keeps_the_names_of_claims(paper):
    written = write_files(read_review(2024))

    assert b"- key: size\n" in b"".join(written.values())
    assert read_files(written) == read_review(2024)


def test_the_margin_of_the_entry_says_what_the_row_says(client, paper):
    Claim.objects.filter(key="size").update(source='Smith & "Co" <x>', place="")
    paper.settle()

    page = client.get("/2024/mixtral/").content.decode()

    note = 'aria-hidden="true"><b>2</b>Confirmed: Smith &amp; &quot;Co&quot; &lt;x&gt;<'
    assert page.count(note) == 2
    assert note not in client.get("/2024/").content.decode()
    assert note not in client.get("/feed.atom").content.decode()
