import pytest

from papers.models import Paper, Status
from papers.related import MOST_RELATED, get_related
from tests.factories import make_paper, make_section, make_tag

pytestmark = pytest.mark.django_db


def related(paper):
    loaded = Paper.objects.for_page().get(pk=paper.pk)
    return [(other.paper.headline, other.why) for other in get_related(loaded)]


def test_entries_that_refer_to_each_other_are_related_in_both_directions():
    first = make_paper(slug="first", headline="First")
    second = make_paper(headline="Second")
    make_section(paper=second, body="As [before](/2024/first/).")

    assert related(first) == [("Second", "cites this entry")]
    assert related(second) == [("First", "cited in this entry")]


def test_a_rare_tag_says_more_than_a_common_one():
    llm, moe = make_tag("LLM"), make_tag("MoE")
    paper = make_paper(tags=[llm, moe])
    for number in range(3):
        make_paper(tags=[llm], headline=f"Common {number}")
    make_paper(tags=[moe], headline="Rare")

    assert related(paper)[0] == ("Rare", "shares MoE")
    assert related(paper)[1] == ("Common 0", "shares LLM")


def test_a_reference_comes_before_a_shared_tag():
    moe = make_tag("MoE")
    paper = make_paper(tags=[moe])
    make_paper(tags=[moe], headline="Shares")
    make_paper(slug="cited", headline="Cited")
    make_section(paper=paper, body="See [this](/2024/cited/#technical).")

    assert related(paper) == [
        ("Cited", "cited in this entry"),
        ("Shares", "shares MoE"),
    ]


def test_only_a_few_are_named():
    moe = make_tag("MoE")
    papers = [make_paper(tags=[moe]) for _ in range(MOST_RELATED + 2)]

    assert len(related(papers[0])) == MOST_RELATED


def test_what_is_not_published_is_related_to_nothing():
    moe = make_tag("MoE")
    paper = make_paper(tags=[moe], slug="shown")
    draft = make_paper(tags=[moe], slug="draft", status=Status.DRAFT)
    make_section(paper=draft, body="[See](/2024/shown/)")
    make_section(paper=paper, body="[See](/2024/draft/) and [this](/2024/shown/).")

    assert related(paper) == []
