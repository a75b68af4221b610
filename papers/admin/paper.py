"""The list of all entries, beside the board."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from papers import checks, publishing, roles
from papers.admin.base import DeskAdmin
from papers.admin.entry import EntryScreens
from papers.admin.history import HistoryScreens
from papers.models import Paper, Revision
from papers.models.base import Status


class Unpublished(admin.SimpleListFilter):
    """Public entries whose newest version readers do not see yet."""

    title = "changes"
    parameter_name = "changes"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Not published yet")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Paper]
    ) -> QuerySet[Paper]:
        if self.value() != "yes":
            return queryset
        newer = Revision.objects.filter(
            paper=OuterRef("pk"), number__gt=OuterRef("shown_revision")
        ).exclude(kind=Revision.Kind.SET_ASIDE)
        return queryset.filter(Exists(newer), status__in=checks.GUARDED)


@admin.register(Paper)
class PaperAdmin(HistoryScreens, EntryScreens, DeskAdmin):
    list_display = [
        "headline_or_title",
        "year",
        "month",
        "status",
        "section_count",
        "last_change",
    ]
    list_filter = [
        "status",
        Unpublished,
        "review",
        "month",
        ("tags", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["review"]
    search_fields = ["headline", "title", "arxiv_id", "doi", "slug"]
    actions = ["review_selected", "publish_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paper]:
        return super().get_queryset(request).annotate(section_count=Count("sections"))

    @admin.display(description="Entry", ordering="headline")
    def headline_or_title(self, paper: Paper) -> str:
        return str(paper)

    @admin.display(description="Sections", ordering="section_count")
    def section_count(self, paper: Paper) -> int:
        return paper.section_count  # type: ignore[attr-defined]  # annotated above

    @admin.display(description="Review", ordering="review__year")
    def year(self, paper: Paper) -> int:
        return paper.review.year

    @admin.display(description="Last change", ordering="updated_at")
    def last_change(self, paper: Paper) -> str:
        return date_format(timezone.localtime(paper.updated_at), "j M Y, H:i")

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

    @admin.action(
        description="Ask for review of the selected entries", permissions=["change"]
    )
    def review_selected(self, request: HttpRequest, papers: QuerySet[Paper]) -> None:
        for paper in papers:
            if paper.status != Status.DRAFT or not roles.may_edit(request.user, paper):
                said, level = f"Left as it is: “{paper}”.", messages.WARNING
            else:
                publishing.set_stage(paper, Status.IN_REVIEW)
                self.log_change(request, paper, "Asked for review.")
                said, level = f"In review: “{paper}”.", messages.SUCCESS
            self.message_user(request, said, level)

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
