"""Answers for clients that poll."""

from __future__ import annotations

from dataclasses import dataclass

from chat.actor import Actor
from chat.runs.text import RunText, read_text
from chat.service import ChatService
from chat.store import in_database
from chat.store.messages import AnswerRun, find_run


@dataclass(frozen=True, slots=True)
class Cursor:
    """Event `after` of `epoch`; None is the first epoch, or an unknown one."""

    after: int = 0
    epoch: int | None = None


async def state(actor: Actor, run: str, locale: str = "") -> AnswerRun:
    """The run as it was last saved, with its error in the language of `locale`."""
    return await in_database(find_run, actor.owner, run, locale)


async def stop(actor: Actor, service: ChatService, run: str, locale: str) -> AnswerRun:
    """Stop the run and return its end."""
    await state(actor, run)
    await service.stop(actor, run)
    return await state(actor, run, locale)


async def text(
    actor: Actor, service: ChatService, run: str, cursor: Cursor, wait: float
) -> RunText:
    """The text after the cursor; waits for it up to `wait` seconds."""
    await state(actor, run)
    reading = await service.attach(actor, run, cursor.after, cursor.epoch)
    return await read_text(reading.epoch, cursor.after, reading.events, wait)
