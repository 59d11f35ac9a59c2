"""Several owners with requests waiting, some of which they stop or leave at random."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from inference.engine import Engine
from inference.errors import InferenceError
from inference.events import GenerationFinished
from inference.types import ChatMessage, GenerationRequest, SamplingOptions

AT_ONCE = {"heavy": 9, "b": 4, "c": 4, "d": 4, "e": 4}
"""How many requests each owner has under way."""
LARGEST_ANSWER = 128
LARGEST_RUN = LARGEST_ANSWER + 64
"""Tokens of an answer, and of its prompt besides."""
_STOPPED = _LEFT = 0.15


@dataclass
class Ends:
    """How requests ended; `late` are events that came after an end."""

    finished: int = 0
    failed: int = 0
    stopped: int = 0
    left: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        return self.finished + self.failed + self.stopped + self.left


@dataclass
class OwnerLoad:
    """`look` is called at each event; a request that is left is left within `stay` seconds."""

    engine: Engine
    model: str
    chance: random.Random
    stay: float
    look: Callable[[], None] = lambda: None
    ends: Ends = field(default_factory=Ends)

    async def ask(self, each: int) -> int:
        """How many requests have ended, so many of each that an owner has under way at once."""
        owners = [owner for owner, lines in AT_ONCE.items() for _ in range(lines)]
        await asyncio.gather(*[self._in_turn(owner, each) for owner in owners])
        return each * len(owners)

    async def _in_turn(self, owner: str, requests: int) -> None:
        for _ in range(requests):
            if self.chance.random() < _LEFT:
                await self._leave(owner)
            else:
                await self._read(owner)

    async def _leave(self, owner: str) -> None:
        """A cancelled task, as when a server closes; it may still wait then, or have ended."""
        reading = asyncio.create_task(self._read(owner))
        await asyncio.wait({reading}, timeout=self.chance.random() * self.stay)
        reading.cancel()
        await asyncio.wait({reading})
        self.ends.left += reading.cancelled()

    async def _read(self, owner: str) -> None:
        stops = self.chance.random() < _STOPPED
        events_left = self.chance.randint(1, LARGEST_ANSWER) if stops else -1
        finished = 0
        try:
            async with aclosing(self.engine.generate(self._request(owner))) as received:
                async for event in received:
                    self.look()
                    self.ends.late += finished
                    finished += isinstance(event, GenerationFinished)
                    events_left -= 1
                    if events_left == 0:
                        break
        except InferenceError:
            self.ends.late += finished
            self.ends.failed += 1
        else:
            self.ends.finished += finished
            self.ends.stopped += not finished

    def _request(self, owner: str) -> GenerationRequest:
        asked = ChatMessage("user", "word " * self.chance.randint(1, 32))
        options = SamplingOptions(max_new_tokens=self.chance.randint(1, LARGEST_ANSWER))
        return GenerationRequest("r", self.model, owner, (asked,), options)
