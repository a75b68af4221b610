"""What readers meet: every kind of page, in both themes, on phone and desktop."""

from collections import Counter
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import violations

PAGES = {
    "home": "/",
    "review": "/2024/",
    "whole": "/2024/?whole=yes",
    "filtered": "/2024/?tag=lora&tag=llms",
    "any": "/2024/?tag=lora&tag=moe&match=any",
    "empty": "/2024/?tag=vision&tag=moe",
    "month": "/2024/05/",
    "figures": "/2024/figures/",
    "code": "/2024/dora/",
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


def open_all(page, which="details"):
    page.evaluate(
        "(which) => document.querySelectorAll(which).forEach(d => { d.open = true; })",
        which,
    )


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_axe_violation(open_page, name, width):
    page = open_page(PAGES[name], width)
    # Every deeper dive is in one of these pages already: once is enough.
    open_all(page, "details" if name == "whole" else "details:not(.dive)")

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


@pytest.mark.parametrize("path", ["/2024/", "/2024/nvlm/", "/search/?q=lora", "/tags/"])
def test_whatever_the_keyboard_reaches_is_seen_to_have_the_focus(open_page, path):
    page = open_page(path)
    page.emulate_media(reduced_motion="reduce")  # To look at once, not after a scroll.
    stops = []

    for _ in range(60):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))

    unseen = [stop for stop in stops if not stop["seen"]]
    assert unseen == []
    assert len({stop["name"] for stop in stops}) > 15


# A field of one line is marked by the rule under it.
FOCUS = """() => {
    const at = document.activeElement;
    if (at === document.body) return { name: "body", seen: true };
    const box = at.getBoundingClientRect();
    const marked = [at, at.parentElement].map(element => getComputedStyle(element))
        .some(style => style.outlineStyle !== "none" || style.boxShadow !== "none");
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return { name: at.textContent.trim() || at.id, seen: marked && inside };
}"""


def test_a_reader_without_a_script_searches_and_narrows(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")

    assert page.locator("header.strip button:visible").count() == 0
    page.click("header.strip >> text=Search")
    page.fill("#q", "low-rnak adapters")
    page.keyboard.press("Enter")
    page.locator("#found >> text=Nothing for").wait_for()
    page.click("#found a")
    page.click(".facet a:has-text('2024')")
    assert page.locator(".facet a.on").count() == 1
    page.click("li.hit a >> nth=0")
    assert page.locator("h1").count() == 1
    context.close()


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


@pytest.mark.parametrize("width", [360, 1280])
def test_the_rail_shows_the_month_one_is_at(open_page, width):
    page = open_page("/2024/", width)
    here = page.locator(".rail [aria-current]")
    expect(here).to_have_text("January")

    page.evaluate("document.getElementById('october').scrollIntoView()")
    expect(here).to_have_text("October")
    expect(here).to_be_in_viewport(ratio=1)
    page.keyboard.press("End")
    expect(here).to_have_text("December")

    page.evaluate("document.querySelector('.filter').scrollIntoView()")
    page.click("section.filter >> text=LoRA")
    expect(here).to_have_text("February")


def test_the_contents_show_the_part_one_is_at(open_page):
    page = open_page("/2024/nvlm/")

    page.click(".toc >> text=History")

    expect(page.locator(".toc [aria-current]")).to_have_text("History")


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


@pytest.mark.parametrize(
    "name",
    [
        "phi-4-relevance",
        "mixtral-of-experts-figure-1",
        "note-mixtral-of-experts-historical-2",
    ],
)
def test_an_address_opens_the_dive_that_holds_its_target(open_page, name):
    page = open_page(f"/2024/#{name}")

    expect(page.locator(f".prose #{name}")).to_be_in_viewport()


@pytest.mark.parametrize("fragment", ["nowhere", "%zz", ""])
def test_an_address_may_name_what_is_nowhere(open_page, fragment):
    page = open_page(f"/2024/#{fragment}")

    page.wait_for_load_state("networkidle")
    assert page.locator("details[open]").count() == 0


def test_a_deeper_dive_comes_when_its_fold_is_opened(open_page):
    page = open_page("/2024/")
    fold = page.locator("#nvlm details.dive")
    assert fold.locator(".prose").count() == 0

    fold.locator("summary").focus()
    page.keyboard.press("Enter")

    fold.locator(".prose h4 >> text=Historical context").wait_for()
    assert page.locator(".outline").count() == 0


@pytest.mark.parametrize(
    "begin",
    [
        lambda page: page.mouse.wheel(0, 100),
        lambda page: page.keyboard.press("Control+f"),
        lambda page: page.keyboard.press("F3"),
    ],
    ids=["scroll", "ctrl+f", "f3"],
)
def test_all_text_is_there_to_be_found_once_somebody_begins(open_page, begin):
    page = open_page("/2024/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".outline").count() == 12

    begin(page)

    expect(page.locator(".outline")).to_have_count(0)
    assert page.locator(".dive > .prose").count() == 12


def test_dives_come_to_what_was_chosen_and_to_all_again(open_page):
    page = open_page("/2024/")

    for choice, papers in (("LoRA", 2), ("LoRA", 12)):
        page.click(f"section.filter a:has-text('{choice}') >> nth=0")
        expect(page.locator("article")).to_have_count(papers)
        page.mouse.wheel(0, 50)
        expect(page.locator(".outline")).to_have_count(0)
        assert page.locator(".dive > .prose").count() == papers


def test_a_dive_that_does_not_come_is_asked_for_again(open_page):
    page = open_page("/2024/")
    page.route("**/*whole=yes", lambda route: route.fulfill(status=404))
    summary = page.locator("#nvlm details.dive summary")
    with page.expect_response("**/*whole=yes"):
        summary.click()
    assert page.locator("#nvlm .outline a").first.is_visible()

    page.unroute("**/*whole=yes")
    summary.click()
    summary.click()

    page.locator("#nvlm .dive .prose").wait_for()


def test_without_a_script_a_dive_leads_to_its_text(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/2024/#nvlm-historical")

    page.click("#nvlm .outline >> text=Historical context")
    assert page.url == f"{site.url}/2024/nvlm/#historical"
    assert page.locator("h2#historical").is_visible()

    page.goto("/2024/")
    page.click("text=2024 on one page")
    page.click("#nvlm details.dive summary")
    assert page.locator("#nvlm .prose").is_visible()
    context.close()


SHIFTS = """() => new Promise(resolve => {
    const all = [];
    new PerformanceObserver(list => all.push(...list.getEntries()))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(all.map(entry => entry.value)), 500);
})"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/2024/", "/2024/nvlm/", "/tags/lora/"])
def test_nothing_moves_while_a_page_arrives(open_page, path, width):
    page = open_page(path, width)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(SHIFTS) == []


FIRST_VISIT = 60_000
SCRIPTS = 8_000
FONTS = 25_000


def test_a_first_visit_is_light(browser, site):
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds, sizes = {}, {}
    session.on(
        "Network.responseReceived",
        lambda event: kinds.__setitem__(event["requestId"], event["type"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]),
    )

    page.goto("/2024/", wait_until="networkidle")

    weight = Counter()
    for request, size in sizes.items():
        weight[kinds[request]] += size
    # What is left over is the icon of the tab, for browsers that have tabs.
    assert set(weight) - {"Other"} == {"Document", "Stylesheet", "Script", "Font"}
    assert weight.total() < FIRST_VISIT
    assert weight["Script"] < SCRIPTS
    # Their size as files: what the headers weigh is the server's matter.
    fonts = page.evaluate(BODIES)
    assert 0 < fonts < FONTS
    context.close()


BODIES = """() => performance.getEntriesByType("resource")
    .filter(entry => /\\.woff2$/.test(entry.name))
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


def test_a_stroke_leads_to_the_search(open_page, site):
    page = open_page("/2024/")

    page.keyboard.press("/")

    page.wait_for_url(f"{site.url}/search/")


def test_print_shows_what_is_folded(open_page):
    page = open_page("/2024/")

    page.emulate_media(media="print")
    assert page.locator("dt:has-text('Impact')").first.is_visible()
    pdf = page.pdf(format="A4")

    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)
    assert text.count("Historical context") == 12


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
