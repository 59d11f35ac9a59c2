"""Finding a wheel in a package index.

The simple repository API, as JSON where the index has it:
https://packaging.python.org/en/latest/specifications/simple-repository-api/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from inference.catalog.http import open_url

_JSON = "application/vnd.pypi.simple.v1+json"
_ACCEPT = f"{_JSON}, text/html;q=0.1"
_MOST_BYTES = 4_000_000
"""No page of one project is longer; what is longer is no index."""


def find_wheel(index: str, distribution: str, version: str, timeout: float) -> str:
    """The address of the wheel. Raises `OSError`, `FileNotFoundError` where there is none."""
    page = f"{index.rstrip('/')}/{_normalised(distribution, '-')}/"
    with open_url(page, timeout, {"Accept": _ACCEPT}) as response:
        body = response.read(_MOST_BYTES)
        address, kind = response.geturl(), response.headers.get_content_type()
    beginning = f"{_normalised(distribution, '_')}-{version}-"
    for link in _links(body, kind):
        name = unquote(urlsplit(link).path).rpartition("/")[2]
        if name.lower().startswith(beginning) and name.endswith(".whl"):
            return urldefrag(urljoin(address, link)).url
    raise FileNotFoundError(f"{distribution} {version} is not at {urlsplit(index).hostname}")


def _links(body: bytes, kind: str) -> Iterable[str]:
    text = body.decode("utf-8", errors="replace")
    if kind != _JSON:
        anchors = _Anchors()
        with suppress(AssertionError):  # html.parser's, for a declaration that it does not know
            anchors.feed(text)
        return anchors.links
    try:
        return [str(file["url"]) for file in json.loads(text)["files"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


class _Anchors(HTMLParser):
    """The addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.extend(value for name, value in attrs if name == "href" and value)


def _normalised(name: str, separator: str) -> str:
    return re.sub(r"[-_.]+", separator, name).lower()
