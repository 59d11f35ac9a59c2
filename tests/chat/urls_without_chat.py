"""A project's URLs without the chat's."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
