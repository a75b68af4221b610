from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from papers import checks, publishing
from papers.admin.base import DeskAdmin
from papers.documents.stored import read_own_texts
from papers.models import Review

OWN_TEXTS = ("title", "introduction", "attribution")


class ReviewForm(forms.ModelForm):
    """Keeps a review from the public while something in it is still to come."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = {name: cleaned.get(name, "") for name in OWN_TEXTS}
        status = cleaned.get("status", self.instance.status)
        try:
            publishing.check_review_gate(Review(**given, status=status))
        except publishing.Refused as refused:
            for finding in refused.findings:
                self.add_error(finding.field, finding.message)
        return cleaned


@admin.register(Review)
class ReviewAdmin(DeskAdmin):
    form = ReviewForm
    list_display = ["year", "title", "status", "paper_count"]
    list_filter = ["status"]
    search_fields = ["title", "year"]
    fieldsets = [
        (None, {"fields": ["year", "title", "introduction", "attribution"]}),
        ("Publishing", {"fields": ["status", "publish_at", "withdrawal_reason"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).annotate(paper_count=Count("papers"))

    def save_model(
        self, request: HttpRequest, obj: Review, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        for finding in checks.check_own_texts(read_own_texts(obj)):
            label = form.fields[finding.field].label
            messages.warning(request, f"{label}: {finding.message}")

    def view_on_site(self, review: Review) -> str | None:
        return review.get_absolute_url() if review.status == "published" else None

    @admin.display(description="Entries", ordering="paper_count")
    def paper_count(self, review: Review) -> int:
        return review.paper_count  # type: ignore[attr-defined]  # annotated above
