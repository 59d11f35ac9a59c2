"""One completion of llama.cpp, from its request to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from inference.backends.refusals import closing
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished
from inference.llama_cpp_engine.channel import Item, LlamaCall
from inference.llama_cpp_engine.completion import Completion
from inference.llama_cpp_engine.kv_queue import Reservation


class LlamaRun:
    """Begins at once, within its `reservation` of the KV cache, and releases it as soon as
    llama.cpp does; it is interrupted when it outgrows it. `on_beat` is called for each item of
    llama.cpp. A slow reader delays no other run.
    """

    def __init__(
        self, completion: Completion, reservation: Reservation, on_beat: Callable[[], None]
    ) -> None:
        self._completion = completion
        self._reservation = reservation
        self._on_beat = on_beat
        self._call: LlamaCall | None = None
        self._interrupted = False
        self._stopped = False
        self._items: asyncio.Queue[Item | None] = asyncio.Queue()
        self._failure: InferenceError | None = None
        self._ended = asyncio.Event()
        self._completing = asyncio.create_task(self._complete(), name="llama_cpp run")

    async def events(self) -> AsyncGenerator[GenerationEvent, None]:
        """Its events, without an end where it was interrupted. Raises `InferenceError`."""
        while (item := await self._items.get()) is not None:
            for event in self._completion.read(item):
                if isinstance(event, GenerationFinished):
                    self.stop()
                    yield event
                    return
                yield event
        if self._failure is not None:
            raise self._failure
        # The model may have ended before llama.cpp was stopped.
        if self._interrupted and not self._completion.has_ended:
            return
        for event in self._completion.ending():
            yield event

    def stop(self) -> None:
        """Have llama.cpp end it at its next item."""
        self._stopped = True
        if self._call is not None:
            self._call.stop()

    async def ended(self) -> None:
        """Wait until llama.cpp has released it, or it is abandoned."""
        await self._ended.wait()

    def give_up(self) -> None:
        """Stop waiting for its release. Does nothing for a run that has ended."""
        self._finish(closing())

    async def _complete(self) -> None:
        try:
            await self._run()
        except InferenceError as error:
            self._finish(error)
        except Exception as error:  # noqa: BLE001 - llama.cpp's: it becomes a failed run
            failed = InferenceErrorCode.BACKEND_FAILED
            self._finish(InferenceError(failed, repr(error), retryable=True))
        else:
            self._finish(closing() if self._stopped else None)

    async def _run(self) -> None:
        try:
            wanted = await asyncio.to_thread(self._completion.wanted)
            if not self._stopped:
                self._call = self._completion.begin(wanted, self._take)
                await self._call.ended
        finally:
            self._reservation.leave()

    def _take(self, item: Item) -> None:
        self._on_beat()
        self._items.put_nowait(item)
        held = self._completion.held(item)
        if held is not None and self._reservation.grow(held) and self._call is not None:
            self._interrupted = True
            self._call.stop()

    def _finish(self, failure: InferenceError | None) -> None:
        if not self._ended.is_set():
            self._failure = failure
            self._ended.set()
            self._items.put_nowait(None)
