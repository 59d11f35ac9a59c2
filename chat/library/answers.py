"""Answers for clients that poll."""

from __future__ import annotations

from chat.runs.text import RunText, read_text
from chat.service import get_service
from chat.store import in_database
from chat.store.messages import AnswerRun, find_run


async def state(owner: str, run: str, locale: str = "") -> AnswerRun:
    """The run as it was last saved, with its error in the language of `locale`."""
    return await in_database(find_run, owner, run, locale)


async def stop(owner: str, run: str, locale: str) -> AnswerRun:
    """Stop the run and return its end."""
    await state(owner, run)
    await get_service().stop(run)
    return await state(owner, run, locale)


async def text(owner: str, run: str, after: int, epoch: int | None, wait: float) -> RunText:
    """The text after event `after` of `epoch`; waits for it up to `wait` seconds."""
    await state(owner, run)
    reading = await get_service().attach(run, after, epoch)
    return await read_text(reading.epoch, after, reading.events, wait)
