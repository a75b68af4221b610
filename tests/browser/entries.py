"""What the tests of the desk share: entries to work on, pictures, and a counting hand."""

import base64
import io
from itertools import count

from PIL import Image
from playwright.sync_api import expect

from tests.catalogues import ANSWERS, Answer, make_feed

numbers = count(1)
ADD = "/admin/papers/paper/add/"
SAVE, PUBLISH, PREVIEW = "Control+s", "Control+Enter", "Control+Alt+p"


def new_arxiv_id():
    """An identifier that no entry has yet, and no paper either."""
    return f"2405.{50_000 + next(numbers)}"


def announce(**values):
    """Let the stand-in for arXiv know one more paper; its identifier."""
    arxiv_id = new_arxiv_id()
    paper = {
        "id": f"http://arxiv.org/abs/{arxiv_id}v1",
        "published": "2024-05-14T18:00:00Z",
        "title": "Attention Without Tears",
        "summary": "Nothing is known of it.",
        "authors": ["Ada Lovelace", "Grace Hopper"],
        "categories": ["cs.LG"],
    }
    ANSWERS["arxiv", arxiv_id] = [Answer(make_feed(paper | values))]
    return arxiv_id


def begin(page, **values):
    """An entry that is ready to publish, made through the site; its form's address."""
    arxiv_id = new_arxiv_id()
    ready = {
        "headline": "A headline",
        "summary": "A *sparse* model.",
        "title": f"A paper of the number {arxiv_id}",
        "authors": "Ada Lovelace",
        "date": "2024-05-14",
        "arxiv_id": arxiv_id,
        "review": "2024",
        "month": "5",
    }
    form = ready | values | token_of(page)
    answer = page.request.post(f"{ADD}keep/", form=form, max_retries=2)
    assert answer.ok, answer.text()
    return answer.json()["change"]


def token_of(page):
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return {"csrfmiddlewaretoken": cookies["csrftoken"]}


def make_picture(colour="#123456", size=(60, 40)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def paste(box, content, name="x.png", kind="image/png"):
    """A file from the clipboard, as Control+V in a box gives it to the page."""
    box.focus()
    box.evaluate(
        """(box, [data, name, type]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], name, { type }));
            const options = { clipboardData, cancelable: true, bubbles: true };
            box.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        [base64.b64encode(content).decode(), name, kind],
    )


def drop(box, *contents):
    """Pictures from a folder, let go of over a box."""
    box.evaluate(
        """(box, pictures) => {
            const dataTransfer = new DataTransfer();
            for (const [place, data] of pictures.entries()) {
                const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
                const file = new File([bytes], `${place}.png`, { type: "image/png" });
                dataTransfer.items.add(file);
            }
            const { left, top } = box.getBoundingClientRect();
            const at = { clientX: left + 20, clientY: top + 10 };
            const options = { dataTransfer, cancelable: true, bubbles: true, ...at };
            for (const kind of ["dragover", "drop"])
                box.dispatchEvent(new DragEvent(kind, options));
        }""",
        [base64.b64encode(content).decode() for content in contents],
    )


def kept(page):
    """The line that says what has become of the words."""
    return page.locator("#kept")


def saved(page):
    expect(page.locator(".messagelist")).to_contain_text("Saved")


def save(page):
    page.keyboard.press(SAVE)
    saved(page)


class Hand:
    """An editor's hand: what it clicks, and which keys it presses beside the letters."""

    def __init__(self, page):
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, selector):
        self.clicks += 1
        self.page.click(selector)

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def write(self, text):
        self.keys += text.count("\n")
        self.page.keyboard.type(text)

    def paste(self, content):
        self.keys += 1
        paste(self.page.locator(":focus"), content)
