"""The product's server with one model, which writes the mixed answer at a steady pace."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from unittest.mock import patch

from bench.mixed_answer import answer, deltas
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

COMMAND = ("-m", "bench.answer_server")
PACE = "BENCH_DELTAS_PER_SECOND"


class AnswerBackend:
    """Every delta is due at its time from the beginning on, however late the one before was."""

    card = ModelCard("answer", "answer", "answer", slots=1, state=ModelState.READY)

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self.beats = 0

    async def fetch(self, report: Report) -> None:
        """There is no file."""

    async def load(self, report: Report) -> None:
        """There is nothing to load."""

    async def fit(self, request: GenerationRequest) -> Fitted:
        return Fitted(request)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        now = asyncio.get_running_loop().time
        began = now()
        pieces = deltas(answer())
        for number, text in enumerate(pieces):
            await asyncio.sleep(max(0, began + number / self._per_second - now()))
            self.beats += 1
            yield TextDelta("answer", text)
        yield GenerationFinished("stop", Usage(1, len(pieces)))

    async def close(self) -> None:
        """There is nothing to free."""


def open_answer_engine(config: EngineConfig) -> Engine:
    return Engine([AnswerBackend(float(os.environ[PACE]))], config.queue_length)


if __name__ == "__main__":
    with (
        patch("chat.engine.open_engine", open_answer_engine),
        patch("chat.runs.generation._COALESCE_SECONDS", 0.0),
    ):
        serve()
