from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from papers.admin.base import DeskAdmin
from papers.models import Review


@admin.register(Review)
class ReviewAdmin(DeskAdmin):
    list_display = ["year", "title", "status", "paper_count"]
    list_filter = ["status"]
    search_fields = ["title", "year"]
    fieldsets = [
        (None, {"fields": ["year", "title", "introduction", "attribution"]}),
        ("Publishing", {"fields": ["status", "publish_at", "withdrawal_reason"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).annotate(paper_count=Count("papers"))

    def view_on_site(self, review: Review) -> str | None:
        return review.get_absolute_url() if review.status == "published" else None

    @admin.display(description="Entries", ordering="paper_count")
    def paper_count(self, review: Review) -> int:
        return review.paper_count  # type: ignore[attr-defined]  # annotated above
