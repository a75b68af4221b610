"""The editors' desk: one module for each screen."""

from django.contrib import admin

from papers.admin import paper, review, tag

__all__ = ["paper", "review", "tag"]

admin.site.site_header = "Year in Review"
admin.site.site_title = "Year in Review"
admin.site.index_title = "The editors’ desk"
