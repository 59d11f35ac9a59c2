"""Requests through the whole application, over a service of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import AsyncClient

from chat.actor import OWNER, Identity, Role
from chat.service import ChatService
from tests.process_service import use_service

Call = Callable[..., Any]
CALLER = Identity(OWNER, "127.0.0.1", Role.VISITOR)
_ENGLISH = {"accept_language": "en"}


class _LetIn(AsyncClient):
    """The application behind the authentication, which has found `CALLER`."""

    async def request(self, **request: Any) -> Any:
        return await super().request(identity=CALLER, **request)


class Api:
    """A client of `/api/v1`, with JSON bodies."""

    def __init__(self) -> None:
        self._client = _LetIn()

    async def get(self, path: str, **headers: str) -> Any:
        return await self._client.get(f"/api/v1{path}", headers=_ENGLISH | headers)

    async def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        call: Call = getattr(self._client, method)
        return await call(
            f"/api/v1{path}", body, content_type="application/json", headers=_ENGLISH | headers
        )

    async def make(self, **changes: object) -> dict[str, Any]:
        """Create a conversation with the changes."""
        response: HttpResponse = await self.send("post", "/conversations", changes)
        assert response.status_code == 201, response.content
        made: dict[str, Any] = response.json()  # type: ignore[attr-defined]
        return made


@pytest.fixture
def api(service: ChatService, monkeypatch: pytest.MonkeyPatch) -> Api:
    use_service(monkeypatch, service)
    return Api()
