"""A project's URLs, one of which comes before the chat's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("chat/healthz", own), path("chat/", include("chat.urls"))]
