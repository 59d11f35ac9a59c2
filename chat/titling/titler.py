"""Writes titles one at a time, while no answer is being written."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from chat.store import in_database
from chat.store.titles import Untitled, set_title, untitled
from chat.supervised import supervise
from chat.text.titles import TitleMode
from chat.titling.ability import speaks_language_of, writes_titles
from chat.titling.writing import request_of, write
from inference import Engine, InferenceError, ModelState

logger = logging.getLogger(__name__)

_SECONDS = 60.0
"""The time limit of one title."""
_ATTEMPTS = 4
"""Attempts for one title, as each may be interrupted by a question."""
_MOST = 256
"""The number of conversations that may wait for titles."""


class Titler:
    """Used from one event loop. Titles are only written while `is_quiet()`: no run is live.
    `interrupt` interrupts the current one, which is written again later.
    """

    def __init__(
        self,
        engine: Engine,
        mode: TitleMode,
        system_prompt: str,
        is_quiet: Callable[[], bool],
        pause: float = 1.0,
    ) -> None:
        self._engine = engine
        self._mode = mode
        self._system_prompt = system_prompt
        self._is_quiet = is_quiet
        self._pause = pause
        self._wanted: dict[str, int] = {}
        self._arrived = asyncio.Event()
        self._writing: asyncio.Task[str] | None = None
        self._task: asyncio.Task[None] | None = None

    def want(self, conversation: str, model: str) -> None:
        """Request a title after an answer of the model, if the conversation has none yet."""
        cards = {card.id: card for card in self._engine.models()}
        card = cards.get(model)
        if card is None or not writes_titles(card, self._mode) or len(self._wanted) >= _MOST:
            return
        self._wanted.setdefault(conversation, 0)
        self._arrived.set()
        self._task = self._task or supervise(self._write_all, "titles")

    def interrupt(self) -> None:
        """Stop writing, as a question needs the model."""
        if self._writing is not None:
            self._writing.cancel()

    async def close(self) -> None:
        """Stop, and wait until nothing is written any more."""
        self._wanted.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _write_all(self) -> None:
        while True:
            await self._arrived.wait()
            conversation = next(iter(self._wanted), None)
            if conversation is None:
                self._arrived.clear()
            elif self._is_quiet():
                await self._write(conversation)
            else:
                await asyncio.sleep(self._pause)

    async def _write(self, conversation: str) -> None:
        self._wanted[conversation] += 1
        if self._wanted[conversation] > _ATTEMPTS:
            del self._wanted[conversation]
            return
        found = await in_database(untitled, conversation)
        title: str | None = ""
        if found is not None and self._can_write(found):
            title = await self._generate(found)
        if title is None:
            return
        self._wanted.pop(conversation, None)
        if found is not None and title:
            await in_database(set_title, found, title)

    def _can_write(self, found: Untitled) -> bool:
        """Whether the model is still loaded; it is not loaded for a title."""
        cards = {card.id: card for card in self._engine.models()}
        card = cards.get(found.model)
        is_ready = card is not None and card.state is ModelState.READY and self._is_quiet()
        return is_ready and card is not None and speaks_language_of(card, found.question)

    async def _generate(self, found: Untitled) -> str | None:
        """The title, empty if the model gave none; None if it was interrupted."""
        request = request_of(found, self._system_prompt)
        writing = asyncio.create_task(write(self._engine, request, found.question))
        self._writing = writing
        try:
            await asyncio.wait({writing}, timeout=_SECONDS)
            is_late = not writing.done()
        finally:
            self._writing = None
            writing.cancel()
            await asyncio.wait({writing})
        return "" if is_late else _result(writing)


def _result(writing: asyncio.Task[str]) -> str | None:
    if writing.cancelled():
        return None
    failure = writing.exception()
    if failure is None:
        return writing.result()
    if not isinstance(failure, InferenceError):
        raise failure
    logger.info("no title was written: %s", failure.code)
    return ""
