from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db

PATH = "/.well-known/security.txt"


def read(client):
    response = client.get(PATH)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_it_names_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    fields = read(client)

    expires = timezone.datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=362) < expires - timezone.now() < timedelta(days=365)
    assert (expires.hour, expires.minute, expires.second) == (0, 0, 0)
    assert fields == {
        "Contact": "mailto:security@example.org",
        "Preferred-Languages": "en",
        "Canonical": f"http://testserver{PATH}",
    }


def test_without_anybody_to_tell_it_is_not_found(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get(PATH).status_code == 404
