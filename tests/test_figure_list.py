import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from papers import drafts, figure_lists
from papers.documents.entry import free_slug
from papers.models import Paper, Status
from papers.values import PaperDocument
from tests.factories import make_figure, make_paper, make_review
from tests.processes import run_python
from tests.trees import parse

pytestmark = pytest.mark.django_db


def get_page(client, path="/2024/figures/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def listed(client, path="/2024/figures/"):
    """The headings and the figures of the list, in its order: words and addresses."""
    main = get_page(client, path).partition('<div class="column">')[2]
    main = main.partition("</main>")[0]
    found = []
    for element in parse(main):
        if element.tag in {"h2", "h3", "li"}:
            words = " ".join("".join(element.itertext()).split())
            found.append((words, element.find("a").get("href")))
    return found


def test_the_list_has_every_figure_by_month_and_entry(client):
    late = make_paper(slug="late", month=5, headline="Late & last")
    make_figure(paper=late, kind="code", content="x", caption="Code of *it*: $x$.")
    early = make_paper(slug="early", month=1, headline="", title="Early")
    make_figure(paper=early, position=2, caption="Second.")
    make_figure(paper=early, position=1, kind="chart", caption="", alt="A <bar>.")
    make_paper(slug="bare", month=1)

    assert listed(client) == [
        ("January", "/2024/01/"),
        ("Early", "/2024/early/"),
        ("Figure 1 Chart A <bar>.", "/2024/early/#figure-1"),
        ("Figure 2 Table Second.", "/2024/early/#figure-2"),
        ("May", "/2024/05/"),
        ("Late & last", "/2024/late/"),
        ("Figure 1 Code Code of it: xx.", "/2024/late/#figure-1"),
    ]


def test_nothing_that_readers_may_not_see_is_listed(client):
    shown = make_paper(slug="shown")
    make_figure(paper=shown, caption="Seen.")
    make_figure(paper=shown, caption="WANTED", wanted=True, content="")
    only_wanted = make_paper(slug="only-wanted", headline="WANTED")
    make_figure(paper=only_wanted, wanted=True, content="")
    for number, status in enumerate(set(Status.values) - {Status.PUBLISHED}):
        hidden = make_paper(slug=f"hidden-{number}", headline="HIDDEN")
        make_figure(paper=hidden, caption="HIDDEN")
        Paper.objects.filter(pk=hidden.pk).update(
            status=status,
            publish_at="2999-01-01T00:00Z" if status == Status.SCHEDULED else None,
            withdrawal_reason="Wrong." if status == Status.WITHDRAWN else "",
        )
    make_figure(paper=make_paper(review=make_review(year=2023), headline="OTHER YEAR"))

    page = get_page(client)

    assert [words for words, _ in listed(client)] == [
        "January",
        str(shown),
        "Figure 1 Table Seen.",
    ]
    assert re.findall("WANTED|HIDDEN|OTHER YEAR", page) == []


def test_a_review_without_figures_says_so(client):
    make_paper()

    page = get_page(client)

    assert "shows a figure yet." in page
    assert "<h2" not in page


@pytest.mark.parametrize(
    ("status", "answer"), [(Status.DRAFT, 404), (Status.WITHDRAWN, 410)]
)
def test_the_list_is_as_public_as_its_review(client, status, answer):
    review = make_review()
    make_figure(paper=make_paper(review=review))
    type(review).objects.update(
        status=status,
        published_at="2024-01-01T00:00Z",
        withdrawal_reason="Wrong." if status == Status.WITHDRAWN else "",
    )

    assert client.get("/2024/figures/").status_code == answer
    assert client.get("/2023/figures/").status_code == 404


def test_the_head_names_the_page(client):
    make_figure(paper=make_paper(review=make_review(title="What <was> found")))

    page = get_page(client)

    assert "<title>Figures of 2024: What &lt;was&gt; found</title>" in page
    own = "http://testserver/2024/figures/"
    assert f'<link rel="canonical" href="{own}">' in page
    assert f'<meta property="og:url" content="{own}">' in page
    contents = "1 figure in the review of 2024, by month and entry."
    assert f'<meta name="description" content="{contents}">' in page


def test_the_list_answers_conditional_requests_and_posts_as_its_neighbours_do(client):
    paper = make_paper()
    make_figure(paper=paper)
    first = client.get("/2024/figures/")

    again = client.get("/2024/figures/", headers={"If-None-Match": first["ETag"]})
    make_figure(paper=paper, caption="New.")
    changed = client.get("/2024/figures/", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, no-cache"
    assert (again.status_code, changed.status_code) == (304, 200)
    assert client.post("/2024/figures/").status_code == 405


@pytest.mark.parametrize("papers", [1, 3])
def test_the_list_runs_a_fixed_number_of_queries(
    client, django_assert_num_queries, papers
):
    review = make_review()
    for _ in range(papers):
        paper = make_paper(review=review)
        for _ in range(papers):
            make_figure(paper=paper)

    with django_assert_num_queries(4):
        client.get("/2024/figures/")


def test_what_a_figure_is_made_from_is_not_read_for_the_list(client):
    make_figure(paper=make_paper())

    page = figure_lists.get_figure_list(review=make_paper().review)

    [figure] = page.months[0].papers[0].shown_figures
    assert {"content", "content_html"} <= figure.get_deferred_fields()


def test_the_review_and_the_sitemap_lead_to_the_list(client):
    make_figure(paper=make_paper())
    make_figure(
        paper=make_paper(review=make_review(year=2023)), wanted=True, content=""
    )

    assert 'href="/2024/figures/"' in get_page(client, "/2024/")
    addresses = re.findall(
        "<loc>http://testserver(.*?)</loc>", get_page(client, "/sitemap.xml")
    )
    assert [a for a in addresses if "figures" in a] == ["/2024/figures/"]


# The address belongs to the list.


def test_no_entry_can_have_the_address_of_the_list():
    paper = make_paper()
    paper.slug = "figures"

    with pytest.raises(ValidationError) as refused:
        paper.full_clean()
    with pytest.raises(IntegrityError, match="list_of_figures"), transaction.atomic():
        Paper.objects.update(slug="figures")

    assert refused.value.messages == [
        "“figures” is the address of the review's list of figures."
    ]


def test_an_entry_called_figures_gets_the_next_address():
    document = PaperDocument(slug="", month=1, headline="Figures!")
    review = make_review()

    first = drafts.begin(review, document, by=None)

    assert first.slug == "figures-2"
    assert free_slug(document, Paper(review=review)) == "figures-3"


STEPS = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
target = ("papers", "0006_figure_forms")
executor = MigrationExecutor(connection)
executor.migrate([target])
old = executor.loader.project_state([target]).apps
make = lambda name, **values: old.get_model("papers", name).objects.create(**values)
review = make("Review", year=2024, title="T", status="published")
of = {"review": review, "month": 1, "status": "published", "title": "A"}
make("Paper", slug="figures-2", **of)
third = make("Paper", slug="third", **of)
speech = make("Paper", slug="figures-of-speech", **of)
make("FormerAddress", year=2024, slug="figures-3", paper=third)
make("FormerAddress", year=2024, slug="figures", paper=third)
paper = make("Paper", slug="figures", rendered_by=2, **of)
make("Section", paper=paper, kind="technical", body="[It](#figure-1).")
make("Figure", paper=paper, key="a", kind="table", content="A,B")
make("Revision", paper=paper, number=1, kind="saved", document={"slug": "figures"})
make("Revision", paper=paper, number=2, kind="saved", document={"slug": "other"})
call_command("migrate", verbosity=0)
call_command("rerender", quiet=True)
from papers.models import FormerAddress, Paper
print(*Paper.objects.order_by("pk").values_list("slug", flat=True))
print(*FormerAddress.objects.filter(paper=paper.pk).values_list("year", "slug"))
print(*(revision.document["slug"] for revision in Paper.objects.get(pk=paper.pk).revisions.all()))
client = Client(headers={"host": "localhost"})
print(paper.sections.model.objects.get().body_html.strip())
print(client.get("/2024/figures.bib")["Location"])
call_command("migrate", "papers", "0006", verbosity=0)
call_command("migrate", verbosity=0)
"""


def test_an_entry_that_had_the_address_moves_and_is_still_found(tmp_path):
    assert run_python(STEPS, tmp_path).splitlines() == [
        "Rendered again: 5",
        "figures-2 third figures-of-speech figures-4",
        "(2024, 'figures')",
        "other figures-4",
        '<p><a href="/2024/figures-4/#figure-1">It</a>.</p>',
        "/2024/figures-4/",
    ]
