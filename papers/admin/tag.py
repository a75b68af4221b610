"""The vocabulary: its tags, and two of them made one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from papers import alike, tagging
from papers.admin.base import DeskAdmin
from papers.models import Tag, TagAlias

MOST_ALIKE = 10  # Pairs above the list.


class AliasInline(admin.StackedInline):
    model = TagAlias
    extra = 0


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Tag.objects.none(),
        label="The tag that stays",
        empty_label="Choose a tag",
        error_messages={
            "invalid_choice": "Choose one of the other tags: this one is not there.",
            "required": "Choose the tag that stays.",
        },
    )

    def __init__(self, loser: Tag, data: Any = None) -> None:
        super().__init__(data)
        into: Any = self.fields["into"]
        into.queryset = Tag.objects.exclude(pk=loser.pk)


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

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        tagging.index_entries(form.instance)

    # Two tags into one

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(self.merge)
        ours = path("<path:object_id>/merge/", merge, name="papers_tag_merge")
        return [ours, *super().get_urls()]

    def may_merge(self, request: HttpRequest) -> bool:
        may_change = self.has_change_permission(request)
        return may_change and self.has_delete_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if self.may_merge(request) and IS_POPUP_VAR not in request.GET:
            pairs = alike.near_duplicates(tagging.get_named())
            context |= {"alike": pairs[:MOST_ALIKE], "more": len(pairs) - MOST_ALIKE}
        return super().changelist_view(request, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_merge"] = self.may_merge(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def merge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose the other tag, see what would change, and then do it."""
        if not self.may_merge(request):
            raise PermissionDenied
        loser = self.get_object(request, unquote(object_id))
        if loser is None:
            self.message_user(request, "There is no such tag.", messages.ERROR)
            return redirect("admin:papers_tag_changelist")
        is_post = request.method == "POST"
        data = request.POST if is_post else request.GET
        form = MergeForm(loser, data if is_post or "into" in data else None)
        winner = form.cleaned_data["into"] if form.is_valid() else None
        if is_post and winner:
            return self.merge_into(request, loser, winner)
        return TemplateResponse(
            request,
            "admin/papers/tag/merge.html",
            {
                **self.admin_site.each_context(request),
                "title": f"Merge “{loser}” into another tag",
                "opts": self.opts,
                "tag": loser,
                "form": form,
                "preview": tagging.preview_merge(loser, winner) if winner else None,
            },
        )

    def merge_into(self, request: HttpRequest, loser: Tag, winner: Tag) -> HttpResponse:
        try:
            with transaction.atomic():
                self.log_deletions(request, Tag.objects.filter(pk=loser.pk))
                merged = tagging.merge(loser, winner)
                self.log_change(request, winner, f"Merged the tag “{loser}” into it.")
        except ValueError as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect("admin:papers_tag_changelist")
        entries = f"{merged.papers} entr{'y' if merged.papers == 1 else 'ies'}"
        done = (
            f"“{merged.name}” is another name of “{winner}” now. {entries} changed. "
            f"What leads to it: {', '.join(merged.addresses)}"
        )
        self.message_user(request, done, messages.SUCCESS)
        return redirect("admin:papers_tag_change", winner.pk)
