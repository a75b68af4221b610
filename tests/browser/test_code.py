"""Code as readers meet it: numbered, scrolled by keyboard, copied as it is."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

CODE = "/2024/dora/"
NUMBERS = """block => [...block.querySelectorAll(".line")]
    .map(line => getComputedStyle(line, "::before").content)"""
SELECTED = """block => {
    getSelection().selectAllChildren(block);
    return getSelection().toString();
}"""

FAIL = """() => {
    navigator.clipboard.writeText = async () => { throw new Error("Forbidden"); };
}"""


@pytest.fixture
def open_copying(browser, site, open_page):
    """Open a page in a browser that lets pages use the clipboard."""
    contexts = []

    def new(path, **options):
        context = browser.new_context(base_url=site.url, **options)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return open_page(path, context=context)

    yield new
    for context in contexts:
        context.close()


def pasted(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_lines_have_numbers_that_are_neither_marked_nor_read_out(open_page):
    page = open_page(CODE)
    block = page.locator("figure pre.code").first
    lines = block.locator(".line").count()

    assert lines > 5
    assert set(block.evaluate(NUMBERS)) == {'counter(line) / ""'}
    words = block.evaluate("block => block.textContent")
    assert block.evaluate(SELECTED).strip() == words.strip()
    tree = page.locator("figure .listing").first.aria_snapshot()
    assert tree.startswith('- group "Python":')
    assert words.strip().partition("\n")[0].strip() in tree


def test_a_block_is_copied_as_it_is_and_says_so(open_copying):
    page = open_copying(CODE)
    listing = page.locator("figure .listing").first
    button = listing.get_by_role("button", name="Copy")
    status = page.locator("body > [role=status]", has_text="Copied")

    button.focus()
    page.keyboard.press("Enter")

    expect(listing.locator(".copy")).to_have_text("Copied")
    expect(status).to_have_count(1)
    assert pasted(page) == listing.locator("code").text_content()
    expect(listing.locator(".copy")).to_have_text("Copy")
    expect(status).to_have_count(0)


def test_code_that_comes_later_can_be_copied_too(open_copying):
    page = open_copying("/2024/")
    page.locator("#dora details.dive summary").click()

    page.locator("#dora .listing .copy").first.click()

    expect(page.locator("#dora .copy").first).to_have_text("Copied")
    code = page.locator("#dora .listing code").first
    assert pasted(page) == code.text_content()
    expect(page.locator(".listing:has(.copy + .copy)")).to_have_count(0)


def test_where_nothing_can_be_copied_nothing_is_said(open_page, browser, site):
    context = browser.new_context(base_url=site.url)
    context.add_init_script("delete Navigator.prototype.clipboard")
    without = open_page(CODE, context=context)
    assert without.locator(".copy").count() == 0
    context.close()

    page = open_page(CODE)
    page.evaluate(FAIL)
    page.locator(".copy").first.click()

    expect(page.locator(".copy").first).to_have_text("Copy")
    assert page.get_by_text("Copied").count() == 0


def test_a_long_line_scrolls_in_its_box_by_keyboard(open_page):
    page = open_page(CODE, 320)
    block = page.locator("figure pre.code").first

    block.focus()
    page.keyboard.press("ArrowRight")

    expect(block).not_to_have_js_property("scrollLeft", 0)
    assert page.evaluate("scrollX") == 0
    label = page.locator("figure .listing").first
    button = label.locator(".copy")
    assert button.bounding_box()["x"] < label.bounding_box()["width"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_button_comes_without_moving_anything(open_page, width):
    page = open_page(CODE, width)
    page.locator(".copy").first.wait_for()
    place = "document.querySelector('figure pre.code').getBoundingClientRect().top + scrollY"
    with_button = page.evaluate(place)

    page.evaluate("document.querySelectorAll('.copy').forEach(b => b.remove())")

    assert page.evaluate(place) == with_button


def test_print_has_the_whole_code_and_no_button(open_page):
    page = open_page(CODE)
    code = page.locator("figure pre.code").first.text_content()

    page.emulate_media(media="print")
    assert not page.locator(".copy").first.is_visible()
    pdf = page.pdf(format="A5")

    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)
    printed = "".join(text.split())
    missing = [word for word in code.split() if word not in printed]
    assert missing == []
    assert "Copy" not in text.split()


def test_a_figure_of_the_list_leads_to_it(open_page, site):
    page = open_page("/2024/figures/")

    page.locator("section.figures li a").nth(3).click()

    page.wait_for_url(f"{site.url}/2024/*/#figure-*")
    expect(page.locator(":target")).to_be_in_viewport()
