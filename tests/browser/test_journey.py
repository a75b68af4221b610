"""From an arXiv id to a published entry, counted as the desks of others were."""

import re

from playwright.sync_api import expect

from tests.browser.entries import PUBLISH, Hand, announce, make_picture

MOST_CLICKS, MOST_KEYS = 3, 20
TITLE = "Attention Without Tears"
IMAGE = re.compile(r"!\[\]\(/media/figures/\w+\.\w+\)")
CODE = "The router:\n```python\ndef route(x):\nreturn top_k(x, 2)\n```"
TAGS = {"lora": "LoRA", "mixture": "MoE", "No tears": "No tears"}


def begin_by_identifier(hand, arxiv_id):
    page = hand.page
    expect(page.locator("#paper")).to_be_focused()
    hand.write(arxiv_id)
    hand.press("Enter")
    expect(page.locator("#id_headline")).to_be_focused()
    assert page.input_value("#id_title") == TITLE
    assert page.input_value("#id_authors") == "Ada Lovelace\nGrace Hopper"
    assert page.input_value("#id_date") == "2024-05-14"


def write_it(hand, headline):
    page = hand.page
    hand.write(headline)
    hand.press("Tab")
    hand.write("A *sparse* model.")
    hand.press("Tab")
    hand.write(CODE)
    hand.click("#id_sections-1-body")
    hand.paste(make_picture())
    expect(page.locator("#id_sections-1-body")).to_have_value(IMAGE)
    hand.write("A line that falls")
    hand.press("Tab")
    hand.write("It was known before.")
    hand.click("#tag-box")
    for typed in TAGS:
        hand.write(typed)
        hand.press("Enter")


def test_an_entry_takes_three_clicks_and_twenty_keys_at_most(desk, open_page):
    hand, arxiv_id = Hand(desk("/admin/")), announce(title=TITLE)

    begin_by_identifier(hand, arxiv_id)
    write_it(hand, "Eight experts and no tears")
    hand.press(PUBLISH)

    expect(hand.page.locator(".messagelist")).to_have_text(
        "Published: readers see it now."
    )
    print(f"{hand.clicks} clicks, {hand.keys} keys")  # noqa: T201 -- the measure
    assert hand.clicks <= MOST_CLICKS
    assert hand.keys <= MOST_KEYS
    record = hand.page.locator("section[aria-labelledby=record-h]")
    expect(record).to_contain_text(f"arXiv {arxiv_id}v1")
    expect(record).to_contain_text("The entry says the same.")
    address = hand.page.get_by_role("link", name="On the site").get_attribute("href")
    see_as_a_stranger(open_page(address))


def see_as_a_stranger(page):
    assert page.title().startswith("Eight experts and no tears")
    assert page.locator(".lead em").inner_text() == "sparse"
    assert page.locator("#technical ~ .listing code.language-python span").count() > 0
    picture = page.get_by_alt_text("A line that falls")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    tags = page.get_by_role("list", name="Tags").get_by_role("link").all_inner_texts()
    assert sorted(tags) == sorted(TAGS.values())
    headings = page.locator(".prose h2").all_inner_texts()
    assert headings == ["Technical context", "Figures", "Historical context"]
