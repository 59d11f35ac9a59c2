"""What a page of this server may load and call: the browser holds it to that even if a model's
text should ever get past the Markdown view.
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
    """Django middleware: `Permissions-Policy` and `Content-Security-Policy` on every response; a
    view that needs less than the page has set its own.
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

    No inline script and no `eval`. Inline styles stay: formulas and highlighted code bring them.
    Pictures may come from elsewhere, since a person asks for each by a tap. The sockets are
    named, since browsers before 2022 take `'self'` for http alone.
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
