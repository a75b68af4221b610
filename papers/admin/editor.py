"""The Markdown editor: its widget, and the two addresses that it talks to.

django-markdownx mounts its own views without any permission check and trusts what an
upload says of itself; these replace them, under the same names.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.checks import CheckMessage, Error, register
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import NoReverseMatch, resolve, reverse
from django.views.decorators.http import require_POST
from markdownx.widgets import AdminMarkdownxWidget

from papers import images, pictures
from papers.rendering import LONGEST_MARKDOWN, render_preview

PREVIEW, UPLOAD = "markdownx_markdownify", "markdownx_upload"
View = Callable[[HttpRequest], HttpResponse]


class MarkdownWidget(AdminMarkdownxWidget):
    """A text area with the public renderer's preview beside it."""

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["js/readers.js", "js/editor.js"])

    @staticmethod
    def add_markdownx_attrs(attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = AdminMarkdownxWidget.add_markdownx_attrs(attrs)
        attrs["data-markdownx-urls-path"] = reverse(PREVIEW)
        attrs["data-markdownx-upload-urls-path"] = reverse(UPLOAD)
        return attrs


def for_editors(view: View) -> View:
    """Refuse everyone who may not change entries, in words and without a redirect."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not (user.is_active and user.is_staff and may_write(user)):
            return HttpResponse(
                "For editors only.", status=403, content_type="text/plain"
            )
        return view(request)

    return answer


def may_write(user: Any) -> bool:
    return bool(
        user.has_perm("papers.change_paper") or user.has_perm("papers.add_paper")
    )


@for_editors
def preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it."""
    content = request.POST.get("content", "")
    if len(content) > LONGEST_MARKDOWN:
        reason = f"The text has more than {LONGEST_MARKDOWN:,} characters."
        return HttpResponse(reason, status=413, content_type="text/plain")
    return HttpResponse(render_preview(content))


@for_editors
def upload(request: HttpRequest) -> HttpResponse:
    """Store a picture, made anew by us, and answer with the Markdown that shows it."""
    file = request.FILES.get("image")
    try:
        if file is None:
            raise ValueError("No picture was sent.")
        image = images.read_upload(file)
    except ValueError as error:
        return JsonResponse({"image": [str(error)]}, status=400)
    path = pictures.store(image)
    return JsonResponse({"image_code": f"![]({default_storage.url(path)})"})


@register()
def markdownx_is_ours(**kwargs: Any) -> list[CheckMessage]:
    """Fail the start when the package's own, open views are mounted."""
    try:
        views = [resolve(reverse(name)).func for name in (PREVIEW, UPLOAD)]
    except NoReverseMatch:
        views = []
    if views == [preview, upload]:
        return []
    return [
        Error(
            "The addresses of django-markdownx must lead to papers.admin.editor.",
            hint="Do not include markdownx.urls: its views are open to anyone.",
            id="papers.E001",
        )
    ]
