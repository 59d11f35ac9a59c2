"""The Content-Security-Policy of the page."""

from __future__ import annotations


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
