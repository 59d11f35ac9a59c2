"""The client of one Ollama server, by its own package. Used from one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from inference.errors import InferenceErrorCode
from inference.remote.account import ApiKey
from inference.remote.auth import is_sendable
from inference.remote.ollama_address import OllamaAddress
from inference.remote.ollama_errors import OllamaTarget, translated
from inference.remote.ollama_facts import OllamaFacts
from inference.remote.ollama_presence import tagged
from inference.remote.ollama_request import keep_alive_value, load_options
from inference.remote.ollama_settings import Timeouts

if TYPE_CHECKING:
    from httpx import Request
    from ollama import AsyncClient, ChatResponse, ProgressResponse

_CONNECT_SECONDS = 10.0
_QUESTION_SECONDS = 30.0
_UNLOAD_SECONDS = 2.0

T = TypeVar("T")


class OllamaClient:
    """Every method raises `InferenceError`, and closes its HTTP request when it is cancelled."""

    def __init__(self, client: AsyncClient, target: OllamaTarget, timeouts: Timeouts) -> None:
        self._client = client
        self._target = target
        self._timeouts = timeouts

    @classmethod
    async def connect(
        cls, model: str, address: OllamaAddress, key: ApiKey, timeouts: Timeouts
    ) -> OllamaClient:
        """Sends nothing. Call it in a thread: the package takes half a second to import."""
        target = OllamaTarget(model, address.host, key)
        with translated(target):
            client = await asyncio.to_thread(_client, address, bearer(key, target))
        return cls(client, target, timeouts)

    async def show(self) -> dict[str, Any]:
        """What the server reports of the model."""
        with translated(self._target, _QUESTION_SECONDS):
            async with asyncio.timeout(_QUESTION_SECONDS):
                return (await self._client.show(self._target.model)).model_dump()

    async def is_loaded(self) -> bool:
        """Whether it is in the server's memory."""
        with translated(self._target, _QUESTION_SECONDS):
            async with asyncio.timeout(_QUESTION_SECONDS):
                running = await self._client.ps()
        name = tagged(self._target.model)
        return any(name in (model.model, model.name) for model in running.models)

    async def preload(self, facts: OllamaFacts, keep_alive: str) -> None:
        """Have it loaded; a chat without messages does no more."""
        seconds = self._timeouts.first
        with translated(self._target, seconds):
            async with asyncio.timeout(seconds):
                await self._client.chat(
                    self._target.model,
                    options=load_options(facts),
                    keep_alive=keep_alive_value(keep_alive),
                )

    async def unload(self) -> None:
        """Request that its memory is freed, if the server responds at once."""
        with translated(self._target, _UNLOAD_SECONDS):
            async with asyncio.timeout(_UNLOAD_SECONDS):
                await self._client.chat(self._target.model, keep_alive=0)

    async def chat(self, arguments: dict[str, Any]) -> AsyncGenerator[ChatResponse, None]:
        """The chunks of one answer; see `chat_arguments`."""
        with translated(self._target):
            stream = await self._client.chat(self._target.model, stream=True, **arguments)
        async with aclosing(self._items(stream, self._timeouts.first)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def pull(self) -> AsyncGenerator[ProgressResponse, None]:
        """Have the model downloaded. If closed early, the next call resumes it."""
        with translated(self._target):
            stream = await self._client.pull(self._target.model, stream=True)
        async with aclosing(self._items(stream, self._timeouts.next)) as items:
            async for progress in items:
                yield progress

    async def close(self) -> None:
        """Idempotent."""
        await self._client.close()  # type: ignore[no-untyped-call] # the package's own gap

    async def _items(self, stream: AsyncIterator[T], first: float) -> AsyncGenerator[T, None]:
        seconds = first
        try:
            while True:
                with translated(self._target, seconds):
                    async with asyncio.timeout(seconds):
                        item = await anext(stream, None)
                if item is None:
                    return
                yield item
                seconds = self._timeouts.next
        finally:
            await stream.aclose()  # type: ignore[attr-defined] # it is a generator


def bearer(key: ApiKey, target: OllamaTarget) -> Callable[[Request], Request]:
    """Puts the key as it is then into each request. That raises `InferenceError` for a text that
    can be none.
    """

    def authenticated(request: Request) -> Request:
        found = key().strip()
        if not is_sendable(found):
            raise target.failure(InferenceErrorCode.PROVIDER_KEY_REFUSED)
        if found:
            request.headers["Authorization"] = f"Bearer {found}"
        return request

    return authenticated


def _client(address: OllamaAddress, auth: Callable[[Request], Request]) -> AsyncClient:
    import httpx  # noqa: PLC0415 - with the package, when it is first used
    from ollama import AsyncClient  # noqa: PLC0415

    return AsyncClient(
        address.url,
        auth=auth,
        timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
        follow_redirects=False,
        # Reading the authorities takes a quarter of a second.
        verify=address.url.startswith("https:"),
        # No proxy for this computer.
        trust_env=not address.is_local,
    )
