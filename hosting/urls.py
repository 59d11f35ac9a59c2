"""HTTP routes of a computer that serves HTTPS with its own certificate authority."""

from __future__ import annotations

from django.urls import path

from hosting.pages.trust import certificate, guide

urlpatterns = [
    path("trust", guide),
    path("trust/myllm.crt", certificate),
]
