"""The list of all entries, beside the board."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from papers import publishing, roles
from papers.admin.base import DeskAdmin
from papers.admin.entry import EntryScreens
from papers.admin.history import HistoryScreens
from papers.models import Paper


class Unpublished(admin.SimpleListFilter):
    """Entries whose newest version readers do not see yet."""

    title = "changes"
    parameter_name = "changes"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Not published yet")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Paper]
    ) -> QuerySet[Paper]:
        if self.value() != "yes":
            return queryset
        newer = queryset.filter(revisions__number__gt=F("shown_revision"))
        return newer.exclude(revisions__kind="set aside").distinct()


@admin.register(Paper)
class PaperAdmin(HistoryScreens, EntryScreens, DeskAdmin):
    list_display = ["headline_or_title", "review", "month", "status", "section_count"]
    list_filter = ["status", Unpublished, "review", "month"]
    list_select_related = ["review"]
    search_fields = ["headline", "title", "arxiv_id", "doi", "slug"]
    actions = ["publish_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paper]:
        return super().get_queryset(request).annotate(section_count=Count("sections"))

    @admin.display(description="Entry", ordering="headline")
    def headline_or_title(self, paper: Paper) -> str:
        return str(paper)

    @admin.display(description="Sections", ordering="section_count")
    def section_count(self, paper: Paper) -> int:
        return paper.section_count  # type: ignore[attr-defined]  # annotated above

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return roles.may_publish(request.user)

    def has_change_permission(
        self, request: HttpRequest, obj: Paper | None = None
    ) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return roles.may_edit(request.user, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Paper | None = None
    ) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or roles.may_edit(request.user, obj))

    @admin.action(description="Publish the selected entries", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, papers: QuerySet[Paper]) -> None:
        for paper in papers.select_related("review"):
            try:
                publishing.publish(paper, by=request.user)
            except publishing.Refused as refused:
                self.message_user(
                    request, f"Not ready: “{paper}”. {refused}", messages.ERROR
                )
            else:
                self.log_change(request, paper, "Published.")
                self.message_user(request, f"Published: “{paper}”.", messages.SUCCESS)

    def view_on_site(self, paper: Paper) -> str:
        return reverse("admin:papers_paper_preview", args=[paper.pk])
