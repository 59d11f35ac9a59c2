"""HTTP/1.1 as h11 reads it, without requests that two servers may read differently.

If a proxy and this server disagree about where a request ends, an attacker can prepend a request to
another user's (request smuggling, RFC 9112, 11.2). h11 refuses differing `Content-Length` headers,
codings other than `chunked`, and blanks before a header's colon. This refuses what h11 accepts and
RFC 9112 lets a server refuse: `Transfer-Encoding` beside `Content-Length` (6.1) or in HTTP/1.0,
folded headers (5.2), and lines that end in a lone LF or contain a lone CR (2.2).
"""

from __future__ import annotations

import re

import h11
from h11._receivebuffer import ReceiveBuffer

_AMBIGUOUS = re.compile(rb"(?<!\r)\n|\r(?!\n)|\n[ \t]")


class StrictConnection(h11.Connection):
    """The server's side. Raises `h11.RemoteProtocolError` for an ambiguous request, which is
    answered with 400 and the end of the connection.
    """

    def __init__(self, longest_head: int) -> None:
        super().__init__(h11.SERVER, longest_head)
        self._receive_buffer = _StrictBuffer()

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request) and _is_ambiguous(event):
            raise h11.RemoteProtocolError("Transfer-Encoding and Content-Length")
        return event


class _StrictBuffer(ReceiveBuffer):
    """Checks the bytes of headers and trailers, since h11 passes on the lines alone."""

    _takes_lines = False

    def maybe_extract_lines(self) -> list[bytearray] | None:
        self._takes_lines = True
        try:
            return super().maybe_extract_lines()
        finally:
            self._takes_lines = False

    def _extract(self, count: int) -> bytearray:
        taken = super()._extract(count)
        if self._takes_lines and _AMBIGUOUS.search(taken):
            raise h11.LocalProtocolError("a folded header, a lone CR or a lone LF")
        return taken


def _is_ambiguous(request: h11.Request) -> bool:
    names = {name for name, _ in request.headers}
    if b"transfer-encoding" not in names:
        return False
    return b"content-length" in names or request.http_version < b"1.1"
