from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from papers.admin.base import DeskAdmin
from papers.models import Tag, TagAlias


class AliasInline(admin.StackedInline):
    model = TagAlias
    extra = 0


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ["name", "full_name", "slug", "paper_count"]
    search_fields = ["name", "full_name", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        counted = Count("paper_tags", distinct=True)
        return super().get_queryset(request).annotate(paper_count=counted)

    @admin.display(description="Entries", ordering="paper_count")
    def paper_count(self, tag: Tag) -> int:
        return tag.paper_count  # type: ignore[attr-defined]  # annotated above
