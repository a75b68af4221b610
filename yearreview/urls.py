from django.contrib import admin
from django.urls import include, path, re_path

from yearreview import media

handler400 = "papers.views.bad_request"
handler404 = "papers.views.not_found"

urlpatterns = [
    path("admin/", admin.site.urls),
    re_path(r"^media/(?P<path>figures/[a-z0-9]+\.(?:png|jpg))$", media.serve),
    path("", include("papers.urls")),
]
