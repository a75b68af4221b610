"""What editors do with tags."""

import pytest

from tests.browser.conftest import violations


@pytest.mark.parametrize("width", [390, 1280])
def test_an_editor_merges_a_tag_that_looks_like_another(desk, site, width):
    page = desk("/admin/papers/tag/add/", width)
    page.fill("#id_name", f"Fine-tuning{width}")
    page.locator("[name=_save]").first.click()
    page.goto("/admin/papers/tag/add/")
    page.fill("#id_name", f"Finetuning{width}")
    page.locator("[name=_save]").first.click()

    page.wait_for_selector("h2:has-text('Look alike')")
    assert violations(page) == []
    page.click(f"text=merge Finetuning{width} into Fine-tuning{width}")
    page.wait_for_selector("text=No entry carries")
    assert violations(page) == []
    page.click("input[value^='Merge']")

    words = f"“Finetuning{width}” is another name of “Fine-tuning{width}” now."
    assert words in page.inner_text(".messagelist")
    page.goto("/admin/papers/tag/")
    assert page.locator(f"text=merge Finetuning{width}").count() == 0


def test_a_tag_in_use_offers_to_be_merged_instead_of_deleted(desk):
    page = desk("/admin/papers/tag/1/delete/")

    page.click("text=merge it into that tag")

    page.select_option("#id_into", index=1)
    page.click("text=See what would change")
    page.wait_for_selector("h2:has-text('into')")
    assert violations(page) == []
