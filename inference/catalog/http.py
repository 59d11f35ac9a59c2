"""HTTP as downloads need it: the system's proxies, and certificates on every system."""

from __future__ import annotations

import functools
import ssl
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPResponse
from typing import cast
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import HTTPSHandler, Request, build_opener, getproxies, proxy_bypass

import certifi

USER_AGENT = "MyLLM"


def open_url(
    url: str,
    timeout: float,
    headers: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
) -> HTTPResponse:
    """The response to a GET, redirects followed; `timeout` seconds hold for every single read.
    `secrets` are headers for this server alone, not for one that it redirects to.

    Raises `OSError`; `urllib.error.HTTPError` for a status of 400 and above.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise OSError(f"not an address of the web: {url}")
    bare, authorization = _without_password(url)
    request = Request(bare, headers={"User-Agent": USER_AGENT, **(headers or {})})  # noqa: S310
    for name, value in {**authorization, **(secrets or {})}.items():
        request.add_unredirected_header(name, value)
    opener = build_opener(HTTPSHandler(context=_tls()))
    return cast(HTTPResponse, opener.open(request, timeout=timeout))


def proxy_of(url: str) -> str:
    """The proxy through which this address is reached, without its password; "" for none."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme, "")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return ""
    return _without_password(proxy if "://" in proxy else f"http://{proxy}")[0]


@functools.cache
def _tls() -> ssl.SSLContext:
    """The system's authorities, which may be a company's own, and certifi's: python.org's Python
    for macOS has none.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address without `user:password@`, and the header that stands for it."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, {}
    netloc = parts.netloc.rpartition("@")[2]
    secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    basic = b64encode(secret.encode()).decode("ascii")
    return urlunsplit(parts._replace(netloc=netloc)), {"Authorization": f"Basic {basic}"}
