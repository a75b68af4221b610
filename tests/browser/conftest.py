"""The real site, as `make run` starts it, and Debian's Chromium to look at it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import axe_playwright_python
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.catalogues import serve_catalogues

ROOT = Path(__file__).parent.parent.parent
# The one without windows draws the same pages with less work, where it is installed.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
COLLEAGUE = "colleague"

# A machine that is shared may be slow; what never comes is waited for in vain anyway.
expect.set_options(timeout=15_000)


@dataclass(frozen=True)
class Site:
    url: str
    password: str  # Of each of its two editors.


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def stand_in():
    """The catalogues that the site asks."""
    with serve_catalogues() as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def site(tmp_path_factory, stand_in):
    data = str(tmp_path_factory.mktemp("site"))
    environment = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL"
    }
    environment |= {"DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "yearreview.settings"}
    environment |= stand_in.environment

    def manage(*words):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    manage("migrate", "--verbosity", "0")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    password = re.search(r"Password: (\S+)", manage("prepare"))[1]
    environment["DJANGO_SUPERUSER_PASSWORD"] = password
    manage("createsuperuser", "--noinput", "--username", COLLEAGUE, "--email", "")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "yearreview.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    command += [
        "--workers",
        "2",
        "--threads",
        "4",
        "--no-control-socket",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        yield Site(f"http://127.0.0.1:{port}", password)
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url):
    for _ in range(150):
        try:
            with urlopen(url, timeout=10):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def expected():
    """What a console may complain of in a test that provokes it.

    A test may click before the page is first drawn, which is when the browser would
    have put the cursor where `autofocus` asks; it says so, and rightly leaves it.
    """
    return ["404 (Not Found)", "Autofocus processing was blocked"]


@pytest.fixture
def open_page(browser, site, expected):
    """Open a page of the site; what its console complains of fails the test."""
    contexts = []
    complaints = []

    def new(path="/", width=1280, theme="light", context=None, **options):
        if context is None:
            context = browser.new_context(
                base_url=site.url,
                viewport={"width": width, "height": 900},
                color_scheme=theme,
                **options,
            )
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield new
    for context in contexts:
        context.close()
    assert [
        text for text in complaints if not any(words in text for words in expected)
    ] == []


@pytest.fixture(scope="session")
def logins(browser, site):
    """What a browser holds of each editor who has logged in."""
    known = {}

    def get(name):
        if name not in known:
            context = browser.new_context(base_url=site.url)
            log_in(context.new_page(), site, name)
            known[name] = context.storage_state()
            context.close()
        return known[name]

    return get


def log_in(page, site, name="editor"):
    page.goto("/admin/login/?next=/admin/jsi18n/")
    page.fill("#id_username", name)
    page.fill("#id_password", site.password)
    page.click("[type=submit]")
    page.wait_for_url("**/jsi18n/")


ENTRIES = "/admin/papers/paper/"
LISTED = re.compile(r'name="_selected_action" value="(\d+)"')


@pytest.fixture(scope="session")
def list_entries(browser, site, logins):
    """Which entries there are, and the desk as an editor's browser asks it."""
    context = browser.new_context(
        base_url=site.url, storage_state=logins("editor"), java_script_enabled=False
    )

    def run():
        # A server may close a connection just as it is asked once more.
        listed = context.request.get(ENTRIES, max_retries=2).text()
        return context, set(LISTED.findall(listed))

    yield run
    context.close()


@pytest.fixture(scope="session")
def sample(list_entries):
    return list_entries()[1]


@pytest.fixture(autouse=True)
def leave_the_sample_alone(request):
    """After a test at the desk the site has the sample's entries, and no other's."""
    is_at_desk = "logins" in request.fixturenames
    before = request.getfixturevalue("sample") if is_at_desk else set()
    yield
    if not is_at_desk:
        return
    list_entries = request.getfixturevalue("list_entries")
    context, now = list_entries()
    if made := now - before:
        form = {"action": "delete_selected", "_selected_action": sorted(made)}
        cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
        token = {"csrfmiddlewaretoken": cookies["csrftoken"]}
        body = urlencode(form | token | {"post": "yes"}, doseq=True)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        context.request.post(ENTRIES, data=body, headers=kind, max_retries=2)
        assert list_entries()[1] == before


@pytest.fixture
def desk(open_page, logins):
    """A page of the desk, by an editor who is logged in: for one browser, always one."""
    pages = {}

    def new(path, width=1280, theme="light", by="editor", **options):
        known = pages.get((width, theme, by, *options))
        if known:
            known.goto(path)
            return known
        page = open_page(path, width, theme, storage_state=logins(by), **options)
        pages[width, theme, by, *options] = page
        return page

    return new


# What fades has come to its end, or was cut short; what goes on for ever is not waited for.
SETTLED = """Promise.race([
    Promise.allSettled(document.getAnimations().map((each) => each.finished)),
    new Promise((resolve) => setTimeout(resolve, 1000)),
])"""


def violations(page):
    """What axe-core finds wrong, as rule and elements: all in light, colours in dark too."""
    page.evaluate(AXE)
    found = run_axe(page, RULES)
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    found += run_axe(page, COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    return found


def run_axe(page, rules):
    # What it finds right stays in the browser: on a large form that is most of the work.
    return page.evaluate(
        """async (options) => (await axe.run(options)).violations.map(({id, nodes}) =>
            [id, nodes.slice(0, 5).map((node) => node.target)])""",
        {"runOnly": rules, "preload": False, "resultTypes": ["violations"]},
    )
