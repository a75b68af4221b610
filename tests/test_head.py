import io

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from papers import images, pictures
from tests.factories import make_full_paper

pytestmark = pytest.mark.django_db


def ask(method, path):
    """The answer as the server gets it: the test client would drop a body by itself."""
    environ = RequestFactory().generic(method, path).environ | {
        "wsgi.input": io.BytesIO()
    }
    got = {}

    def start_response(status, headers, exc_info=None):
        got["status"], got["headers"] = status, dict(headers)

    answer = get_wsgi_application()(environ, start_response)
    got["body"] = b"".join(answer)
    answer.close()
    return got


@pytest.mark.parametrize("path", ["/2024/", "/nope/", "/feed.atom"])
def test_head_has_the_headers_of_get_and_no_body(path):
    make_full_paper()

    head, get = ask("HEAD", path), ask("GET", path)

    assert head["body"] == b""
    assert get["body"] != b""
    assert (head["status"], head["headers"]) == (get["status"], get["headers"])


def test_head_of_a_picture_does_not_send_the_picture(png):
    image = images.clean_image(png)
    pictures.store(image)

    head = ask("HEAD", f"/media/figures/{image.name}")

    assert head["body"] == b""
    assert head["headers"]["Content-Length"] == str(len(image.data))
