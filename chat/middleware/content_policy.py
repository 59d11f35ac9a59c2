"""The Content Security Policy: a second line of defence in the browser, if a model's text should
get past the Markdown view.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

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


def page_policy(host: str) -> str:
    """The policy for a page of `host`, which is `name` or `name:port`.

    No inline scripts and no `eval`. Inline styles are allowed, as formulas and highlighted code use
    them. Images may have any source, as a person taps to load each. Sockets are named, as browsers
    before 2022 apply `'self'` to http only.
    """
    sources = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob: http: https:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "connect-src": f"'self' data: blob: ws://{host} wss://{host}",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{directive} {allowed}" for directive, allowed in sources.items())
