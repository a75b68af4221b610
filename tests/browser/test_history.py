"""The history of an entry: what differed, and the way back."""

from playwright.sync_api import expect

from tests.browser.entries import ADD, Hand, begin, save


def test_a_version_is_restored_in_three_clicks_with_the_difference_shown_first(desk):
    page = desk(begin(desk(ADD), summary="It has *eight* experts and one router."))
    page.fill("#id_summary", "It has *nine* experts and one router.")
    save(page)
    hand = Hand(page)

    hand.click("text=History")
    hand.click("text=Version 1")
    marked = {
        kind: page.locator(f".difference {kind}").all_text_contents()
        for kind in ("del", "ins")
    }
    hand.click("text=Restore this version")

    expect(page.locator(".messagelist")).to_have_text("Version 1 is the newest again.")
    assert (hand.clicks, hand.keys) == (3, 0)
    assert marked == {"del": ["removed: nine"], "ins": ["added: eight"]}
    summary = page.input_value("#id_summary")
    assert summary == "It has *eight* experts and one router."


def test_the_history_says_who_did_what_and_what_readers_see(desk):
    page = desk(begin(desk(ADD)))
    page.click("[name=_publish]")
    expect(page.locator(".messagelist")).to_contain_text("Published")
    page.fill("#id_headline", "Not public yet")
    save(page)

    page.click("text=History")

    newest, first = page.locator(".history li").all()
    expect(newest).to_contain_text("Saved")
    expect(newest).to_contain_text("editor")
    expect(newest).not_to_contain_text("Readers see")
    expect(first).to_contain_text("Readers see this one")


def test_there_is_nothing_to_restore_in_the_newest_version(desk):
    page = desk(begin(desk(ADD)))

    page.click("text=History")
    page.click("text=Version 1")

    expect(page.locator("#content")).to_contain_text("says the same, word for word")
    expect(page.locator("text=Restore this version")).to_have_count(0)
