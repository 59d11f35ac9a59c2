"""What is refused, as `{code, message, retryable}`, the message in the caller's language.

Free of the framework that serves the API: Django imports this before it answers anything, and
the framework with the first address asked for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from chat.api.callers import locale_of
from chat.errors import KINDS, ChatError, ErrorCode
from chat.errors.sentences import told

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def failure(request: HttpRequest, error: ChatError, status: int | None = None) -> HttpResponse:
    """The error as the caller reads it."""
    body = told(error.code, error.detail, locale_of(request))
    response = JsonResponse(body, status=status or KINDS[error.code].status)
    response["Cache-Control"] = "no-store"
    if "seconds" in error.detail:
        response["Retry-After"] = str(error.detail["seconds"])
    return response


@csrf_exempt  # there is nothing to protect, and the refusal would be a page in place of JSON
def unknown_address(request: HttpRequest, status: int = HTTPStatus.NOT_FOUND) -> HttpResponse:
    """That no route is here, or none for this method."""
    error = ChatError(
        ErrorCode.UNKNOWN_ADDRESS, method=request.method or "", path=request.path[:200]
    )
    return failure(request, error, status)
