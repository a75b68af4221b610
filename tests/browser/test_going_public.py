"""Publishing, now and later, changing what is public, and taking it back."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.entries import ADD, PREVIEW, PUBLISH, SAVE, begin

MESSAGES = ".messagelist"


@pytest.fixture
def entry(desk):
    return desk(begin(desk(ADD), headline="Before"))


def publish(page):
    page.focus("#id_headline")
    page.keyboard.press(PUBLISH)
    expect(page.locator(MESSAGES)).to_contain_text("Published: readers see it now.")
    return page.get_by_role("link", name="On the site").get_attribute("href")


def address_of(page):
    return f"/2024/{page.input_value('#id_slug')}/"


def test_an_entry_goes_public_later_with_the_time_zone_said(entry, open_page):
    later = datetime.now(UTC) + timedelta(hours=1)

    entry.click("text=Publish later…")
    expect(entry.locator(".more-body")).to_contain_text("Goes public at (UTC)")
    entry.fill("#publish_at", f"{later:%Y-%m-%dT%H:%M}")
    entry.click("text=Schedule >> nth=0")

    when = f"{later:%-d %B %Y, %H:%M}"
    expect(entry.locator(MESSAGES)).to_have_text(f"Scheduled for {when} (UTC).")
    expect(entry.locator(".entry-side")).to_contain_text(f"Scheduled for {when} (UTC)")
    expect(entry.locator(".offer")).to_have_count(0)
    assert open_page().goto(address_of(entry)).status == 404


def test_a_time_that_is_past_is_refused_and_the_words_are_saved(entry):
    entry.fill("#id_headline", "After")
    entry.click("text=Publish later…")
    entry.fill("#publish_at", "2024-01-01T10:00")
    entry.click("text=Schedule >> nth=0")

    expect(entry.locator(MESSAGES)).to_contain_text("That time is past")
    assert entry.input_value("#id_headline") == "After"


def test_a_withdrawn_entry_says_why_at_its_address(entry, open_page, expected):
    expected.append("410 (Gone)")
    address = publish(entry)

    entry.click("text=Withdraw…")
    entry.fill("#reason", "The numbers were wrong.")
    entry.click("[name=_withdraw]")

    expect(entry.locator(MESSAGES)).to_contain_text("Withdrawn")
    stranger = open_page()
    assert stranger.goto(address).status == 410
    expect(stranger.locator("main")).to_contain_text("The numbers were wrong.")


def test_withdrawing_needs_a_reason(entry, open_page):
    address = publish(entry)

    entry.click("text=Withdraw…")
    entry.click("[name=_withdraw]")

    expect(entry.locator(MESSAGES)).to_contain_text("Say why it was withdrawn")
    assert open_page().goto(address).status == 200


def test_readers_see_a_change_when_it_is_published_and_not_before(entry, open_page):
    address = publish(entry)
    stranger = open_page()

    entry.fill("#id_headline", "After")
    entry.keyboard.press(SAVE)
    expect(entry.locator(MESSAGES)).to_contain_text("when it is published")
    stranger.goto(address)
    assert stranger.locator("h1").inner_text() == "Before"
    expect(entry.locator(".state")).to_contain_text("readers still see the one before")

    entry.click("text=Publish the change")
    expect(entry.locator(MESSAGES)).to_contain_text("Published")
    stranger.goto(address)
    assert stranger.locator("h1").inner_text() == "After"


def test_what_differs_from_what_readers_see_is_one_click_away(entry):
    publish(entry)
    entry.fill("#id_headline", "After")
    entry.keyboard.press(SAVE)
    entry.locator(".state").wait_for()

    entry.click("text=What differs")

    assert entry.locator(".difference del").all_text_contents() == ["removed: After"]
    assert entry.locator(".difference ins").all_text_contents() == ["added: Before"]


def test_the_preview_shows_the_newest_words_as_readers_would_see_them(entry):
    entry.fill("#id_headline", "After")
    entry.keyboard.press(PREVIEW)

    expect(entry.locator("h1")).to_have_text("After")
    assert entry.url.endswith("/preview/")


def test_what_is_not_ready_leads_to_its_field(entry):
    entry.fill("#id_title", "")
    entry.keyboard.press(PUBLISH)

    refused = entry.locator("#refused")
    expect(refused).to_be_focused()
    expect(refused.locator("li")).to_have_count(1)
    refused.get_by_role("link").click()

    expect(entry.locator("#id_title")).to_be_focused()


def test_an_entry_that_is_refused_at_once_is_begun_only_once(desk):
    page = desk(ADD)
    page.fill("#id_headline", "Begun only once")

    page.keyboard.press(PUBLISH)
    page.locator("#refused").wait_for()
    page.keyboard.press(SAVE)
    expect(page.locator(MESSAGES)).to_have_text("Saved.")

    page.goto("/admin/papers/paper/?q=begun+only+once")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_a_draft_is_given_to_review_and_taken_back(entry):
    entry.click("text=Ask for review")
    expect(entry.locator(MESSAGES)).to_contain_text("in review")

    entry.click("text=Back to draft")

    expect(entry.locator(MESSAGES)).to_contain_text("a draft again")


def test_a_reviewer_without_an_account_reads_the_newest_version(entry, open_page):
    link = entry.get_by_label("Link for reviewers").input_value()

    stranger = open_page(link)

    assert stranger.locator("h1").inner_text() == "Before"
    expect(stranger.locator(".notice")).to_contain_text("A preview for reviewers")
