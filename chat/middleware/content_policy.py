"""The Content Security Policy: a second line of defence in the browser, if a model's text should
get past the Markdown view.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

from chat.network.content_policy import page_policy

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
_ABILITIES = "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"


@async_only_middleware
def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Django middleware: sets `Permissions-Policy` and `Content-Security-Policy` on every response,
    unless the view has set its own.
    """

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        policy = page_policy(request.get_host())
        response = await get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response["Permissions-Policy"] = _ABILITIES
        return response

    return middleware
