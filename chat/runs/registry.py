"""Live runs: one asyncio task per run, owned by the process, never by a socket."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine

from chat.run_events import RestoredText, RunEnded, Suspended, Withdrawn
from chat.runs.failures import ended_by, failure_of
from chat.runs.generation import generate
from chat.runs.journal.run_journal import RunJournal
from chat.runs.known_runs import KnownRuns
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.log import MemoryRunLog
from chat.store import StoredRun
from inference import Engine, GenerationRequest, InferenceError

logger = logging.getLogger(__name__)

SaveEnd = Callable[[LiveRun, RunEnded], Awaitable[None]]
OnEnd = Callable[[LiveRun], None]


class RunRegistry(KnownRuns):
    """All live runs of this process, those included that wait for the answer before them.

    Used from one event loop. `on_end` is called when a run has ended, with its readers told.
    """

    def __init__(
        self,
        engine: Engine,
        journal: RunJournal,
        save_end: SaveEnd,
        keep_events: int,
        on_end: OnEnd = lambda _: None,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._journal = journal
        self._save_end = save_end
        self._keep_events = keep_events
        self._on_end = on_end
        self._tasks: set[asyncio.Task[None]] = set()

    def open(
        self,
        key: RunKey,
        request: GenerationRequest,
        restored: RestoredText | None = None,
    ) -> LiveRun:
        """Begin a run, or go on with the text that was restored of it.

        It goes on whoever reads it or not.
        """
        run = self._live.get(key.run) or self._add(key, restored)
        run.waiting = False
        run.tokens = restored.tokens if restored else 0
        run.task = self._spawn(self._drive(run, request), f"run {key.run}")
        self._update_queue_positions(key.conversation)
        return run

    def wait(self, key: RunKey) -> LiveRun:
        """Let a run wait for the answers before it in its conversation, until it is opened."""
        run = self._add(key, None)
        run.waiting = True
        self._update_queue_positions(key.conversation)
        return run

    def withdraw(self, run: LiveRun) -> None:
        """Take a waiting run out of its queue for good."""
        del self._live[run.key.run]
        run.leave(Withdrawn())
        self._update_queue_positions(run.key.conversation)

    def restore(self, run: str, stored: StoredRun) -> LiveRun:
        """A run out of the database, to be read like any other that has ended."""
        key = RunKey(run, stored.conversation, "", stored.text.model, stored.owner)
        restored = LiveRun(key, MemoryRunLog(1, stored.text), ending=True)
        restored.log.append(stored.end or RunEnded("interrupted"))
        self._remember_ended(restored)
        return restored

    async def stop(self, run: LiveRun) -> None:
        """End the run now and stop the model. For a run that has ended: nothing."""
        await self.end(run, RunEnded("cancelled", "cancelled"))

    async def end(self, run: LiveRun, ended: RunEnded) -> None:
        """End the run from outside. The model stops at once, even where the end has to wait for
        the database; and the end comes even where who asked for it goes away meanwhile.
        """
        if not run.claim_end():
            return
        if run.task is not None:
            run.task.cancel()
        await asyncio.shield(self._spawn(self._settle(run, ended), f"end {run.key.run}"))

    async def close(self, continuable: frozenset[str]) -> None:
        """Suspend the runs of models that can go on with them, and those that wait; interrupt
        all others. Their tasks have ended when this returns.
        """
        interrupted = []
        for run in self.live():
            if run.waiting or run.key.model in continuable:
                self._suspend(run)
            else:
                interrupted.append(self.end(run, RunEnded("interrupted")))
        await asyncio.gather(*interrupted)
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _add(self, key: RunKey, restored: RestoredText | None) -> LiveRun:
        text, events = (restored.text, restored.events) if restored else (None, ())
        told = MemoryRunLog(self._keep_events, text, events)
        run = LiveRun(key, self._journal.log(key.run, told))
        run.saved_seq = run.log.last_seq
        self._live[key.run] = run
        return run

    def _suspend(self, run: LiveRun) -> None:
        if not run.claim_end():
            return
        if run.task is not None:
            run.task.cancel()
        run.leave(Suspended())

    async def _drive(self, run: LiveRun, request: GenerationRequest) -> None:
        try:
            ended = await generate(run, self._engine, request)
        except InferenceError as error:
            ended = ended_by(run, error)
        except Exception as error:
            logger.exception("run %s failed", run.key.run)
            ended = RunEnded("failed", failure=failure_of(error))
        if run.claim_end():
            await self._settle(run, ended)

    async def _settle(self, run: LiveRun, ended: RunEnded) -> None:
        """Saved first, since the next turn reads it from there; then the readers are told."""
        run.log.flush()
        await self._save_end(run, ended)
        run.queue_position = None
        try:
            run.log.append(ended, run.tokens)
            run.log.flush()
        finally:
            del self._live[run.key.run]
            self._remember_ended(run)
        self._update_queue_positions(run.key.conversation)
        self._on_end(run)

    def _spawn(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
