"""The project's HTTP routes: Django's admin, the chat application's, and those of hosting."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

# Not at the start: only the admin pages need these modules.
admin.autodiscover()

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("chat.urls")),
    path("", include("hosting.urls")),
]
