import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import RequestFactory

from yearreview.csp import ContentSecurityPolicyMiddleware

HEADER = "Content-Security-Policy"


def answer(response):
    middleware = ContentSecurityPolicyMiddleware(lambda request: response)
    return middleware(RequestFactory().get("/"))


def test_every_answer_has_the_policy_of_the_settings(settings):
    settings.SECURE_CSP = {"default-src": ["'none'"], "img-src": ["'self'", "data:"]}

    response = answer(HttpResponse("x", status=404))

    assert response[HEADER] == "default-src 'none'; img-src 'self' data:"
    assert (response.status_code, response.content) == (404, b"x")


def test_a_page_may_have_a_policy_of_its_own():
    response = answer(HttpResponse(headers={HEADER: "sandbox"}))

    assert response[HEADER] == "sandbox"


def test_the_site_allows_itself_and_nothing_inline():
    sources = {
        source for each in django_settings.SECURE_CSP.values() for source in each
    }

    assert sources == {"'none'", "'self'", "data:"}
    assert answer(HttpResponse())[HEADER].split("; ")[:2] == [
        "default-src 'none'",
        "script-src 'self'",
    ]


@pytest.mark.parametrize(
    "directive", ["base-uri", "default-src", "form-action", "frame-ancestors"]
)
def test_what_default_src_does_not_cover_is_closed_by_name(directive):
    allowed = {"form-action": ["'self'"]}

    assert django_settings.SECURE_CSP[directive] == allowed.get(directive, ["'none'"])
