"""`manage.py fetch_records`: ask about every entry, store, and say what differs."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from papers import drafts
from papers.models import ContentVersion, Paper, Record, Status
from papers.records import client
from papers.values import PaperDocument
from tests.catalogues import (
    BROKEN,
    HERD,
    MIXTRAL,
    PARROTS,
    SILENT,
    Answer,
    make_feed,
    to_json,
)
from tests.factories import make_paper, make_review

pytestmark = pytest.mark.django_db

DOI = "10.1145/3442188.3445922"


@pytest.fixture(autouse=True)
def in_haste(monkeypatch):
    """What never comes is waited for no longer than it takes to see that."""
    hasty = client.BATCH._replace(seconds=0.5, pause=0)
    monkeypatch.setattr(client, "BATCH", hasty)


def fetch(form="table", year=2024):
    """What the command prints, what it says in passing, and its exit code."""
    out, passing = StringIO(), StringIO()
    try:
        call_command(
            "fetch_records", year, "--format", form, stdout=out, stderr=passing
        )
    except CommandError as error:
        return out.getvalue().splitlines(), str(error), error.returncode
    return out.getvalue().splitlines(), passing.getvalue(), 0


def make_mixtral(**values):
    said = {
        "slug": "mixtral",
        "title": MIXTRAL["title"],
        "authors": "\n".join(MIXTRAL["authors"]),
        "published_on": "2024-01-08",
        "arxiv_id": "2401.04088",
    }
    return make_paper(**(said | values))


def make_herd(**values):
    said = {"slug": "herd", "title": HERD["title"], "arxiv_id": "2407.21783"}
    authors = "\n".join(["{Llama Team}", *HERD["authors"][2:]])
    said |= {"authors": authors, "published_on": "2024-07-31", "month": 7}
    return make_paper(**(said | values))


def test_every_entry_is_asked_about_at_once_and_its_record_stored(catalogues):
    make_mixtral()
    make_herd(status=Status.DRAFT)

    assert fetch() == (
        [
            "mixtral: 2401.04088: new record",
            "herd: 2407.21783: new record",
            "2 entries: 2 new record.",
        ],
        "",
        0,
    )
    assert catalogues.asked == [("arxiv", "2401.04088,2407.21783")]
    assert [(r.paper.slug, r.identifier, r.version) for r in Record.objects.all()] == [
        ("mixtral", "2401.04088", "v1"),
        ("herd", "2407.21783", "v3"),
    ]


def test_the_newest_version_of_a_draft_is_asked_about(catalogues):
    review = make_review()
    document = PaperDocument(slug="", month=1, title="Mixtral of Experts")
    paper = drafts.begin(review, document, by=None)
    token = drafts.get_working(paper).token
    changed = drafts.get_working(paper).document
    changed = PaperDocument(**(vars(changed) | {"arxiv_id": "2401.04088"}))
    drafts.save(paper, changed, by=None, token=token, kind="autosaved")

    fetch()

    assert Paper.objects.get().arxiv_id == ""
    assert Record.objects.get().identifier == "2401.04088"


def test_an_answer_that_says_nothing_new_is_confirmed_and_not_stored_again(catalogues):
    make_mixtral()
    fetch()
    first, version = Record.objects.get(), ContentVersion.current().number

    lines, _, code = fetch()

    again = Record.objects.get()
    assert (lines[0], code) == ("mixtral: 2401.04088: as before", 0)
    assert (again.pk, again.fetched_at) == (first.pk, first.fetched_at)
    assert "confirmed_at" not in first.payload
    assert again.payload.pop("confirmed_at") > first.fetched_at.isoformat()[:10]
    assert again.payload == first.payload
    assert ContentVersion.current().number == version


def test_a_later_version_is_stored_beside_the_one_that_was_read(
    catalogues, monkeypatch
):
    make_mixtral()
    fetch()
    later = MIXTRAL | {"id": "http://arxiv.org/abs/2401.04088v2"}
    answers = {("arxiv", "2401.04088"): [Answer(make_feed(later))]}
    monkeypatch.setattr("tests.catalogues.ANSWERS", answers)

    lines, _, _ = fetch()

    assert lines[0] == "mixtral: 2401.04088: new record"
    kept = Record.objects.order_by("fetched_at").values_list("version", flat=True)
    assert list(kept) == ["v1", "v2"]


def test_an_entry_with_a_doi_too_is_asked_about_by_both(catalogues):
    make_mixtral(doi=DOI, title="On the Dangers of Stochastic Parrots")

    _, said, code = fetch()

    assert code == 1
    assert said == "1 entry has an identifier to put right."
    assert catalogues.asked == [("arxiv", "2401.04088"), ("crossref", DOI)]


def test_differences_are_a_table_and_no_failure(catalogues):
    paper = make_mixtral(published_on="2024-02-08", title="Mixtral of Many Experts")

    lines, _, code = fetch()

    assert lines[1:] == [
        "entry    catalogue  field  here                     in the record",
        "mixtral  arXiv      title  Mixtral of Many Experts  Mixtral of Experts",
        "mixtral  arXiv      date   2024-02-08               2024-01-08",
        "1 entry: 1 new record.",
    ]
    assert code == 0
    paper.refresh_from_db()
    assert paper.title == "Mixtral of Many Experts"


def test_a_right_looking_id_of_another_paper_fails_and_the_paper_is_searched_for(
    catalogues,
):
    paper = make_mixtral(title="The Llama 3 Herd of Models", published_on="2024-07-31")
    catalogues.found["arxiv"] = [make_feed(HERD, MIXTRAL)]

    lines, said, code = fetch()

    assert lines == [
        "mixtral: 2401.04088: other paper. arXiv has “Mixtral of Experts”",
        "mixtral: 88 % arXiv 2407.21783: The Llama 3 Herd of Models "
        "(Llama Team and 559 others, 2024)",
        "1 entry: 1 other paper.",
    ]
    assert (said, code) == ("1 entry has an identifier to put right.", 1)
    paper.refresh_from_db()
    assert paper.arxiv_id == "2401.04088"


@pytest.mark.parametrize("arxiv_id", ["2401.00000", "2401.00012"])
def test_an_unknown_id_fails_and_is_kept_as_a_finding(catalogues, arxiv_id):
    make_mixtral(arxiv_id=arxiv_id)
    make_herd()

    lines, said, code = fetch()

    assert lines[0] == f"mixtral: {arxiv_id}: unknown. arXiv knows no paper {arxiv_id}."
    assert lines[1] == "herd: 2407.21783: new record"
    assert "mixtral: nothing found by its title" in lines
    assert (said, code) == ("1 entry has an identifier to put right.", 1)
    kept = {
        record.identifier: "silence" in record.payload
        for record in Record.objects.all()
    }
    assert kept == {arxiv_id: True, "2407.21783": False}


@pytest.mark.parametrize("arxiv_id", ["2401.00003", "2401.00006", BROKEN, SILENT])
def test_a_catalogue_that_does_not_answer_is_reported_and_the_run_goes_on(
    catalogues, arxiv_id
):
    make_mixtral(arxiv_id=arxiv_id)
    make_herd()

    lines, _, code = fetch()

    assert lines[0].startswith(f"mixtral: {arxiv_id}: unreachable. arXiv ")
    assert lines[1:] == [
        "herd: 2407.21783: new record",
        "2 entries: 1 unreachable, 1 new record.",
    ]
    assert code == 0

    Paper.objects.filter(slug="mixtral").update(arxiv_id="2401.04088")
    fetch()
    assert not any("silence" in record.payload for record in Record.objects.all())


def test_a_missing_id_is_searched_for_and_never_applied(catalogues):
    paper = make_mixtral(arxiv_id="", status=Status.DRAFT)
    catalogues.found = {"arxiv": [make_feed(MIXTRAL)], "crossref": [b"<html>"]}

    lines, _, code = fetch()

    assert lines == [
        "mixtral: no identifier",
        "mixtral: Crossref did not answer with a record. " + client.BY_HAND,
        "mixtral: 100 % arXiv 2401.04088: Mixtral of Experts "
        "(Albert Q. Jiang and 2 others, 2024)",
        "1 entry: no identifier to ask by.",
    ]
    assert code == 0
    paper.refresh_from_db()
    assert (paper.arxiv_id, Record.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    "title",
    ['" OR ti:* AND "', "x" * 500, r"\emph{" * 80, "a&max_results=9#%00", "ti:(((("],
)
def test_a_hostile_title_is_only_searched_for(catalogues, title):
    make_mixtral(arxiv_id="", title=title, status=Status.DRAFT)

    lines, _, code = fetch()

    assert code == 0
    assert lines[-1] == "1 entry: no identifier to ask by."
    asked = " ".join(query for _, query in catalogues.searches)
    assert not set(asked) & set("\\{}*&#%()=")


def test_json_is_all_that_stands_in_the_output(catalogues):
    make_mixtral(title="Mixtral of Many Experts")

    lines, passing, code = fetch("json")

    assert json.loads("\n".join(lines)) == [
        {
            "entry": "mixtral",
            "asked": [
                {
                    "identifier": "2401.04088",
                    "catalogue": "arXiv",
                    "outcome": "new record",
                    "message": "arXiv has “Mixtral of Experts”",
                    "differences": [
                        {
                            "field": "title",
                            "ours": "Mixtral of Many Experts",
                            "theirs": "Mixtral of Experts",
                        }
                    ],
                }
            ],
            "candidates": [],
        }
    ]
    assert (passing, code) == ("mixtral: 2401.04088: new record\n", 0)


def test_a_candidate_stands_in_the_json(catalogues):
    make_mixtral(arxiv_id="", status=Status.DRAFT, title=PARROTS["message"]["title"][0])
    listed = {"message": {"items": [PARROTS["message"]]}}
    catalogues.found["crossref"] = [to_json(listed)]

    [row] = json.loads("\n".join(fetch("json")[0]))

    [candidate] = row["candidates"]
    assert (candidate["identifier"], candidate["catalogue"]) == (DOI, "crossref")


class Interrupted(StringIO):
    """A terminal in which somebody presses Ctrl-C after the first line."""

    def write(self, text):
        if self.getvalue():
            raise KeyboardInterrupt
        return super().write(text)


def test_who_stops_it_keeps_what_was_fetched(catalogues):
    make_mixtral()
    make_herd()

    with pytest.raises(CommandError) as stopped:
        call_command("fetch_records", 2024, stdout=Interrupted())

    assert stopped.value.returncode == 130
    assert "what was fetched is kept" in str(stopped.value)
    assert all(record.payload["entry"]["title"] for record in Record.objects.all())
    assert fetch()[2] == 0


def test_a_year_without_a_review_is_said():
    with pytest.raises(CommandError, match=r"There is no review of 1999\."):
        call_command("fetch_records", 1999)


def test_one_odd_id_does_not_spoil_the_answer_about_the_others(catalogues):
    make_mixtral()
    make_herd(arxiv_id="2401.00012")

    lines, _, _ = fetch()

    assert lines[0] == "mixtral: 2401.04088: new record"
    assert catalogues.asked[-3:] == [
        ("arxiv", "2401.04088,2401.00012"),
        ("arxiv", "2401.04088"),
        ("arxiv", "2401.00012"),
    ]


def test_what_was_not_answered_goes_out_and_comes_in_with_its_review(
    catalogues, tmp_path
):
    make_mixtral(arxiv_id="2401.00000", status=Status.DRAFT)
    fetch()
    call_command("export_review", 2024, tmp_path / "2024", stdout=StringIO())
    kept = Record.objects.get().payload
    Paper.objects.all().delete()

    call_command("import_review", tmp_path / "2024", stdout=StringIO())

    assert Record.objects.get().payload == kept
