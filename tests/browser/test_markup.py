"""Public pages as the Nu HTML checker reads them, the one behind validator.w3.org."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from papers.mathml import MATH_TAGS
from tests.browser.conftest import ROOT
from tests.browser.test_links import fetch, read
from tests.browser.test_reading import PAGES

JAR = ROOT / ".venv/npm/node_modules/vnu-jar/build/dist/vnu.jar"
REFUSED = {"refused": "/tags/lora/?page=0"}

# MathML Core has these two among the attributes of every element of a formula
# (https://www.w3.org/TR/mathml-core/#global-attributes); the checker does not yet.
UNKNOWN_TO_IT = re.compile(
    r"Attribute “(?:displaystyle|scriptlevel)” not allowed on element "
    rf"“(?:{'|'.join(sorted(MATH_TAGS))})” at this point\."
)


def find_complaints(pages, folder):
    """What the checker says of pages, given as name and HTML: errors and warnings."""
    java = shutil.which("java")
    assert java, "The HTML checker needs the command java: install a Java runtime."
    assert JAR.exists(), "The HTML checker is missing: `make browser` installs it."
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(html)
        names[file.name] = name
    # Messages are no failure of the run itself, which must not pass for a clean page.
    command = [java, "-Xss4m", "-jar", JAR, "--format", "json", "--stdout"]
    command += ["--exit-zero-always", *sorted(folder.iterdir())]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=300)
    return [
        f"{names[Path(urlsplit(message['url']).path).name]}, "
        f"line {message.get('lastLine')}: {message['message']}"
        for message in json.loads(run.stdout)["messages"]
        if not UNKNOWN_TO_IT.fullmatch(message["message"])
    ]


def test_the_checker_has_nothing_to_say_about_any_kind_of_page(site, tmp_path):
    addresses = {name: site.url + path for name, path in (PAGES | REFUSED).items()}
    listed = read(f"{site.url}/sitemap.xml").names
    addresses |= {url.removeprefix(site.url): url for url in listed}
    answers = {name: fetch(url) for name, url in addresses.items()}
    assert {"/2024/nvlm/", "/2024/05/", "/tags/lora/"} <= set(answers)
    errors = [name for name, answer in answers.items() if answer.status != 200]
    assert errors == ["missing", "refused"]

    pages = {name: answer.body for name, answer in answers.items()}
    complaints = find_complaints(pages, tmp_path)

    assert not complaints, "\n".join(complaints)


FORMULA = '<math><mfrac displaystyle="true"><mi>a</mi><mi>b</mi></mfrac></math>'
BROKEN = {
    "unclosed": "<div>never closed",
    "twice": '<p id="here">once</p><p id="here">and again</p>',
    "invented": FORMULA.replace("displaystyle", "displayed"),
    "misplaced": '<p displaystyle="true">no formula</p>',
}


def test_the_checker_names_the_page_and_the_line_of_what_is_broken(site, tmp_path):
    head, end, foot = fetch(f"{site.url}/tags/").body.decode().partition("</main>")
    pieces = BROKEN | {"whole": FORMULA}
    pages = {
        name: f"{head}{piece}{end}{foot}".encode() for name, piece in pieces.items()
    }

    complaints = find_complaints(pages, tmp_path)

    line = head.count("\n") + 1
    assert {complaint.partition(":")[0] for complaint in complaints} == {
        f"{name}, line {line}" for name in BROKEN
    }
