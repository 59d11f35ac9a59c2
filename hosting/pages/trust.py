"""The page that leads a user through trusting this computer's authority, and its certificate."""

from __future__ import annotations

import asyncio
import hashlib
import ssl

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render

from chat.conf import conf
from chat.errors.sentences import is_chinese

CERTIFICATE_TYPE = "application/x-x509-ca-cert"
"""An iPhone offers to install files of this type."""


async def guide(request: HttpRequest) -> HttpResponse:
    """The page, in the browser's language or that of `?lang=`; it links to https."""
    certificate = await _certificate()
    language = request.GET.get("lang") or request.headers.get("Accept-Language", "")
    secure = _secure_page(request)
    page = "trust/zh.html" if is_chinese(language) else "trust/en.html"
    response = render(request, page, {"secure": secure, "fingerprint": _fingerprint(certificate)})
    response["Content-Security-Policy"] = _policy(secure)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Language"
    return response


async def certificate(request: HttpRequest) -> HttpResponse:
    """The authority's certificate in the format for installation; it is public."""
    response = HttpResponse(await _certificate(), content_type=CERTIFICATE_TYPE)
    response["Cache-Control"] = "no-store"
    return response


async def _certificate() -> bytes:
    if not conf().tls:
        raise Http404
    file = conf().data_dir / "tls" / "authority.crt"
    return ssl.PEM_cert_to_DER_cert(await asyncio.to_thread(file.read_text, "ascii"))


def _secure_page(request: HttpRequest) -> str:
    host, _ = split_domain_port(request.get_host())
    return f"https://{host}:{conf().tls_port}/"


def _fingerprint(certificate: bytes) -> str:
    return hashlib.sha256(certificate).digest().hex(":").upper()


def _policy(secure: str) -> str:
    """Allows the page to test whether https works, and to load its own two files."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src {secure.rstrip('/')}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
