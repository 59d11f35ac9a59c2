"""One answer of Ollama, read by a task of its own so that it can be ended from outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished
from inference.remote.ollama_chunks import ChunkReader
from inference.remote.ollama_errors import OllamaTarget
from inference.text.watch import RepetitionWatch

if TYPE_CHECKING:
    from ollama import ChatResponse


class OllamaAnswer:
    """Closing `events` closes the HTTP request, by which Ollama stops the model."""

    def __init__(
        self,
        chunks: AsyncGenerator[ChatResponse, None],
        reader: ChunkReader,
        watch: RepetitionWatch,
        target: OllamaTarget,
    ) -> None:
        self._chunks = chunks
        self._reader = reader
        self._watch = watch
        self._target = target
        self._arrived: asyncio.Queue[ChatResponse | None] = asyncio.Queue()
        self._failure: Exception | None = None
        self._reading: asyncio.Task[None] | None = None

    async def events(self) -> AsyncGenerator[GenerationEvent, None]:
        """The text and one end. Raises `InferenceError`."""
        self._reading = asyncio.create_task(self._read(), name=f"ollama {self._target.model}")
        try:
            while (chunk := await self._arrived.get()) is not None:
                for delta in self._reader.read(chunk):
                    yield delta
                    if self._watch.is_loop(delta):
                        yield GenerationFinished("repetition", self._reader.usage)
                        return
            yield self._end()
        finally:
            self._reading.cancel()
            await asyncio.wait({self._reading})

    def give_up(self, failure: InferenceError) -> None:
        """The reader gets this after what has arrived."""
        self._failure = failure
        if self._reading is not None:
            self._reading.cancel()

    async def _read(self) -> None:
        try:
            async with aclosing(self._chunks) as chunks:
                async for chunk in chunks:
                    self._arrived.put_nowait(chunk)
        except Exception as error:  # noqa: BLE001 - the reader of `events` gets it
            self._failure = self._failure or error
        finally:
            self._arrived.put_nowait(None)

    def _end(self) -> GenerationFinished:
        if self._failure is not None:
            raise self._failure
        if (finished := self._reader.finished) is not None:
            return finished
        raise self._target.failure(InferenceErrorCode.PROVIDER_DISCONNECTED)
