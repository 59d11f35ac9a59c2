"""uvicorn, as `serve` runs it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

import uvicorn
from django.conf import settings
from django.utils.module_loading import import_string

from chat.conf import conf
from chat.ownership.claim import record_stopping
from chat.ownership.restart import RESTART
from chat.supervised import Work, supervise
from hosting.conf import hosting_conf
from hosting.web.bounded import BoundedHttp, BoundedSocket
from hosting.web.open_files import allow_many

GRACE_SECONDS = 2
LINGER_SECONDS = 0.5

FAREWELL_SECONDS = 2
"""What watchers may need to take their leave, such as withdrawing a name."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """`work` is begun again whenever it dies; `name` is what the log calls it."""

    name: str
    work: Work


class WebServer(uvicorn.Server):
    """Calls `on_listening` once requests are answered, and keeps `watchers` running meanwhile.
    With a `context` it serves https.
    """

    def __init__(
        self,
        on_listening: Callable[[], None],
        watchers: Sequence[Watcher],
        context: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(_config(context))
        self._on_listening = on_listening
        self._watchers = watchers
        self._watching: list[asyncio.Task[None]] = []
        self._exit_code = 0

    def serve_until_stopped(self, listener: socket.socket) -> bool:
        """Serve on a bound socket until Ctrl-C or SIGTERM; False if starting failed. `SystemExit`
        if it is to be started again.
        """
        expect_stop()
        allow_many()
        self.run(sockets=[listener])
        if self._exit_code:
            sys.exit(self._exit_code)
        return self.started

    def restart(self) -> None:
        """Stop as for SIGTERM, with the exit code by which the guard starts the server again."""
        self._exit_code = RESTART
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_listening()
            self._watching = [supervise(one.work, one.name) for one in self._watchers]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        record_stopping()
        for watching in self._watching:
            watching.cancel()
        await super().shutdown(sockets=sockets)
        if self._watching:
            await asyncio.wait(self._watching, timeout=FAREWELL_SECONDS)
        _leave_soon(self._exit_code)


def expect_stop() -> None:
    """uvicorn raises the signal again once it has stopped, for a handler that was there before:
    ours does nothing, so that a stop that was asked for is no failure.
    """
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, _stopped_already)


def _leave_soon(exit_code: int) -> None:
    """Everything is saved by now, but Python waits for every thread before it ends, and one
    that is loading a model cannot be interrupted.
    """
    sys.stdout.flush()
    leaving = threading.Timer(LINGER_SECONDS, os._exit, (exit_code,))
    leaving.daemon = True
    leaving.start()


def _stopped_already(number: int, frame: FrameType | None) -> None:
    pass


def _config(context: ssl.SSLContext | None) -> uvicorn.Config:
    return uvicorn.Config(
        import_string(settings.ASGI_APPLICATION),
        http=BoundedHttp,
        ws=BoundedSocket,
        ws_ping_interval=hosting_conf().ping_seconds,
        ws_ping_timeout=hosting_conf().ping_seconds,
        ws_max_size=4 * conf().frame_bytes,
        ws_per_message_deflate=False,
        ssl_context_factory=(lambda *_: context) if context else None,
        forwarded_allow_ips=list(hosting_conf().proxies),
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
