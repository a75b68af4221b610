"""What the grid of a table asks for: to read what is pasted, to repair what was flat."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from papers import roles
from papers.tabular import Proposal, propose, read_pasted


class TableScreens(admin.ModelAdmin):
    """Read tables for the form of an entry; nothing is stored by it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.read_table)
        own = [path("table/", view, name="papers_paper_table")]
        return [*own, *super().get_urls()]

    def read_table(self, request: HttpRequest) -> HttpResponse:
        """The rows of a pasted text, or those proposed for a flattened one."""
        if request.method != "POST" or not roles.may_add(request.user):
            raise PermissionDenied
        text = request.POST.get("text", "")
        is_flat = request.POST.get("how") == "repair"
        try:
            read = propose(text) if is_flat else Proposal(read_pasted(text))
        except ValueError as error:
            return JsonResponse({"problem": str(error)}, status=400)
        return JsonResponse({"rows": read.rows, "left_out": read.left_out})
