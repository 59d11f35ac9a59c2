"""Serves the built page below a path of another project's site."""

from __future__ import annotations

import asyncio
import mimetypes
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
    file = _file(conf().page_dir, path)
    if file is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    packed = file.with_name(f"{file.name}.gz")
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "") and packed.is_file()
    content = await asyncio.to_thread((packed if is_packed else file).read_bytes)
    response = HttpResponse(content, content_type=_type_of(file))
    if is_packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = _FOR_EVER if is_hashed(f"/{path}") else "no-cache"
    response["Content-Security-Policy"] = page_policy(request.get_host())
    return response


def _file(folder: Path, path: str) -> Path | None:
    """The path of the file; None if it is missing or outside of the folder."""
    root = folder.resolve()
    file = (root / path).resolve()
    return file if file.is_relative_to(root) and file.is_file() else None


def _type_of(file: Path) -> str:
    known = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    return known or "application/octet-stream"
