"""What readers meet: every kind of page, in both themes, on phone and desktop."""

import pytest

from tests.browser.conftest import violations

PAGES = {
    "home": "/",
    "review": "/2024/",
    "filtered": "/2024/?tag=lora&tag=llms",
    "any": "/2024/?tag=lora&tag=moe&match=any",
    "empty": "/2024/?tag=vision&tag=moe",
    "month": "/2024/05/",
    "mixtral": "/2024/mixtral-of-experts/",
    "llama": "/2024/llama-3-herd/",
    "nvlm": "/2024/nvlm/",
    "tags": "/tags/",
    "tag": "/tags/lora/",
    "two tags": "/tags/lora/?tag=fine-tuning",
    "author": "/authors/mansheej-paul/",
    "search": "/search/?q=trillion+tokens",
    "nothing": "/search/?q=qwertz",
    "missing": "/2024/nowhere/",
}


def open_all(page):
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_axe_violation(open_page, name, width, theme):
    page = open_page(PAGES[name], width, theme)
    open_all(page)

    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_at_any_width(open_page, name):
    page = open_page(PAGES[name])
    open_all(page)

    widths = [320, 360, 768, 1280, 1920]
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found.append(page.evaluate("document.documentElement.scrollWidth"))

    assert found == widths


def test_a_reader_follows_a_tag_and_goes_deep_without_a_script(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")

    page.click("section.filter >> text=LoRA")
    assert page.locator("article.entry").count() == 2
    assert page.url == f"{site.url}/?tag=lora"

    page.click("section.filter >> text=PEFT")
    assert page.locator("article.entry").count() == 2
    page.click("text=Any of them")
    assert page.url == f"{site.url}/?tag=lora&tag=peft&match=any"
    page.click("[aria-label='Remove PEFT']")
    page.go_back()
    assert page.locator("a.tag.on").count() == 2

    page.click("summary:has-text('Key details') >> nth=0")
    assert page.locator("dt:has-text('Impact')").first.is_visible()
    page.click("article.entry h3 a >> nth=0")
    assert page.locator("h1").count() == 1
    assert page.locator("#rests-on").is_visible()
    context.close()


def test_the_keyboard_reaches_the_text_first(open_page, site):
    page = open_page("/2024/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")

    assert page.url == f"{site.url}/2024/#main"


def test_a_fold_opens_by_keyboard(open_page):
    page = open_page("/2024/")
    fold = page.locator("details.fold").first

    fold.locator("summary").focus()
    page.keyboard.press("Enter")

    assert fold.get_attribute("open") is not None


def test_search_leads_to_an_entry(open_page, site):
    page = open_page("/search/")

    page.fill("#q", "trillion tok")
    page.keyboard.press("Enter")
    page.click("li.hit a >> nth=0")

    assert page.url.startswith(f"{site.url}/2024/")
    assert page.locator("h1").count() == 1


def test_the_page_asks_nothing_of_other_sites(open_page, site):
    asked = []
    page = open_page("/2024/")
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/2024/mixtral-of-experts/")
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith(site.url)] == []
    assert page.context.cookies() == []


def test_choosing_a_tag_changes_the_page_at_once_and_the_back_button_undoes_it(
    open_page, site
):
    page = open_page("/2024/")
    page.evaluate("window.stayed = true")

    page.click("section.filter >> text=LoRA")
    page.wait_for_url(f"{site.url}/2024/?tag=lora")
    page.locator("a.tag.on").wait_for()
    assert page.locator("article.entry").count() == 2
    assert page.locator("p.unseen[role=status]").inner_text() == "2 papers"
    assert page.evaluate("document.activeElement.textContent").startswith("LoRA")

    page.click("section.filter >> text=PEFT")
    page.locator("a.tag.on >> nth=1").wait_for()
    page.click("text=Any of them")
    page.wait_for_url("**match=any")
    page.go_back()
    page.go_back()
    page.locator("a.tag.on >> nth=1").wait_for(state="detached")

    assert page.url == f"{site.url}/2024/?tag=lora"
    assert page.locator("article.entry").count() == 2
    assert page.evaluate("window.stayed") is True


def test_the_theme_is_remembered(open_page):
    page = open_page("/2024/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)

    button = page.locator("header.strip button")
    assert button.get_attribute("aria-label") == "Theme: as the system has it"
    button.click()
    button.click()
    assert button.get_attribute("aria-label") == "Theme: dark"
    dark = page.evaluate(ground)
    page.goto("/tags/")

    assert light != dark
    assert page.evaluate(ground) == dark


def test_an_address_opens_the_fold_that_holds_its_target(open_page):
    page = open_page("/2024/#mixtral-of-experts-figure-1")

    assert page.locator("#mixtral-of-experts-figure-1").is_visible()


def test_a_stroke_leads_to_the_search(open_page, site):
    page = open_page("/2024/")

    page.keyboard.press("/")

    page.wait_for_url(f"{site.url}/search/")


def test_print_shows_what_is_folded(open_page):
    page = open_page("/2024/")

    page.emulate_media(media="print")

    assert page.locator("dt:has-text('Impact')").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


OVERLAP = """() => {
    const box = (selector) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(selector));
        return range.getBoundingClientRect();
    };
    const [headline, day] = [box("h1"), box(".dated .day")];
    return headline.right > day.left && headline.bottom > day.top;
}"""


@pytest.mark.parametrize("width", [960, 1280, 1920])
def test_a_headline_ends_where_the_numeral_of_its_day_begins(open_page, width):
    page = open_page("/2024/o1-replication-journey/", width)

    assert page.evaluate(OVERLAP) is False
    page.evaluate("document.querySelector('h1').textContent = 'word '.repeat(40)")
    assert page.evaluate(OVERLAP) is False
