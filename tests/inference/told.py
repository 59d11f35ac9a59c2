"""A run read to its end, with everything that it told."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field

from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent, GenerationFinished, QueuePosition, Started, TextDelta
from inference.types import ChatMessage, GenerationRequest


@dataclass
class Told:
    """`ends` counts ends: a `GenerationFinished`, or an error."""

    events: list[EngineEvent] = field(default_factory=list)
    error: InferenceError | None = None
    ends: int = 0
    started_at: float | None = None

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, TextDelta))

    @property
    def code(self) -> InferenceErrorCode | None:
        return self.error.code if self.error else None

    @property
    def waited_for(self) -> list[tuple[str, str]]:
        """What, and the model where that was memory; each once."""
        found = [(e.waiting_for, e.model) for e in self.events if isinstance(e, QueuePosition)]
        return list(dict.fromkeys(found))

    @property
    def is_finished(self) -> bool:
        return self.ends == 1 and self.error is None


def request(model: str, owner: str = "a") -> GenerationRequest:
    return GenerationRequest("r", model, owner, (ChatMessage("user", "问"),))


async def read(engine: Engine, model: str, owner: str = "a", told: Told | None = None) -> Told:
    """Reads a run into `told`, which can be looked at meanwhile."""
    return await read_request(engine, request(model, owner), told)


async def read_request(engine: Engine, wanted: GenerationRequest, told: Told | None = None) -> Told:
    told = told or Told()
    try:
        async with aclosing(engine.generate(wanted)) as events:
            async for event in events:
                told.events.append(event)
                if isinstance(event, Started):
                    told.started_at = asyncio.get_running_loop().time()
                told.ends += isinstance(event, GenerationFinished)
    except InferenceError as error:
        told.error = error
        told.ends += 1
    return told
