"""The record beside the form, and papers found by a title, as an editor uses them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.entries import announce, begin, kept
from tests.catalogues import make_feed

TITLE = "Attention Without Any Tears"


@pytest.fixture
def ready(stand_in):
    """A search that finds a paper, whose record arXiv has; the paper's identifier."""
    arxiv_id = announce(title=TITLE)
    paper = {
        "id": f"http://arxiv.org/abs/{arxiv_id}v1",
        "published": "2024-05-14T18:00:00Z",
        "title": TITLE,
        "summary": "Nothing is known of it.",
        "authors": ["Ada Lovelace", "Grace Hopper"],
        "categories": ["cs.LG"],
    }
    stand_in.found["arxiv"] = [make_feed(paper)]
    yield arxiv_id
    stand_in.found.clear()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_an_id_is_found_by_its_title_and_the_record_taken_over(
    desk, ready, width, theme
):
    page = desk("/admin/", width=width, theme=theme)
    page.goto(begin(page, title="Attention without Tears", arxiv_id="", date="2024"))

    page.get_by_role("button", name="Search by title").click()

    found = page.locator("#found")
    expect(found).to_contain_text(TITLE)
    expect(found).to_contain_text("% alike")
    assert page.evaluate("document.activeElement.id") == "found"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text(f"The id is now {ready}.")
    record = page.locator("section[aria-labelledby=record-h]")
    expect(record).to_contain_text("It says otherwise")
    assert violations(page) == []
    record.get_by_role("button", name="Use all").click()

    expect(page.locator(".messagelist")).to_contain_text("Taken over from the record")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(page.locator("#id_arxiv_id")).to_have_value(ready)
    expect(record).to_contain_text("The entry says the same.")


def test_one_field_is_taken_into_the_form_without_leaving_it(desk, ready):
    page = desk("/admin/")
    page.goto(begin(page, title="Attention without Tears", arxiv_id=ready))
    page.get_by_role("button", name="Ask the catalogue").click()

    page.get_by_role("button", name="Use it: Title from arXiv").click()

    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(kept(page)).to_contain_text("Kept at")
