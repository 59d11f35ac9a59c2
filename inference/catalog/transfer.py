"""Bytes from a URL to the end of a file, from where it stopped last time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError

from inference.catalog.http import open_url
from inference.errors import InferenceError, InferenceErrorCode

STALL_SECONDS = 10.0
"""Seconds after which a silent or very slow source is replaced by another one."""
SLOWEST = 8_000
"""Bytes a second: slower, half a gigabyte would take a day."""
_BLOCK_BYTES = 1 << 18
_CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-\d+/(\d+|\*)")
_LENGTH = re.compile(r"\d{1,19}")

Cancelled = Callable[[], bool]


class SourceError(Exception):
    """This source does not deliver; another one may. Its text is for logs, `status` is what the
    server refused with, if it did.
    """

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Address:
    """`secrets` are headers with credentials, for this server only."""

    url: str
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expected:
    """How long the content is, in bytes: at most, and exactly where that is known."""

    most: int
    exact: int | None = None


def append(
    address: Address,
    file: Path,
    expected: Expected,
    on_bytes: Callable[[int], None],
    cancelled: Cancelled,
) -> None:
    """Download what `file` lacks of the content at `address`. `on_bytes` gets the file's length as
    it grows. What has arrived stays, and earlier bytes are not lost to a response that is not the
    content, such as a login page of a hotspot or another file of the same name.

    Raises `SourceError`; `InferenceError` with `shutting_down` once `cancelled` is true; `OSError`
    for the disk alone.
    """
    begin = file.stat().st_size if file.exists() else 0
    response = None if begin == expected.exact else _response(address, begin)
    if response is None:
        return
    with response, file.open("ab") as sink:
        first, end = _span(response, begin, expected)
        _skip(response, begin - first, cancelled)
        try:
            _copy(response, sink, end or expected.most, on_bytes, cancelled)
            if end is not None and sink.tell() != end:
                raise SourceError(f"{address.url} ended after {sink.tell()} of {end} bytes")
        except SourceError:
            if end is None or "Content-Length" not in response.headers:
                # The length is not known, so the content cannot be verified.
                sink.truncate(begin)
            raise


def _response(address: Address, begin: int) -> HTTPResponse | None:
    """None where there is nothing after byte `begin`."""
    url, secrets = address.url, address.secrets
    wanted = {"Range": f"bytes={begin}-"} if begin else {}
    try:
        return open_url(url, STALL_SECONDS, wanted, secrets)
    except HTTPError as error:
        with error:  # it holds the connection
            if begin and error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return None
            raise SourceError(f"{url}: {error}", error.code) from None
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(f"{url}: {error}") from None


def _span(response: HTTPResponse, begin: int, expected: Expected) -> tuple[int, int | None]:
    """The content's byte with which the response begins, and where it ends if that is known."""
    address, headers = response.geturl(), response.headers
    if headers.get_content_type() == "text/html":
        raise SourceError(f"{address} is a web page")
    first = _first_byte(response, begin)
    length = headers.get("Content-Length")
    if length is None:
        return first, expected.exact
    if not _LENGTH.fullmatch(length) or (end := first + int(length)) > expected.most:
        raise SourceError(f"{address} has a length of {length[:40]!r}")
    if expected.exact not in (None, end):
        raise SourceError(f"{address} has {end} bytes, not {expected.exact}")
    return first, end


def _first_byte(response: HTTPResponse, begin: int) -> int:
    """0 of a server that knows no ranges."""
    if response.status != HTTPStatus.PARTIAL_CONTENT:
        return 0
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if not found or int(found[1]) != begin:
        raise SourceError(f"{response.geturl()} answered with another range")
    return begin


def _skip(response: HTTPResponse, count: int, cancelled: Cancelled) -> None:
    """Read over what is there already."""
    speed = _Speed()
    while count:
        block = _read(response, min(count, _BLOCK_BYTES))
        if not block:
            raise SourceError(f"{response.geturl()} is shorter than what is there")
        _check(response, speed, len(block), cancelled)
        count -= len(block)


def _copy(
    response: HTTPResponse,
    sink: BinaryIO,
    most: int,
    on_bytes: Callable[[int], None],
    cancelled: Cancelled,
) -> None:
    speed = _Speed()
    while block := _read(response, _BLOCK_BYTES):
        if sink.tell() + len(block) > most:
            raise SourceError(f"{response.geturl()} sends more than {most} bytes")
        # Before it is written: who cancelled may remove the file, or begin anew.
        _check(response, speed, len(block), cancelled)
        sink.write(block)
        on_bytes(sink.tell())


def _check(response: HTTPResponse, speed: _Speed, count: int, cancelled: Cancelled) -> None:
    if cancelled():
        raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "the download was cancelled")
    if speed.is_too_slow(count):
        raise SourceError(f"{response.geturl()} sends less than {SLOWEST} bytes a second")


def _read(response: HTTPResponse, most: int) -> bytes:
    try:
        return response.read1(most)
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(f"{response.geturl()}: {error!r}") from None


class _Speed:
    """Of the last `STALL_SECONDS` or more."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._bytes = 0

    def is_too_slow(self, count: int) -> bool:
        """Note a block; returns whether the source is too slow, False until enough was measured."""
        self._bytes += count
        elapsed = time.monotonic() - self._since
        if elapsed < STALL_SECONDS:
            return False
        is_slow = self._bytes < SLOWEST * elapsed
        self._since, self._bytes = time.monotonic(), 0
        return is_slow
