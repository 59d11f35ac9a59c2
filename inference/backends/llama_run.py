"""One run of llama.cpp: a thread of its own that completes, and the loop that reads it."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

from inference.backends.bridge import Bridge
from inference.backends.kv_queue import Reservation
from inference.backends.llama_completion import Completion
from inference.backends.refusals import closing
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import Finished, GenerationEvent

Item = dict[str, Any]


class LlamaRun:
    """Begins at once, within its `reservation` of the KV cache, and releases it as soon as
    llama.cpp does; it is interrupted when it outgrows it. `on_beat` is called in its thread
    whenever llama.cpp gives a sign.
    """

    def __init__(
        self, completion: Completion, reservation: Reservation, on_beat: Callable[[], None]
    ) -> None:
        self._completion = completion
        self._reservation = reservation
        self._on_beat = on_beat
        self._interrupted = False
        self._bridge: Bridge[Item] = Bridge()
        # A daemon: a prefill that cannot be stopped must not keep the process from ending.
        self._thread = threading.Thread(target=self._complete, name="llama_cpp run", daemon=True)
        self._thread.start()

    async def events(self) -> AsyncGenerator[GenerationEvent, None]:
        """What it tells, without an end where it was interrupted. Raises `InferenceError`."""
        async with aclosing(self._bridge.items()) as items:
            async for item in items:
                for event in self._completion.read(item):
                    if isinstance(event, Finished):
                        self.stop()
                        yield event
                        return
                    yield event
        if self._interrupted:
            return
        for event in self._completion.ending():
            yield event

    def stop(self) -> None:
        """Let llama.cpp end it at its next sign."""
        self._bridge.cancelled.set()

    async def ended(self) -> None:
        """Returns when it told its last, which is when its thread ends, or is given up."""
        await self._bridge.ended()

    def give_up(self) -> None:
        """Its reader has waited long enough; nothing for a run that has ended."""
        self._bridge.finish(closing())

    def join(self) -> None:
        """Blocking: returns when llama.cpp has let go of it."""
        self._thread.join()

    def _complete(self) -> None:
        try:
            self._run()
        except InferenceError as error:
            self._bridge.finish(error)
        except Exception as error:  # noqa: BLE001 - llama.cpp's: it becomes a failed run
            failed = InferenceErrorCode.BACKEND_FAILED
            self._bridge.finish(InferenceError(failed, repr(error), retryable=True))
        else:
            self._bridge.finish(closing() if self._bridge.cancelled.is_set() else None)

    def _run(self) -> None:
        try:
            self._completion.run(self._take)
        finally:
            self._reservation.leave()

    def _take(self, item: Item) -> bool:
        self._on_beat()
        self._bridge.put(item)
        held = self._completion.held(item)
        if held is not None and self._reservation.grow(held):
            self._interrupted = True
        return self._interrupted or self._bridge.cancelled.is_set()
