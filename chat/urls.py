"""The application's HTTP routes, for `path("chat/", include("chat.urls"))`.

In our own project they are at the root, where the page is served as static files before them.
"""

from __future__ import annotations

from django.urls import path, re_path

from chat.api.refusals import unknown_address
from chat.api.urls import api_urls
from chat.pages.built_page import page, page_file
from chat.pages.health import healthz, readyz

_FILES = r"^(?P<path>(?:assets|static/h5)/.+|offline\.(?:html|js)|service-worker\.js)$"
urlpatterns = [
    path("", page, name="chat-page"),
    re_path(_FILES, page_file),
    path("healthz", healthz, name="chat-healthz"),
    path("readyz", readyz, name="chat-readyz"),
    path("api/v1/", api_urls()),
    re_path(r"^api/", unknown_address),
]
