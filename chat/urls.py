"""The application's HTTP routes. The page's files are served by middleware before these."""

from __future__ import annotations

from django.urls import path, re_path

from chat.api.refusals import unknown_address
from chat.api.routes import api
from chat.pages.health import healthz, readyz
from chat.pages.page import missing_page

urlpatterns = [
    path("", missing_page),
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", api.urls),
    re_path(r"^api/", unknown_address),
]
