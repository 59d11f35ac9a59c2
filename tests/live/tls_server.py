"""A live server of https, and clients that trust it."""

from __future__ import annotations

import http.client
import ssl
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from tests.live.live_server import LiveServer, free_port
from tests.patience import PATIENCE


@dataclass(frozen=True)
class Answer:
    """A response, read completely."""

    status: int
    headers: Message
    body: bytes


def _answer(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
    with closing(connection):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


class TlsServer:
    """A live server of https; the port of `live` is the plain one. Not started yet."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.port = free_port()
        self.live = LiveServer(folder, MODELS="scripted", TLS=1, TLS_PORT=self.port, **settings)
        self._authority = folder / "tls" / "authority.crt"

    def trusting(self) -> ssl.SSLContext:
        """For a client that trusts the authority, and no other."""
        return ssl.create_default_context(cafile=str(self._authority))

    def get(self, path: str, host: str = "localhost") -> Answer:
        """Over https."""
        context = self.trusting()
        connection = http.client.HTTPSConnection(host, self.port, timeout=PATIENCE, context=context)
        return _answer(connection, path, {})

    def plain(self, path: str, **headers: str) -> Answer:
        """From the guide."""
        connection = http.client.HTTPConnection("127.0.0.1", self.live.port, timeout=PATIENCE)
        return _answer(connection, path, headers)
