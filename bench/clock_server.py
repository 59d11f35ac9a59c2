"""The product's server with one model, which writes the time thirty times a second.

Every delta is the moment it was due, so a reader on the same machine knows how late it has it. The
due moment is written rather than the moment of writing: on a server that cannot keep up the writer
is late as well, and its lateness must count. What is overdue is written at once, as an engine's
thread goes on while the event loop is busy.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from unittest.mock import patch

from inference import (
    Engine,
    EngineConfig,
    GenerationFinished,
    GenerationRequest,
    ModelCard,
    TextDelta,
    Usage,
)
from inference.backends.base import Report
from inference.events import GenerationEvent
from inference.request.history import Fitted
from inference.types import ModelState
from tests.live.serve_without_page import serve

PER_SECOND = 30
COMMAND = ("-m", "bench.clock_server")
_ENOUGH = 100_000


class ClockBackend:
    """Plays `max_new_tokens` ticks of a run, from the moment on that the message names."""

    card = ModelCard("clock", "clock", "clock", slots=_ENOUGH, state=ModelState.READY)
    beats = 0

    async def fetch(self, report: Report) -> None:
        """There is no file."""

    async def load(self, report: Report) -> None:
        """There is nothing to load."""

    async def fit(self, request: GenerationRequest) -> Fitted:
        return Fitted(request)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        ticks = request.options.max_new_tokens or PER_SECOND
        now = asyncio.get_running_loop().time
        began = float(request.messages[-1].content)
        for tick in range(1, ticks + 1):
            due = began + tick / PER_SECOND
            if due > now():
                await asyncio.sleep(due - now())
            self.beats += 1
            yield TextDelta("answer", f"{due:.6f} ")
        yield GenerationFinished("length", Usage(1, ticks))

    async def close(self) -> None:
        """There is nothing to free."""


def open_clock_engine(config: EngineConfig) -> Engine:
    return Engine([ClockBackend()], config.queue_length)


if __name__ == "__main__":
    with patch("chat.engine.open_engine", open_clock_engine):
        serve()
