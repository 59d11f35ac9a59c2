"""One Ollama server, spoken to by its own package. Used from one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from inference.remote.account import ApiKey
from inference.remote.ollama_address import OllamaAddress
from inference.remote.ollama_errors import Asked, translated
from inference.remote.ollama_facts import OllamaFacts
from inference.remote.ollama_presence import tagged
from inference.remote.ollama_request import load_options, seconds_or_words
from inference.remote.ollama_settings import Patience

if TYPE_CHECKING:
    from ollama import AsyncClient, ChatResponse, ProgressResponse

_CONNECT_SECONDS = 10.0
_QUESTION_SECONDS = 30.0
_UNLOAD_SECONDS = 2.0

T = TypeVar("T")


class OllamaClient:
    """Every method raises `InferenceError`, and closes its HTTP request when it is cancelled."""

    def __init__(self, client: AsyncClient, asked: Asked, patience: Patience) -> None:
        self._client = client
        self._asked = asked
        self._patience = patience

    @classmethod
    async def connect(
        cls, model: str, address: OllamaAddress, key: ApiKey, patience: Patience
    ) -> OllamaClient:
        """Nothing is sent yet. In a thread: the package takes half a second to import."""
        client = await asyncio.to_thread(_client, address, key())
        return cls(client, Asked(model, address.host), patience)

    async def show(self) -> dict[str, Any]:
        """What the server tells of the model."""
        with translated(self._asked, _QUESTION_SECONDS):
            async with asyncio.timeout(_QUESTION_SECONDS):
                return (await self._client.show(self._asked.model)).model_dump()

    async def is_loaded(self) -> bool:
        """Whether it is in the server's memory."""
        with translated(self._asked, _QUESTION_SECONDS):
            async with asyncio.timeout(_QUESTION_SECONDS):
                running = await self._client.ps()
        name = tagged(self._asked.model)
        return any(name in (model.model, model.name) for model in running.models)

    async def preload(self, facts: OllamaFacts, keep_alive: str) -> None:
        """Have it loaded; a chat without messages does no more."""
        seconds = self._patience.first
        with translated(self._asked, seconds):
            async with asyncio.timeout(seconds):
                await self._client.chat(
                    self._asked.model,
                    options=load_options(facts),
                    keep_alive=seconds_or_words(keep_alive),
                )

    async def unload(self) -> None:
        """Have its memory freed, if that can be said at once."""
        with translated(self._asked, _UNLOAD_SECONDS):
            async with asyncio.timeout(_UNLOAD_SECONDS):
                await self._client.chat(self._asked.model, keep_alive=0)

    async def chat(self, arguments: dict[str, Any]) -> AsyncGenerator[ChatResponse, None]:
        """The chunks of one answer; see `chat_arguments`."""
        with translated(self._asked):
            stream = await self._client.chat(self._asked.model, stream=True, **arguments)
        async with aclosing(self._items(stream, self._patience.first)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def pull(self) -> AsyncGenerator[ProgressResponse, None]:
        """Have the model downloaded. Closed earlier, it is gone on with the next time."""
        with translated(self._asked):
            stream = await self._client.pull(self._asked.model, stream=True)
        async with aclosing(self._items(stream, self._patience.next)) as told:
            async for progress in told:
                yield progress

    async def close(self) -> None:
        """Idempotent."""
        await self._client.close()  # type: ignore[no-untyped-call] # the package's own gap

    async def _items(self, stream: AsyncIterator[T], first: float) -> AsyncGenerator[T, None]:
        seconds = first
        try:
            while True:
                with translated(self._asked, seconds):
                    async with asyncio.timeout(seconds):
                        item = await anext(stream, None)
                if item is None:
                    return
                yield item
                seconds = self._patience.next
        finally:
            await stream.aclose()  # type: ignore[attr-defined] # it is a generator


def _client(address: OllamaAddress, key: str) -> AsyncClient:
    import httpx  # noqa: PLC0415 - with the package, when it is first used
    from ollama import AsyncClient  # noqa: PLC0415

    return AsyncClient(
        address.url,
        headers={"Authorization": f"Bearer {key}"} if key else None,
        timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
        follow_redirects=False,
        # Reading the authorities takes a quarter of a second.
        verify=address.url.startswith("https:"),
        # What is on this computer is not behind a proxy.
        trust_env=not address.is_local,
    )
