"""A conversation through the running server's socket."""

from __future__ import annotations

import json
import secrets
from types import TracebackType
from typing import Self

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.running.api import ServerApi
from hosting.terminal_chat.session import Frame, is_late

_POLL_SECONDS = 0.5
"""How often Ctrl-C is checked while no frame arrives."""


class ServerSession:
    """A `ChatSession`."""

    def __init__(self, api: ServerApi) -> None:
        self._api = api
        self._models: list[Frame] = []
        self._conversation: str | None = None
        self._run: str | None = None
        self._is_stopping = False

    def __enter__(self) -> Self:
        server, token = self._api.server, self._api.token
        try:
            self._socket: ClientConnection = connect(
                server.socket_url, ssl=server.context, proxy=None, max_size=None
            )
        except (OSError, WebSocketException) as error:
            raise _disconnected() from error
        self._send({"type": "hello", "token": token, "locale": pick("zh", "en")})
        while (frame := self.receive()) is None or frame["type"] != "hello":
            continue
        self._models = frame["models"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def models(self) -> list[Frame]:
        return self._models

    def ask(self, question: str, model: str | None) -> None:
        frame = {"type": "send", "client_msg_id": secrets.token_hex(8), "content": question}
        self._run, self._is_stopping = None, False
        self._send(frame | {"model": model, "conversation": self._conversation})

    def receive(self) -> Frame | None:
        try:
            frame: Frame = json.loads(self._socket.recv(timeout=_POLL_SECONDS))
        except TimeoutError:
            return None
        except WebSocketException as error:
            raise _disconnected() from error
        if is_late(frame, self._run):
            return None
        self._note(frame)
        return frame

    def stop(self) -> None:
        """Sent once the server has reported the run's id."""
        self._is_stopping = True
        if self._run is not None:
            self._send({"type": "stop", "run": self._run})

    def _note(self, frame: Frame) -> None:
        match frame["type"]:
            case "accepted":
                self._run, self._conversation = frame["run"], frame["conversation"]
                if self._is_stopping:
                    self.stop()
            case "models":
                self._models = frame["models"]

    def _send(self, frame: Frame) -> None:
        try:
            self._socket.send(json.dumps(frame))
        except WebSocketException as error:
            raise _disconnected() from error


def _disconnected() -> Refusal:
    return Refusal(
        pick(
            "与服务器的连接断了；回答会在服务器上写完，打开页面可以看到。",
            "The connection to the server broke; the answer goes on there, and the page shows it.",
        )
    )
