"""The desk's screens as a whole: for every eye, by keyboard alone, and without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.entries import ADD, PUBLISH, announce, begin, save

SCREENS = {
    "board": "/admin/",
    "entries": "/admin/papers/paper/",
    "entry": "/admin/papers/paper/1/change/",
    "new entry": ADD,
    "preview": "/admin/papers/paper/1/preview/",
    "beside": "/admin/papers/paper/1/beside/",
    "delete": "/admin/papers/paper/1/delete/",
    "reviews": "/admin/papers/review/",
    "review": "/admin/papers/review/1/change/",
    "tags": "/admin/papers/tag/",
    "tag": "/admin/papers/tag/1/change/",
    "merge": "/admin/papers/tag/1/merge/",
    "merge preview": "/admin/papers/tag/1/merge/?into=2",
    "tag in use": "/admin/papers/tag/1/delete/",
    "people": "/admin/auth/user/",
    "roles": "/admin/auth/group/",
}
PARTS = {
    "figures-0-kind": "table",
    "figures-0-key": "sizes",
    "figures-0-caption": "Sizes",
    "links-0-kind": "code",
    "links-0-label": "Code",
    "links-0-url": "https://example.org/code",
    "claims-0-text": "It has eight experts.",
    "claims-0-status": "unverified",
    **{f"{name}-TOTAL_FORMS": 1 for name in ("figures", "links", "claims")},
    **{f"{name}-INITIAL_FORMS": 0 for name in ("figures", "links", "claims")},
}
WIDTHS = pytest.mark.parametrize("width", [390, 1280])


def test_the_login_has_no_axe_violation(open_page):
    assert violations(open_page("/admin/login/", 390)) == []


@WIDTHS
def test_no_screen_has_an_axe_violation_or_is_wider_than_the_window(desk, width):
    found = {}
    for name, path in SCREENS.items():
        page = desk(path, width)
        page.wait_for_load_state("networkidle")
        found[name] = violations(page)
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found[name].append("wider than the window")

    assert found == {name: [] for name in SCREENS}


@WIDTHS
def test_no_state_of_an_entry_has_an_axe_violation(desk, width):
    page = desk(ADD, width)
    path = begin(page, title="", **PARTS)
    page.goto(path)
    page.fill("#id_headline", "Another headline")
    page.keyboard.press(PUBLISH)
    page.locator("#refused").wait_for()
    found = {"refused": violations(page)}
    page.goto(path.replace("change", "history"))
    found["history"] = violations(page)
    page.click("text=Version 1")
    found["version"] = violations(page)

    assert found == {"refused": [], "history": [], "version": []}


# The form


def test_an_editor_sees_what_readers_will_see_while_writing(desk):
    page = desk(ADD)

    page.fill("#id_summary", "A *sparse* model with $x^2$.")

    preview = page.locator(".field-summary .markdownx-preview")
    expect(preview.locator("em")).to_have_text("sparse")
    expect(preview.locator("math")).to_have_count(1)


def test_a_section_that_is_added_has_an_editor_that_works(desk):
    page = desk(ADD)

    page.click("text=Add a section of your own")
    page.keyboard.type("What came after")
    page.fill("#id_sections-4-body", "**Bold**")

    section = page.locator("[data-part]", has=page.locator("#id_sections-4-body"))
    expect(section.locator(".markdownx-preview strong")).to_have_text("Bold")
    save(page)
    assert page.input_value("#id_sections-4-heading") == "What came after"


def test_the_tab_key_leaves_the_editor(desk):
    page = desk(ADD)
    page.focus("#id_summary")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.id") != "id_summary"


def test_words_are_counted_while_they_are_written(desk):
    page = desk(ADD)

    page.fill("#id_summary", "Three words here")

    expect(page.locator(".field-summary .meter")).to_have_text("3 words")


def test_what_would_mend_a_finding_is_taken_over_when_the_editor_says_so(desk):
    page, arxiv_id = desk("/admin/"), announce(title="Attention Without Tears")
    page.fill("#paper", arxiv_id)
    page.keyboard.press("Enter")
    page.fill("#id_title", "Attention Without Fears")
    said = page.locator(".findings li", has_text="has the title as")

    said.get_by_text("The difference").click()
    expect(said.locator("del")).to_have_text("Attention Without Fears")
    expect(said.locator("ins")).to_have_text("Attention Without Tears")
    said.get_by_role("button", name="Take it over").click()

    expect(page.locator("#id_title")).to_have_value("Attention Without Tears")
    expect(page.locator("#id_title")).to_be_focused()
    expect(said).to_have_count(0)
    save(page)
    assert page.input_value("#id_title") == "Attention Without Tears"


# The keyboard alone


def public_address(page):
    return page.get_by_role("link", name="On the site").get_attribute("href")


def tab_to(page, selector, most=60):
    """Walk there with the Tab key, as somebody without a mouse does."""
    target = page.locator(selector)
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not come to {selector}.")


def test_an_entry_is_made_and_published_by_keyboard_alone(desk, open_page):
    page, arxiv_id = desk("/admin/"), announce(title="By Keyboard")

    expect(page.locator("#paper")).to_be_focused()
    page.keyboard.type(arxiv_id)
    page.keyboard.press("Enter")
    expect(page.locator("#id_headline")).to_be_focused()
    page.keyboard.type("Nobody touched a mouse")
    tab_to(page, "#id_summary")
    page.keyboard.type("One sentence.")
    tab_to(page, "#tag-box")
    page.keyboard.type("lora")
    page.keyboard.press("Enter")
    tab_to(page, "button[name=_publish]", most=120)
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Published")
    reader = open_page(public_address(page))
    expect(reader.locator("h1")).to_have_text("Nobody touched a mouse")


# Without a script


@pytest.fixture
def plain(open_page, logins):
    """The desk in a browser that runs no script."""
    return open_page(
        "/admin/", storage_state=logins("editor"), java_script_enabled=False
    )


def test_an_entry_is_made_and_published_without_a_script(plain, open_page):
    arxiv_id = announce(title="Without a Script")
    plain.fill("#paper", f"https://arxiv.org/abs/{arxiv_id}")
    plain.click(".add-box button")
    plain.fill("#id_headline", "A plain form")
    plain.fill("#id_summary", "One sentence.")
    plain.fill("#id_tags", "LoRA, MoE")
    plain.click("text=Add a link")
    plain.fill("#id_links-1-url", "https://example.org/code")
    plain.click("button[name=_publish]")

    expect(plain.locator(".messagelist")).to_contain_text("Published")
    reader = open_page(public_address(plain))
    expect(reader.locator("h1")).to_have_text("A plain form")
    assert reader.get_by_role("link", name="LoRA").count()


def test_an_entry_is_moved_on_the_board_without_a_script(plain):
    begin(plain, headline="Moved without a script")
    plain.goto("/admin/?year=2024")
    card = plain.locator(".board-card", has_text="Moved without a script")
    card.hover()

    card.locator("select").select_option("August")
    card.locator("form.move button").click()

    expect(plain.locator(".messagelist")).to_have_text("Moved to August.")
    expect(plain.locator("[data-month='8']")).to_contain_text("Moved without a script")


# The list


def test_entries_are_found_chosen_and_given_to_review_together(desk):
    page = desk(ADD)
    for number in (1, 2):
        begin(page, headline=f"Chosen {number} of the two")
    page.goto("/admin/papers/paper/?q=of the two")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)

    page.check("#action-toggle")
    page.select_option(
        "select[name=action]", label="Ask for review of the selected entries"
    )
    page.click("text=Go")

    expect(page.locator(".messagelist li")).to_contain_text(
        ["In review: “Chosen ", "In review: “Chosen "]
    )
