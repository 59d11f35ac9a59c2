"""PATCH for clients whose platform cannot send it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

HEADER = "X-HTTP-Method-Override"
GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@async_only_middleware
def patch_by_post(get_response: GetResponse) -> GetResponse:
    """Django middleware: a POST whose `X-HTTP-Method-Override` says PATCH is one.

    WeChat's mini-programs send GET, POST, PUT and DELETE alone. No page of another site can set
    the header without asking first, as it could not send PATCH either.
    """

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.headers.get(HEADER) == "PATCH":
            request.method = "PATCH"
        return await get_response(request)

    return middleware
