"""The package's own addresses, as nobody may mount them."""

from django.urls import include, path

urlpatterns = [path("markdownx/", include("markdownx.urls"))]
