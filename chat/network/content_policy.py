"""The Content-Security-Policy of the page."""

from __future__ import annotations


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
