"""A run read to its end, with all its events."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field

from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent, GenerationFinished, QueuePosition, Started, TextDelta
from inference.types import ChatMessage, GenerationRequest


@dataclass
class RecordedRun:
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


async def read(
    engine: Engine, model: str, owner: str = "a", record: RecordedRun | None = None
) -> RecordedRun:
    """Reads a run into `record`, which can be read meanwhile."""
    return await read_request(engine, request(model, owner), record)


async def read_request(
    engine: Engine, wanted: GenerationRequest, record: RecordedRun | None = None
) -> RecordedRun:
    record = record or RecordedRun()
    try:
        async with aclosing(engine.generate(wanted)) as events:
            async for event in events:
                record.events.append(event)
                if isinstance(event, Started):
                    record.started_at = asyncio.get_running_loop().time()
                record.ends += isinstance(event, GenerationFinished)
    except InferenceError as error:
        record.error = error
        record.ends += 1
    return record
