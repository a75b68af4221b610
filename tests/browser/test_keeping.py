"""Nothing is ever lost: a killed tab, an expired session, a lost connection, a slip."""

import os
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.entries import ADD, SAVE, begin, kept, save

OFFER = ".offer"


@pytest.fixture
def entry(desk):
    """An entry of one's own, open to be written in."""
    return desk(begin(desk(ADD), headline="Before"))


def write(page, selector, words):
    page.focus(selector)
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def kill(page):
    """The tab is gone as when its process dies: it has no time to do anything more."""
    session = page.context.browser.new_browser_cdp_session()
    with page.expect_event("crash"):
        for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
    page.close()


def kill_while_writing(page):
    """The tab is gone before the site has a word of what was written last."""
    page.route("**/keep/", lambda route: route.abort())
    write(page, "#id_headline", " and after")
    page.click("text=Add a link")
    page.keyboard.press("Tab")
    page.keyboard.type("https://example.org/code")
    kill(page)


def test_words_are_kept_soon_after_they_are_written(entry):
    write(entry, "#id_headline", " and after")
    expect(kept(entry)).to_contain_text("Kept at")

    entry.reload()

    assert entry.input_value("#id_headline") == "Before and after"
    expect(entry.locator(OFFER)).to_have_count(0)


def test_the_first_words_begin_the_entry_whose_form_it_is_from_then_on(desk):
    page = desk(ADD)

    write(page, "#id_headline", "Out of nothing")
    expect(kept(page)).to_contain_text("Kept at")
    page.keyboard.type(", and more")
    save(page)

    assert page.input_value("#id_headline") == "Out of nothing, and more"
    page.goto("/admin/papers/paper/?q=out of nothing")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_words_of_a_killed_tab_are_offered_and_brought_back(entry, open_page, expected):
    expected.append("ERR_FAILED")
    path, context = entry.url, entry.context
    kill_while_writing(entry)

    page = open_page(path, context=context)
    assert page.input_value("#id_headline") == "Before"
    page.click("text=Bring them back")

    assert page.input_value("#id_headline") == "Before and after"
    assert page.input_value("#id_links-0-url") == "https://example.org/code"
    expect(kept(page)).to_contain_text("Kept at")
    expect(page.locator(OFFER)).to_have_count(0)


def test_words_that_are_let_go_are_not_offered_again(entry, open_page, expected):
    expected.append("ERR_FAILED")
    path, context = entry.url, entry.context
    kill_while_writing(entry)

    page = open_page(path, context=context)
    page.click("text=Let them go")
    page.reload()

    expect(page.locator(OFFER)).to_have_count(0)
    assert page.input_value("#id_headline") == "Before"


def test_what_was_taken_out_and_moved_in_a_killed_tab_comes_back_so(
    desk, open_page, expected
):
    expected.append("ERR_FAILED")
    links = {"links-TOTAL_FORMS": 3, "links-INITIAL_FORMS": 0}
    rows = {f"links-{n}-url": f"https://example.org/{n}" for n in range(3)}
    kinds = {f"links-{n}-kind": "code" for n in range(3)}
    path = begin(desk(ADD), **links, **rows, **kinds)
    page = desk(path)
    page.route("**/keep/", lambda route: route.abort())
    page.locator("#links [data-part]").nth(0).get_by_label("Move down").click()
    page.locator("#links [data-part]").nth(2).get_by_label("Take this out").click()
    kill(page)

    page = open_page(path, context=page.context)
    page.click("text=Bring them back")
    save(page)

    shown = page.locator("#links input[name$=-url]").evaluate_all(
        "boxes => boxes.map(box => box.value)"
    )
    assert shown == ["https://example.org/1", "https://example.org/0"]


@pytest.mark.parametrize("path", ["new", "begun"])
def test_nothing_is_offered_after_a_save_whatever_the_site_made_of_it(desk, path):
    page = desk(ADD) if path == "new" else desk(begin(desk(ADD)))

    page.fill("#id_headline", "  Spaced   ")
    page.fill("#id_arxiv_id", "https://arxiv.org/abs/2406.00001v3")
    page.fill("#id_authors", "Lovelace, Ada and Hopper, Grace")
    page.click("text=Add a figure")
    page.fill("#id_figures-0-caption", "A figure without a name")
    page.click("text=Add a link")
    save(page)

    expect(page.locator(OFFER)).to_have_count(0)
    page.reload()
    expect(page.locator(OFFER)).to_have_count(0)
    page.goto(ADD)
    expect(page.locator(OFFER)).to_have_count(0)


def test_saving_while_the_site_is_keeping_meets_no_version_of_ones_own(entry):
    waiting = []

    def hold(route):  # Playwright looks at how many arguments it takes.
        waiting.append(route)

    entry.route("**/keep/", hold)
    write(entry, "#id_headline", " and after")
    with entry.expect_request("**/keep/"):
        pass

    entry.keyboard.press(SAVE)
    entry.keyboard.press(SAVE)
    expect(kept(entry)).to_have_text("Saving …")
    waiting[0].continue_()

    expect(entry.locator(".messagelist")).to_contain_text("Saved")
    expect(entry.locator("#conflict")).to_have_count(0)
    assert entry.input_value("#id_headline") == "Before and after"


# The login


@pytest.fixture
def log_out(entry, expected):
    """End the session behind the page's back."""
    expected.append("403 (Forbidden)")  # Of previews that are asked for meanwhile.
    return lambda: entry.context.clear_cookies(name="sessionid")


@pytest.fixture
def log_in_beside(entry, site):
    """Log in once more, in another tab of the same browser."""

    return lambda: log_in(entry.context.new_page(), site)


def test_an_expired_session_is_said_and_the_next_login_is_enough(
    entry, log_out, log_in_beside
):
    log_out()
    write(entry, "#id_headline", " and after")
    expect(kept(entry)).to_contain_text("log in in another tab")
    expect(kept(entry)).to_contain_text("kept in this browser")

    log_in_beside()
    entry.keyboard.type(" that")

    expect(kept(entry)).to_contain_text("Kept at")
    entry.reload()
    assert entry.input_value("#id_headline") == "Before and after that"


def test_a_form_from_before_a_new_login_saves(entry, log_out, log_in_beside):
    log_out()
    log_in_beside()

    write(entry, "#id_headline", " and after")
    entry.keyboard.press(SAVE)

    expect(entry.locator(".messagelist")).to_contain_text("Saved")
    assert entry.input_value("#id_headline") == "Before and after"


def test_a_preview_from_before_a_new_login_works(entry, log_out, log_in_beside):
    log_out()
    log_in_beside()

    entry.fill("#id_summary", "It is **there**.")

    entry.locator(".field-summary .markdownx-preview strong").wait_for()


def test_words_that_were_saved_without_a_login_are_offered_after_it(
    entry, log_out, site
):
    log_out()
    write(entry, "#id_headline", " and after")
    entry.keyboard.press(SAVE)
    entry.locator("#id_username").wait_for()

    entry.fill("#id_username", "editor")
    entry.fill("#id_password", site.password)
    entry.click("[type=submit]")
    entry.click("text=Bring them back")

    assert entry.input_value("#id_headline") == "Before and after"


# The connection


def test_a_lost_connection_is_said_and_mends_by_itself(entry, expected):
    expected.append("ERR_INTERNET_DISCONNECTED")
    entry.context.set_offline(True)
    write(entry, "#id_headline", " and after")
    expect(kept(entry)).to_contain_text("The site cannot be reached")

    entry.context.set_offline(False)

    expect(kept(entry)).to_contain_text("Kept at")
    entry.reload()
    assert entry.input_value("#id_headline") == "Before and after"


# Leaving


def test_leaving_with_words_that_are_not_kept_asks(entry, expected):
    expected.append("ERR_FAILED")
    asked = []
    entry.route("**/keep/", lambda route: route.abort())
    write(entry, "#id_headline", " and after")
    entry.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    entry.goto("/admin/")

    assert asked == ["beforeunload"]


def test_leaving_after_the_words_are_kept_asks_nothing(entry):
    asked = []
    write(entry, "#id_headline", " and after")
    expect(kept(entry)).to_contain_text("Kept at")
    entry.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    entry.goto("/admin/")

    assert asked == []
