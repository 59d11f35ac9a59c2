"""Readiness: whether this server would answer a question now."""

from __future__ import annotations

from dataclasses import dataclass

from chat.errors import ChatError
from chat.service import ChatService
from chat.store import in_database
from chat.store.database import check_database
from inference import ModelState


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a question would be answered now."""

    database: bool
    model: ModelState

    @property
    def is_ready(self) -> bool:
        """Whether both are ready."""
        return self.database and self.model is ModelState.READY


async def readiness(service: ChatService) -> Readiness:
    """Query the database and read the model's state."""
    try:
        await in_database(check_database)
    except ChatError:
        answers = False
    else:
        answers = True
    return Readiness(answers, service.models()[0].state)
