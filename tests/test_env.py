"""How settings are read from the environment, and which release this is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from yearreview import env
from yearreview.release import MADE_FROM, digest


@pytest.mark.parametrize(
    ("value", "read"), [(None, "default"), ("", "default"), ("x", "x"), (" ", " ")]
)
def test_text_is_the_variable_or_the_default(monkeypatch, value, read):
    put(monkeypatch, value)

    assert env.text("NAME", "default") == read


def put(monkeypatch, value):
    monkeypatch.delenv("NAME", raising=False)
    if value is not None:
        monkeypatch.setenv("NAME", value)


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
    ],
)
def test_a_flag_is_true_or_false(monkeypatch, value, read, default):
    put(monkeypatch, value)

    assert env.flag("NAME", default=default) is read


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("value", [None, ""])
def test_a_flag_that_is_not_set_is_its_default(monkeypatch, value, default):
    put(monkeypatch, value)

    assert env.flag("NAME", default=default) is default


@pytest.mark.parametrize("value", ["1", "0", "yes", "on", "ture", " true", "none"])
def test_a_flag_of_another_value_stops_the_start(monkeypatch, value):
    put(monkeypatch, value)

    with pytest.raises(ImproperlyConfigured) as stopped:
        env.flag("NAME", default=False)

    assert str(stopped.value) == f"NAME must be true or false, not {value!r}."


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ["a", "b"]),
        ("", ["a", "b"]),
        ("x.org", ["x.org"]),
        (" x.org , y.org,", ["x.org", "y.org"]),
        (",", []),
    ],
)
def test_items_are_parted_by_commas(monkeypatch, value, read):
    put(monkeypatch, value)

    assert env.items("NAME", "a,b") == read


@pytest.mark.parametrize("value", [None, "var/other"])
def test_a_folder_is_absolute_and_there(monkeypatch, tmp_path, value):
    monkeypatch.chdir(tmp_path)
    put(monkeypatch, value)

    folder = env.folder("NAME", tmp_path / "default" / "deep")

    assert folder == tmp_path / (value or "default/deep")
    assert folder.is_dir()
    assert env.folder("NAME", tmp_path / "default" / "deep") == folder


def test_a_folder_that_cannot_be_stops_the_start(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    put(monkeypatch, str(tmp_path / "file" / "folder"))

    with pytest.raises(ImproperlyConfigured) as stopped:
        env.folder("NAME", tmp_path)

    assert str(stopped.value).startswith(
        f"NAME: {tmp_path}/file/folder cannot be used: "
    )


def test_a_secret_is_the_variable_and_then_no_file_is_made(monkeypatch, tmp_path):
    put(monkeypatch, "given")

    assert env.secret("NAME", tmp_path / "key") == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    put(monkeypatch, None)

    made = env.secret("NAME", tmp_path / "key")

    assert env.secret("NAME", tmp_path / "key") == made
    assert env.secret("NAME", tmp_path / "other") != made
    assert (tmp_path / "key").read_text() == made
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert len(made) == 67
    assert sorted(tmp_path.iterdir()) == [tmp_path / "key", tmp_path / "other"]


def test_processes_that_start_together_have_one_secret(monkeypatch, tmp_path):
    put(monkeypatch, None)

    with ThreadPoolExecutor(20) as pool:
        made = set(pool.map(lambda _: env.secret("NAME", tmp_path / "key"), range(200)))

    assert made == {(tmp_path / "key").read_text()}
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_file_of_a_secret_stops_the_start(monkeypatch, tmp_path, content):
    put(monkeypatch, None)
    (tmp_path / "key").write_text(content)

    with pytest.raises(ImproperlyConfigured) as stopped:
        env.secret("NAME", tmp_path / "key")

    assert str(stopped.value) == (
        f"{tmp_path}/key is empty. Remove it to have a key made."
    )


def test_a_file_database_waits_for_others_and_keeps_what_it_acknowledged(monkeypatch):
    put(monkeypatch, None)

    database = env.database("NAME", "sqlite:////srv/db.sqlite3")

    named = ("ENGINE", "NAME", "CONN_MAX_AGE", "OPTIONS")
    assert {name: database[name] for name in named} == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/srv/db.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON;",
        },
    }


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_database_server_is_kept_connected_and_checked(monkeypatch, scheme):
    put(monkeypatch, f"{scheme}://ada:p%40ss@db.example:5433/review")

    database = env.database("NAME", "sqlite:///db.sqlite3")

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "review",
        "USER": "ada",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("mysql://a/b", "NAME must start with sqlite:// or postgres://."),
        ("nonsense", "NAME is no database address: "),
        ("postgres://a:b@c:port/d", "NAME is no database address: "),
        ("oracle://x", "NAME "),
    ],
)
def test_another_database_stops_the_start(monkeypatch, value, reason):
    put(monkeypatch, value)

    with pytest.raises(ImproperlyConfigured) as stopped:
        env.database("NAME", "sqlite:///db.sqlite3")

    assert str(stopped.value)[: len(reason)] == reason


FILES = {
    "papers/views.py": "view",
    "papers/admin/paper.py": "screen",
    "papers/fonts/drawn.ttf": "letters",
    "yearreview/urls.py": "urls",
    "templates/papers/paper.html": "<p>",
    "static/css/site.css": "p {}",
}


def make_site(base, files=FILES):
    for name, content in files.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return base


@pytest.mark.parametrize("name", FILES)
def test_a_release_changes_with_every_file_a_page_is_made_from(tmp_path, name):
    before = digest(make_site(tmp_path))

    (tmp_path / name).write_text("other")

    assert digest(tmp_path) != before
    (tmp_path / name).write_text(FILES[name])
    assert digest(tmp_path) == before


def test_a_release_changes_when_a_file_is_renamed_or_text_moves_between_files(tmp_path):
    sites = {
        "as it is": FILES,
        "renamed": {**FILES, "static/css/page.css": "p {}"},
        "moved": {**FILES, "papers/views.py": "vie", "papers/w.py": "w"},
        "without": {name: FILES[name] for name in list(FILES)[1:]},
    }

    releases = {
        digest(make_site(tmp_path / key, files)) for key, files in sites.items()
    }

    assert len(releases) == len(sites)


def test_a_release_is_the_same_wherever_the_site_lies_and_whatever_lies_beside(
    tmp_path,
):
    first, second = make_site(tmp_path / "a"), make_site(tmp_path / "b")
    make_site(second, {"README.md": "x", "var/db.sqlite3": "x", "tests/test.py": "x"})

    assert digest(first) == digest(second)
    assert len(digest(first)) == 12
    assert all(any(first.glob(pattern)) for pattern in MADE_FROM)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ""),
        ("security@example.org", "mailto:security@example.org"),
        ("mailto:security@example.org", "mailto:security@example.org"),
        (" https://example.org/security ", "https://example.org/security"),
        ("tel:+1-201-555-0123", "tel:+1-201-555-0123"),
    ],
)
def test_a_contact_is_an_address_to_write_to(monkeypatch, value, read):
    put(monkeypatch, value)

    assert env.contact("NAME") == read


@pytest.mark.parametrize(
    "value", ["example.org", "http://example.org", "a@b\nExpires: x", "https://a b"]
)
def test_what_is_no_contact_stops_the_start(monkeypatch, value):
    put(monkeypatch, value)

    with pytest.raises(ImproperlyConfigured, match="NAME must be an e-mail address"):
        env.contact("NAME")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, "https://api.example.org"),
        ("", "https://api.example.org"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        (" https://mirror.example.org/arxiv/ ", "https://mirror.example.org/arxiv"),
    ],
)
def test_an_address_is_that_of_a_service_without_a_slash_at_its_end(
    monkeypatch, value, read
):
    put(monkeypatch, value)

    assert env.address("NAME", "https://api.example.org") == read


@pytest.mark.parametrize(
    "value",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://user:word@example.org",
        "https://example.org/?q=1",
        "https://example.org/#top",
        "https://example.org:port",
        "https://ex ample.org",
    ],
)
def test_what_is_no_address_of_a_service_stops_the_start(monkeypatch, value):
    put(monkeypatch, value)

    with pytest.raises(ImproperlyConfigured) as stopped:
        env.address("NAME", "https://api.example.org")

    assert str(stopped.value) == (
        f"NAME must be an address such as https://example.org, not {value!r}."
    )


@pytest.mark.parametrize(("value", "number"), [("", 3), ("0", 0), ("2.5", 2.5)])
def test_seconds_are_a_number_or_the_default(monkeypatch, value, number):
    monkeypatch.setenv("ARXIV_PACE", value)

    assert env.seconds("ARXIV_PACE", "3") == number


@pytest.mark.parametrize("value", ["-1", "soon", "1e3", "inf", "3601", "\u0663"])
def test_what_is_no_number_of_seconds_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("ARXIV_PACE", value)

    with pytest.raises(ImproperlyConfigured, match="ARXIV_PACE"):
        env.seconds("ARXIV_PACE", "3")
