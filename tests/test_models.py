import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from papers.models import (
    Author,
    ContentVersion,
    Figure,
    FormerAddress,
    Paper,
    Review,
    SearchDocument,
    Section,
    Tag,
    TagAlias,
)
from papers.rendering import RENDERER_VERSION
from tests.factories import (
    make_claim,
    make_figure,
    make_full_paper,
    make_link,
    make_paper,
    make_review,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def html_of(section):
    return Section.objects.get(pk=section.pk).body_html


def test_footnotes_are_numbered_through_the_entry():
    paper = make_paper(summary="First.[^a]\n\n[^a]: One.")
    technical = make_section(
        paper=paper, kind="technical", body="Second.[^a]\n\n[^a]: Two.", position=0
    )
    historical = make_section(
        paper=paper, kind="historical", body="Third.[^a]\n\n[^a]: Three.", position=1
    )

    assert 'aria-label="Note 1"' in Paper.objects.get().summary_html
    assert 'aria-label="Note 2"' in html_of(technical)
    assert '<ol class="footnotes" start="3">' in html_of(historical)


def test_a_new_footnote_moves_the_numbers_after_it():
    paper = make_paper()
    first = make_section(paper=paper, kind="technical", body="No note.", position=0)
    second = make_section(
        paper=paper, kind="historical", body="A note.[^a]\n\n[^a]: It.", position=1
    )

    first.body = "A note.[^b]\n\n[^b]: New."
    first.save(update_fields=["body"])

    assert 'aria-label="Note 1"' in html_of(first)
    assert 'aria-label="Note 2"' in html_of(second)


def test_a_deleted_section_gives_its_numbers_back():
    paper = make_paper()
    first = make_section(
        paper=paper, kind="technical", body="A.[^a]\n\n[^a]: It.", position=0
    )
    second = make_section(
        paper=paper, kind="historical", body="B.[^a]\n\n[^a]: It.", position=1
    )

    first.delete()

    assert 'aria-label="Note 1"' in html_of(second)


def test_figures_are_numbered_without_the_wanted_ones():
    paper = make_paper()
    make_figure(paper=paper, key="a", position=0)
    make_figure(paper=paper, key="b", position=1, wanted=True)
    make_figure(paper=paper, key="c", position=2)

    assert list(Figure.objects.values_list("key", "number")) == [
        ("a", 1),
        ("b", None),
        ("c", 2),
    ]


def test_a_link_to_a_figure_leads_to_the_paper_page():
    paper = make_paper(slug="mixtral")

    section = make_section(paper=paper, body="See [Figure 1](#figure-1).")

    assert (
        html_of(section)
        == '<p>See <a href="/2024/mixtral/#figure-1">Figure 1</a>.</p>\n'
    )


def test_a_new_slug_renders_everything_that_holds_it():
    paper = make_full_paper(slug="old")
    paper.slug = "new"
    paper.save()

    section = Section.objects.get(kind="figures")

    assert 'href="/2024/new/#figure-1"' in section.body_html


def test_saving_one_field_saves_what_is_made_from_it():
    paper = make_paper()
    paper.summary = "*New*"

    paper.save(update_fields=["summary"])

    assert Paper.objects.get().summary_html == "<p><em>New</em></p>\n"
    assert SearchDocument.objects.get().body == "New"


def test_text_is_kept_with_one_kind_of_line_end():
    section = make_section(paper=make_paper(), body="\r\n\r\n  a\r\nb\rc  \n\n")

    assert Section.objects.get(pk=section.pk).body == "  a\nb\nc"


def test_every_edit_counts_in_the_content_version():
    paper = make_full_paper(tags=[make_tag("MoE")])
    paper.former_addresses.create(year=2023, slug="old")
    paper.topics[0].aliases.create(name="Experts")
    edits = [
        paper,
        paper.review,
        *paper.topics,
        *paper.sections.all(),
        *paper.figures.all(),
    ]
    edits += [*paper.links.all(), *paper.claims.all(), *paper.paper_tags.all()]
    edits += [*TagAlias.objects.all(), *FormerAddress.objects.all()]

    for row in edits:
        before = ContentVersion.current().number
        row.save()
        saved = ContentVersion.current().number
        assert saved > before, row

    for row in reversed(edits[4:]):
        before = ContentVersion.current().number
        row.delete()
        assert ContentVersion.current().number > before, row


def test_an_edit_that_is_undone_leaves_the_version_as_it_was():
    paper = make_paper()
    before = ContentVersion.current().number

    with transaction.atomic():
        paper.save()
        transaction.set_rollback(True)

    assert ContentVersion.current().number == before


def test_authors_are_listed_in_order_for_their_pages():
    make_paper(authors="Zoe Zhao\nLovelace, Ada\n{Meta AI}")

    listed = list(Author.objects.values_list("name", "slug"))

    assert listed == [
        ("Zoe Zhao", "zoe-zhao"),
        ("Ada Lovelace", "ada-lovelace"),
        ("Meta AI", "meta-ai"),
    ]


def test_authors_are_listed_anew_when_they_change():
    paper = make_paper(authors="Ada Lovelace\nBo Li")
    paper.authors = "Bo Li"
    paper.save()

    assert list(Author.objects.values_list("name", "position")) == [("Bo Li", 0)]


def test_rerender_refreshes_what_an_older_renderer_made():
    paper = make_full_paper()
    Paper.objects.update(rendered_by=RENDERER_VERSION - 1, summary_html="old")
    Section.objects.update(rendered_for="0 old", body_html="old")
    Review.objects.update(rendered_by=RENDERER_VERSION - 1, introduction_html="old")
    updated = Paper.objects.get().updated_at

    call_command("rerender")

    paper.refresh_from_db()
    assert paper.summary_html == "<p>What it found.</p>\n"
    assert paper.updated_at == updated
    assert not Section.objects.filter(body_html="old").exists()
    assert Review.objects.get().introduction_html == ""


def test_rerender_leaves_alone_what_is_current(capsys):
    make_full_paper()

    call_command("rerender")

    assert capsys.readouterr().out == "Rendered again: 0\n"


BREAKS = [
    (lambda p: make_paper(slug=p.slug), "paper_slug_is_unique_in_review|review_id"),
    (lambda p: make_section(paper=p, kind="technical"), "section_is_unique|kind"),
    (lambda p: make_section(paper=p, kind="other"), "section_has_a_heading"),
    (
        lambda p: make_section(paper=p, kind="historical", heading="H"),
        "section_has_a_heading",
    ),
    (lambda p: make_figure(paper=p, key="taken"), "figure_key_is_unique|key"),
    (
        lambda p: make_figure(paper=p, content=""),
        "figure_shows_something_or_is_wanted",
    ),
    (
        lambda p: make_figure(paper=p, kind="image"),
        "figure_shows_something_or_is_wanted",
    ),
    (
        lambda p: make_link(paper=p, url="https://example.org/paper"),
        "paper_links_to|url",
    ),
    (
        lambda p: make_claim(paper=p, source=""),
        "claim_that_is_settled_has_a_source",
    ),
    (lambda p: p.paper_tags.create(tag=p.topics[0]), "paper_has_a_tag_once|tag"),
    (lambda p: make_tag("MOE", slug="other"), "tag_name_is_unique_in_any_case"),
    (lambda p: make_review(year=1800), "review_year_is_plausible"),
    (lambda p: ContentVersion.objects.create(pk=2), "there_is_one_content_version"),
    (
        lambda p: p.author_rows.create(position=0, name="A", slug="a"),
        "author_has_a_place|position",
    ),
]


@pytest.mark.parametrize(("make", "constraint"), BREAKS, ids=range(len(BREAKS)))
def test_the_database_holds_each_rule(make, constraint):
    paper = make_full_paper(tags=[make_tag("MoE")])
    make_figure(paper=paper, key="taken")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(paper)


def test_a_tag_spells_itself_out_once():
    assert (
        make_tag("LoRA", full_name="Low-rank adaptation").spelled_out
        == "Low-rank adaptation (LoRA)"
    )
    assert make_tag("Data").spelled_out == "Data"
    assert make_tag("Vision", full_name="vision").spelled_out == "Vision"


def test_another_name_without_an_address_of_its_own_is_still_a_name():
    tag = make_tag("Fine-tuning", slug="fine-tuning")

    alias = TagAlias.objects.create(tag=tag, name="Fine tuning")

    assert alias.slug is None
    assert Tag.objects.get(aliases__name="Fine tuning") == tag


BAD_FIGURES = {
    "a table that cannot be read": {"kind": "table", "content": 'a,"b\n1,2'},
    "a chart without numbers": {"kind": "chart", "content": "a,b\nx,y"},
    "a form that does not fit": {
        "kind": "chart",
        "chart": "share",
        "content": "a,b\nx,-1\n",
    },
    "a drawing that is none": {"kind": "diagram", "content": "<svg"},
    "a picture that is gone": {"kind": "image", "image": "figures/gone.png"},
    "a statement of no cell": {
        "kind": "table",
        "content": "a,b\n1,2",
        "caption": "[[= B9 ]]",
    },
}


@pytest.mark.parametrize("values", BAD_FIGURES.values(), ids=BAD_FIGURES)
def test_what_an_older_release_accepted_stays_as_it_was_shown(client, values):
    paper = make_paper()
    figure = make_figure(paper=paper, kind="code", content="as it was shown")
    Figure.objects.filter(pk=figure.pk).update(**values, rendered_for="")
    Paper.objects.update(rendered_by=0)
    Review.objects.update(rendered_by=0)

    call_command("rerender", "--quiet")
    make_figure(paper=paper, key="another")

    address = paper.get_absolute_url()
    assert "as it was shown" in client.get(address).content.decode()
    assert client.get(f"{address}social.png").status_code == 200
    assert client.get("/2024/").status_code == 200
    assert client.get("/feed.atom").status_code == 200
    figure = Figure.objects.get(pk=figure.pk)
    with pytest.raises(ValidationError):
        figure.full_clean()
