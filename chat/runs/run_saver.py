"""Saves the texts and ends of runs: together, and one by one where that fails."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from chat import store
from chat.changes import publish
from chat.run_events import RunEnded
from chat.runs.journal.run_journal import RunJournal
from chat.runs.live_run import LiveRun
from chat.store import Checkpoint, in_database

logger = logging.getLogger(__name__)

_ALONE_SECONDS = 1.0
"""For saving runs one by one: where the database is locked, each attempt waits as long as it may.
"""
_IDS_LOGGED = 20


class RunSaver:
    """`owed` are the ends that the database has not taken yet. One `save` at a time."""

    def __init__(self, journal: RunJournal) -> None:
        self.owed: dict[LiveRun, RunEnded] = {}
        self._journal = journal
        self._refused: dict[LiveRun, None] = {}  # in the order in which they are tried

    async def save(self, runs: Sequence[LiveRun]) -> Collection[LiveRun]:
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
            ends = {run.key.run: self.owed[run] for run in runs if run in self.owed}
            revisions = await in_database(store.save, checkpoints, ends)
        except Exception as error:  # noqa: BLE001 - whatever one run does, the others are saved
            return error
        for run, checkpoint in zip(runs, checkpoints, strict=True):
            run.saved_seq = checkpoint.text.seq
            if self._journal.keeps or run.key.run in ends:
                run.set_saved(True)
            if run.key.run in ends:  # an end that came meanwhile is owed still
                del self.owed[run]
        for revision in revisions:
            publish(revision.owner, revision.conversation, revision.number)
        return None


def _checkpoint(run: LiveRun) -> Checkpoint:
    return Checkpoint(run.key.run, run.log.snapshot(), run.tokens, run.remote_tokens)


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
