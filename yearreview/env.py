"""Typed reads of environment variables; a bad value stops the process at start."""

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    """The variable, or the default where it is not set or empty."""
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name, str(default)).lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def items(name: str, default: str) -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def contact(name: str) -> str:
    """An address to write to: https:, mailto: or tel:, or an e-mail address as it is."""
    value = text(name, "").strip()
    if MAIL.fullmatch(value):
        return f"mailto:{value}"
    if value and not CONTACT.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} must be an e-mail address or start with https://, mailto: or tel:, "
            f"not {value!r}."
        )
    return value


def address(name: str, default: str) -> str:
    """The address of a service, without a slash at its end: http: or https:, a host."""
    value = text(name, default).strip()
    if not ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://example.org, not {value!r}."
        )
    return value.rstrip("/")


MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+")
CONTACT = re.compile(r"(?:https://|mailto:|tel:)[!-~]+")
# No query and no user: what is asked for is put behind it.
ADDRESS = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[\w./~-]*)?", re.ASCII)


def seconds(name: str, default: str) -> float:
    """A number of seconds, up to an hour; none at all is 0."""
    value = text(name, default)
    if not re.fullmatch(r"(?a)\d{1,4}(?:\.\d{1,3})?", value) or float(value) > HOUR:
        raise ImproperlyConfigured(
            f"{name} must be a number of seconds such as 3, not {value!r}."
        )
    return float(value)


HOUR = 3600


def folder(name: str, default: Path) -> Path:
    """An absolute folder, made if it is not there."""
    path = Path(text(name, str(default))).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {path} cannot be used: {error}") from error
    return path


def secret(name: str, file: Path) -> str:
    """The variable, or else a key that is made once and kept in a file of its own."""
    if given := os.environ.get(name):
        return given
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            # All at once, so that no other process reads half a key.
            os.link(draft, file)
        draft.unlink()
    key = file.read_text().strip()
    if not key:
        raise ImproperlyConfigured(f"{file} is empty. Remove it to have a key made.")
    return key


def database(name: str, default: str) -> dict[str, Any]:
    """A database from its address: sqlite:///path or postgres://user:word@host/name."""
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(text(name, default)))
    except (dj_database_url.ParseError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is no database address: {error}") from error
    engine = config["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        return config | {"CONN_MAX_AGE": None, "OPTIONS": SQLITE_OPTIONS}
    if engine == "django.db.backends.postgresql":
        return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    raise ImproperlyConfigured(f"{name} must start with sqlite:// or postgres://.")


SQLITE_OPTIONS = {
    "timeout": 20,
    # A deferred transaction that comes to write is refused at once under another's lock.
    "transaction_mode": "IMMEDIATE",
    # FULL: a save that was acknowledged survives a power cut.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    ),
}
