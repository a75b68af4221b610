"""The form of an entry, with everything that the entry is made of."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from papers import images, publishing, selectors
from papers.admin.base import OVERRIDES, DeskAdmin
from papers.models import Claim, Figure, Link, Paper, PaperTag, Section


class FigureForm(forms.ModelForm):
    """A picture is checked and made anew before the entry is saved."""

    def clean_image(self) -> Any:
        file = self.cleaned_data["image"]
        if not file or file == self.instance.image:
            return file
        try:
            self.new_image = images.read_upload(file)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return self.new_image.as_file()

    def save(self, commit: bool = True) -> Figure:
        if image := getattr(self, "new_image", None):
            self.instance.set_image(image)
        return super().save(commit)


class SectionInline(admin.StackedInline):
    model = Section
    extra = 0
    fields = ["kind", "heading", "body", "position"]
    formfield_overrides = OVERRIDES


class FigureInline(admin.StackedInline):
    model = Figure
    form = FigureForm
    extra = 0
    fields = [
        ("kind", "key", "position"),
        "caption",
        "alt",
        "content",
        "language",
        "image",
        ("credit", "source", "licence"),
        ("wanted", "note"),
    ]
    formfield_overrides = OVERRIDES | {
        # Django's own field for pictures decodes forty formats before we can look.
        models.ImageField: {"form_class": forms.FileField, "widget": AdminFileWidget}
    }


class TagInline(admin.StackedInline):
    model = PaperTag
    extra = 0
    fields = [("tag", "on_card", "position")]
    autocomplete_fields = ["tag"]
    verbose_name = "tag"


class LinkInline(admin.StackedInline):
    model = Link
    extra = 0
    fields = [("kind", "label", "position"), "url"]
    formfield_overrides = OVERRIDES


class ClaimInline(admin.StackedInline):
    model = Claim
    extra = 0
    fields = ["text", ("value", "status"), ("source", "place", "position")]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea({"rows": 3})}}


class PaperForm(forms.ModelForm):
    """Repeats what the gate found, so that the words stay in the form beside it."""

    refusal: ClassVar[publishing.Refused | None] = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for finding in self.refusal.findings if self.refusal else ():
            field = FIELD_OF.get(finding.field, finding.field)
            self.add_error(field if field in self.fields else None, finding.message)
        return cleaned


FIELD_OF = {"date": "published_on"}


@admin.register(Paper)
class PaperAdmin(DeskAdmin):
    form = PaperForm
    list_display = ["headline_or_title", "review", "month", "status", "section_count"]
    list_filter = ["status", "review", "month"]
    list_select_related = ["review"]
    search_fields = ["headline", "title", "arxiv_id", "doi", "slug"]
    prepopulated_fields = {"slug": ["headline"]}
    actions = ["publish_selected"]
    inlines = [TagInline, SectionInline, FigureInline, LinkInline, ClaimInline]
    fieldsets = [
        (
            "Entry",
            {"fields": ["headline", "slug", ("review", "month", "place"), "summary"]},
        ),
        (
            "The paper",
            {
                "fields": [
                    "title",
                    "authors",
                    "published_on",
                    "venue",
                    "arxiv_id",
                    "doi",
                ]
            },
        ),
        ("Key details", {"fields": ["focus", "impact", "citation_note"]}),
        ("Publishing", {"fields": ["status", "publish_at", "withdrawal_reason"]}),
        ("Editors' notes", {"fields": ["notes"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paper]:
        return super().get_queryset(request).annotate(section_count=Count("sections"))

    @admin.display(description="Entry", ordering="headline")
    def headline_or_title(self, paper: Paper) -> str:
        return str(paper)

    @admin.display(description="Sections", ordering="section_count")
    def section_count(self, paper: Paper) -> int:
        return paper.section_count  # type: ignore[attr-defined]  # annotated above

    # The gate

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Save all of an entry or nothing: what the gate refuses goes back to the form."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except publishing.Refused as refused:
            request.refusal = refused  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: list[BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        publishing.check_gate(form.instance)

    def get_form(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> type[PaperForm]:
        form = super().get_form(request, *args, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type("PaperForm", (form,), {"refusal": refusal})

    @admin.action(description="Publish the selected entries", permissions=["change"])
    def publish_selected(self, request: HttpRequest, papers: QuerySet[Paper]) -> None:
        for paper in papers.select_related("review"):
            try:
                publishing.publish(paper)
            except publishing.Refused as refused:
                self.message_user(
                    request, f"Not ready: “{paper}”. {refused}", messages.ERROR
                )
            else:
                self.message_user(request, f"Published: “{paper}”.", messages.SUCCESS)

    # The preview

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview)
        name = "papers_paper_preview"
        return [path("<int:pk>/preview/", preview, name=name), *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The entry's page as readers would see it, whatever its status."""
        page = selectors.get_draft_page(pk=pk)
        if not self.has_view_permission(request, page.paper):
            raise PermissionDenied
        response = render(request, "papers/paper.html", {"page": page})
        response["X-Robots-Tag"] = "noindex"
        return response

    def view_on_site(self, paper: Paper) -> str:
        return reverse("admin:papers_paper_preview", args=[paper.pk])
