"""What the screens of the desk share."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField, QuerySet, URLField
from django.http import HttpRequest

from papers.admin.editor import MarkdownWidget
from papers.models.base import MarkdownField


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


OVERRIDES: dict[Any, dict[str, Any]] = {
    MarkdownField: {"widget": MarkdownWidget},
    URLField: {"assume_scheme": "https"},
    # One field with one label, where Django has two without.
    DateTimeField: {"form_class": forms.DateTimeField, "widget": moment_input()},
}
MOST_WORDS = 10  # Each word joins more conditions, and SQLite has a limit to them.


class DeskAdmin(admin.ModelAdmin):
    formfield_overrides = OVERRIDES
    save_on_top = True

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = " ".join(search_term.replace("\0", "").split()[:MOST_WORDS])
        return super().get_search_results(request, queryset, words)
