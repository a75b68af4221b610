"""What did not change is not read again, and many entries are read by many processes."""

import os
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from papers import checks
from papers.checks import people
from papers.checks.findings import Severity
from papers.checks.registry import Rule
from papers.management.sharing import FEWEST_SHARED, shared_out
from papers.models import Status
from papers.values import ReviewDocument, WaiverDocument
from tests.entries import make_entry
from tests.factories import make_paper, make_review


@pytest.fixture
def asked(monkeypatch):
    """The addresses of the entries that a rule was asked about, each time it was."""
    addresses = []

    def find(paper):
        addresses.append(paper.slug)
        yield "summary", f"Say more of {paper.slug}."

    monkeypatch.setattr(checks, "RULES", [Rule("text.more", Severity.ERROR, find)])
    checks.examine.cache_clear()
    yield addresses
    checks.examine.cache_clear()


def test_an_entry_that_says_the_same_is_read_once(asked):
    first, second = (checks.examine(make_entry("A text.")) for _ in range(2))

    assert asked == ["entry"]
    assert [finding.message for finding in second.standing] == ["Say more of entry."]
    assert second == first


def test_any_other_word_is_read(asked):
    paper = make_entry("A text.")
    for other in (
        paper,
        replace(paper, summary="Another word."),
        replace(paper, sections=()),
        replace(paper, date="2024-01-03"),
    ):
        checks.examine(other)

    assert len(asked) == 4


def test_a_waiver_counts_at_once(asked):
    paper = make_entry("A text.")
    (finding,) = checks.examine(paper).standing
    waiver = WaiverDocument(
        code=finding.code,
        field=finding.field,
        reason="It is enough.",
        person="editor",
        digest=finding.digest,
        given_on=date(2024, 5, 1),
    )

    report = checks.examine(replace(paper, waivers=(waiver,)))

    assert (report.standing, len(report.waived)) == ([], 1)


def test_on_another_day_everything_is_read_again(asked, monkeypatch):
    for day in (1, 2):
        monkeypatch.setattr(people, "today", lambda day=day: date(2024, 5, day))
        checks.examine(make_entry("A text."))

    assert asked == ["entry", "entry"]


@pytest.mark.django_db
def test_the_board_reads_only_what_was_changed_since(asked, admin_client):
    for name in ("first", "second"):
        make_paper(slug=name, status=Status.DRAFT)
    admin_client.get("/admin/")
    asked.clear()

    admin_client.get("/admin/")
    assert asked == []

    make_paper(slug="third", status=Status.DRAFT)
    admin_client.get("/admin/")
    assert asked == ["third"]


BLOCK = "TODO: say why these words stand in each of the entries, and how many they are."


def many(entries):
    papers = (replace(make_entry(BLOCK), slug=f"entry-{n}") for n in range(entries))
    return ReviewDocument(year=2024, title="2024", papers=tuple(papers))


def pid_of(_):
    return os.getpid()


def test_many_entries_are_read_by_other_processes():
    with shared_out(FEWEST_SHARED) as each:
        processes = set(each(pid_of, range(FEWEST_SHARED)))

    assert os.getpid() not in processes


def test_a_few_are_read_in_this_one():
    with shared_out(FEWEST_SHARED - 1) as each:
        assert set(each(pid_of, range(5))) == {os.getpid()}


def test_what_other_processes_find_is_what_one_would_in_the_same_order():
    review = many(FEWEST_SHARED)
    with shared_out(FEWEST_SHARED) as each:
        shared = checks.examine_review(review, each)

    checks.examine.cache_clear()

    assert shared == checks.examine_review(review)
    codes = {finding.code for _, report in shared for finding in report.standing}
    assert {"text.placeholder", "text.shared-block"} <= codes


@pytest.mark.django_db
def test_the_command_checks_more_entries_than_one_process_is_given(capsys):
    review = make_review()
    for n in range(FEWEST_SHARED):
        make_paper(slug=f"entry-{n}", review=review, status=Status.DRAFT)

    call_command("check_review", "2024", "--format", "json")

    assert f'"entry": "entry-{FEWEST_SHARED - 1}"' in capsys.readouterr().out
