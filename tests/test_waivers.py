"""Waivers: a written reason to leave what was found, until its text changes."""

from dataclasses import replace
from datetime import date

import pytest

from papers import checks, drafts
from papers.documents.folder import read_files
from papers.documents.folder_writer import write_files
from papers.documents.stored import read_review
from papers.models import Status, Waiver
from papers.values import ReviewDocument, WaiverDocument
from tests.desk import change, filled_for, keep
from tests.entries import make_entry
from tests.factories import make_full_paper

WEASEL = "Experts say that it is good."


def find(paper, code):
    """The finding of a rule that stands; None where there is none."""
    return next((f for f in checks.check_paper(paper) if f.code == code), None)


def waive(paper, code, reason="It is meant so."):
    finding = find(paper, code)
    waiver = WaiverDocument(
        code=code,
        field=finding.field,
        reason=reason,
        person="editor",
        given_on=date(2024, 12, 1),
        digest=finding.digest,
    )
    return replace(paper, waivers=(*paper.waivers, waiver))


def test_a_waived_finding_stands_no_more_and_says_why():
    entry = waive(make_entry(WEASEL), "text.weasel")

    report = checks.examine(entry)

    assert "text.weasel" not in {finding.code for finding in report.standing}
    ((finding, waiver),) = report.waived
    assert (finding.code, waiver.reason) == ("text.weasel", "It is meant so.")


def test_a_waiver_is_for_one_finding_alone():
    entry = make_entry(f"{WEASEL}\n\nSome argue that it is bad.", impact=WEASEL)

    left = checks.check_paper(waive(entry, "text.weasel"))

    places = [(f.field, f.line) for f in left if f.code == "text.weasel"]
    assert len(places) == 2


@pytest.mark.parametrize("text", [f"{WEASEL} Indeed.", f"So. {WEASEL}", f"\n{WEASEL}"])
def test_a_waiver_ends_when_the_text_changes(text):
    entry = waive(make_entry(WEASEL), "text.weasel")

    changed = replace(entry, sections=make_entry(text).sections)

    assert find(changed, "text.weasel")


def test_a_waiver_holds_whatever_changes_elsewhere():
    entry = waive(make_entry(WEASEL), "text.weasel")

    assert not find(replace(entry, summary="New.", month=2, tags=("A",)), "text.weasel")


def test_an_error_that_is_waived_stops_nothing():
    entry = make_entry("The score is TBD.", title="Mixtral", headline="H", summary="S.")
    entry = replace(entry, date="2024", authors="A B", arxiv_id="2401.04088")

    assert [e.code for e in checks.errors(entry)] == ["text.placeholder"]
    assert checks.errors(waive(entry, "text.placeholder")) == []


def test_what_could_not_be_stored_or_shown_cannot_be_waived():
    entry = waive(make_entry(headline=""), "entry.incomplete")

    assert find(entry, "entry.incomplete").field == "headline"


def test_a_waiver_without_a_reason_is_none():
    assert find(waive(make_entry(WEASEL), "text.weasel", reason=" "), "text.weasel")


def test_a_waiver_holds_beside_the_other_entries_too():
    text = (
        "The router scores eight blocks for every token and runs the best two of them."
    )
    papers = make_entry(text), replace(make_entry(text), slug="other", place=2)
    review = ReviewDocument(year=2024, title="2024", papers=papers)
    found = [f for _, fs in checks.check_review(review) for f in fs]
    shared = next(f for f in found if f.code == "text.shared-block")
    waiver = WaiverDocument(
        code=shared.code,
        reason="The same method.",
        given_on=date(2024, 12, 1),
        digest=shared.digest,
    )

    waived = replace(review.papers[0], waivers=(waiver,))
    reports = checks.examine_review(replace(review, papers=(waived, review.papers[1])))

    codes = [[f.code for f in report.standing] for _, report in reports]
    assert ["text.shared-block" in found for found in codes] == [False, True]
    assert [why.reason for _, why in reports[0][1].waived] == ["The same method."]


@pytest.fixture
def paper(review):
    return make_full_paper(review=review, impact=WEASEL, status=Status.DRAFT)


def finding_of(paper, code):
    return find(drafts.get_working(paper).document, code)


def reason_for(paper, code):
    return f"waive-{finding_of(paper, code).digest}"


@pytest.mark.django_db
class TestAtTheDesk:
    def test_a_reason_waives_a_finding_and_is_shown_with_person_and_date(
        self, admin_client, paper
    ):
        form = filled_for(paper, **{reason_for(paper, "text.weasel"): " A\n<b>quote. "})

        page = admin_client.post(change(paper), form, follow=True).content.decode()

        assert "Waived until its text changes: text.weasel." in page
        assert "“A &lt;b&gt;quote.”, admin, " in page
        assert finding_of(paper, "text.weasel") is None
        waiver = Waiver.objects.get()
        assert (waiver.field, waiver.person) == ("impact", "admin")

    def test_the_words_typed_along_with_a_reason_are_kept(self, admin_client, paper):
        name = reason_for(paper, "text.weasel")

        admin_client.post(
            change(paper), filled_for(paper, summary="New.", **{name: "So"})
        )

        assert drafts.get_working(paper).document.summary == "New."
        assert Waiver.objects.count() == 1

    def test_no_finding_is_waived_whose_text_was_changed_along_with_it(
        self, admin_client, paper
    ):
        form = filled_for(paper, **{reason_for(paper, "text.weasel"): "So"})

        admin_client.post(change(paper), form | {"impact": f"{WEASEL} Indeed."})

        assert not Waiver.objects.exists()

    def test_keeping_what_is_typed_waives_nothing_yet(self, admin_client, paper):
        name = reason_for(paper, "text.weasel")

        told = admin_client.post(keep(paper), filled_for(paper, **{name: "So"})).json()

        assert "Experts say" in told["findings"]
        assert f'name="{name}"' in told["findings"]
        assert not Waiver.objects.exists()

    def test_a_waiver_is_ended_and_the_finding_stands_again(self, admin_client, paper):
        name = reason_for(paper, "text.weasel")
        admin_client.post(change(paper), filled_for(paper, **{name: "So"}))

        form = filled_for(paper, _unwaive=name.removeprefix("waive-"))
        page = admin_client.post(change(paper), form, follow=True).content.decode()

        assert "The waiver has ended: the finding stands again." in page
        assert finding_of(paper, "text.weasel")

    def test_an_error_is_waived_and_the_entry_published_in_one_go(
        self, admin_client, paper
    ):
        paper.impact = "The score is TBD."
        paper.save()
        name = reason_for(paper, "text.placeholder")

        refused = admin_client.post(change(paper), filled_for(paper, _publish="1"))
        assert f'name="{name}"' in refused.content.decode()
        admin_client.post(
            change(paper), filled_for(paper, _publish="1", **{name: "So"})
        )

        paper.refresh_from_db()
        assert paper.status == Status.PUBLISHED
        assert "TBD" in admin_client.get(paper.get_absolute_url()).content.decode()

    def test_who_may_not_publish_waives_no_error(self, client, make_user, paper):
        paper.impact = f"The score is TBD. {WEASEL}"
        paper.save()
        client.force_login(make_user("Editor"))
        names = [
            reason_for(paper, code) for code in ("text.placeholder", "text.weasel")
        ]

        page = client.get(change(paper)).content.decode()
        client.post(change(paper), filled_for(paper, **dict.fromkeys(names, "So")))

        assert [name in page for name in names] == [False, True]
        assert [waiver.code for waiver in Waiver.objects.all()] == ["text.weasel"]

    def test_a_waiver_survives_another_save_and_ends_with_its_text(
        self, admin_client, paper
    ):
        name = reason_for(paper, "text.weasel")
        admin_client.post(change(paper), filled_for(paper, **{name: "So"}))
        admin_client.post(change(paper), filled_for(paper, summary="New."))
        assert finding_of(paper, "text.weasel") is None

        admin_client.post(change(paper), filled_for(paper, impact=f"So. {WEASEL}"))

        assert finding_of(paper, "text.weasel")

    def test_an_unknown_digest_or_a_reason_without_end_does_no_harm(
        self, admin_client, paper
    ):
        name = reason_for(paper, "text.weasel")
        form = filled_for(paper, **{"waive-": "a", "waive-x": "b", name: "c" * 10_000})

        assert admin_client.post(change(paper), form).status_code == 302

        assert len(Waiver.objects.get().reason) == 500

    def test_the_folder_keeps_waivers_byte_for_byte(self, admin_client, paper):
        name = reason_for(paper, "text.weasel")
        admin_client.post(change(paper), filled_for(paper, **{name: "A: “so”, #1"}))

        written = write_files(read_review(2024))

        assert b"waivers:" in b"".join(written.values())
        assert write_files(read_files(written)) == written
        assert read_files(written) == read_review(2024)


SHARED = "The router scores eight blocks for every token and runs the best two of them."


@pytest.mark.django_db
class TestBesideTheOtherEntries:
    @pytest.fixture
    def pair(self, review):
        return [
            make_full_paper(
                review=review,
                slug=slug,
                headline=slug,
                summary=SHARED,
                status=Status.DRAFT,
            )
            for slug in ("one", "two")
        ]

    def url(self, paper):
        return f"/admin/papers/paper/{paper.pk}/beside/"

    def shared(self, client, paper):
        page = client.get(self.url(paper)).content.decode()
        return f"is that of “{'two' if paper.slug == 'one' else 'one'}” too" in page

    def test_a_screen_says_what_shows_beside_the_others(self, admin_client, pair):
        assert self.shared(admin_client, pair[0])
        assert self.shared(admin_client, pair[1])
        assert "/beside/" in admin_client.get(change(pair[0])).content.decode()

    def test_it_is_waived_there_for_one_of_the_two(self, admin_client, pair):
        page = admin_client.get(self.url(pair[0])).content.decode()
        rest = page.partition("is that of “two” too")[2]
        name = rest.partition('name="')[2].partition('"')[0]

        answer = admin_client.post(self.url(pair[0]), {name: "Meant so."}, follow=True)

        assert "Waived until its text changes" in answer.content.decode()
        assert Waiver.objects.get().code == "text.shared-block"
        page = admin_client.get(self.url(pair[0])).content.decode()
        assert "Waived (1)" in page
        assert self.shared(admin_client, pair[1])

    def test_a_reason_in_the_form_of_the_entry_waives_it_too(self, admin_client, pair):
        page = admin_client.get(self.url(pair[0])).content.decode()
        name = (
            page.partition("too: keep one")[2].partition('name="')[2].partition('"')[0]
        )

        admin_client.post(change(pair[0]), filled_for(pair[0], **{name: "Meant so."}))

        assert Waiver.objects.get().reason == "Meant so."

    def test_nobody_else_sees_or_waives_it(self, client, make_user, pair):
        assert client.get(self.url(pair[0])).status_code == 302
        client.force_login(make_user("Contributor"))

        assert client.post(self.url(pair[0]), {"waive-x": "y"}).status_code == 403
        assert client.get("/admin/papers/paper/999/beside/").status_code == 404
