"""Error responses: `{code, message, retryable}`, with the message in the caller's language.

Independent of the API's framework, which is imported with the first request of the API. Django
imports this module at the start.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from chat.api.callers import locale_of
from chat.errors import KINDS, ChatError, ErrorCode
from chat.errors.sentences import error_body

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def failure(request: HttpRequest, error: ChatError, status: int | None = None) -> HttpResponse:
    """The error as a response."""
    body = error_body(error.code, error.detail, locale_of(request))
    response = JsonResponse(body, status=status or KINDS[error.code].status)
    response["Cache-Control"] = "no-store"
    if "seconds" in error.detail:
        response["Retry-After"] = str(error.detail["seconds"])
    return response


@csrf_exempt  # there is nothing to protect, and the refusal would be a page in place of JSON
def unknown_address(request: HttpRequest, status: int = HTTPStatus.NOT_FOUND) -> HttpResponse:
    """The response for a path without a route, or without one for this method."""
    error = ChatError(
        ErrorCode.UNKNOWN_ADDRESS, method=request.method or "", path=request.path[:200]
    )
    return failure(request, error, status)
