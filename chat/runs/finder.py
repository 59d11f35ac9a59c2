"""Finds a member's run, live or ended."""

from __future__ import annotations

from chat import store
from chat.errors import ChatError, ErrorCode
from chat.runs.keyed_locks import KeyedLocks
from chat.runs.live_run import LiveRun
from chat.runs.registry import RunRegistry
from chat.runs.starter import RunStarter
from chat.runs.uncancelled import uncancelled
from chat.store import in_database


class RunFinder:
    """Used from one event loop."""

    def __init__(self, locks: KeyedLocks, runs: RunRegistry, starter: RunStarter) -> None:
        self._locks = locks
        self._runs = runs
        self._starter = starter

    async def find(self, owner: str, run: str) -> LiveRun:
        """Raises `ChatError` with `unknown_run`, for a run of another member's, too."""
        found = self._runs.get(run)
        if found is None:
            found = await uncancelled(self._restore(owner, run))
        if found.key.owner != owner:
            raise ChatError(ErrorCode.UNKNOWN_RUN)
        return found

    async def _restore(self, owner: str, run: str) -> LiveRun:
        conversation = await in_database(store.conversation_of_run, owner, run)
        async with self._locks.hold(conversation):
            if live := self._runs.get(run):
                return live
            stored = await in_database(store.load_run, run)
            if stored is None:
                raise ChatError(ErrorCode.UNKNOWN_RUN)
            if stored.end is None:
                # Stored, and then the database refused what was needed to begin it.
                return await self._starter.begin(run)
            return self._runs.restore(run, stored)
