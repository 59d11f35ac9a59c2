"""A WebSocket client that does almost nothing, so that a benchmark measures the server.

It notes when each frame arrived and keeps the bytes; they are read when the clock no longer
runs. A full client library would cost more CPU per frame than the server it measures, and a
thousand of these readers that took frames apart at once still did.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple, cast

_UPGRADE = (
    "GET /ws/chat/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{more}\r\n"
)
_TEXT, _CLOSE, _PING = 1, 8, 9
_FINAL = 0x80
_MASKED = 0x80
_NO_MASK = bytes(4)
_WAIT_SECONDS = 60.0


class Arrival(NamedTuple):
    """A frame's payload, and when it arrived on the monotonic clock."""

    at: float
    payload: bytes


class WireReader(asyncio.Protocol):
    """One connection; `arrivals` holds the text frames in order."""

    def __init__(self, more: str = "") -> None:
        self._more = more
        self.arrivals: list[Arrival] = []
        self.closed = False
        self._buffer = bytearray()
        self._kept: list[Arrival] | None = None
        self._open = False
        self._grown = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        port = transport.get_extra_info("peername")[1]
        self._transport.write(_UPGRADE.format(port=port, more=self._more).encode())

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if self._kept is not None:
            self._kept.append(Arrival(now, data))
            return
        self._take(data, now)

    def _take(self, data: bytes, now: float) -> None:
        self._buffer += data
        if not self._open and not self._upgraded():
            return
        while self._take_frame(now):
            pass
        self._grown.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._grown.set()

    def send(self, frame: dict[str, object]) -> None:
        self._write(_TEXT, json.dumps(frame).encode())

    async def until(self, ready: Callable[[], bool]) -> None:
        """Raises `ConnectionError` when the server closes first, `TimeoutError` in the end."""
        async with asyncio.timeout(_WAIT_SECONDS):
            while not ready():
                if self.closed:
                    raise ConnectionError("the server closed the connection")
                self._grown.clear()
                await self._grown.wait()

    async def frame(self, kind: str) -> dict[str, Any]:
        """The first frame of this type that has come or comes."""
        found: list[dict[str, Any]] = []

        def look() -> bool:
            found.extend(f for f in map(_read, self.arrivals) if f["type"] == kind)
            return bool(found)

        await self.until(look)
        return found[0]

    def only_keep(self) -> None:
        """From now on note when bytes arrive and nothing else, until `take_apart`. Meanwhile no
        ping is answered.
        """
        self._kept = []

    def take_apart(self) -> None:
        """Read what was kept, as of when it came."""
        kept, self._kept = self._kept or [], None
        for at, data in kept:
            self._take(data, at)

    def close(self) -> None:
        self._transport.abort()

    def _upgraded(self) -> bool:
        head, separator, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if not separator:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(head.decode("latin-1"))
        self._buffer = bytearray(rest)
        self._open = True
        return True

    def _take_frame(self, now: float) -> bool:
        """Whether a whole frame was there. A server's frames are unmasked."""
        begin, length = _extent(self._buffer)
        if begin == 0 or len(self._buffer) < begin + length:
            return False
        opcode = self._buffer[0] & 0x0F
        payload = bytes(self._buffer[begin : begin + length])
        del self._buffer[: begin + length]
        if opcode == _TEXT:
            self.arrivals.append(Arrival(now, payload))
        elif opcode == _PING:
            self._write(opcode=10, payload=payload)
        elif opcode == _CLOSE:
            self.close()
        return True

    def _write(self, opcode: int, payload: bytes) -> None:
        """Masked with zeros, which is masked enough for a server on the same machine."""
        size = len(payload)
        length = bytes([_MASKED | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self._transport.write(bytes([_FINAL | opcode]) + length + _NO_MASK + payload)


async def open_reader(port: int, address: str | None = None) -> WireReader:
    """Connected to a server on loopback, as from `address` if there is one."""
    loop = asyncio.get_running_loop()
    more = f"X-Forwarded-For: {address}\r\n" if address else ""
    _, reader = await loop.create_connection(lambda: WireReader(more), "127.0.0.1", port)
    await reader.until(lambda: reader._open)
    return reader


def _extent(buffer: bytearray) -> tuple[int, int]:
    """Where the first frame's payload begins and its length; (0, 0) until that is known."""
    if len(buffer) < 2:
        return 0, 0
    short = buffer[1] & 0x7F
    if short < 126:
        return 2, short
    end = 4 if short == 126 else 10
    return (end, int.from_bytes(buffer[2:end], "big")) if len(buffer) >= end else (0, 0)


def _read(arrival: Arrival) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(arrival.payload)
    return frame
