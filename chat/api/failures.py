"""Error handlers: errors of the framework and of the routes as `{code, message, retryable}`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from chat.api.refusals import failure, unknown_address
from chat.errors import ChatError, ErrorCode

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest, Any], HttpResponse]


def handle_failures(api: NinjaAPI) -> None:
    """Register the handlers, so that every error has this shape."""
    handlers: dict[type[Exception], Handler] = {
        ChatError: failure,
        ValidationError: _bad_field,
        HttpError: _bad_json,
        Http404: _unknown_address,
        Exception: _internal,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _bad_field(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = "; ".join(f"`{_field(one['loc'])}`: {one['msg']}" for one in error.errors)
    return failure(request, ChatError(ErrorCode.BAD_FIELD, reason=reasons[:1000]))


def _field(location: tuple[Any, ...]) -> str:
    """The field's path without the framework's names for its source."""
    return ".".join(str(part) for part in location[2:] or location[1:])


def _bad_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    return failure(request, ChatError(ErrorCode.BAD_JSON), error.status_code)


def _unknown_address(request: HttpRequest, error: Http404) -> HttpResponse:
    return unknown_address(request)


def _internal(request: HttpRequest, error: Exception) -> HttpResponse:
    route = request.resolver_match.route if request.resolver_match else ""
    logger.error("%s %s failed", request.method, route, exc_info=error)
    return failure(request, ChatError(ErrorCode.INTERNAL))
