"""uvicorn's protocols with time limits for every phase of a connection.

uvicorn limits only the time between two requests. A client that sends a header a byte at a time,
never ends a body, or never reads a response would hold a connection for ever.
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
"""What a body has to bring within `stalled_seconds`."""
_FAREWELL_SECONDS = 2
"""For the close frame and its answer."""
_LONGEST_HEAD = 16 * 1024
"""Bytes of a request's line and headers."""
_DISCARD = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""`SO_LINGER`: on, for no seconds."""


class Phase(Enum):
    """What a connection waits for."""

    HEADERS = "the other end has to send a request's headers"
    BODY = "the other end has to send more of a body"
    READING = "the other end has to read what it is sent"
    OURS = "the answer is being made"


class BoundedHttp(H11Protocol):
    """Headers are here within `header_seconds`, however busily their bytes drip in; then
    a body or the reading of an answer goes on within every `stalled_seconds`.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        self.conn = StrictConnection(_LONGEST_HEAD)
        self.app_state = {**self.app_state, ABORT: self.abort}
        self.address = rate_limit_key({"client": self.client})
        self._received = 0
        self._seen = self._progress()
        self._watch: asyncio.TimerHandle | None = None
        self._look_later()
        connection_limit.enter(self)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._let_go()
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
        self._let_go()
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
        return Phase.OURS

    @property
    def waits(self) -> bool:
        """Whether the client has to act next."""
        return self.phase is not Phase.OURS

    def cut(self) -> None:
        """Close at once, without waiting for the client to read the rest."""
        self._let_go()
        self.transport.abort()

    def abort(self) -> None:
        """The same by a TCP reset: data that the system still holds for the client is discarded."""
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
            case Phase.OURS:
                return object()

    def _look_later(self) -> None:
        waits_for_headers = self.phase is Phase.HEADERS
        seconds = (
            hosting_conf().header_seconds if waits_for_headers else hosting_conf().stalled_seconds
        )
        self._watch = self.loop.call_later(seconds, self._look)

    def _look(self) -> None:
        progress = self._progress()
        if progress == self._seen:
            self.cut()
            return
        self._seen = progress
        self._look_later()

    def _let_go(self) -> None:
        connection_limit.leave(self)
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None


class BoundedSocket(WebSocketsSansIOProtocol):
    """A WebSocket that is closed at once: an orderly close waits until the client has read all that
    was sent, which may be never.
    """

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._abort_soon()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        super().on_task_complete(task)
        self._abort_soon()

    def _abort_soon(self) -> None:
        self.loop.call_later(_FAREWELL_SECONDS, self.transport.abort)
