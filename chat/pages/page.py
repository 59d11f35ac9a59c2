"""Serves the built page, or a sentence that says how to build it."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from servestatic.middleware import ServeStaticMiddleware

_HASHED = re.compile(r"^/assets/.+[-.][0-9A-Za-z_-]{8}\.\w+$")
_TEXT = """\
页面还没有构建。请在电脑上运行：python3 manage.py serve
The page has not been built yet. On the computer run: python3 manage.py serve
"""


class PageMiddleware(ServeStaticMiddleware):  # type: ignore[misc]  # servestatic is not typed
    """Serves the built page's files; those with a hash in their name are immutable."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        return is_hashed(url)


def is_hashed(url: str) -> bool:
    """Whether a file's name has a hash of its content, so that it never changes."""
    return _HASHED.search(url) is not None


async def missing_page(request: HttpRequest) -> HttpResponse:
    """Shows which command builds the page. Not reached once it is built."""
    return HttpResponse(
        _TEXT, content_type="text/plain; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE
    )
