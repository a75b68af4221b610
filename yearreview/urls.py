from django.contrib import admin
from django.urls import include, path, re_path

from papers.admin import editor
from yearreview import media

handler400 = "papers.views.bad_request"
handler404 = "papers.views.not_found"
handler500 = "papers.views.server_error"

urlpatterns = [
    # Before the desk itself, which would answer for everything below it.
    path("admin/markdownx/markdownify/", editor.preview, name=editor.PREVIEW),
    path("admin/markdownx/upload/", editor.upload, name=editor.UPLOAD),
    path("admin/", admin.site.urls),
    re_path(
        r"^media/(?P<path>figures/[a-z0-9]+\.(?:png|jpg|[0-9]+\.(?:avif|webp)))$",
        media.serve,
    ),
    path("", include("papers.urls")),
]
