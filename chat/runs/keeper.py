"""What keeps live runs' texts: one transaction for all of them every now and then.

A full disk or a locked database does not stop an answer. What could not be saved, the end
included, is offered again with the next checkpoint, and the run's readers are told meanwhile.
One run that cannot be saved never keeps another from it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from chat import store
from chat.changes import publish
from chat.errors import ChatError
from chat.run_events import RunEnded
from chat.runs.journal.record import EndedEntry, TextEntry
from chat.runs.journal.run_journal import RunJournal
from chat.runs.live_run import LiveRun
from chat.runs.uncancelled import uncancelled
from chat.store import Checkpoint, in_database
from chat.supervised import supervise

logger = logging.getLogger(__name__)

_ALONE_SECONDS = 1.0
"""For saving runs one by one: where the database is locked, each attempt waits as long as it may.
"""
_IDS_LOGGED = 20


class Keeper:
    """Saves live runs' texts, and ends. Used from one event loop."""

    def __init__(self, seconds: float, journal: RunJournal) -> None:
        self._journal = journal
        self._live: Callable[[], Iterable[LiveRun]] = tuple
        self._seconds = seconds
        self._owed: dict[LiveRun, RunEnded] = {}
        self._refused: dict[LiveRun, None] = {}  # in the order in which they are tried
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
        if self._owed:
            logger.error("%d ended answers could not be saved to the last", len(self._owed))

    async def end(self, run: LiveRun, ended: RunEnded) -> None:
        """The run's last text and its end, now if the database takes them, else later."""
        self._owed[run] = ended
        async with self._saving:
            if run in self._owed:
                await self._save(tuple(self._owed))

    async def save(self) -> None:
        """All texts that have grown, and all ends that are owed. To its end, even where the caller
        is cancelled: what the database took must be known, and a segment that was made be used.
        """
        await uncancelled(self._save_all())

    async def _save_all(self) -> None:
        async with self._saving:
            journal = await self._journal.prepare()
            live = (run for run in self._live() if run not in self._owed)
            grown = (run for run in live if run.log.last_seq > run.saved_seq)
            runs = (*grown, *self._owed)
            unsaved = await self._save(runs)
            if not runs or len(unsaved) < len(runs):
                await self._cut_journal(journal, unsaved)

    async def settle(self) -> None:
        """Save owed ends before something reads them."""
        if self._owed:
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
            end = self._owed[run]
            self._journal.carry(EndedEntry(run.key.run, text.epoch, text.seq + 1, tokens, end))

    def _tell_unkept(self) -> None:
        for run in self._live():
            run.set_saved(False)

    async def _save(self, runs: Sequence[LiveRun]) -> Collection[LiveRun]:
        """In one transaction, without those that failed alone before; alone where that fails.

        Returns those that are not saved.
        """
        together = [run for run in runs if run not in self._refused]
        again = [run for run in self._refused if run in runs]
        error = await self._attempt(together) if together else None
        if error is None or len(together) == 1:
            unsaved = dict.fromkeys(together, error) if error else {}
        else:
            unsaved = await self._one_by_one(together)
        unsaved |= await self._one_by_one(again)
        _tell_unsaved(unsaved)
        return unsaved

    async def _one_by_one(self, runs: Iterable[LiveRun]) -> dict[LiveRun, Exception]:
        """Those that are not saved, and why."""
        clock = asyncio.get_running_loop().time
        until = clock() + _ALONE_SECONDS
        unsaved: dict[LiveRun, Exception] = {}
        for run in runs:
            if clock() > until:
                unsaved[run] = TimeoutError("not tried, the database takes too long")
            elif error := await self._alone(run):
                unsaved[run] = error
        return unsaved

    async def _alone(self, run: LiveRun) -> Exception | None:
        error = await self._attempt([run])
        self._refused.pop(run, None)
        if error is not None:
            self._refused[run] = None
        return error

    async def _attempt(self, runs: Sequence[LiveRun]) -> Exception | None:
        """Save these runs in one transaction; what kept them from being saved."""
        try:
            checkpoints = [_checkpoint(run) for run in runs]
            ends = {run.key.run: self._owed[run] for run in runs if run in self._owed}
            revisions = await in_database(store.save, checkpoints, ends)
        except Exception as error:  # noqa: BLE001 - whatever one run does, the others are saved
            return error
        for run, checkpoint in zip(runs, checkpoints, strict=True):
            run.saved_seq = checkpoint.text.seq
            if self._journal.keeps or run.key.run in ends:
                run.set_saved(True)
            if run.key.run in ends:  # an end that came meanwhile is owed still
                del self._owed[run]
        for revision in revisions:
            publish(revision.owner, revision.conversation, revision.number)
        return None


def _checkpoint(run: LiveRun) -> Checkpoint:
    return Checkpoint(run.key.run, run.log.snapshot(), run.tokens, run.remote_tokens)


async def _remember(journal: str) -> bool:
    """Whether the database knows now that this journal goes on from its texts."""
    try:
        await in_database(store.remember_journal, journal)
    except ChatError:
        return False
    return True


def _tell_unsaved(unsaved: Mapping[LiveRun, Exception]) -> None:
    """Logged when it begins to fail for a run, not at every try."""
    causes: defaultdict[str, list[str]] = defaultdict(list)
    for run, error in unsaved.items():
        if run.saved:
            causes[_cause(error)].append(run.key.run)
            run.set_saved(False)
    for cause, runs in causes.items():
        named = ", ".join(runs[:_IDS_LOGGED])
        logger.error("%d answers are not saved yet: %s (%s)", len(runs), cause, named)


def _cause(error: Exception) -> str:
    """Its first line: PostgreSQL's further lines may hold people's texts."""
    cause = error.__cause__ or error
    return f"{type(cause).__name__}: {str(cause).partition(chr(10))[0]}"
