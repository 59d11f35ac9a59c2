"""Runs that wait for the answer before them in their conversation."""

from __future__ import annotations

import asyncio
import logging

from chat import store
from chat.changes import publish
from chat.errors import ChatError, ErrorCode
from chat.run_events import RunEnded
from chat.runs.admission import Admission
from chat.runs.failures import failure_of
from chat.runs.keyed_locks import KeyedLocks
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.registry import RunRegistry
from chat.runs.starter import RunStarter
from chat.store import in_database
from chat.store.allowance import Limits
from chat.supervised import detach

logger = logging.getLogger(__name__)


class WaitingRuns:
    """Begins each when its turn has come. Used from one event loop."""

    def __init__(
        self,
        locks: KeyedLocks,
        runs: RunRegistry,
        admission: Admission,
        starter: RunStarter,
    ) -> None:
        self._locks = locks
        self._runs = runs
        self._admission = admission
        self._starter = starter
        self._beginning: set[asyncio.Task[None]] = set()

    def begin_next(self, conversation: str) -> None:
        """Begin the conversation's next waiting run, if none is being written in it. Returns before
        it has begun.
        """
        task = detach(lambda: self._begin_next(conversation), "next waiting run")
        self._beginning.add(task)
        task.add_done_callback(self._beginning.discard)

    async def withdraw(self, run: LiveRun) -> None:
        """Take back a message that waits. Raises `ChatError` with `already_begun`."""
        async with self._locks.hold(run.key.conversation):
            if not run.waiting or run.ending:
                raise ChatError(ErrorCode.ALREADY_BEGUN)
            revision = await in_database(store.withdraw, run.key.run)
            self._runs.withdraw(run)
        publish(revision.owner, revision.conversation, revision.number)

    def close(self) -> None:
        """Begin no more."""
        for task in self._beginning:
            task.cancel()

    async def _begin_next(self, conversation: str) -> None:
        async with self._locks.hold(conversation):
            queue = self._runs.in_conversation(conversation)
            if not queue or not queue[0].waiting or queue[0].ending:
                return
            run = queue[0]
            try:
                limits = await self._still_allowed(run.key)
                await self._starter.begin(run.key.run, limits)
            except Exception as error:
                logger.exception("run %s could not begin", run.key.run)
                await self._runs.end(run, RunEnded("failed", failure=failure_of(error)))

    async def _still_allowed(self, key: RunKey) -> Limits:
        """What was allowed when the message was sent may not be any more. The member's limits.

        Raises `ChatError`.
        """
        standing = await self._admission.standing(key.owner, is_owner=key.is_owner)
        await self._admission.model(key.owner, key.model, standing)
        return standing.limits
