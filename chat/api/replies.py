"""JSON responses with entity tags, by which clients check for changes."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus
from typing import TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

Kind = TypeVar("Kind", bound=HttpResponseBase)
_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_REVISION = re.compile(r"[0-9]{1,18}")
"""At most as many digits as every database can store."""
_ENCODER = msgspec.json.Encoder()


def reply(
    request: HttpRequest, body: object, tag: str | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """`body` as JSON, or 304 if the caller has the version of `tag`, by default of the body.

    Not encoded by the framework, which validates 2,000 messages again: that takes longer than to
    read them from the database.
    """
    content = _ENCODER.encode(body)
    tag = tag or hashlib.blake2b(content, digest_size=12).hexdigest()
    if request.method == "GET" and is_known(request, tag):
        return unchanged(tag)
    response = HttpResponse(content, content_type="application/json", status=status)
    return tagged(response, tag)


def secret(body: object, status: int = HTTPStatus.OK) -> HttpResponse:
    """`body` as JSON that is not stored by the browser or by proxies."""
    content = _ENCODER.encode(body)
    response = HttpResponse(content, content_type="application/json", status=status)
    return unkept(response)


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether `If-None-Match` names the tag."""
    wanted = request.headers.get("If-None-Match", "")
    return wanted == "*" or tag in _TAG.findall(wanted)


def unchanged(tag: str) -> HttpResponse:
    """A response with status 304."""
    return tagged(HttpResponse(status=HTTPStatus.NOT_MODIFIED), tag)


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """The response with the tag. It is not stored by the browser or by proxies, as a revoked device
    must not show texts any more. Clients that store it themselves send the tag.
    """
    response["ETag"] = f'"{tag}"'
    unkept(response)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def unkept(response: Kind) -> Kind:
    """The response with headers that forbid to store it."""
    response["Cache-Control"] = "no-store"
    return response


def wanted_revision(request: HttpRequest) -> int | None:
    """The revision that `If-Match` requires; a tree's tag begins with it, too. 0, which is no
    revision, for any other tag; None without the header.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if wanted in ("", "*"):
        return None
    found = _TAG.match(wanted)
    revision = found[1].partition(".")[0] if found else ""
    return int(revision) if _REVISION.fullmatch(revision) else 0
