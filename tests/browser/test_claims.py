"""An editor marks a claim in the text, and a reader sees where it is from."""

from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.entries import PUBLISH, begin


def select(page, box, words):
    page.locator(box).evaluate(
        """(box, words) => {
            const start = box.value.indexOf(words);
            box.focus();
            box.setSelectionRange(start, start + words.length);
        }""",
        words,
    )


def test_marked_words_get_a_row_for_their_source_and_readers_see_it(desk, open_page):
    path = begin(desk("/admin/"), summary="The model stores 47 billion weights.")
    page = desk(path)
    button = page.locator(".field-summary .mark-claim button")

    button.click()
    expect(page.locator(".field-summary [role=status]")).to_have_text(
        "Select the words first."
    )
    select(page, "#id_summary", "47 billion weights")
    button.click()

    assert page.input_value("#id_summary") == (
        "The model stores [47 billion weights](claim:47-billion-weights)."
    )
    assert page.input_value("[name=claims-0-text]") == "47 billion weights"
    expect(page.locator("[name=claims-0-source]")).to_be_focused()
    page.keyboard.type("arXiv:2401.04088")
    page.select_option("[name=claims-0-status]", "confirmed")
    assert violations(page) == []
    page.keyboard.press(PUBLISH)
    expect(page.locator(".messagelist")).to_contain_text("Published")

    address = page.locator(".ways a", has_text="On the site").get_attribute("href")
    read = open_page(address)
    mark = read.locator(".lead a.claim, .summary a.claim").first
    assert mark.get_attribute("title") == "Confirmed: arXiv:2401.04088"
    assert violations(read) == []
    mark.click()
    expect(read.locator("#claim-1")).to_be_in_viewport()


def test_the_same_words_marked_again_lead_to_the_same_row(desk):
    path = begin(desk("/admin/"), summary="It has 8 experts. All 8 experts are small.")
    page = desk(path)

    for words in ("8 experts are", "8 experts. "):
        select(page, "#id_summary", words)
        page.locator("#id_summary").evaluate(
            "(box) => box.setSelectionRange(box.selectionStart, box.selectionStart + 9)"
        )
        page.keyboard.press("Control+Alt+m")

    assert page.input_value("#id_summary").count("(claim:8-experts)") == 2
    assert page.locator("#claims [data-rows] > [data-part]:visible").count() == 1


def test_what_shows_beside_the_other_entries_comes_into_the_form(desk):
    said = (
        "The router scores eight blocks for every token and runs the best two of them."
    )
    for headline in ("First of two", "Second of two"):
        path = begin(desk("/admin/"), summary=said, headline=headline)
    page = desk(path)

    beside = page.locator("#beside li", has_text="is that of “First of two” too")
    expect(beside).to_be_visible()
    beside.locator("summary").click()
    beside.locator("input").fill("They share a method.")
    beside.locator("input").press("Enter")

    expect(page.locator(".messagelist")).to_contain_text(
        "Waived until its text changes"
    )
    expect(page.locator("#beside .waived summary")).to_have_text("Waived (1)")
    assert violations(page) == []
