import io
import socket

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test.utils import override_settings
from PIL import Image

from tests.catalogues import catalogues  # noqa: F401 -- a fixture
from tests.factories import make_review

# The machines are shared: how long an example takes says nothing, and the same
# examples are tried in every run.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def static_files(tmp_path_factory):
    """Every page names its files by their content, so they are collected first."""
    root = tmp_path_factory.mktemp("static")
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    storages = django_settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    quick = {"PASSWORD_HASHERS": [hasher], "WHITENOISE_AUTOREFRESH": True}
    with override_settings(STATIC_ROOT=root, STORAGES=storages, **quick):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    originals = {"OPTIONS": {"location": tmp_path / "originals"}}
    settings.STORAGES = settings.STORAGES | {
        "originals": settings.STORAGES["originals"] | originals
    }


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """No test reaches the network: only this machine's own addresses are there."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }:
            raise AssertionError(f"A test tried to reach {address}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def review(db):
    return make_review(year=2024)


@pytest.fixture
def png():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#b0122c").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def make_user(django_user_model):
    def make(*roles, name="somebody", **values):
        defaults = {"is_staff": True}
        user = django_user_model.objects.create_user(name, **(defaults | values))
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return make
