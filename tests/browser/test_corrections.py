"""A reader proposes a correction, an editor accepts it, and the reader is named."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.entries import ADD, begin

WAIT = 2_100  # Milliseconds: a form is not taken sooner than anybody writes.


@pytest.fixture
def entry(desk):
    """A published entry: its form at the desk, and its address for readers."""
    form = begin(desk(ADD), summary="It stores 46 billion parameters.")
    page = desk(form)
    page.click("[name=_publish]")
    expect(page.locator(".messagelist")).to_contain_text("Published")
    return form, page.get_attribute("text=On the site", "href")


def propose(page, now, should_be, **words):
    page.fill("[name=now]", now)
    page.fill("[name=should_be]", should_be)
    for name, text in words.items():
        page.fill(f"[name={name}]", text)
    page.wait_for_timeout(WAIT)
    page.click("text=Send to the editors")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_proposes_an_editor_accepts_and_the_reader_is_named(
    entry, open_page, desk, expected, scripts
):
    expected.append("422")
    _, address = entry
    reader = open_page(address, java_script_enabled=scripts)
    reader.click("text=Propose a correction")
    reader.click("a:has-text('Summary')")
    propose(
        reader, "48 billion", "47 billion", why="Section 2 says so.", credit="Ada B."
    )
    expect(reader.locator("#id_now_error")).to_contain_text("do not stand there")
    assert reader.input_value("[name=should_be]") == "47 billion"
    reader.fill("[name=now]", "46 billion")
    reader.click("text=Send to the editors")
    expect(reader.locator("h1")).to_have_text("Thank you")
    assert reader.context.cookies() == []

    page = desk("/admin/")
    page.click("text=proposed by readers")
    proposal = page.locator(".proposal", has_text="Ada B.")
    assert proposal.locator("del").all_text_contents() == ["removed: 46"]
    assert proposal.locator("ins").all_text_contents() == ["added: 47"]
    proposal.locator("text=Accept").click()
    expect(page.locator(".messagelist")).to_contain_text("Accepted and published")

    reader.goto(address)
    expect(reader.locator(".lead")).to_contain_text("47 billion parameters")
    expect(reader.locator(".thanks")).to_contain_text("Corrected thanks to Ada B.")
    assert violations(open_page(address)) == []


def test_a_value_stands_ready_to_be_changed(entry, open_page, desk):
    form, address = entry
    reader = open_page(f"{address}correct/?part=venue")
    expect(reader.locator(".said")).to_have_text("Nothing yet")
    reader.fill("[name=should_be]", "ICML 2024")
    reader.fill("[name=why]", "It appeared there.")
    reader.wait_for_timeout(WAIT)
    reader.keyboard.press("Tab")
    reader.click("text=Send to the editors")
    expect(reader.locator("h1")).to_have_text("Thank you")

    page = desk(form)
    page.click("text=Proposed by readers (1)")
    assert violations(page) == []
    page.locator(".proposal >> text=Accept").click()

    expect(page.locator(".messagelist")).to_contain_text("Accepted and published")
    assert page.input_value("#id_venue") == "ICML 2024"


def test_words_that_have_changed_meanwhile_are_shown_beside_the_form(
    entry, open_page, desk
):
    form, address = entry
    reader = open_page(f"{address}correct/?part=summary")
    propose(reader, "46 billion", "47 billion", why="So it says.")
    expect(reader.locator("h1")).to_have_text("Thank you")
    page = desk(form)
    page.fill("#id_summary", "It stores 45 billion parameters.")
    page.click("[name=_publish]")
    expect(page.locator(".messagelist")).to_contain_text("Published")

    page = desk("/admin/corrections/")
    page.locator(".proposal", has_text="So it says.").locator("text=Accept").click()

    expect(page.locator(".messagelist")).to_contain_text("have changed meanwhile")
    shown = page.locator(".proposal")
    expect(page.locator("#proposed")).to_be_focused()
    expect(shown.locator("ins")).to_have_text("added: 47")
    expect(shown.locator(".state")).to_contain_text("It stores 45 billion parameters.")
    shown.locator("summary").click()
    shown.locator("[name=note]").fill("It is 45.")
    shown.locator("[name=decline]").click()
    expect(page.locator(".messagelist")).to_have_text("Declined.")
    expect(page.locator(".proposed")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_a_correction_are_in_order(
    entry, open_page, desk, expected, width
):
    expected.append("422")
    _, address = entry
    reader = open_page(f"{address}correct/", width=width)
    assert violations(reader) == []
    reader.click("a:has-text('Summary')")
    assert violations(reader) == []
    propose(reader, "not there", "47")
    expect(reader.locator("[role=alert]")).to_contain_text("Not sent yet")
    assert violations(reader) == []
    reader.fill("[name=now]", "46")
    reader.fill("[name=why]", "A very-long-" + "word" * 40)
    reader.click("text=Send to the editors")
    expect(reader.locator("h1")).to_have_text("Thank you")
    assert violations(reader) == []
    for page in (reader, desk("/admin/corrections/", width=width)):
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(desk("/admin/corrections/", width=width)) == []
