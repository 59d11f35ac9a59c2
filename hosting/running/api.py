"""The running server's REST API, for commands on the same computer."""

from __future__ import annotations

import http.client
import json
from types import TracebackType
from typing import Any, Self

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.running.server import RunningServer
from hosting.running.token import TemporaryToken

_SECONDS = 60


class ServerApi:
    """Asks as the owner: without a token where the server knows this computer as such, else by a
    token that is revoked at the end of the context.
    """

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self._token = TemporaryToken()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._token.revoke()

    @property
    def token(self) -> str | None:
        """The one that it needs; None where it needs none."""
        self.ask("GET", "/me")
        return self._token.made

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What it answers, None for nothing. Refusal with its sentence where it refuses, or does
        not answer.
        """
        status, answer = self._call(method, path, body)
        if status == http.HTTPStatus.UNAUTHORIZED and self._token.make():
            status, answer = self._call(method, path, body)
        if status >= http.HTTPStatus.BAD_REQUEST:
            raise Refusal(_sentence(answer))
        return json.loads(answer) if answer else None

    def look(self, path: str) -> Any:
        """What it answers to whoever shows no token; None where it refuses, or does not answer."""
        try:
            status, answer = self._call("GET", path, None)
        except Refusal:
            return None
        return json.loads(answer) if status == http.HTTPStatus.OK else None

    def _call(self, method: str, path: str, body: object) -> tuple[int, bytes]:
        calling = self._connection()
        try:
            content = None if body is None else json.dumps(body)
            calling.request(method, f"/api/v1{path}", content, self._headers())
            response = calling.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise _silent(self.server) from error
        finally:
            calling.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port, context = self.server.host, self.server.port, self.server.context
        if context is None:
            return http.client.HTTPConnection(host, port, timeout=_SECONDS)
        return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=context)

    def _headers(self) -> dict[str, str]:
        shown = {"Authorization": f"Bearer {self._token.made}"} if self._token.made else {}
        told = {"Content-Type": "application/json", "Accept-Language": pick("zh", "en")}
        return told | shown


def _sentence(answer: bytes) -> str:
    try:
        return str(json.loads(answer)["message"])
    except (ValueError, KeyError, TypeError):
        return answer.decode(errors="replace")[:500].strip()


def _silent(server: RunningServer) -> Refusal:
    return Refusal(
        pick(
            f"MyLLM 正在运行，但 {server.host}:{server.port} 没有回应：请稍等再试，或先停止它。",
            f"MyLLM is running, but {server.host}:{server.port} does not answer: try again in a "
            "moment, or stop it first.",
        )
    )
