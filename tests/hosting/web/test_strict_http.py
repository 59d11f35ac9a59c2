"""Requests that two servers may read differently are refused, all others read as before."""

from __future__ import annotations

import h11
import pytest

from hosting.web.strict_http import StrictConnection

POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"


def events(data: bytes, size: int) -> list[object]:
    """The events read from it, in pieces of `size` bytes."""
    connection = StrictConnection(16 * 1024)
    found: list[object] = []
    for begin in range(0, len(data), size):
        connection.receive_data(data[begin : begin + size])
        while (event := connection.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
            found.append(event)
    return found


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(
    "data",
    [
        CHUNKED + b"Content-Length: 3\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        POST + b"Content-Length: 3, 4\r\n\r\nabcd",
        POST + b"Content-Length: +3\r\n\r\nabc",
        POST + b"Transfer-Encoding: gzip\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        CHUNKED + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        POST + b" Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"X: a\r\n folded\r\n\r\n",
        POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        POST + b"X: a\nContent-Length: 3\r\n\r\nabc",
        POST + b"X: a\r\n\nContent-Length: 3\r\n\r\n",
        POST + b"X: a\rContent-Length: 3\r\n\r\n",
        POST + b"X: a\x00b\r\n\r\n",
        POST + b"Host: b\r\n\r\n",
        b"GET / HTTP/1.1\nHost: a\n\n",
        b"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        CHUNKED + b"\r\n0\r\nX: a\n\r\n",
        CHUNKED + b"\r\n0\r\n\n",
        CHUNKED + b"\r\n3\nabc\r\n0\r\n\r\n",
        CHUNKED + b"\r\n3\r\nabcXX0\r\n\r\n",
        CHUNKED + b"\r\n0x3\r\nabc\r\n0\r\n\r\n",
    ],
)
def test_an_ambiguous_request_is_refused(data: bytes, size: int) -> None:
    with pytest.raises(h11.RemoteProtocolError):
        events(data + b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n", size)


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b""),
        (b"GET / HTTP/1.0\r\n\r\n", b""),
        (POST + b"Content-Length: 5\r\n\r\na\nb\rc", b"a\nb\rc"),
        (CHUNKED + b"\r\n3\r\na\nb\r\n2\r\n\rc\r\n0\r\nX: y\r\n\r\n", b"a\nb\rc"),
        (POST + b"Content-Length: 3\r\nContent-Length: 3\r\nX:\r\n\r\nabc", b"abc"),
    ],
)
def test_any_other_is_read_as_it_is(data: bytes, body: bytes, size: int) -> None:
    first, *rest = events(data, size)
    assert isinstance(first, h11.Request)
    assert b"".join(bytes(one.data) for one in rest if isinstance(one, h11.Data)) == body
    assert isinstance(rest[-1], h11.EndOfMessage)
