"""HEAD answers with GET's headers and no body (RFC 9110, section 9.3.2).

Servers drop a body that is there all the same, and complain of it in their log.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HeadMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD":
            name = "streaming_content" if response.streaming else "content"
            setattr(response, name, b"")
        return response
