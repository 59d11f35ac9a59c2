"""A process that is killed at one of its reads or writes, within the process of the tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from chat.runs.journal import segment, segments
from chat.store import database


class Killed(BaseException):
    """The process is dead: nothing that it still does reaches a disk, a database or a reader."""


class DyingProcess:
    """Dies at its I/O number `at`, 1 being the first: before it, or `after` it.

    I/O is a call of the database, and each file of a journal that is made, written, made void or
    removed.
    """

    def __init__(self, at: int, *, after: bool) -> None:
        self._left = at
        self._busy: list[object] = []
        self._after = after
        self.is_dead = False
        self.died = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_tell_others)

    def attach(self, patch: pytest.MonkeyPatch) -> None:
        """Stand in the way of all that is read and written."""
        asked = vars(database)["database_sync_to_async"]

        def asking(function: Callable[..., Any]) -> Callable[..., Any]:
            made: Callable[..., Any] = asked(self._mortal(function))
            return made

        patch.setattr(database, "database_sync_to_async", asking)
        for place, name in (
            (segment, "_write"),
            (segment.Segment, "__init__"),
            (segment.Segment, "void"),
            (segments, "_unlink"),
            (segments, "_remove"),
        ):
            patch.setattr(place, name, self._mortal(getattr(place, name)))

    async def run(self, work: Callable[[], Any]) -> None:
        """Until it dies, or `work` is done."""
        before = asyncio.all_tasks()
        working = asyncio.ensure_future(work())
        dying = asyncio.ensure_future(self.died.wait())
        await asyncio.wait({working, dying}, return_when=asyncio.FIRST_COMPLETED)
        self.is_dead = True
        while self._busy:  # noqa: ASYNC110 - threads cannot be killed, nor set an event of the loop
            await asyncio.sleep(0.001)
        while left := asyncio.all_tasks() - before:
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def _mortal(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **kwargs: Any) -> Any:
            self._busy.append(function)
            try:
                return self._last_act(lambda: function(*args, **kwargs))
            finally:
                self._busy.remove(function)

        return done

    def _last_act(self, act: Callable[[], Any]) -> Any:
        last = self._count()
        if self.is_dead and not (last and self._after):
            raise Killed
        result = act()
        if self.is_dead:
            raise Killed
        return result

    def _count(self) -> bool:
        self._left -= 1
        if self._left == 0:
            self.is_dead = True
            self._loop.call_soon_threadsafe(self.died.set)
        return self._left == 0


def _tell_others(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Nobody hears the last of a dead process's tasks and timers."""
    if not isinstance(context.get("exception"), Killed):
        loop.default_exception_handler(context)
