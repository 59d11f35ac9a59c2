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
    """Sends requests as the owner: without a token if the server accepts this computer as such,
    else with a token that is revoked at the end of the context.
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
        """The required token; None if none is required."""
        self.request("GET", "/me")
        return self._token.made

    def request(self, method: str, path: str, body: object = None) -> Any:
        """The response's JSON, None if empty. Raises `Refusal` for an error or no response."""
        status, answer = self._call(method, path, body)
        if status == http.HTTPStatus.UNAUTHORIZED and self._token.make():
            status, answer = self._call(method, path, body)
        if status >= http.HTTPStatus.BAD_REQUEST:
            raise Refusal(_sentence(answer))
        return json.loads(answer) if answer else None

    def get_public(self, path: str) -> Any:
        """The response to a request without a token; None for an error or no response."""
        try:
            status, answer = self._call("GET", path, None)
        except Refusal:
            return None
        return json.loads(answer) if status == http.HTTPStatus.OK else None

    def _call(self, method: str, path: str, body: object) -> tuple[int, bytes]:
        connection = self._connection()
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, f"/api/v1{path}", content, self._headers())
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise _no_response(self.server) from error
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port, context = self.server.host, self.server.port, self.server.context
        if context is None:
            return http.client.HTTPConnection(host, port, timeout=_SECONDS)
        return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=context)

    def _headers(self) -> dict[str, str]:
        authorization = {"Authorization": f"Bearer {self._token.made}"} if self._token.made else {}
        headers = {"Content-Type": "application/json", "Accept-Language": pick("zh", "en")}
        return headers | authorization


def _sentence(answer: bytes) -> str:
    try:
        return str(json.loads(answer)["message"])
    except (ValueError, KeyError, TypeError):
        return answer.decode(errors="replace")[:500].strip()


def _no_response(server: RunningServer) -> Refusal:
    return Refusal(
        pick(
            f"MyLLM 正在运行，但 {server.host}:{server.port} 没有回应：请稍等再试，或先停止它。",
            f"MyLLM is running, but {server.host}:{server.port} does not answer: try again in a "
            "moment, or stop it first.",
        )
    )
