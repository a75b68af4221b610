"""What only shows beside the other entries of a review, on a screen of its own.

It takes all of them to be read, so the entry's form asks for it once it is there.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse

from papers import roles
from papers.admin import waiving
from papers.admin.entry_form import EntryForms
from papers.admin.placing import as_context, examine_beside
from papers.admin.tables import TableScreens
from papers.models import Paper


class BesideScreens(TableScreens):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.beside)
        own = [path("<int:pk>/beside/", view, name="papers_paper_beside")]
        return [*own, *super().get_urls()]

    def beside(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The findings of an entry beside the others; a post waives what has a reason."""
        paper = get_object_or_404(Paper.objects.select_related("review"), pk=pk)
        if not self.has_view_permission(request, paper):
            raise PermissionDenied
        may_edit = roles.may_edit(request.user, paper)
        if request.method == "POST":
            if not may_edit:
                raise PermissionDenied
            for words in waiving.act(request, paper):
                messages.success(request, words)
            return HttpResponseRedirect(reverse("admin:papers_paper_beside", args=[pk]))
        document, report = examine_beside(paper)
        context = {
            **self.admin_site.each_context(request),
            **as_context(report, EntryForms(document)),
            "title": "Beside the other entries",
            "paper": paper,
            "may_edit": may_edit,
            "may_publish": may_edit and roles.may_publish(request.user),
            "is_beside": True,
        }
        return render(request, "admin/papers/paper/beside.html", context)
