"""What the servers of the browser tests print: a traceback fails the test in which it appeared."""

from __future__ import annotations

from tests.live.live_server import LiveServer

_TRACEBACK = "Traceback (most recent call last)"


class ServerLogs:
    """The logs of servers, each read on from where it was read last."""

    def __init__(self) -> None:
        self._read: dict[LiveServer, int] = {}

    def watch(self, server: LiveServer) -> LiveServer:
        """Read its log from here on, until it has ended."""
        self._read.setdefault(server, 0)
        return server

    def new_tracebacks(self) -> list[str]:
        """What each server printed since the last call, where it contains a traceback."""
        fresh = [self._notifications(server) for server in list(self._read)]
        return [text for text in fresh if _TRACEBACK in text]

    def _notifications(self, server: LiveServer) -> str:
        is_running = server.alive()
        log = server.log
        fresh = log[self._read[server] :]
        self._read[server] = len(log)
        if not is_running:
            del self._read[server]
        return fresh
