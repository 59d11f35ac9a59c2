"""All ways by which runs begin: one at a time in a conversation, and the others wait there."""

from __future__ import annotations

from collections.abc import Callable

from chat.runs.admission import Admission
from chat.runs.continuation import Continuation
from chat.runs.finder import RunFinder
from chat.runs.journal.run_journal import RunJournal
from chat.runs.keeper import Keeper
from chat.runs.keyed_locks import KeyedLocks
from chat.runs.leftover_runs import LeftoverRuns
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.policy import Policy
from chat.runs.registry import RunRegistry
from chat.runs.rights import ModelRights
from chat.runs.sending import Sending
from chat.runs.starter import RunStarter
from chat.runs.uncancelled import uncancelled
from chat.runs.waiting_runs import WaitingRuns
from chat.store import NewAnswer, NewTurn, Turn
from inference import Engine

_SUSPICIOUS = 3
"""Crashes after which one of the unfinished answers may be what kills the process."""


class RunOpener:
    """Holds the registry's only entrance. Used from one event loop.

    Between the look whether a conversation is free and the run that occupies it the database is
    awaited: everything that begins or takes back a run holds the conversation's lock meanwhile.

    `is_owner_only` tells which models are for the owner alone. `on_end` is called when a run has
    ended.
    """

    def __init__(
        self,
        engine: Engine,
        policy: Policy,
        journal: RunJournal,
        is_owner_only: Callable[[str], bool] = lambda _: False,
        on_end: Callable[[RunKey], None] = lambda _: None,
    ) -> None:
        self._engine = engine
        self._policy = policy
        self._journal = journal
        self._on_end = on_end
        self.locks = locks = KeyedLocks()
        self.rights = rights = ModelRights(engine, policy.limits, policy.access, is_owner_only)
        self.keeper = keeper = Keeper(policy.checkpoint_seconds, journal)
        self.runs = runs = RunRegistry(
            engine, journal, keeper.end, policy.keep_events, lambda run: self._ended(run.key)
        )
        admission = Admission(policy, rights, runs)
        starter = RunStarter(policy, rights, keeper, runs)
        self._sending = Sending(policy, locks, runs, admission, starter)
        self._finder = RunFinder(locks, runs, starter)
        self._continuation = Continuation(locks, runs, admission, keeper, starter)
        self._waiting = WaitingRuns(locks, runs, admission, starter)
        self._leftovers = LeftoverRuns(journal, locks, runs, starter, self._waiting)

    async def open(self, wanted: NewTurn | NewAnswer) -> Turn:
        """As `Sending.send`, to its end."""
        return await uncancelled(self._sending.send(wanted))

    async def find(self, owner: str, run: str) -> LiveRun:
        """As `RunFinder.find`."""
        return await self._finder.find(owner, run)

    async def resume(self, found: LiveRun, device: str, *, is_owner: bool = False) -> LiveRun:
        """As `Continuation.resume`, to its end."""
        return await uncancelled(self._continuation.resume(found, device, is_owner=is_owner))

    async def withdraw(self, run: LiveRun) -> None:
        """As `WaitingRuns.withdraw`, to its end."""
        await uncancelled(self._waiting.withdraw(run))

    async def take_up_leftovers(self) -> None:
        """As `LeftoverRuns.take_up`, where their models allow that. After the third crash all are
        interrupted: those can be gone on with by hand, one by one.
        """
        is_suspicious = self._policy.crashes >= _SUSPICIOUS
        await self._leftovers.take_up(frozenset() if is_suspicious else self.continuable())

    def continuable(self) -> frozenset[str]:
        """The models that a later process goes on with by itself: nothing leaves this computer
        that nobody asked for again.
        """
        cards = self._engine.models()
        return frozenset(card.id for card in cards if card.local and card.resumable)

    async def close(self) -> None:
        """Suspend or interrupt all runs, with their texts saved. Before the leftovers were taken
        up, the database keeps the journal that they are in.
        """
        if self._leftovers.are_taken_up:
            self._waiting.close()
            await self.runs.close(self.continuable())
            await self.keeper.close()
        await self._journal.close()

    def _ended(self, key: RunKey) -> None:
        self._waiting.begin_next(key.conversation)
        self._on_end(key)
