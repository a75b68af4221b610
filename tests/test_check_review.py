"""What an operator sees of the checks: every entry's findings, in the newest version."""

import json

import pytest
from django.core.management import CommandError, call_command

from papers import checks, drafts
from papers.models import Paper, Review, Status
from tests.desk import change, filled_for
from tests.factories import make_full_paper, make_paper, make_review

pytestmark = pytest.mark.django_db


def run(capsys, *options, year="2024"):
    """What is printed, and how it ends: nothing where no error stands."""
    try:
        call_command("check_review", year, *options)
    except CommandError as error:
        return capsys.readouterr().out, str(error)
    return capsys.readouterr().out, ""


def test_the_sample_review_passes_its_own_gate(capsys):
    call_command("import_review", "papers/fixtures/2024")
    capsys.readouterr()

    out, problem = run(capsys)

    assert problem == ""
    assert "12 entries: 0 errors, 0 warnings" in out


def test_each_finding_is_a_row_with_its_entry_place_and_message(capsys):
    make_full_paper(slug="whole", month=1, status=Status.DRAFT)
    make_paper(slug="half", month=2, status=Status.DRAFT, title="", arxiv_id="nothing")

    out, problem = run(capsys)

    rows = [line.split(None, 4) for line in out.splitlines()]
    assert ["half", "error", "entry.incomplete", "title"] in [row[:4] for row in rows]
    message = next(
        row[4] for row in rows if row[2:4] == ["entry.malformed", "arxiv_id"]
    )
    assert message.startswith("Not an arXiv id")
    assert [row[0] for row in rows].index("whole") < [row[0] for row in rows].index(
        "half"
    )
    assert problem == "2 errors to put right."
    assert "2 entries: 2 errors" in out


def test_what_the_review_says_itself_has_a_row_of_its_own(capsys):
    make_full_paper(slug="whole", status=Status.DRAFT)
    Review.objects.update(introduction="Experts say that it was good.")

    out, _ = run(capsys)
    rows = json.loads(run(capsys, "--format", "json")[0])

    row = out.splitlines()[0].split(None, 4)
    assert row[:4] == ["(review)", "info", "text.weasel", "introduction:1:1"]
    assert "1 entry: " in out
    assert (rows[0]["entry"], rows[0]["code"]) == ("", "text.weasel")


def test_a_program_reads_the_same_as_json(capsys):
    make_paper(slug="half", status=Status.DRAFT, title="")

    out, problem = run(capsys, "--format", "json")

    rows = json.loads(out)
    first = {
        "entry": "half",
        "code": "entry.incomplete",
        "severity": "error",
        "message": "Give the paper's title, as the paper has it.",
        "field": "title",
        "line": 0,
        "column": 0,
        "fix": None,
        "waived": "",
    }
    assert len(rows[0].pop("digest")) == 32
    assert rows[0] == first
    assert problem == "1 error to put right."


def test_the_newest_version_of_a_published_entry_is_looked_at(capsys, admin_client):
    paper = make_full_paper()
    admin_client.post(change(paper), filled_for(paper, title=""))

    out, problem = run(capsys)

    assert Paper.objects.get().title
    assert drafts.get_working(paper).document.title == ""
    assert "Give the paper's title" in out
    assert problem == "1 error to put right."


def test_a_review_of_nothing_and_a_year_of_none_are_said(capsys):
    make_review(year=2024)

    assert run(capsys) == ("0 entries: 0 errors, 0 warnings, 0 infos.\n", "")
    assert run(capsys, year="1999") == ("", "There is no review of 1999.")


def test_a_page_is_checked_by_the_same_rules_before_it_becomes_drafts(capsys):
    call_command(
        "import_review", "tests/data/original-page.html", "--year", "2024", "--dry-run"
    )

    out = capsys.readouterr().out

    assert ": claims: info claims.none: List what the entry rests on" in out
    assert not Paper.objects.exists()


def test_what_is_waived_is_counted_and_a_program_reads_why(capsys):
    paper = make_full_paper(status=Status.DRAFT, impact="Experts say it is good.")
    found = checks.check_paper(drafts.get_working(paper).document)
    weasel = next(finding for finding in found if finding.code == "text.weasel")
    values = {"reason": "It quotes them.", "given_on": "2024-12-01"}
    paper.waivers.create(code=weasel.code, digest=weasel.digest, **values)

    out, _ = run(capsys)
    rows = json.loads(run(capsys, "--format", "json")[0])

    assert ", 1 waived." in out
    assert "text.weasel" not in out
    reasons = {row["code"]: row["waived"] for row in rows}
    assert reasons["text.weasel"] == "It quotes them."
