"""The documentation page of the API."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Swagger


class Documentation(Swagger):
    """Serves all scripts from this server. Ninja's own page loads them from a CDN if ninja is not
    an application of the project.
    """

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        settings = {**self.settings, "url": self.get_openapi_url(api, kwargs)}
        shown = {"swagger_settings": json.dumps(settings), "api": api, "add_csrf": False}
        return render(request, self.template, shown)
