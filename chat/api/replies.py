"""Replies as JSON, with tags by which a client asks whether anything has changed."""

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
"""As many digits as every database counts to."""
_ENCODER = msgspec.json.Encoder()


def reply(
    request: HttpRequest, body: object, tag: str | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """`body` as JSON; nothing but 304 if the caller has what `tag`, or else the body, names.

    Our own encoder and not the framework's: that one validates 2,000 messages again, which
    takes longer than reading them from the database.
    """
    content = _ENCODER.encode(body)
    tag = tag or hashlib.blake2b(content, digest_size=12).hexdigest()
    if request.method == "GET" and is_known(request, tag):
        return unchanged(tag)
    response = HttpResponse(content, content_type="application/json", status=status)
    return tagged(response, tag)


def secret(body: object, status: int = HTTPStatus.OK) -> HttpResponse:
    """`body` as JSON that nothing between keeps, nor the browser."""
    content = _ENCODER.encode(body)
    response = HttpResponse(content, content_type="application/json", status=status)
    return unkept(response)


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether `If-None-Match` names the tag."""
    wanted = request.headers.get("If-None-Match", "")
    return wanted == "*" or tag in _TAG.findall(wanted)


def unchanged(tag: str) -> HttpResponse:
    """304."""
    return tagged(HttpResponse(status=HTTPStatus.NOT_MODIFIED), tag)


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """With the tag. Neither a browser nor what is between keeps it: a device that is revoked must
    not go on showing texts. Whoever has kept it on purpose shows the tag.
    """
    response["ETag"] = f'"{tag}"'
    unkept(response)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def unkept(response: Kind) -> Kind:
    """Not to be kept by a browser, nor by what is between."""
    response["Cache-Control"] = "no-store"
    return response


def wanted_revision(request: HttpRequest) -> int | None:
    """The revision that `If-Match` insists on; a tree's tag begins with it, too. 0, which none
    has, for a tag that is no revision; None where any will do.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if wanted in ("", "*"):
        return None
    found = _TAG.match(wanted)
    revision = found[1].partition(".")[0] if found else ""
    return int(revision) if _REVISION.fullmatch(revision) else 0
