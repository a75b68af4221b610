"""The history of an entry: its versions, what differs, and the way back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from papers import differences, drafts, roles
from papers.documents.plain import from_plain
from papers.models import Paper


class HistoryScreens(admin.ModelAdmin):
    """List, compare and restore the versions of an entry."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/history/", wrap(self.history), name="papers_paper_history"),
            path(
                "<int:pk>/history/<int:number>/",
                wrap(self.version),
                name="papers_paper_version",
            ),
        ]
        return [*own, *super().get_urls()]

    def find(self, request: HttpRequest, pk: int) -> Paper:
        paper = get_object_or_404(Paper.objects.select_related("review"), pk=pk)
        if not self.has_view_permission(request, paper):
            raise PermissionDenied
        return paper

    def history(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every version of an entry: who saved it, when, and what became of it."""
        paper = self.find(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of “{paper}”",
            "opts": self.opts,
            "paper": paper,
            "revisions": drafts.get_history(paper),
        }
        return TemplateResponse(request, "admin/papers/paper/history.html", context)

    def version(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """What has changed since a version, with a way back to it."""
        paper = self.find(request, pk)
        revision = get_object_or_404(
            paper.revisions.select_related("made_by"), number=number
        )
        may_edit = roles.may_edit(request.user, paper)
        if request.method == "POST":
            if not may_edit:
                raise PermissionDenied
            drafts.restore(paper, revision, by=request.user)
            self.log_change(request, paper, f"Version {number} restored.")
            messages.success(request, f"Version {number} is the newest again.")
            return HttpResponseRedirect(reverse("admin:papers_paper_change", args=[pk]))
        newest = drafts.get_working(paper).document
        context = {
            **self.admin_site.each_context(request),
            "title": f"Version {number} of “{paper}”",
            "opts": self.opts,
            "paper": paper,
            "revision": revision,
            "may_edit": may_edit,
            "changes": differences.compare(newest, from_plain(revision.document)),
        }
        return TemplateResponse(request, "admin/papers/paper/version.html", context)
