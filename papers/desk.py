"""The desk: Django's admin, opening on the board of the current review.

It stands outside of papers.admin: Django makes it before the screens register with it.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path


class Desk(admin.AdminSite):
    site_header = site_title = "Year in Review"
    index_title = "The editors’ desk"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        # Both need the models to be loaded.
        from papers.admin import board, corrections  # noqa: PLC0415

        own = [
            path("board/add/", self.admin_view(board.add), name="board_add"),
            path("board/move/", self.admin_view(board.move), name="board_move"),
            path("board/begin/", self.admin_view(board.begin), name="board_begin"),
            path(
                "corrections/", self.admin_view(corrections.pending), name="corrections"
            ),
            path(
                "corrections/<int:pk>/",
                self.admin_view(corrections.decide),
                name="correction_decide",
            ),
        ]
        return [*own, *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from papers.admin import board  # noqa: PLC0415 -- as above

        context = board.get_context(request) | (extra_context or {})
        return super().index(request, context)

    index_template = "admin/board.html"
