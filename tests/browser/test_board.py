"""The board: a year's months, and entries that are moved in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.entries import ADD, begin

BOARD = "/admin/?year=2024"
MONTHS = {"May": 5, "June": 6, "July": 7}


def cards(page, month):
    return page.locator(f".board-month[data-month='{MONTHS[month]}'] .board-card > a")


def card(page, headline):
    return page.locator(".board-card", has_text=headline)


def enter(page, words):
    """Write them into the box that has the focus when the board opens."""
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def said(page):
    return page.locator("#board-said")


@pytest.fixture
def board(desk):
    """A board on which two new entries are the last of May."""
    page = desk(ADD)
    for headline in ("One to move", "Another to move"):
        begin(page, headline=headline)
    page.goto(BOARD)
    return page


def test_an_entry_is_dragged_to_another_month_and_stays_there(board):
    board.set_viewport_size(
        {"width": 1280, "height": 3000}
    )  # Nothing scrolls under it.
    card(board, "One to move").drag_to(board.locator("[data-month='7']"))
    expect(said(board)).to_contain_text("One to move: July, place ")

    seen = cards(board, "July").all_inner_texts()
    board.reload()

    assert "One to move" in seen
    assert cards(board, "July").all_inner_texts() == seen


def test_alt_and_an_arrow_move_an_entry_among_those_of_its_month(board):
    cards(board, "May").last.focus()

    board.keyboard.press("Alt+ArrowUp")
    place = cards(board, "May").count() - 1
    expect(said(board)).to_have_text(f"Another to move: May, place {place}")
    expect(cards(board, "May").nth(place - 1)).to_be_focused()
    board.reload()

    headlines = cards(board, "May").all_inner_texts()
    assert headlines[-2:] == ["Another to move", "One to move"]


def test_alt_and_an_arrow_move_an_entry_to_another_month(board):
    cards(board, "May").last.focus()

    board.keyboard.press("Alt+ArrowRight")
    expect(said(board)).to_contain_text("Another to move: June")
    board.reload()

    expect(cards(board, "June").last).to_have_text("Another to move")


def test_several_arrows_in_a_row_end_where_the_eye_sees_it(board):
    cards(board, "May").last.focus()

    board.keyboard.press("Alt+ArrowRight")
    board.keyboard.press("Alt+ArrowRight")
    board.keyboard.press("Alt+ArrowUp")
    expect(said(board)).to_have_text("Another to move: July, place 1")
    seen = cards(board, "July").all_inner_texts()
    board.reload()

    assert cards(board, "July").all_inner_texts() == seen


@pytest.mark.parametrize("fault", ["no answer", "a refusal"])
def test_an_entry_that_cannot_be_moved_is_put_back_and_it_is_said(
    board, expected, fault
):
    expected += ["ERR_FAILED", "500 (Internal Server Error)"]
    refuse = {
        "no answer": lambda r: r.abort(),
        "a refusal": lambda r: r.fulfill(status=500),
    }
    board.route("**/board/move/", refuse[fault])
    before = cards(board, "May").all_inner_texts()
    cards(board, "May").last.focus()

    board.keyboard.press("Alt+ArrowRight")

    expect(said(board)).to_contain_text("Not moved")
    assert cards(board, "May").all_inner_texts() == before


def test_the_board_says_how_ready_an_entry_is(desk):
    page = desk(ADD)
    page.goto(begin(page, headline="Half an entry to move", title="", date=""))
    page.goto(BOARD)

    expect(card(page, "Half an entry")).to_contain_text("2 to put right")
    expect(card(page, "Half an entry")).to_contain_text("Draft")


def test_who_is_writing_is_said(desk):
    page = desk(ADD)
    page.goto(begin(page, headline="Being written to move"))
    page.focus("#id_headline")
    page.keyboard.type(" now")
    expect(page.locator("#kept")).to_contain_text("Kept")

    page.goto(BOARD)

    expect(card(page, "Being written")).to_contain_text("editor is writing")


def test_an_identifier_that_is_there_opens_its_entry(desk):
    page = desk(BOARD)

    enter(page, "https://arxiv.org/pdf/2401.04088v1")

    expect(page.locator(".messagelist")).to_contain_text("has an entry already")
    assert page.input_value("#id_arxiv_id") == "2401.04088"


def test_what_is_no_identifier_is_said_on_the_board(desk):
    page = desk(BOARD)

    enter(page, "Hello there")

    expect(page.locator(".messagelist .error")).to_be_visible()
    expect(page.locator("#paper")).to_be_focused()


def test_a_catalogue_that_is_down_is_asked_again_from_the_entry(desk):
    page = desk(BOARD)
    enter(page, "2401.00003")
    expect(page.locator(".messagelist")).to_contain_text("The identifier is kept")
    assert page.input_value("#id_arxiv_id") == "2401.00003"

    page.click("text=Ask the catalogue")

    expect(page.locator(".messagelist")).to_contain_text("arXiv has a fault")


def test_bibtex_is_pasted_over_many_lines(desk):
    page = desk(BOARD)

    page.keyboard.insert_text("@article{a,\n title={Written by Hand},")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("author={Ada Lovelace}, year=2024}")
    page.click(".add-box button")

    assert page.input_value("#id_title") == "Written by Hand"


@pytest.fixture
def begun(desk):
    """The year after; it is taken away again, since the newest year opens the desk."""
    yield 2025
    page = desk("/admin/papers/review/")
    page.click("#result_list a:has-text('2025')")
    page.click(".deletelink")
    page.click("#content [type=submit]")
    expect(page.locator(".messagelist")).to_contain_text("deleted")


def test_the_next_year_begins_from_the_structure_of_this_one(desk, begun):
    page = desk(BOARD)

    page.click(f"text=Start {begun} from this structure")

    expect(page.locator(".messagelist")).to_contain_text("The review of 2025 is begun")
    expect(page.locator("h1")).to_contain_text("2025: ")
    expect(page.locator(".board-month")).to_have_count(12)
    expect(page.locator(".board-card")).to_have_count(0)
    page.get_by_role("navigation", name="Reviews").get_by_text("2024").click()
    expect(page.locator("h1")).to_contain_text("2024: ")
    expect(page.locator(".years [aria-current]")).to_have_text("2024")
    expect(page.locator("text=Start 2025")).to_have_count(0)
