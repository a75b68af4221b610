"""The original page, through the command, into drafts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from papers.documents import stored
from papers.models import Figure, Link, Paper, PaperTag, Review, Section, Status
from tests.factories import make_paper, make_review

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parent / "data" / "original-page.html"


def run(path=PAGE, **options):
    call_command("import_review", path, **{"year": 2024} | options)


def test_the_original_page_becomes_a_review_of_twelve_drafts(capsys):
    run()

    assert capsys.readouterr().out.splitlines()[0] == (
        "Read 1 review of 2024: 12 papers, 37 card tags, 26 distinct card tags, 76 topics, "
        "56 distinct topics, 48 sections, 11 blocks of code or text, 1 wanted figures, "
        "12 impact summaries, 30 links."
    )
    assert Review.objects.get().status == Status.DRAFT
    assert list(Paper.objects.values_list("month", "status")) == [
        (n, "draft") for n in range(1, 13)
    ]
    on_card = PaperTag.objects.filter(on_card=True)
    assert (on_card.count(), on_card.values("tag").distinct().count()) == (37, 26)
    kinds = Section.objects.values_list("kind", flat=True)
    assert {kind: list(kinds).count(kind) for kind in set(kinds)} == dict.fromkeys(
        ["technical", "figures", "historical", "relevance"], 12
    )
    blocks = re.findall(
        r"^`{3,}\w", "\n".join(Section.objects.values_list("body", flat=True)), re.M
    )
    assert len(blocks) == 11
    assert Figure.objects.filter(wanted=True).count() == Figure.objects.count() == 1
    assert Paper.objects.exclude(impact="").count() == 12
    assert Link.objects.count() == 9
    assert not Paper.objects.filter(arxiv_id__contains="x").exists()


def test_nothing_is_guessed_about_authors():
    run()

    listed = dict(Paper.objects.values_list("month", "authors"))
    assert listed[1] == "{The Mistral AI team}"
    assert listed[4] == "Xu\net al."
    assert listed[8] == ""


def test_no_word_of_the_page_is_lost(capsys):
    run()

    shown = Shown()
    shown.feed(PAGE.read_text())
    kept = f"{stored.read_review(2024)} {capsys.readouterr().out}"
    missing = words(" ".join(shown.texts)) - words(kept.replace("\\n", " "))
    assert missing - LABELS == set()


# Words that name a field or a section: the field or the section stands for them.
LABELS = set(
    "key details deeper dive main topic focus publication date authors tags citation "
    "information link resource short impact summary context explanation figures diagrams "
    "historical comparison end may june july august september october november december "
    "january february march april".split()
)


def words(text):
    return set(re.findall(r"[^\W_]+", text.lower()))


class Shown(HTMLParser):
    """The text that a browser shows."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts = []

    def handle_data(self, data):
        self.texts.append(data)


def test_a_second_import_changes_nothing_and_says_so(capsys):
    run()
    capsys.readouterr()

    run()

    assert capsys.readouterr().out.splitlines()[-1] == (
        "Review of 2024: nothing changed (0 new, 0 changed, 12 unchanged)."
    )


def test_a_page_never_changes_what_is_here(capsys):
    make_review(title="Ours")
    make_paper(slug="dpo-vs-ppo-a-comprehensive-comparison", headline="Ours too")

    run()

    review = Review.objects.get()
    assert (review.title, review.status) == ("Ours", Status.PUBLISHED)
    assert (
        Paper.objects.get(slug="dpo-vs-ppo-a-comprehensive-comparison").headline
        == "Ours too"
    )
    assert Paper.objects.count() == 12
    assert "keeps its own title" in capsys.readouterr().out


def test_drafts_of_a_page_are_seen_by_nobody(client):
    make_review()

    run()

    assert client.get("/2024/").context["page"].total == 0
    assert client.get("/tags/").context["tags"] == []


def test_an_imported_review_makes_the_round_through_its_folder(tmp_path, capsys):
    run()
    call_command("export_review", "2024", tmp_path / "out")
    capsys.readouterr()

    call_command("import_review", tmp_path / "out")

    assert "nothing changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "page.html: "),
        (b"<p>Hello", "page.html: This is no page of a review: it has no card."),
        (b"a\n\xff", "page.html:2: Not UTF-8."),
        (b"x" * 5_000_001, "page.html: The page has more than 5 MB."),
    ],
    ids=range(4),
)
def test_what_is_no_page_is_refused(tmp_path, data, message):
    (tmp_path / "page.html").write_bytes(data)

    with pytest.raises(CommandError) as refused:
        run(tmp_path / "page.html")

    assert str(refused.value).startswith(message)
    assert not Review.objects.exists()


@pytest.mark.parametrize("year", [1800, 99, 20_240])
def test_a_year_that_cannot_be_is_refused(year):
    with pytest.raises(CommandError, match="year"):
        run(year=year)

    assert not Review.objects.exists()


def test_a_dry_run_of_a_page_changes_nothing(capsys):
    run(dry_run=True)

    assert "if it were imported: 12 new" in capsys.readouterr().out
    assert not Review.objects.exists()
