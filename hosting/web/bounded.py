"""uvicorn's protocols with time limits for every phase of a connection.

uvicorn limits only the time between two requests. A client that sends a header a byte at a time,
never ends a body, or never reads a response would keep its connection forever.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from contextlib import suppress
from enum import Enum
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from chat.access.peers import rate_limit_key
from chat.network.asgi import ABORT
from hosting.conf import hosting_conf
from hosting.web.connection_limit import connection_limit
from hosting.web.strict_http import StrictConnection

PROGRESS_BYTES = 4096
"""Bytes of a body that must arrive within `stalled_seconds`."""
_CLOSE_SECONDS = 2
"""For the close frame and the client's answer to it."""
_LONGEST_HEAD = 16 * 1024
"""Bytes of a request's line and headers."""
_DISCARD = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""`SO_LINGER`: on, with a timeout of 0 s."""


class Phase(Enum):
    """What a connection waits for."""

    HEADERS = "the client has to send a request's headers"
    BODY = "the client has to send more of a body"
    READING = "the client has to read the response"
    SERVER = "the server computes the response"


class BoundedHttp(H11Protocol):
    """Closes a connection whose headers are not complete within `header_seconds`, at whatever rate
    their bytes arrive, or whose body or response makes no progress within `stalled_seconds`.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        self.conn = StrictConnection(_LONGEST_HEAD)
        self.app_state = {**self.app_state, ABORT: self.abort}
        self.address = rate_limit_key({"client": self.client})
        self._received = 0
        self._last_progress = self._progress()
        self._timer: asyncio.TimerHandle | None = None
        self._schedule_check()
        connection_limit.enter(self)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._release()
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:
        """Once a response has begun, the connection can only be closed."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.cut()
            return
        if self.cycle is not None:
            self.cycle.disconnected = True
        super().send_400_response(msg)

    def connection_lost(self, exc: Exception | None) -> None:
        self._release()
        super().connection_lost(exc)

    @property
    def phase(self) -> Phase:
        """What the connection waits for."""
        answering = self.cycle is not None and not self.cycle.response_complete
        if self.transport.get_write_buffer_size():
            return Phase.READING
        if not answering:
            return Phase.HEADERS
        if self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused:
            return Phase.BODY
        return Phase.SERVER

    @property
    def waits(self) -> bool:
        """Whether the client has to act next."""
        return self.phase is not Phase.SERVER

    def cut(self) -> None:
        """Close at once, without waiting for the client to read the rest."""
        self._release()
        self.transport.abort()

    def abort(self) -> None:
        """Close by a TCP reset: data that the system still buffers for the client is discarded."""
        if self.cycle is not None:
            self.cycle.disconnected = True
        connection = self.transport.get_extra_info("socket")
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARD)
        self.cut()

    def _progress(self) -> object:
        """A value that stays equal while the client makes no progress."""
        match self.phase:
            case Phase.HEADERS:
                return self.cycle
            case Phase.BODY:
                return (self.cycle, self._received // PROGRESS_BYTES)
            case Phase.READING:
                return (self.cycle, self.transport.get_write_buffer_size())
            case Phase.SERVER:
                return object()

    def _schedule_check(self) -> None:
        waits_for_headers = self.phase is Phase.HEADERS
        seconds = (
            hosting_conf().header_seconds if waits_for_headers else hosting_conf().stalled_seconds
        )
        self._timer = self.loop.call_later(seconds, self._check)

    def _check(self) -> None:
        progress = self._progress()
        if progress == self._last_progress:
            self.cut()
            return
        self._last_progress = progress
        self._schedule_check()

    def _release(self) -> None:
        connection_limit.leave(self)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class BoundedSocket(WebSocketsSansIOProtocol):
    """A WebSocket that is closed at once: an orderly close would wait until the client has read
    everything, which may never happen.
    """

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._abort_soon()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        super().on_task_complete(task)
        self._abort_soon()

    def _abort_soon(self) -> None:
        self.loop.call_later(_CLOSE_SECONDS, self.transport.abort)
