"""Tables that readers sort, and the grid in which editors write them."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.entries import ADD, begin

CONTENT = "#id_figures-0-content"
SOURCE = (
    "Model,Parameters (B)[^a],Released\nMixtral,46.7,December 2023\n"
    "Dense,n/a,2024\nSmall,7,July 2024\nLarge,405[^a],April 2024"
)


def preview(desk, **options):
    """The page of a new entry with one table."""
    page = desk(ADD)
    figure = {"key": "sizes", "kind": "table", "content": SOURCE, "notes": "a: So."}
    sent = {f"figures-0-{name}": value for name, value in figure.items()}
    sent |= {"figures-TOTAL_FORMS": "1", "figures-INITIAL_FORMS": "0"}
    path = begin(page, **sent).replace("/change/", "/preview/")
    return desk(path, **options)


def names(page):
    return page.locator("figure tbody th").all_inner_texts()


def test_a_press_on_a_header_sorts_and_the_third_brings_the_order_back(desk):
    page = preview(desk)
    button = page.get_by_role("button", name="Parameters (B)")
    head = page.locator("figure thead th").nth(1)

    button.click()
    assert names(page) == ["Small", "Mixtral", "Large", "Dense"]
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("status")).to_contain_text("ascending")
    button.press("Enter")
    assert names(page) == ["Large", "Mixtral", "Small", "Dense"]
    button.press("Enter")
    assert names(page) == ["Mixtral", "Dense", "Small", "Large"]
    assert head.get_attribute("aria-sort") is None


def test_dates_sort_by_time_and_words_by_the_alphabet(desk):
    page = preview(desk)

    page.get_by_role("button", name="Released").click()
    assert names(page) == ["Mixtral", "Dense", "Large", "Small"]
    page.get_by_role("button", name="Model").click()
    assert names(page) == ["Dense", "Large", "Mixtral", "Small"]


def test_a_mark_in_a_header_still_leads_to_its_note(desk):
    page = preview(desk)

    page.locator("thead sup a").click()

    assert re.search(r"#.*-sizes-note-a$", page.url)


def test_a_sorted_table_is_accessible_on_a_phone(desk):
    page = preview(desk, width=320)

    page.get_by_role("button", name="Model").click()

    assert violations(page) == []


def open_figure(desk, content=""):
    page = desk(ADD)
    page.click("text=Add a figure")
    page.fill(CONTENT, content)
    return page


def cell(page, line, place):
    return page.locator(".grid tr").nth(line).locator("textarea").nth(place)


def test_what_is_typed_into_the_grid_is_written_as_csv(desk):
    page = open_figure(desk, 'Model,Size\n"A, B",1')
    page.click("text=Edit as a grid")

    cell(page, 1, 1).press("Enter")
    page.keyboard.type('say "x"')
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")

    assert page.input_value(CONTENT) == 'Model,Size\n"A, B",2\n,"say ""x"""'
    assert violations(page) == []


def test_rows_and_columns_are_added_and_removed(desk):
    page = open_figure(desk, "a,b\n1,2")
    page.click("text=Edit as a grid")

    cell(page, 1, 0).focus()
    page.click("text=Add a column")
    page.click("text=Add a row")
    assert page.input_value(CONTENT) == "a,,b\n1,,2\n,,"
    page.click("text=Remove the row")
    page.click("text=Remove the column")
    assert page.input_value(CONTENT) == "a,b\n1,2"


def paste(box, text):
    box.focus()
    box.evaluate(
        """(box, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const options = { clipboardData, cancelable: true, bubbles: true };
            box.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_a_paste_into_a_cell_spreads_over_the_cells(desk):
    page = open_figure(desk, "a,b\n1,2")
    page.click("text=Edit as a grid")

    paste(cell(page, 1, 1), "x\ty\nz\tw")

    expect(page.locator(CONTENT)).to_have_value("a,b,\n1,x,y\n,z,w")


def test_a_paste_into_the_text_becomes_csv(desk):
    page = open_figure(desk)

    paste(page.locator(CONTENT), "| a | b |\n|---|---|\n| 1, 2 | 3 |")

    expect(page.locator(CONTENT)).to_have_value('a,b\n"1, 2",3')


def test_a_paste_that_is_no_table_stays_as_it_was_pasted(desk, expected):
    expected.append("400 (Bad Request)")
    page = open_figure(desk)

    paste(page.locator(CONTENT), "|a|b|\n|-|-|\n|1|2|3|")

    expect(page.locator(".grid-tools [role=status]")).to_contain_text("as it is")
    assert page.input_value(CONTENT) == "|a|b|\n|-|-|\n|1|2|3|"


def test_a_flattened_table_is_repaired_when_the_editor_says_so(desk):
    page = open_figure(desk, "my,own\nwords,1")
    page.click("text=Repair a flattened table…")
    page.fill(".repair textarea", "Model Size\nMixtral 47B\nLlama 2 70B")

    page.click("text=Propose a table")
    expect(page.locator(".repair tr")).to_have_count(3)
    assert page.input_value(CONTENT) == "my,own\nwords,1"
    page.click("text=Use this table")

    assert page.input_value(CONTENT) == "Model,Size\nMixtral,47B\nLlama 2,70B"


def test_the_grid_is_of_tables_and_charts_alone(desk):
    page = open_figure(desk, "a,b\n1,2")
    page.click("text=Edit as a grid")

    page.select_option("#id_figures-0-kind", "code")

    expect(page.locator(CONTENT)).to_be_visible()
    expect(page.locator(".grid-tools")).to_be_hidden()
    expect(page.locator(".grid")).to_be_hidden()
