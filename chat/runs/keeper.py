"""What keeps live runs' texts: one transaction for all of them every now and then.

A full disk or a locked database does not stop an answer. What could not be saved, the end
included, is offered again with the next checkpoint, and the run's readers are told meanwhile.
One run that cannot be saved never keeps another from it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable

from chat import store
from chat.errors import ChatError
from chat.run_events import RunEnded
from chat.runs.journal.record import EndedEntry, TextEntry
from chat.runs.journal.run_journal import RunJournal
from chat.runs.live_run import LiveRun
from chat.runs.run_saver import RunSaver
from chat.runs.uncancelled import uncancelled
from chat.store import in_database
from chat.supervised import supervise

logger = logging.getLogger(__name__)


class Keeper:
    """Saves live runs' texts, and ends. Used from one event loop."""

    def __init__(self, seconds: float, journal: RunJournal) -> None:
        self._journal = journal
        self._live: Callable[[], Iterable[LiveRun]] = tuple
        self._seconds = seconds
        self._saver = RunSaver(journal)
        self._saving = asyncio.Lock()
        self._checkpointing: asyncio.Task[None] | None = None

    def start(self, live: Callable[[], Iterable[LiveRun]]) -> None:
        """Begin to save what `live` names every `seconds`; nothing is ever saved for a delta."""
        self._live = live
        self._journal.on_unkept = self._tell_unkept
        self._checkpointing = supervise(self._checkpoint, "checkpoint")

    async def close(self) -> None:
        """Save once more what there is, and no more after that."""
        if self._checkpointing is not None:
            self._checkpointing.cancel()
            await asyncio.wait({self._checkpointing})
        await self.save()
        if self._saver.owed:
            logger.error("%d ended answers could not be saved to the last", len(self._saver.owed))

    async def end(self, run: LiveRun, ended: RunEnded) -> None:
        """The run's last text and its end, now if the database takes them, else later."""
        self._saver.owed[run] = ended
        async with self._saving:
            if run in self._saver.owed:
                await self._saver.save(tuple(self._saver.owed))

    async def save(self) -> None:
        """All texts that have grown, and all ends that are owed. To its end, even where the caller
        is cancelled: what the database took must be known, and a segment that was made be used.
        """
        await uncancelled(self._save_all())

    async def _save_all(self) -> None:
        async with self._saving:
            journal = await self._journal.prepare()
            live = (run for run in self._live() if run not in self._saver.owed)
            grown = (run for run in live if run.log.last_seq > run.saved_seq)
            runs = (*grown, *self._saver.owed)
            unsaved = await self._saver.save(runs)
            if not runs or len(unsaved) < len(runs):
                await self._cut_journal(journal, unsaved)

    async def settle(self) -> None:
        """Save owed ends before something reads them."""
        if self._saver.owed:
            await self.save()

    async def _checkpoint(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            await self.save()

    async def _cut_journal(self, name: str, unsaved: Collection[LiveRun]) -> None:
        """The database has taken a checkpoint: the journal goes on from there, or, if it has
        another name than before, begins to count.
        """
        for run in unsaved:
            self._carry(run)
        if name and not await _remember(name):
            return
        await self._journal.confirm()
        if name:
            for run in self._live():
                run.set_saved(self._journal.keeps)

    def _carry(self, run: LiveRun) -> None:
        """All of a run whose checkpoint failed, since what the journal has of it is removed."""
        text, tokens = run.log.snapshot(), run.tokens
        self._journal.carry(TextEntry(run.key.run, text.epoch, text.seq, tokens, text))
        if run.log.ended:
            end = self._saver.owed[run]
            self._journal.carry(EndedEntry(run.key.run, text.epoch, text.seq + 1, tokens, end))

    def _tell_unkept(self) -> None:
        for run in self._live():
            run.set_saved(False)


async def _remember(journal: str) -> bool:
    """Whether the database knows now that this journal goes on from its texts."""
    try:
        await in_database(store.remember_journal, journal)
    except ChatError:
        return False
    return True
