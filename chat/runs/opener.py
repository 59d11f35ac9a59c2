"""Opens runs: one at a time in a conversation, and the others wait for it there.

Every run begins from the database, whether it is new, waited for another answer, was left by a
dead process or was interrupted: its row says what is asked and which text there is already.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from chat import store
from chat.answer_options import with_usual
from chat.changes import publish
from chat.errors import ChatError, ErrorCode
from chat.run_events import Failure, Numbered, RestoredText, RunEnded
from chat.runs import requests
from chat.runs.journal.run_journal import RunJournal
from chat.runs.keeper import Keeper
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.options import check_options, usable_options
from chat.runs.registry import RunRegistry
from chat.runs.rights import ModelRights, Standing
from chat.runs.uncancelled import uncancelled
from chat.store import (
    Checkpoint,
    Leftovers,
    NewAnswer,
    NewTurn,
    Turn,
    WaitingRun,
    Work,
    in_database,
)
from chat.store.allowance import Limits, check_messages, limits_of
from chat.store.model_access import UsualAccess
from chat.supervised import detach
from chat.text.titles import TitleMode
from chat.wire.protocol import Options
from inference import Engine, ModelCard

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the owner of this server has set."""

    system_prompt: str
    runs_per_device: int
    keep_events: int
    checkpoint_seconds: float = 1.5
    waiting_per_conversation: int = 8
    limits: Limits = field(default_factory=Limits)
    access: UsualAccess = field(default_factory=UsualAccess)
    messages_per_device: int = 0
    titles: TitleMode = "local"
    options: Options = field(default_factory=Options)
    """Where neither a request nor its conversation has chosen."""
    crashes: int = 0
    """How often the process died of late."""


_SUSPICIOUS = 3
"""Crashes after which one of the unfinished answers may be what kills the process."""


class RunOpener:
    """Holds the registry's only entrance. Used from one event loop.

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
        self.rights = ModelRights(engine, policy.limits, policy.access, is_owner_only)
        self._engine = engine
        self._policy = policy
        self._journal = journal
        self.keeper = Keeper(policy.checkpoint_seconds, journal)
        self.runs = RunRegistry(
            engine, journal, self.keeper.end, policy.keep_events, lambda run: self._ended(run.key)
        )
        self._on_end = on_end
        # Between the look whether a conversation is free and the run that occupies it the
        # database is awaited, and nobody else must slip in.
        self._opening = asyncio.Lock()
        self._going_on: set[asyncio.Task[None]] = set()
        self._has_begun = False

    async def open(self, wanted: NewTurn | NewAnswer) -> Turn:
        """Store what is wanted, and begin it or let it wait. Idempotent on `client_msg_id`.

        Raises `ChatError`, with `conflict` where that named another request before.
        """
        return await uncancelled(self._open(wanted))

    async def _open(self, wanted: NewTurn | NewAnswer) -> Turn:
        async with self._opening:
            known = await in_database(store.known_turn, wanted.owner, wanted.client_msg_id)
            if known is None:
                return await self._store(wanted)
            await in_database(store.check_repeat, known, wanted)
            return known

    async def find(self, run: str) -> LiveRun:
        """The run, live or ended. Raises `ChatError` with `unknown_run`."""
        if live := self.runs.get(run):
            return live
        return await uncancelled(self._find(run))

    async def _find(self, run: str) -> LiveRun:
        async with self._opening:
            if live := self.runs.get(run):
                return live
            stored = await in_database(store.load_run, run)
            if stored is None:
                raise ChatError(ErrorCode.UNKNOWN_RUN)
            if stored.end is None:
                # Stored, and then the database refused what was needed to begin it.
                return await self._begin(run)
            return self.runs.restore(run, stored)

    async def resume(self, run: str, device: str, *, is_owner: bool = False) -> None:
        """Go on with an interrupted, stopped or length-limited run, in a new epoch; nothing for one
        that is live.

        Raises `ChatError`, with `not_resumable` where the model cannot go on with a text.
        """
        await uncancelled(self._resume(run, device, is_owner))

    async def _resume(self, run: str, device: str, is_owner: bool) -> None:
        found = await self.find(run)
        async with self._opening:
            if self.runs.is_live(run):
                return
            if self.runs.in_conversation(found.key.conversation):
                raise ChatError(ErrorCode.CONVERSATION_BUSY)
            standing = await self.rights.standing(found.key.owner, is_owner=is_owner)
            card = await self._allowed(found.key.owner, found.key.model, standing)
            if not card.resumable:
                raise ChatError(ErrorCode.NOT_RESUMABLE, model=card.name)
            self._check(found.key.owner, device, standing.limits)
            await self.keeper.settle()  # its end may still be owed to the database
            revision = await in_database(store.reopen, run, device)
            if revision is None:
                raise ChatError(ErrorCode.NOT_INTERRUPTED)
            self.runs.forget(run)
            await self._begin(run)
        publish(revision.owner, revision.conversation, revision.number)

    async def withdraw(self, run: str) -> None:
        """Take back a message that waits. Raises `ChatError`: `unknown_run`, `already_begun`."""
        await uncancelled(self._withdraw(run))

    async def _withdraw(self, run: str) -> None:
        found = await self.find(run)
        async with self._opening:
            if not found.waiting or found.ending:
                raise ChatError(ErrorCode.ALREADY_BEGUN)
            revision = await in_database(store.withdraw, run)
            self.runs.withdraw(found)
        publish(revision.owner, revision.conversation, revision.number)

    async def take_up_leftovers(self) -> None:
        """Go on with what an earlier process left, where its model allows that.

        Not after the third crash: those can be gone on with by hand, one by one. Idempotent; where
        it raises, nothing was taken up, and what is left stays with the journal before.
        """
        if self._has_begun:
            return
        is_suspicious = self._policy.crashes >= _SUSPICIOUS
        goes_on = frozenset[str]() if is_suspicious else self.continuable()
        async with self._opening:
            left = await self._leftovers(goes_on)
            self._has_begun = True
            for run, events in left.running.items():
                await self._take_up(run, events)
            for waiting in left.waiting:
                self._go_on(self.runs.wait(_key(waiting)).key)
        if left.running or left.interrupted:
            logger.info(
                "answers of the last time: %d go on, %d are interrupted",
                len(left.running),
                left.interrupted,
            )

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
        if self._has_begun:
            await self._close_runs()
        await self._journal.close()

    async def _close_runs(self) -> None:
        for task in self._going_on:
            task.cancel()
        await self.runs.close(self.continuable())
        await self.keeper.close()

    async def _leftovers(self, goes_on: frozenset[str]) -> Leftovers:
        """From here on the database knows the journal of this process."""
        server, before = await in_database(store.server_and_journal)
        recovery = await self._journal.open(server, before)
        name = self._journal.name
        left = await in_database(store.take_up_leftovers, goes_on, recovery.complete, name)
        await self._journal.confirm()
        return left

    async def _store(self, wanted: NewTurn | NewAnswer) -> Turn:
        owner, device = wanted.owner, wanted.device
        standing = await self.rights.standing(owner, is_owner=wanted.is_owner)
        card = await self._allowed(owner, wanted.model, standing)
        check_options(wanted.options, card)
        self._check(owner, device, standing.limits)
        per_device = self._policy.messages_per_device
        await in_database(check_messages, owner, device, standing.limits, per_device)
        live = self.runs.in_conversation(wanted.conversation) if wanted.conversation else ()
        if sum(run.waiting for run in live) >= self._policy.waiting_per_conversation:
            limit = self._policy.waiting_per_conversation
            raise ChatError(ErrorCode.TOO_MANY_WAITING, limit=limit)
        turn = await _insert(replace(wanted, waits=bool(live)))
        if live:
            place = (turn.run, turn.conversation, wanted.device, wanted.model, wanted.owner)
            self.runs.wait(RunKey(*place, wanted.is_owner))
        else:
            await self._begin(turn.run)
        publish(wanted.owner, turn.conversation, turn.revision)
        return turn

    def _check(self, owner: str, device: str, limits: Limits) -> None:
        limit = self._policy.runs_per_device
        if self.runs.of_device(device) >= limit:
            raise ChatError(ErrorCode.TOO_MANY_RUNS, limit=limit)
        if limits.runs_at_once and self.runs.of_owner(owner) >= limits.runs_at_once:
            raise ChatError(ErrorCode.MEMBER_BUSY, limit=limits.runs_at_once)

    async def _begin(self, run: str, events: tuple[Numbered, ...] = ()) -> LiveRun:
        await self.keeper.settle()  # the path holds the answers before, so they must be there
        work = await in_database(store.begin, run)
        card = self.rights.card(work.model)
        rules = card.option_rules if card else ()
        options = with_usual(work.options, self._policy.options)
        work = replace(work, options=usable_options(options, rules))
        limits = await in_database(limits_of, work.owner, self._policy.limits)
        request = requests.build(work, self._policy.system_prompt, limits.prompt_tokens)
        restored = RestoredText(work.text, work.tokens, events)
        opened = self.runs.open(_key(work), request, restored)
        if requests.is_used_up(work):
            await self.runs.end(opened, RunEnded("completed", "length"))
        return opened

    async def _take_up(self, run: str, events: tuple[Numbered, ...]) -> None:
        """One that cannot be gone on with keeps neither the others nor the start from it.

        Where the database does not answer it is begun when it is read; else it ends here.
        """
        try:
            await self._begin(run, events)
        except ChatError:
            logger.exception("run %s could not be gone on with yet", run)
        except Exception as error:
            logger.exception("run %s cannot be gone on with", run)
            await self._give_up(run, error)

    async def _give_up(self, run: str, cause: Exception) -> None:
        try:
            if (stored := await in_database(store.load_run, run)) and stored.end is None:
                failed = RunEnded("failed", failure=_failure(cause))
                checkpoint = Checkpoint(run, stored.text)
                await in_database(store.save, [checkpoint], {run: failed})
        except Exception:
            logger.exception("run %s could not be ended yet", run)

    def _ended(self, key: RunKey) -> None:
        self._go_on(key)
        self._on_end(key)

    def _go_on(self, key: RunKey) -> None:
        """Begin the conversation's next waiting run, if none is being written in it."""
        task = detach(lambda: self._begin_next(key.conversation), "next in line")
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)

    async def _begin_next(self, conversation: str) -> None:
        async with self._opening:
            line = self.runs.in_conversation(conversation)
            if not line or not line[0].waiting or line[0].ending:
                return
            try:
                await self._check_still(line[0].key)
                await self._begin(line[0].key.run)
            except Exception as error:
                logger.exception("run %s could not begin", line[0].key.run)
                await self.runs.end(line[0], RunEnded("failed", failure=_failure(error)))

    async def _check_still(self, key: RunKey) -> None:
        """What was allowed when the message was sent may not be any more."""
        standing = await self.rights.standing(key.owner, is_owner=key.is_owner)
        await self._allowed(key.owner, key.model, standing)

    async def _allowed(self, owner: str, model: str, standing: Standing) -> ModelCard:
        """Raises `ChatError` as `ModelRights.check`."""
        live = self.runs.remote_tokens_of(owner)
        return await self.rights.check(owner, model, standing, live)


async def _insert(wanted: NewTurn | NewAnswer) -> Turn:
    if isinstance(wanted, NewTurn):
        return await in_database(store.open_turn, wanted)
    return await in_database(store.open_answer, wanted)


def _failure(error: Exception) -> Failure:
    if isinstance(error, ChatError):
        return Failure(error.code, error.detail)
    return Failure(ErrorCode.INTERNAL, {})


def _key(row: Work | WaitingRun) -> RunKey:
    return RunKey(row.run, row.conversation, row.device, row.model, row.owner)
