"""Answers for readers who ask now and then."""

from __future__ import annotations

from chat.runs.text import RunText, read_text
from chat.service import Actor, get_service
from chat.store import in_database
from chat.store.messages import AnswerRun, find_run


async def state(owner: str, run: str, locale: str = "") -> AnswerRun:
    """The run as it was last saved, its error said in the language of `locale`."""
    return await in_database(find_run, owner, run, locale)


async def stop(owner: str, run: str, locale: str) -> AnswerRun:
    """Stop it, and how it ended."""
    await state(owner, run)
    await get_service().stop(Actor(owner, ""), run)
    return await state(owner, run, locale)


async def text(owner: str, run: str, after: int, epoch: int | None, wait: float) -> RunText:
    """What a reader who knows event `after` of `epoch` has not seen; waits for it up to `wait`
    seconds.
    """
    await state(owner, run)
    reading = await get_service().attach(Actor(owner, ""), run, after, epoch)
    return await read_text(reading.epoch, after, reading.events, wait)
