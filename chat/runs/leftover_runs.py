"""Going on with the runs that an earlier process left."""

from __future__ import annotations

import logging

from chat import store
from chat.errors import ChatError
from chat.run_events import RunEnded
from chat.runs.failures import failure_of
from chat.runs.journal.run_journal import RunJournal
from chat.runs.keyed_locks import KeyedLocks
from chat.runs.live_run import RunKey
from chat.runs.registry import RunRegistry
from chat.runs.starter import RunStarter
from chat.runs.waiting_runs import WaitingRuns
from chat.store import Checkpoint, Leftovers, RunningRun, in_database

logger = logging.getLogger(__name__)


class LeftoverRuns:
    """Used from one event loop. `are_taken_up` stays False until nothing of them is left in the
    journal of the earlier process.
    """

    def __init__(
        self,
        journal: RunJournal,
        locks: KeyedLocks,
        runs: RunRegistry,
        starter: RunStarter,
        waiting: WaitingRuns,
    ) -> None:
        self.are_taken_up = False
        self._journal = journal
        self._locks = locks
        self._runs = runs
        self._starter = starter
        self._waiting = waiting

    async def take_up(self, continuable: frozenset[str]) -> None:
        """Go on with those of the models named and interrupt the others. Idempotent; where it
        raises, nothing was taken up, and what is left stays with the journal before.
        """
        if self.are_taken_up:
            return
        left = await self._read(continuable)
        self.are_taken_up = True
        for run in left.running:
            async with self._locks.hold(run.conversation):
                await self._begin(run)
        for waiting in left.waiting:
            if not self._runs.is_live(waiting.run):
                names = (waiting.run, waiting.conversation, waiting.device, waiting.model)
                self._runs.wait(RunKey(*names, waiting.owner))
                self._waiting.begin_next(waiting.conversation)
        if left.running or left.interrupted:
            counts = (len(left.running), left.interrupted)
            logger.info("answers of the last time: %d go on, %d are interrupted", *counts)

    async def _read(self, continuable: frozenset[str]) -> Leftovers:
        """From here on the database knows the journal of this process."""
        server, before = await in_database(store.server_and_journal)
        recovery = await self._journal.open(server, before)
        name = self._journal.name
        left = await in_database(store.take_up_leftovers, continuable, recovery.complete, name)
        await self._journal.confirm()
        return left

    async def _begin(self, left: RunningRun) -> None:
        """One that cannot be gone on with keeps neither the others nor the start from it.

        Where the database does not answer it is begun when it is read; else it ends here.
        """
        if self._runs.is_live(left.run):
            return
        try:
            await self._starter.begin(left.run, events=left.events)
        except ChatError:
            logger.exception("run %s could not be gone on with yet", left.run)
        except Exception as error:
            logger.exception("run %s cannot be gone on with", left.run)
            await _end(left.run, RunEnded("failed", failure=failure_of(error)))


async def _end(run: str, ended: RunEnded) -> None:
    try:
        if (stored := await in_database(store.load_run, run)) and stored.end is None:
            checkpoint = Checkpoint(run, stored.text)
            await in_database(store.save, [checkpoint], {run: ended})
    except Exception:
        logger.exception("run %s could not be ended yet", run)
