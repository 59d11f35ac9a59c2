"""Bytes from a URL to the end of a file, from where it stopped last time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError

from inference.catalog.http import open_url
from inference.errors import InferenceError, InferenceErrorCode

STALL_SECONDS = 10.0
"""A source that sends nothing, or next to nothing, for so long is left for another one."""
SLOWEST = 8_000
"""Bytes a second: slower, half a gigabyte would take a day."""
_BLOCK_BYTES = 1 << 18
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Cancelled = Callable[[], bool]


class SourceError(Exception):
    """This source does not deliver; another one may. Its text is for logs."""


def append(
    url: str,
    file: Path,
    size: int | None,
    on_bytes: Callable[[int], None],
    cancelled: Cancelled,
) -> None:
    """Download what `file` lacks of the content at `url`, which has `size` bytes where that is
    known. `on_bytes` gets the file's length as it grows.

    Raises `SourceError`; `InferenceError` with `shutting_down` once `cancelled` says so; `OSError`
    for the disk alone. What has arrived stays.
    """
    begin = file.stat().st_size if file.exists() else 0
    response = None if begin == size else _response(url, begin)
    if response is None:
        return
    with response, file.open("ab") as sink:
        if response.status != HTTPStatus.PARTIAL_CONTENT:
            sink.truncate(begin := 0)
        end = _end(response, begin, size)
        _copy(response, sink, on_bytes, cancelled)
        if end is not None and sink.tell() != end:
            raise SourceError(f"{url} ended after {sink.tell()} of {end} bytes")


def _response(url: str, begin: int) -> HTTPResponse | None:
    """None where there is nothing after byte `begin`."""
    try:
        return open_url(url, STALL_SECONDS, {"Range": f"bytes={begin}-"} if begin else {})
    except HTTPError as error:
        if begin and error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return None
        raise SourceError(f"{url}: {error}") from None
    except (OSError, HTTPException) as error:
        raise SourceError(f"{url}: {error}") from None


def _end(response: HTTPResponse, begin: int, size: int | None) -> int | None:
    """How long the file will be. A login page of a hotspot, or another file of the same name, is
    refused.
    """
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if response.status == HTTPStatus.PARTIAL_CONTENT and (not found or int(found[1]) != begin):
        raise SourceError(f"{response.geturl()} answered with another range")
    length = response.headers.get("Content-Length")
    end = size if length is None else begin + int(length)
    if size is not None and end != size:
        raise SourceError(f"{response.geturl()} has {end} bytes, not {size}")
    return end


def _copy(
    response: HTTPResponse,
    sink: BinaryIO,
    on_bytes: Callable[[int], None],
    cancelled: Cancelled,
) -> None:
    speed = _Speed()
    while block := _read(response):
        sink.write(block)
        on_bytes(sink.tell())
        if cancelled():
            raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "the download was cancelled")
        if speed.is_too_slow(len(block)):
            raise SourceError(f"{response.geturl()} sends less than {SLOWEST} bytes a second")


def _read(response: HTTPResponse) -> bytes:
    try:
        return response.read1(_BLOCK_BYTES)
    except (OSError, HTTPException) as error:
        raise SourceError(f"{response.geturl()}: {error!r}") from None


class _Speed:
    """Of the last `STALL_SECONDS` or more."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._bytes = 0

    def is_too_slow(self, count: int) -> bool:
        """Told of every block; False until there is enough to tell."""
        self._bytes += count
        elapsed = time.monotonic() - self._since
        if elapsed < STALL_SECONDS:
            return False
        is_slow = self._bytes < SLOWEST * elapsed
        self._since, self._bytes = time.monotonic(), 0
        return is_slow
