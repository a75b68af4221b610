"""Uploaded pictures, for a site without a web server in front of it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file

# Not every machine's list knows the newer ones.
TYPES = {
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
A_YEAR = "public, max-age=31536000, immutable"


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture's name is made from its content, so it never changes.

    Whatever the file turned out to hold, it could not run: the policy sees to that.
    """
    response = serve_file(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Type"] = TYPES[path.rpartition(".")[2]]
    response["Cache-Control"] = A_YEAR
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
