"""The API's routes, which answer in the same way in every project."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from inspect import iscoroutinefunction
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver

from chat.api.refusals import unknown_address
from chat.api.routes import api

View = Callable[..., Any]
OVERRIDE = "X-HTTP-Method-Override"


def api_urls() -> tuple[list[URLResolver | URLPattern], str, str]:
    """The routes for Django's `path`. Idempotent."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _answered(pattern.callback)
    return patterns, app, namespace


def _answered(view: View) -> View:
    """The view with PATCH by POST, and a JSON error for methods without a route."""
    if getattr(view, "is_answered", False):
        return view
    answered = _async_view(view) if iscoroutinefunction(view) else _sync_view(view)
    answered.__dict__["is_answered"] = True
    return answered


def _async_view(view: View) -> View:
    @wraps(view)
    async def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _override_method(request)
        return _refused(request, await view(request, *args, **kwargs))

    return answered


def _sync_view(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _override_method(request)
        return _refused(request, view(request, *args, **kwargs))

    return answered


def _override_method(request: HttpRequest) -> None:
    """WeChat's mini-programs cannot send PATCH. A page of another site cannot set the header
    without a preflight request, as it could not send PATCH either.
    """
    if request.method == "POST" and request.headers.get(OVERRIDE) == "PATCH":
        request.method = "PATCH"


def _refused(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A JSON error for a wrong method, which the framework refuses before its handlers run."""
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return response
    refused = unknown_address(request, HTTPStatus.METHOD_NOT_ALLOWED)
    refused["Allow"] = response["Allow"]
    return refused
