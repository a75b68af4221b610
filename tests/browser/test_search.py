"""A reader looks for something: while typing, with the back button, without a script."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, violations

STATUS = "p[role=status]"
HITS = "li.hit"


def wait_for_status(page, words):
    page.locator(STATUS, has_text=words).wait_for()


def mark(page):
    """What a reload would wipe away."""
    page.evaluate("window.marked = true")


def is_marked(page):
    return page.evaluate("window.marked === true")


def test_results_come_while_one_types_without_a_reload(open_page, site):
    page = open_page("/search/")
    mark(page)
    entries = page.evaluate("history.length")

    page.locator("#q").press_sequentially("trillion tok", delay=20)
    wait_for_status(page, "with “trillion tok”.")

    assert is_marked(page)
    assert page.url == f"{site.url}/search/?q=trillion+tok"
    assert page.evaluate("history.length") == entries
    assert page.title() == "Search: trillion tok"
    assert page.locator(f"{HITS} mark").first.is_visible()
    assert page.locator(".facet").count() == 2
    assert page.evaluate("document.activeElement.id") == "q"


def test_nothing_is_asked_before_a_pause(open_page, site):
    page = open_page("/search/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator("#q").press_sequentially("trillion", delay=10)
    wait_for_status(page, "with “trillion”.")

    assert [url for url in asked if "/search/" in url] == [
        f"{site.url}/search/?q=trillion"
    ]


def test_an_answer_that_comes_late_is_not_shown(open_page, site):
    page = open_page("/search/")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/search/?q=lora", hold)

    page.fill("#q", "lora")
    page.wait_for_timeout(400)
    page.fill("#q", "trillion")
    wait_for_status(page, "with “trillion”.")
    for route in held:
        route.abort()

    assert len(held) == 1
    assert page.url == f"{site.url}/search/?q=trillion"
    assert "“trillion”" in page.inner_text(STATUS)


def test_the_back_button_returns_to_what_was_sent(open_page, site):
    page = open_page("/tags/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    mark(page)
    page.fill("#q", "lora")
    wait_for_status(page, "with “lora”.")
    page.keyboard.press("Enter")
    page.fill("#q", "trillio")
    wait_for_status(page, "with “trillio”.")
    page.fill("#q", "trillion")
    wait_for_status(page, "with “trillion”.")

    page.go_back()
    wait_for_status(page, "with “lora”.")
    assert (page.url, page.input_value("#q")) == (f"{site.url}/search/?q=lora", "lora")
    assert is_marked(page)

    page.go_forward()
    wait_for_status(page, "with “trillion”.")
    assert page.input_value("#q") == "trillion"

    page.go_back()
    wait_for_status(page, "with “lora”.")
    page.go_back()
    page.wait_for_url("**/tags/")


def test_the_back_button_returns_from_an_entry_to_its_results(open_page, site):
    page = open_page("/search/")
    page.fill("#q", "trillion")
    page.keyboard.press("Enter")
    wait_for_status(page, "with “trillion”.")
    page.click(f"{HITS} a >> nth=0")
    page.wait_for_url("**/2024/*/")

    page.go_back()
    wait_for_status(page, "with “trillion”.")

    assert page.url == f"{site.url}/search/?q=trillion"
    assert page.locator(HITS).count() > 0


def test_an_emptied_box_is_the_empty_page(open_page, site):
    page = open_page("/search/?q=trillion")

    page.fill("#q", "")
    page.locator(".blank").wait_for()

    assert page.url == f"{site.url}/search/"
    assert page.inner_text(STATUS) == ""


def test_where_the_network_fails_the_form_does_the_work(open_page):
    page = open_page("/search/?q=trillion")
    page.evaluate("() => { window.fetch = () => Promise.reject(Error('gone')); }")
    mark(page)

    page.fill("#q", "lora")
    page.wait_for_timeout(400)
    assert "“trillion”" in page.inner_text(STATUS)
    page.keyboard.press("Enter")
    wait_for_status(page, "with “lora”.")

    assert not is_marked(page)


def test_a_near_miss_and_a_facet_lead_on(open_page, site):
    page = open_page("/search/")

    page.fill("#q", "trillion tokns")
    wait_for_status(page, "Nothing for “tokns”.")
    page.click(f"{STATUS} a")
    wait_for_status(page, "with “trillion tokens”.")
    found = page.locator(HITS).count()
    page.click(".facet a >> text=2024")
    page.locator("[aria-label='Remove 2024']").wait_for()
    assert page.url == f"{site.url}/search/?q=trillion+tokens&year=2024"
    assert page.locator(HITS).count() == found

    page.fill("#q", "lora")
    wait_for_status(page, "with “lora”.")
    assert page.url == f"{site.url}/search/?q=lora&year=2024"
    page.click("[aria-label='Remove 2024']")
    page.wait_for_url("**/search/?q=lora")


def test_the_same_without_a_script(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")

    page.fill("#q", "trillion tokns")
    page.click(".find button")
    assert "Nothing for “tokns”." in page.inner_text(STATUS)
    page.click(f"{STATUS} a")
    assert page.url == f"{site.url}/search/?q=trillion+tokens"
    page.click(".facet a >> nth=0")
    assert page.locator(".facet a.on").count() == 1
    page.click(".facet a.on")
    assert page.url == f"{site.url}/search/?q=trillion+tokens"
    page.go_back()
    assert page.locator(".facet a.on").count() == 1
    context.close()


SEARCHES = {
    "empty": "/search/",
    "found": "/search/?q=trillion",
    "narrowed": "/search/?q=model&year=2024&tag=llms",
    "put right": "/search/?q=trillion+tokns",
    "too narrow": "/search/?q=trillion&tag=vision",
    "nothing": "/search/?q=qwertz",
}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_has_no_axe_violation(open_page, name, width):
    page = open_page(SEARCHES[name], width)

    assert page.locator("h1", has_text="Search").count() == 1
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_results_that_came_while_typing_have_no_axe_violation(open_page):
    page = open_page("/search/", 320)
    page.fill("#q", "trillion")
    wait_for_status(page, "with “trillion”.")

    assert violations(page) == []


def test_the_script_weighs_at_most_two_kilobytes():
    script = Path(ROOT, "static/js/search.js").read_text()

    assert len(script.encode()) <= 2_000
    assert not re.search(r"innerHTML|eval|https?:", script)
