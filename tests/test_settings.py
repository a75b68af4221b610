"""Documentation that has to stay true, and settings that have to stay safe."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from papers.checks import REVIEW_RULES, RULES

ROOT = Path(__file__).parent.parent


def test_every_variable_is_documented_and_every_documented_one_is_read():
    source = (ROOT / "yearreview/settings.py").read_text()
    docs = (ROOT / "docs/configuration.md").read_text()

    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", docs, re.MULTILINE))

    assert read == documented


def test_every_rule_is_documented_and_every_documented_one_exists():
    docs = (ROOT / "docs/checks.md").read_text()

    codes = sorted(rule.code for rule in (*RULES, *REVIEW_RULES))
    assert re.findall(r"^## `([a-z.-]+)`", docs, re.MULTILINE) == codes


def test_every_local_link_of_the_documentation_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]

    for page in pages:
        # What stands in code is written, not linked.
        text = re.sub(r"`[^`\n]+`", "", page.read_text())
        for target in re.findall(r"\]\((?!https?:|#|/|data:|…)([^)#\s]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_migrations_go_back_and_forth():
    call_command("migrate", "papers", "zero", verbosity=0)
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.startswith("papers_")
    ]

    call_command("migrate", "papers", verbosity=0)

    assert tables == []
    assert "papers_searchdocument" in connection.introspection.table_names()


@pytest.mark.django_db
def test_sqlite_keeps_what_was_acknowledged():
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]

    assert (synchronous, foreign_keys) == (2, 1)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def start(tmp_path, **variables):
    """What settings say in a process of its own, as NAME=value lines."""
    names = [
        "HTTPS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "DEBUG",
        "ALLOWED_HOSTS",
    ]
    show = "; ".join(f"print('{name}', getattr(settings, '{name}'))" for name in names)
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import django; from django.conf import settings; {show}",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "yearreview.settings",
            "DATA_DIR": str(tmp_path),
            **variables,
        },
        check=False,
    )


def test_a_site_on_this_machine_alone_needs_no_variable(tmp_path):
    started = start(tmp_path)

    assert started.stdout.splitlines() == [
        "HTTPS False",
        "SECURE_SSL_REDIRECT False",
        "SESSION_COOKIE_SECURE False",
        "DEBUG False",
        "ALLOWED_HOSTS ['localhost', '127.0.0.1', '[::1]']",
    ]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_site_with_a_name_is_served_over_https(tmp_path):
    started = start(tmp_path, ALLOWED_HOSTS="review.example.org")

    assert started.stdout.splitlines()[:3] == [
        "HTTPS True",
        "SECURE_SSL_REDIRECT True",
        "SESSION_COOKIE_SECURE True",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "ture"),
        ("HTTPS", "1"),
        ("DATABASE_URL", "oracle://x"),
        ("DATABASE_URL", "nonsense"),
    ],
    ids=range(4),
)
def test_a_value_nobody_can_mean_stops_the_start_and_names_the_variable(
    tmp_path, name, value
):
    started = start(tmp_path, **{name: value})

    assert started.returncode == 1
    assert f"ImproperlyConfigured: {name} " in started.stderr
