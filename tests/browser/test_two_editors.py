"""Two editors in two browsers, on one entry."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COLLEAGUE
from tests.browser.entries import ADD, SAVE, begin, kept, saved


@pytest.fixture
def pair(desk):
    """One form of one entry in each of two browsers."""
    path = begin(desk(ADD), headline="Before", summary="One sentence of four words.")
    return desk(path), desk(path, by=COLLEAGUE)


def save(page, selector, words):
    """Write it all anew and save before the site keeps it by itself."""
    page.fill(selector, words)
    page.keyboard.press(SAVE)


def test_the_second_to_save_sees_both_versions_and_loses_nothing(pair):
    first, second = pair
    save(first, "#id_headline", "Hers")
    saved(first)

    save(second, "#id_headline", "His")

    conflict = second.locator("#conflict")
    expect(conflict).to_contain_text("editor saved another version")
    assert conflict.locator("del").all_text_contents() == ["removed: Hers"]
    assert conflict.locator("ins").all_text_contents() == ["added: His"]
    assert second.input_value("#id_headline") == "His"
    expect(second.locator(".offer")).to_have_count(0)


def test_only_what_differs_between_the_two_is_marked(pair):
    first, second = pair
    save(first, "#id_summary", "One sentence of five words.")
    saved(first)

    save(second, "#id_headline", "His")

    conflict = second.locator("#conflict")
    expect(conflict.locator("h3")).to_have_text(["Headline", "Summary"])
    assert conflict.locator("del").all_text_contents() == [
        "removed: Before",
        "removed: five",
    ]
    assert conflict.locator("ins").all_text_contents() == ["added: His", "added: four"]


def test_what_the_second_saves_next_stays_and_the_first_is_in_the_history(pair):
    first, second = pair
    save(first, "#id_headline", "Hers")
    saved(first)
    save(second, "#id_headline", "His")
    second.locator("#conflict").wait_for()

    save(second, "#id_headline", "Theirs together")
    saved(second)

    first.reload()
    assert first.input_value("#id_headline") == "Theirs together"
    first.click("text=History")
    expect(first.locator(".history li")).to_have_count(4)
    first.click(".history a >> nth=2")
    assert first.locator(".difference ins").all_text_contents() == ["added: Hers"]


def test_what_the_second_wrote_is_in_the_history_at_once(pair):
    first, second = pair
    save(first, "#id_headline", "Hers")
    saved(first)
    save(second, "#id_headline", "His")
    second.locator("#conflict").wait_for()

    first.click("text=History")

    expect(first.locator(".history li").first).to_contain_text("Set aside")
    expect(first.locator(".history li").first).to_contain_text(COLLEAGUE)
    first.click(".history a >> nth=0")
    assert first.locator(".difference ins").all_text_contents() == ["added: His"]


def test_who_only_writes_is_told_of_the_other_before_saving(pair, expected):
    expected.append("409 (Conflict)")
    first, second = pair
    save(first, "#id_headline", "Hers")
    saved(first)

    second.fill("#id_headline", "His")

    expect(kept(second)).to_contain_text("editor saved another version")
    second.keyboard.press(SAVE)
    second.locator("#conflict").wait_for()
    assert second.input_value("#id_headline") == "His"


def test_an_entry_that_was_deleted_meanwhile_is_an_entry_again(pair, expected):
    first, second = pair
    first.click("text=Delete")
    first.click("#content [type=submit]")
    first.locator(".messagelist").wait_for()

    second.focus("#id_headline")
    save(second, "#id_headline", "Not gone")
    expect(second.locator(".messagelist")).to_contain_text("deleted meanwhile")
    assert second.input_value("#id_headline") == "Not gone"
    second.keyboard.press(SAVE)

    saved(second)
    assert second.input_value("#id_headline") == "Not gone"
