"""The review folder: read, written, stored, and everything that can be wrong with it."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from papers import images
from papers.documents import files, folder, folder_writer, store, stored
from papers.models import Figure, Paper, Record, Review, Section, Status, Tag
from papers.values import (
    ClaimDocument,
    DocumentError,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    PictureDocument,
    Publication,
    RecordDocument,
    ReviewDocument,
    SectionDocument,
    TagDocument,
)
from tests.factories import make_paper, make_review

SAMPLE = Path(__file__).parent.parent / "papers" / "fixtures" / "2024"
PUBLISHED = Publication(
    status="published", published_at=datetime(2025, 1, 6, 9, tzinfo=UTC)
)


def picture(png):
    """The picture as it is stored: one that comes from a folder is made anew."""
    return images.clean_image(png).data if png else b""


def whole_review(png=b""):
    """A review with one of everything that the folder can hold, some of it odd."""
    name = images.clean_image(png).name if png else ""
    image = FigureDocument(
        key="photo", kind="image", alt="A red field", image=picture(png)
    )
    figures = (
        FigureDocument(
            key="sizes", kind="table", content='Model,Size\n"A, B",1', licence="CC0"
        ),
        FigureDocument(key="bars", kind="chart", content="m,n\nx,1", alt="One bar"),
        FigureDocument(key="run", kind="code", content="print('é')", language="python"),
        FigureDocument(key="odd", kind="code", content="x", language="brainfuck"),
        FigureDocument(
            key="flow",
            kind="diagram",
            alt="A line",
            content="<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
        ),
        FigureDocument(key="later", kind="image", wanted=True, note="Draw\nthis"),
    )
    paper = PaperDocument(
        slug="mixtral",
        month=1,
        headline="Eight: experts",
        title="# Mixtral “of” Experts",
        publication=PUBLISHED,
        date="2024-01",
        authors="Albert Q. Jiang\n{Mistral AI}\nDiego de las Casas\nOrtiz Peña, Ana\net al.",
        venue="yes",
        arxiv_id="2412.08900",
        doi="10.1000/x_(1)",
        tags=("MoE", "LLMs"),
        chips=("LLMs",),
        focus="*Focus*: yes",
        impact="null",
        citation_note="- not a list",
        notes="A line\n\n  # indented {#technical}\n---\nmore",
        summary="Summary.\n\n# Not a section {#technical}\n\\# Nor this {#other}\n\n---",
        links=(LinkDocument(kind="code", label="", url="https://example.org/a?b=1#c"),),
        claims=(
            ClaimDocument(text="It has\ntwo lines", value="1e3", status="unverified"),
        ),
        figures=(*figures, image) if png else figures,
        sections=(
            SectionDocument(kind="technical", body="```\n# x {#figures}\n```\n\nT"),
            SectionDocument(kind="other", heading="Another {brace}", body="O"),
            SectionDocument(kind="relevance", body=""),
        ),
        records=(
            RecordDocument(
                catalogue="arxiv",
                identifier="2412.08900",
                version="v2",
                fetched_at=datetime(2024, 12, 1, 8, 0, 0, 5, tzinfo=UTC),
                payload={"title": "Mixtral", "authors": ["é"]},
            ),
        ),
        former=("2023/old", "2024/older"),
    )
    second = PaperDocument(slug="second", month=1, place=2)
    gone = PaperDocument(
        slug="gone",
        month=12,
        publication=Publication(status="withdrawn", withdrawal_reason="It was: wrong."),
    )
    timed = PaperDocument(
        slug="timed",
        month=12,
        place=2,
        headline="H",
        title="T",
        summary="S",
        date="2024",
        authors="A B",
        arxiv_id="2401.00001",
        publication=Publication(
            status="scheduled", publish_at=datetime(2999, 1, 1, tzinfo=UTC)
        ),
    )
    return ReviewDocument(
        year=2024,
        title="A year",
        publication=PUBLISHED,
        introduction=f"Intro ![](/media/figures/{name})" if png else "Intro",
        attribution="By *us*.",
        tags=(
            TagDocument(
                name="LLMs", slug="llms", full_name="Large models", aliases=("LLM",)
            ),
            TagDocument(name="MoE", slug="moe", description="Yes: experts"),
        ),
        papers=(paper, second, gone, timed),
        pictures=(PictureDocument(name=name, data=picture(png)),) if png else (),
    )


def write(review, path):
    files.save(folder_writer.write_files(review), path)
    return path


def test_what_is_written_reads_back_as_the_same(png):
    review = whole_review(png)

    written = folder_writer.write_files(review)

    assert folder.read_files(written) == review
    assert folder_writer.write_files(folder.read_files(written)) == written


@pytest.mark.django_db
def test_what_is_stored_reads_back_as_the_same(png):
    review = whole_review(png)

    store.write_review(review)

    assert stored.read_review(2024) == review


@pytest.mark.django_db
def test_a_folder_does_not_undo_an_address_that_changed_since(client):
    store.write_review(whole_review())
    paper = Paper.objects.get(slug="mixtral")
    paper.slug = "eight-experts"
    paper.save()

    store.write_review(whole_review())

    assert Paper.objects.count() == 4
    assert client.get("/2024/eight-experts/")["Location"] == "/2024/mixtral/"
    assert client.get("/2023/old/")["Location"] == "/2024/mixtral/"
    assert store.write_review(whole_review()).is_nothing


@pytest.mark.django_db
def test_a_tag_takes_the_name_that_a_folder_gives_it():
    store.write_review(whole_review())
    Tag.objects.filter(slug="moe").update(name="Mixture")

    outcome = store.write_review(whole_review())

    assert Tag.objects.get(slug="moe").name == "MoE"
    assert not outcome.is_nothing
    assert store.write_review(whole_review()).is_nothing


@pytest.mark.django_db
def test_another_name_that_is_a_tag_of_its_own_here_stays_one():
    Tag.objects.create(name="LLM", slug="llm")

    store.write_review(whole_review())

    assert Tag.objects.get(slug="llms").aliases.count() == 0
    assert store.write_review(whole_review()).is_nothing


@pytest.mark.django_db
def test_export_import_export_gives_the_same_bytes(tmp_path, png):
    first = write(whole_review(png), tmp_path / "first")
    call_command("import_review", first)
    call_command("export_review", "2024", tmp_path / "second")
    Paper.objects.all().delete()
    Review.objects.all().delete()
    Tag.objects.all().delete()

    call_command("import_review", tmp_path / "second")
    call_command("export_review", "2024", tmp_path / "third")

    assert (
        files.load(first)
        == files.load(tmp_path / "second")
        == files.load(tmp_path / "third")
    )


@pytest.mark.django_db
def test_a_second_import_changes_nothing_and_says_so(tmp_path, capsys):
    path = write(whole_review(), tmp_path / "review")
    call_command("import_review", path)
    before = list(Paper.objects.values("pk", "updated_at"))
    capsys.readouterr()

    call_command("import_review", path)

    assert capsys.readouterr().out == (
        "Review of 2024: nothing changed (0 new, 0 changed, 4 unchanged).\n"
    )
    assert list(Paper.objects.values("pk", "updated_at")) == before


@pytest.mark.django_db
def test_an_import_says_what_is_new_and_what_changed(tmp_path, capsys):
    review = whole_review()
    call_command("import_review", write(review, tmp_path / "review"))
    first, second, *others = review.papers
    changed = replace(first, title="New title"), replace(second, slug="third")
    capsys.readouterr()

    call_command(
        "import_review",
        write(replace(review, papers=(*changed, *others)), tmp_path / "review"),
    )

    assert capsys.readouterr().out.splitlines() == [
        "New: 2024/third",
        "Changed: 2024/mixtral",
        "In the database only, left alone: 2024/second",
        "Review of 2024: 1 new, 1 changed, 2 unchanged.",
    ]
    assert Paper.objects.get(slug="mixtral").title == "New title"
    assert Paper.objects.filter(slug="second").exists()


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path, capsys):
    path = write(whole_review(), tmp_path / "review")

    call_command("import_review", path, dry_run=True)

    assert "if it were imported: 4 new" in capsys.readouterr().out
    assert not Review.objects.exists()
    assert not Tag.objects.exists()


@pytest.mark.django_db
def test_a_folder_without_a_first_publication_does_not_undo_it(tmp_path):
    review = whole_review()
    paper = replace(review.papers[0], publication=Publication(status="published"))
    path = write(replace(review, papers=(paper,)), tmp_path / "review")
    call_command("import_review", path)
    since = Paper.objects.get().published_at

    outcome = store.write_review(folder.read_files(files.load(path)))

    assert outcome.is_nothing
    assert Paper.objects.get().published_at == since


@pytest.mark.django_db
def test_a_zip_of_the_folder_is_read_too(tmp_path):
    path = write(whole_review(), tmp_path / "review")
    with zipfile.ZipFile(tmp_path / "review.zip", "w") as archive:
        for file in path.rglob("*"):
            archive.write(file, Path("2024") / file.relative_to(path))

    call_command("import_review", tmp_path / "review.zip")

    assert stored.read_review(2024) == whole_review()


@pytest.mark.django_db
def test_an_export_replaces_an_older_one_and_keeps_what_is_not_its_own(tmp_path):
    store.write_review(whole_review())
    write(whole_review(), tmp_path / "out")
    (tmp_path / "out" / "05-stale.md").write_text("---\ntitle: x\n---\n")
    (tmp_path / "out" / ".git").mkdir()
    (tmp_path / "out" / ".git" / "HEAD").write_text("ref")

    call_command("export_review", "2024", tmp_path / "out")

    assert files.load(tmp_path / "out") == folder_writer.write_files(whole_review())
    assert (tmp_path / "out" / ".git" / "HEAD").read_text() == "ref"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.django_db
def test_an_export_refuses_a_folder_of_something_else(tmp_path):
    store.write_review(whole_review())
    (tmp_path / "thesis.tex").write_text("years of work")

    with pytest.raises(CommandError, match="There is something else here"):
        call_command("export_review", "2024", tmp_path)

    assert (tmp_path / "thesis.tex").read_text() == "years of work"


@pytest.mark.django_db
def test_an_export_of_no_review_says_so(tmp_path):
    with pytest.raises(CommandError, match="There is no review of 1999"):
        call_command("export_review", "1999", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def png_bytes():
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


REVIEW = "---\nyear: 2024\ntitle: T\ntags:\n- name: MoE\n  slug: moe\n---\n"
PAPER = "---\nheadline: H\n---\n"
SLOPES = "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))

BROKEN = {
    "no review": ({}, "review.md: There is no such file"),
    "an empty file": ({"review.md": b""}, "review.md: The file is empty."),
    "blank": ({"review.md": b" \n \n"}, "review.md: The file is empty."),
    "no front matter": ({"review.md": b"Hello"}, "review.md:1: A file starts with a line '---'."),
    "front matter without end": ({"review.md": b"---\nyear: 2024\n"}, "review.md:1: The front matter never ends"),
    "no YAML": ({"review.md": b"---\nyear: 2024\na: [\n---\n"}, "review.md:3: Not YAML"),
    "a list": ({"review.md": b"---\n- a\n---\n"}, "review.md:2: The front matter has keys and values."),
    "a key twice": ({"review.md": b"---\nyear: 2024\nyear: 2025\n---\n"}, "review.md:3: “year” is given twice."),
    "an unknown key": ({"review.md": b"---\nyear: 2024\ntitel: T\n---\n"}, "review.md:3: “titel” has no meaning here."),
    "an alias bomb": ({"review.md": f"---\na0: &a0 x\n{SLOPES}\n---\n".encode()}, "review.md:2: Anchors"),
    "a YAML tag": ({"review.md": b"---\nyear: !!python/name:os.system x\n---\n"}, "review.md:2: Anchors"),
    "no year": ({"review.md": b"---\ntitle: T\n---\n"}, "review.md:2: year: not a year from 1900 to 2100: ''."),
    "a wrong year": ({"review.md": b"---\ntitle: T\nyear: 24\n---\n"}, "review.md:3: year: not a year"),
    "a wrong status": ({"review.md": b"---\nyear: 2024\nstatus: live\n---\n"}, "review.md:3: status must be one of"),
    "not UTF-8": ({"review.md": REVIEW.encode() + b"\n\xff\xfe"}, "review.md:9: Not UTF-8."),
    "a NUL": ({"review.md": REVIEW.encode() + b"a\nb\0"}, "review.md:9: There is a NUL character."),
    "attribution twice": ({"review.md": REVIEW.encode() + b"# Attribution {#attribution}\n# Attribution {#attribution}"}, "review.md"),
    "a section of an entry": ({"review.md": REVIEW.encode() + b"# Technical context {#technical}"}, "review.md:8: No section {#technical} here."),
    "a month 13": ({"13-x.md": PAPER.encode()}, "13-x.md: The file belongs to no entry of the review."),
    "a stray file": ({"notes.md": b"x"}, "notes.md: The file belongs to no entry of the review."),
    "a figure of nobody": ({"figures/other/a.csv": b"x"}, "figures/other/a.csv: The file belongs to no entry"),
    "a slug twice": ({"01-x.md": PAPER.encode(), "02-x.md": PAPER.encode()}, "01-x.md: Two files of the folder have the slug “x”."),
    "a wrong arXiv id": ({"01-x.md": b"---\nheadline: H\narxiv: 2406.xxxxx\n---\n"}, "01-x.md:3: arxiv: Not an arXiv id: '2406.xxxxx'."),
    "a wrong DOI": ({"01-x.md": b"---\ndoi: doi\n---\n"}, "01-x.md:2: doi: Not a DOI: 'doi'."),
    "a wrong date": ({"01-x.md": b"---\ndate: 2024-02-30\n---\n"}, "01-x.md:2: date: There is no such date: 2024-02-30."),
    "a wrong time": ({"01-x.md": b"---\npublished: yesterday\n---\n"}, "01-x.md:2: published: Invalid isoformat string"),
    "a time without zone": ({"01-x.md": b"---\npublished: 2024-01-01T00:00:00\n---\n"}, "01-x.md:2: published: '2024-01-01T00:00:00' has no time zone"),
    "a wrong place": ({"01-x.md": b"---\nplace: first\n---\n"}, "01-x.md:2: place: not a place from 1 up"),
    "a wrong author": ({"01-x.md": b"---\nauthors:\n- Ada\n- '42'\n---\n"}, "01-x.md:3: authors: Line 2: Not a name: '42'."),
    "authors as text": ({"01-x.md": b"---\nauthors: Ada\n---\n"}, "01-x.md:2: authors is a list"),
    "a headline as list": ({"01-x.md": b"---\nheadline:\n- a\n---\n"}, "01-x.md:3: headline is a text."),
    "an unknown tag": ({"01-x.md": b"---\nheadline: H\ntags:\n- Nope\n---\n"}, "01-x.md:4: “Nope” is not in the vocabulary of review.md."),
    "a chip that is no tag": ({"01-x.md": b"---\ntags:\n- MoE\nchips:\n- LLM\n---\n"}, "01-x.md:5: “LLM” is a chip but no tag."),
    "an unknown kind of link": ({"01-x.md": b"---\nlinks:\n- kind: tweet\n  url: https://x.org\n---\n"}, "01-x.md:3: kind must be one of"),
    "links as texts": ({"01-x.md": b"---\nlinks:\n- https://x.org\n---\n"}, "01-x.md:3: Each of links has keys and values."),
    "a figure without file": ({"01-x.md": b"---\nfigures:\n- key: a\n  kind: table\n  file: a.csv\n---\n"}, "01-x.md:5: There is no file figures/x/a.csv."),
    "a wrong flag": ({"01-x.md": b"---\nfigures:\n- key: a\n  kind: table\n  wanted: maybe\n---\n"}, "01-x.md:5: wanted must be one of"),
    "a broken image": ({"01-x.md": b"---\nfigures:\n- key: a\n  kind: image\n  file: a.png\n---\n", "figures/x/a.png": b"no"}, "figures/x/a.png: Not a picture we can read."),
    "a wrong former address": ({"01-x.md": b"---\nformer:\n- elsewhere\n---\n"}, "01-x.md:3: Not an address: 'elsewhere'."),
    "a section twice": ({"01-x.md": PAPER.encode() + b"# Figures {#figures}\n\n# Figures {#figures}\n"}, "01-x.md:6: This section is here twice."),
    "another heading": ({"01-x.md": PAPER.encode() + b"# Pictures {#figures}\n"}, "01-x.md:4: The heading of {#figures} is “Figures”."),
    "a picture of another name": ({"pictures/x.png": png_bytes()}, "pictures/x.png: The picture is not the one"),
    "a record that is no JSON": ({"01-x.md": PAPER.encode(), "records/x/a.json": b"{\n"}, "records/x/a.json:2: Not a record"),
    "a record of nothing": ({"01-x.md": PAPER.encode(), "records/x/a.json": b"{}"}, "records/x/a.json: Not a record: 'catalogue'"),
    "an unknown catalogue": ({"01-x.md": PAPER.encode(), "records/x/a.json": b'{"catalogue": "scopus"}'}, "records/x/a.json: Not a record: catalogue must be one of"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_folder_is_refused_with_file_line_and_reason(name):
    given_files, message = BROKEN[name]
    whole = (
        given_files
        if not given_files or "review.md" in given_files
        else {"review.md": REVIEW.encode()} | given_files
    )

    with pytest.raises(DocumentError) as refused:
        folder.read_files(whole)

    assert str(refused.value).startswith(message)


REFUSED = {
    "a tag without name": ({"review.md": b"---\nyear: 2024\ntitle: T\ntags:\n- slug: x\n---\n"}, "review.md:5: tags: name: This field cannot be blank."),
    "no title": ({"review.md": b"---\nyear: 2024\n---\n"}, "review.md: title: This field cannot be blank."),
    "a link to nowhere": ({"01-x.md": b"---\nlinks:\n- kind: paper\n  url: nowhere\n---\n"}, "01-x.md:3: links: url: Enter a valid URL."),
    "a link that runs": ({"01-x.md": b"---\nlinks:\n- kind: paper\n  url: javascript:alert(1)\n---\n"}, "01-x.md:3: links: url: Enter a valid URL."),
    "a link twice": ({"01-x.md": b"---\nlinks:\n- url: https://x.org\n- url: https://x.org\n---\n"}, "01-x.md:3: links: Two of these are the same, and only one may be."),
    "a broken table": ({"01-x.md": b"---\nfigures:\n- key: a\n  kind: table\n  file: a.csv\n---\n", "figures/x/a.csv": b"a,b\nc\n"}, "01-x.md:3: figures: content: Line 2 has 1 cell where the header has 2."),
    "a claim without source": ({"01-x.md": b"---\nclaims:\n- text: T\n  status: confirmed\n---\n"}, "01-x.md:3: claims: A confirmed or contradicted claim needs its source."),
    "a long headline": ({"01-x.md": b"---\nheadline: " + b"x" * 501 + b"\n---\n"}, "01-x.md:2: headline: Ensure this value has at most 500 characters"),
    "a slug that is a month": ({"01-05.md": PAPER.encode()}, "01-05.md: A slug of two digits is the address of a month."),
    "published and unready": ({"01-x.md": b"---\nheadline: H\nstatus: published\n---\n"}, "01-x.md: title: Give the paper's title"),
    "a review that is not written": ({"review.md": b"---\nyear: 2024\ntitle: TODO\nstatus: published\n---\n"}, "review.md:3: title: Write what “TODO” stands for"),
    "withdrawn without reason": ({"01-x.md": b"---\nheadline: H\nstatus: withdrawn\n---\n"}, "01-x.md: withdrawal_reason: Say why it was withdrawn"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_what_the_database_or_the_gate_refuses_changes_nothing(name, tmp_path):
    given_files, message = REFUSED[name]
    good = b"---\nheadline: Good\n---\n"
    whole = {"review.md": REVIEW.encode(), "01-a.md": good} | given_files
    files.save(whole, tmp_path / "review")

    with pytest.raises(CommandError) as refused:
        call_command("import_review", tmp_path / "review")

    assert str(refused.value).startswith(message)
    assert not Review.objects.exists()
    assert not Paper.objects.exists()
    assert not Tag.objects.exists()


@pytest.mark.parametrize("size", [5_000_001, 50_000_000])
def test_a_file_larger_than_any_article_is_refused(tmp_path, size):
    files.save({"review.md": REVIEW.encode()}, tmp_path / "review")
    (tmp_path / "review" / "01-x.md").write_bytes(b"x" * size)

    with pytest.raises(DocumentError, match=r"01-x\.md: The file has more than 5 MB\."):
        files.load(tmp_path / "review")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    files.save({"review.md": REVIEW.encode()}, tmp_path / "review")
    (tmp_path / "review" / "01-x.md").symlink_to("/etc/passwd")

    with pytest.raises(
        DocumentError, match=r"01-x\.md: A link to elsewhere is not followed\."
    ):
        files.load(tmp_path / "review")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["nowhere", "nowhere.zip"])
def test_a_path_that_is_not_there_is_said(path):
    with pytest.raises(CommandError, match=r"There is no such file or folder\."):
        call_command("import_review", path)


@pytest.mark.django_db
def test_a_zip_that_is_none_is_said(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip")

    with pytest.raises(CommandError, match=r"Neither a folder nor a zip\."):
        call_command("import_review", tmp_path / "x.zip")


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["broken", "empty"])
def test_a_damaged_zip_is_said(tmp_path, damage):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        if damage == "broken":
            archive.writestr("review.md", REVIEW)
    data = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(b"title: T", b"title: X"))

    with pytest.raises(CommandError, match=r"review\.md"):
        call_command("import_review", tmp_path / "x.zip")


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES"])
def test_more_than_any_review_holds_is_refused(tmp_path, monkeypatch, limit):
    files.save(
        {"review.md": REVIEW.encode(), "01-x.md": PAPER.encode()}, tmp_path / "r"
    )
    monkeypatch.setattr(files, limit, 1)

    with pytest.raises(DocumentError, match="There is more in it"):
        files.load(tmp_path / "r")


@pytest.mark.django_db
def test_the_year_of_a_folder_is_its_own(tmp_path):
    path = write(whole_review(), tmp_path / "review")

    with pytest.raises(CommandError, match=r"This is the review of 2024\."):
        call_command("import_review", path, year=2023)


@pytest.mark.django_db
def test_an_import_takes_the_names_that_tags_have_here(tmp_path):
    make_review(year=2023)
    Tag.objects.create(name="Mixture", slug="mixture").aliases.create(name="MoE")

    store.write_review(whole_review())

    assert [tag.name for tag in Paper.objects.get(slug="mixtral").topics] == [
        "Mixture",
        "LLMs",
    ]
    assert store.write_review(whole_review()).is_nothing


@pytest.mark.django_db
def test_places_are_counted_anew(tmp_path):
    review = make_review()
    make_paper(review=review, place=7, slug="b")
    make_paper(review=review, place=3, slug="a")

    papers = stored.read_review(2024).papers

    assert [(paper.slug, paper.place) for paper in papers] == [("a", 1), ("b", 2)]


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n#{}\\-: "),
    max_size=200,
)


@given(texts, texts, texts)
def test_any_text_survives_the_round(summary, body, headline):
    paper = PaperDocument(
        slug="x",
        month=1,
        headline=headline,
        summary=folder.trim(summary.split("\n")),
        sections=(
            SectionDocument(kind="technical", body=folder.trim(body.split("\n"))),
        ),
    )
    review = ReviewDocument(year=2024, title="T", papers=(paper,))

    assert folder.read_files(folder_writer.write_files(review)) == review


@pytest.mark.django_db
def test_the_sample_review_exports_to_its_own_bytes(tmp_path):
    call_command("import_review", SAMPLE)

    call_command("export_review", "2024", tmp_path / "out")

    assert files.load(tmp_path / "out") == files.load(SAMPLE)
    assert Paper.objects.published().count() == 12
    assert Section.objects.count() == 48
    assert Figure.objects.filter(wanted=True).count() == 0
    assert Record.objects.count() == 0
    assert Review.objects.get().status == Status.PUBLISHED
