"""The product's server with one model whose answers all tick in the same bursts.

Answers wait until a message names the bursts: a list of the moments at which they begin and the
ticks of each. So a thousand answers can be opened at leisure, and two servers take turns.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from unittest.mock import patch

from bench.clock_server import ClockBackend
from inference import Engine, EngineConfig, GenerationFinished, GenerationRequest, TextDelta, Usage
from inference.events import GenerationEvent
from tests.live.serve_without_page import serve

COMMAND = ("-m", "bench.burst_server")


@dataclass(frozen=True, slots=True)
class Bursts:
    """Moments of the monotonic clock, and how often and how fast each burst ticks."""

    begins: list[float]
    ticks: int
    per_second: float

    def message(self) -> str:
        return json.dumps(asdict(self))

    def dues(self) -> list[float]:
        ticks = range(1, self.ticks + 1)
        return [begin + tick / self.per_second for begin in self.begins for tick in ticks]


class BurstBackend(ClockBackend):
    """Every delta is the moment it was due, as the clock model's are."""

    def __init__(self) -> None:
        self._bursts: asyncio.Future[Bursts] | None = None

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        asked = request.messages[-1].content
        bursts = self._named()
        if asked.startswith("{"):
            bursts.set_result(Bursts(**json.loads(asked)))
            yield GenerationFinished("stop", Usage(1, 1))
            return
        phase = float(asked)
        dues = (await bursts).dues()
        for due in dues:
            await _until(due + phase)
            self.beats += 1
            yield TextDelta("answer", f"{due + phase:.6f} ")
        yield GenerationFinished("stop", Usage(1, len(dues)))

    def _named(self) -> asyncio.Future[Bursts]:
        if self._bursts is None:
            self._bursts = asyncio.get_running_loop().create_future()
        return self._bursts


async def _until(due: float) -> None:
    now = asyncio.get_running_loop().time()
    if due > now:
        await asyncio.sleep(due - now)


def open_burst_engine(config: EngineConfig) -> Engine:
    return Engine([BurstBackend()], config.queue_length)


if __name__ == "__main__":
    with patch("chat.engine.open_engine", open_burst_engine):
        serve()
