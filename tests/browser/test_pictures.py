"""Pictures that are pasted or dropped into a text."""

import re

from playwright.sync_api import expect

from tests.browser.entries import ADD, begin, drop, make_picture, paste

SUMMARY = "#id_summary"
PREVIEW = ".field-summary .markdownx-preview"


def addresses(text):
    return re.findall(r"/media/figures/\w+\.\w+", text)


def test_a_pasted_picture_is_shown_with_the_cursor_in_its_alt_text(desk):
    page = desk(begin(desk(ADD), summary="Before"))
    page.locator(SUMMARY).press("End")

    paste(page.locator(SUMMARY), make_picture())
    page.locator(f"{PREVIEW} img").wait_for()
    page.keyboard.type("A dark field")

    text = page.input_value(SUMMARY)
    assert text == f"Before![A dark field]({addresses(text)[0]})"
    expect(page.get_by_alt_text("A dark field")).to_be_visible()


def test_the_same_picture_twice_is_one_file(desk):
    page = desk(ADD)

    for kind in ("summary", "sections-0-body"):
        paste(page.locator(f"#id_{kind}"), make_picture("#654321"))
        expect(page.locator(f"#id_{kind}")).to_have_value(re.compile("figures/"))

    stored = [
        addresses(page.input_value(f"#id_{kind}"))
        for kind in ("summary", "sections-0-body")
    ]
    assert stored[0] == stored[1]


def test_pictures_that_are_dropped_stand_one_after_the_other(desk):
    page = desk(ADD)

    drop(page.locator(SUMMARY), make_picture("#111111"), make_picture("#222222"))
    page.locator(f"{PREVIEW} img").nth(1).wait_for()
    page.keyboard.type("The first")

    text = page.input_value(SUMMARY)
    one, other = addresses(text)
    assert text == f"![The first]({one})\n\n![]({other})"


def test_what_is_no_picture_is_refused_in_words_and_the_text_stays(desk, expected):
    expected.append("400 (Bad Request)")
    page = desk(ADD)
    page.fill(SUMMARY, "My words.")

    paste(page.locator(SUMMARY), b"MZ this is a program", "virus.png")

    expect(page.locator(PREVIEW)).to_contain_text("Not uploaded: ")
    assert page.input_value(SUMMARY) == "My words."


def test_words_from_a_word_processor_are_words_and_no_picture(desk):
    page = desk(ADD)

    was_taken = page.locator(SUMMARY).evaluate(
        """box => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "Words");
            clipboardData.setData("text/html", "<b>Words</b>");
            clipboardData.items.add(new File(["x"], "x.png", { type: "image/png" }));
            const options = { clipboardData, cancelable: true, bubbles: true };
            return !box.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )

    assert not was_taken


def test_a_figure_is_uploaded_as_soon_as_it_is_chosen(desk):
    page = desk(ADD)
    page.click("text=Add a figure")
    page.select_option("#id_figures-0-kind", "image")

    page.set_input_files(
        "#id_figures-0-image",
        {"name": "x.png", "mimeType": "image/png", "buffer": make_picture()},
    )

    page.locator(".figure-preview img").wait_for()
    assert re.fullmatch(r"\w+\.\w+", page.input_value("[name=figures-0-picture]"))
    assert page.input_value("#id_figures-0-image") == ""
