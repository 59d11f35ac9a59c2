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

WATCHERS_SECONDS = 2
"""For watchers to finish, such as withdrawing a name from the network."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """`work` is restarted whenever it fails; `name` is its name in the log."""

    name: str
    work: Work


class WebServer(uvicorn.Server):
    """Calls `on_listening` once it accepts requests, and keeps `watchers` running meanwhile. With a
    `context` it serves https.
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
        """Serve on a bound socket until Ctrl-C or SIGTERM; False if starting failed. Raises
        `SystemExit` if the server is to be restarted.
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
            await asyncio.wait(self._watching, timeout=WATCHERS_SECONDS)
        _exit_soon(self._exit_code)


def expect_stop() -> None:
    """Install handlers that do nothing: uvicorn raises the signal again after stopping, and a
    requested stop is not a failure.
    """
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, _ignore_signal)


def _exit_soon(exit_code: int) -> None:
    """Everything is saved by now, but Python waits for every thread before it exits, and a thread
    that loads a model cannot be interrupted.
    """
    sys.stdout.flush()
    exiting = threading.Timer(LINGER_SECONDS, os._exit, (exit_code,))
    exiting.daemon = True
    exiting.start()


def _ignore_signal(number: int, frame: FrameType | None) -> None:
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
