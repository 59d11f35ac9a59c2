"""Serves the built page below a path of another project's site."""

from __future__ import annotations

import asyncio
import mimetypes
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from chat.conf import conf
from chat.network.content_policy import page_policy
from chat.pages.page import is_hashed, missing_page

_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class _Content:
    content: bytes
    is_gzip: bool


async def page(request: HttpRequest) -> HttpResponseBase:
    """The page. Users have to be logged in to the project."""
    if conf().project_users:
        user = await request.auser()
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
    response = await page_file(request, "index.html")
    return response if response.status_code == HTTPStatus.OK else await missing_page(request)


async def page_file(request: HttpRequest, path: str) -> HttpResponse:
    """A file of the built page, compressed if the client accepts that and there is a copy."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    found = await asyncio.to_thread(_read, conf().page_dir, path, takes_gzip)
    if found is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    response = HttpResponse(found.content, content_type=_type_of(path))
    if found.is_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = _FOR_EVER if is_hashed(f"/{path}") else "no-cache"
    response["Content-Security-Policy"] = page_policy(request.get_host())
    return response


def _read(folder: Path, path: str, takes_gzip: bool) -> _Content | None:
    """None for a file that is missing or outside of the folder. Blocks."""
    root = folder.resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        return None
    packed = file.with_name(f"{file.name}.gz")
    is_gzip = takes_gzip and packed.is_file()
    return _Content((packed if is_gzip else file).read_bytes(), is_gzip)


def _type_of(path: str) -> str:
    known = _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0]
    return known or "application/octet-stream"
