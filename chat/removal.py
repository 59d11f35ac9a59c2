"""Deletes what was marked for removal, in the background."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from chat.actor import Actor
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.store import in_database
from chat.store.batches import in_batches, in_batches_here
from chat.store.conversations import discard_conversations, now
from chat.store.members import expire_member, unended_runs_of
from chat.store.removal import expired_members, remove_some

logger = logging.getLogger(__name__)


class Remover:
    """Runs while there is something to remove. Used from one event loop. `stop` ends a run."""

    def __init__(self, stop: Callable[[Actor, str], Awaitable[None]]) -> None:
        self._stop = stop
        self._working: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_needed = False

    def wake(self) -> None:
        """Begin to remove what is marked now. Returns at once."""
        self._loop = asyncio.get_running_loop()
        self._is_needed = True
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work(), name="removal")

    async def remove_member(self, member: str) -> None:
        """Revoke the member's access, stop their answers, and begin to delete their data. Raises
        `ChatError`: `unknown_member`, or `not_allowed` for the owner.
        """
        await in_database(expire_member, member)
        try:
            await self._stop_runs(member)
        finally:
            self.wake()

    async def remove_marked(self) -> None:
        """Remove everything that is marked, in bounded transactions with pauses between them."""
        for member in await in_database(expired_members):
            await self._stop_runs(member)
        await in_batches(remove_some)

    def wake_from_any_thread(self) -> None:
        """As `wake`, for other threads. Ignored in a process that is not a server."""
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self.wake)

    async def settle(self) -> None:
        """Wait until nothing is left to remove."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def close(self) -> None:
        """Stop after the current batch; the next start continues."""
        if self._working is not None:
            self._working.cancel()
            with suppress(asyncio.CancelledError):
                await self._working

    async def _work(self) -> None:
        while self._is_needed:
            self._is_needed = False
            try:
                await self.remove_marked()
            except ChatError:
                logger.warning(
                    "the database did not let removed rows go; the next start tries again"
                )

    async def _stop_runs(self, member: str) -> None:
        """Stop all runs. `unpaired` is ignored: the run was refused, so it never began."""
        for run in await in_database(unended_runs_of, member):
            try:
                await self._stop(Actor(member, ""), run)
            except ChatError as error:
                if error.code is not ErrorCode.UNPAIRED:
                    raise


def mark_old() -> int:
    """Mark conversations that were deleted longer ago than the setting. Returns how many.

    Blocks; for commands, and for the start before the first request.
    """
    before = now() - timedelta(days=conf().purge_days)
    marked = 0
    while found := discard_conversations(before):
        marked += found
    return marked


def purge() -> int:
    """As `mark_old`, and remove all that is marked. Blocks."""
    marked = mark_old()
    in_batches_here(remove_some)
    return marked
