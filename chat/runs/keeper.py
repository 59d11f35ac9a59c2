"""What keeps live runs' texts: one transaction for all of them every now and then.

A full disk or a locked database does not stop an answer. What could not be saved, the end
included, is offered again with the next checkpoint, and the run's readers are told meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from chat import store
from chat.changes import publish
from chat.errors import ChatError
from chat.run_events import Ended
from chat.runs.live_run import LiveRun
from chat.store import Checkpoint, in_database

logger = logging.getLogger(__name__)


class Keeper:
    """Saves live runs' texts, and ends. Used from one event loop."""

    def __init__(self, seconds: float) -> None:
        self._live: Callable[[], Iterable[LiveRun]] = tuple
        self._seconds = seconds
        self._owed: dict[LiveRun, Ended] = {}
        self._saving = asyncio.Lock()
        self._checkpointing: asyncio.Task[None] | None = None

    def start(self, live: Callable[[], Iterable[LiveRun]]) -> None:
        """Begin to save what `live` names every `seconds`; nothing is ever saved for a delta."""
        self._live = live
        self._checkpointing = asyncio.create_task(self._checkpoint(), name="checkpoint")

    async def close(self) -> None:
        """Save once more what there is, and no more after that."""
        if self._checkpointing is not None:
            self._checkpointing.cancel()
            await asyncio.wait({self._checkpointing})
        await self.save()
        if self._owed:
            logger.error("%d ended answers could not be saved to the last", len(self._owed))

    async def end(self, run: LiveRun, ended: Ended) -> None:
        """The run's last text and its end, now if the database takes them, else later."""
        self._owed[run] = ended
        async with self._saving:
            if run in self._owed:
                await self._save(tuple(self._owed))

    async def save(self) -> None:
        """All texts that have grown, and all ends that are owed, in one transaction."""
        async with self._saving:
            live = (run for run in self._live() if run not in self._owed)
            grown = (run for run in live if run.log.last_seq > run.saved_seq)
            if unsaved := (*grown, *self._owed):
                await self._save(unsaved)

    async def settle(self) -> None:
        """Save owed ends before something reads them."""
        if self._owed:
            await self.save()

    async def _checkpoint(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            await self.save()

    async def _save(self, runs: Sequence[LiveRun]) -> None:
        checkpoints = [Checkpoint(run.key.run, run.log.snapshot(), run.tokens) for run in runs]
        ends = {run.key.run: self._owed[run] for run in runs if run in self._owed}
        try:
            revisions = await in_database(store.save, checkpoints, ends)
        except ChatError as error:
            _tell_unsaved(runs, error)
            return
        for run, checkpoint in zip(runs, checkpoints, strict=True):
            run.saved_seq = checkpoint.text.seq
            run.tell_saved(True)
            if run.key.run in ends:  # an end that came meanwhile is owed still
                del self._owed[run]
        for revision in revisions:
            publish(revision.owner, revision.conversation, revision.number)


def _tell_unsaved(runs: Iterable[LiveRun], error: ChatError) -> None:
    """Logged when it begins to fail for a run, not at every try."""
    news = [run for run in runs if run.saved]
    if news:
        logger.error("%d answers are not saved yet: %s", len(news), error.__cause__)
    for run in news:
        run.tell_saved(False)
