"""The API's own page."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Swagger


class Documentation(Swagger):
    """With all scripts from this computer: where ninja is no application of the project, its own
    page would fetch them from elsewhere.
    """

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        settings = {**self.settings, "url": self.get_openapi_url(api, kwargs)}
        shown = {"swagger_settings": json.dumps(settings), "api": api, "add_csrf": False}
        return render(request, self.template, shown)
