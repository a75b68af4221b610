"""What editors do at the desk."""

import base64
import io

import pytest
from PIL import Image

from tests.browser.conftest import violations

SCREENS = {
    "desk": "/admin/",
    "entries": "/admin/papers/paper/",
    "entry": "/admin/papers/paper/1/change/",
    "new entry": "/admin/papers/paper/add/",
    "preview": "/admin/papers/paper/1/preview/",
    "review": "/admin/papers/review/1/change/",
    "tags": "/admin/papers/tag/",
    "tag": "/admin/papers/tag/1/change/",
    "merge": "/admin/papers/tag/1/merge/",
    "merge preview": "/admin/papers/tag/1/merge/?into=2",
    "tag in use": "/admin/papers/tag/1/delete/",
    "delete": "/admin/papers/paper/1/delete/",
    "history": "/admin/papers/paper/1/history/",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_login_has_no_axe_violation(open_page, theme):
    assert violations(open_page("/admin/login/", 390, theme)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_screen_of_the_desk_has_an_axe_violation(desk, width, theme):
    found = {}
    for name, path in SCREENS.items():
        page = desk(path, width, theme)
        page.wait_for_load_state("networkidle")
        found[name] = violations(page)

    assert found == {name: [] for name in SCREENS}


def test_an_editor_sees_what_readers_will_see_while_writing(desk):
    page = desk("/admin/papers/paper/add/")

    page.fill("#id_summary", "A *sparse* model with $x^2$.")

    preview = page.locator(".field-summary .markdownx-preview")
    preview.locator("em").wait_for()
    assert preview.locator("em").inner_text() == "sparse"
    assert preview.locator("math").count() == 1


def test_a_section_that_is_added_has_an_editor_that_works(desk):
    page = desk("/admin/papers/paper/add/")

    page.click("text=Add another Section")
    page.fill("#id_sections-0-body", "**Bold**")

    page.locator("#sections-0 .markdownx-preview strong").wait_for()


def test_the_tab_key_leaves_the_editor(desk):
    page = desk("/admin/papers/paper/add/")
    page.focus("#id_summary")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.id") != "id_summary"


def test_a_pasted_picture_becomes_its_markdown(desk):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "#123456").save(out, "PNG")
    page = desk("/admin/papers/paper/add/")

    page.evaluate(
        """([id, data]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "x.png", {type: "image/png"}));
            document.getElementById(id).dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: transfer, cancelable: true})
            );
        }""",
        ["id_summary", base64.b64encode(out.getvalue()).decode()],
    )

    page.locator(".field-summary .markdownx-preview img").wait_for()
    assert page.input_value("#id_summary").startswith("![](/media/figures/")


def test_an_editor_writes_previews_and_publishes_an_entry(desk, site):
    page = desk("/admin/papers/paper/add/")
    page.locator("#id_headline").press_sequentially("Written in a browser")
    page.keyboard.press("Tab")
    assert page.input_value("#id_slug") == "written-in-a-browser"
    page.select_option(
        "#id_review", label="2024: A year of AI research, read against the record"
    )
    page.select_option("#id_month", label="March")
    page.fill("#id_summary", "First words.")
    page.click("text=Add another Section")
    page.select_option("#id_sections-0-kind", "technical")
    page.fill("#id_sections-0-body", "How it works.")
    page.select_option("#id_status", "published")

    page.click("[name=_save] >> nth=0")
    assert page.locator(".errorlist").first.is_visible()
    assert page.input_value("#id_sections-0-body") == "How it works."

    page.fill("#id_title", "A paper")
    page.fill("#id_authors", "Ada Lovelace")
    page.fill("#id_published_on", "2024-03-01")
    page.fill("#id_arxiv_id", "https://arxiv.org/abs/2403.00001v3")
    page.click("[name=_continue] >> nth=0")
    page.goto(page.locator("a.viewsitelink").get_attribute("href"))
    assert page.locator("h1").inner_text() == "Written in a browser"

    page.goto("/2024/written-in-a-browser/")
    assert page.locator("#technical").is_visible()

    page.goto("/admin/papers/paper/?q=written")
    page.click("text=Written in a browser")
    page.click("text=Delete >> nth=0")
    page.click("input[type=submit]")
    assert page.goto("/2024/written-in-a-browser/").status == 404
