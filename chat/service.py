"""The use cases: what a client may ask for, whatever it asks through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from chat import store
from chat.actor import Actor
from chat.allowed_models import AllowedModels
from chat.errors import ChatError, ErrorCode
from chat.model_list.model_list import Listing
from chat.removal import Remover
from chat.runs.journal.run_journal import RunJournal
from chat.runs.journal.unjournaled import Unjournaled
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.opener import RunOpener
from chat.runs.policy import Policy
from chat.runs.reading import ReaderEvent, cursor, follow
from chat.store import NewAnswer, NewTurn, Turn, in_database
from chat.text.storable import storable
from chat.text.visible import has_visible
from chat.titling.titler import Titler
from chat.transfer.import_turn import ImportTurn
from chat.wire.protocol import Regenerate, Send
from inference import Engine, ModelCard


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's way through a run: the numbering, the events in it, and the id of its model."""

    epoch: int
    events: AsyncIterator[ReaderEvent]
    model: str = ""


class ChatService:
    """One per process; built around its engine. Used from one event loop."""

    def __init__(self, engine: Engine, policy: Policy, journal: RunJournal | None = None) -> None:
        self.listing = Listing(engine)
        self._engine = engine
        journal = journal or Unjournaled()
        self._opener = RunOpener(
            engine, policy, journal, self.listing.is_owner_only, self._run_ended
        )
        self._titler = Titler(
            engine, policy.titles, policy.system_prompt, lambda: not self._opener.runs.live()
        )
        self.allowed = AllowedModels(self.listing, self._opener.rights)
        self._starting: asyncio.Task[None] | None = None
        self.import_turn = ImportTurn()
        self.remover = Remover(self.stop)

    async def start(self) -> None:
        """Go on with what an earlier process left and begin to load the model. Idempotent; one
        that failed is tried again.
        """
        if self._starting is None or _has_failed(self._starting):
            self._starting = asyncio.create_task(self._start(), name="start")
        await asyncio.shield(self._starting)

    async def close(self) -> None:
        """Save all texts and free the models. Runs of local models go on at the next start."""
        await self.remover.close()
        await self._titler.close()
        await self._opener.close()
        await self.listing.close()
        await self._engine.close()

    def models(self) -> tuple[ModelCard, ...]:
        """All models, the default first."""
        return self.listing.models()

    def is_answering(self) -> bool:
        """Whether any model writes an answer, or anybody waits for one."""
        return any(one.running or one.waiting for one in self._engine.activity())

    def watch_engine(self) -> AsyncIterator[tuple[ModelCard, ...]]:
        """All models that could be opened, now and after every change of one."""
        return self._engine.watch()

    async def send(self, actor: Actor, frame: Send) -> Turn:
        """Store the message and begin its run, or let it wait for the answer being written.

        The same `client_msg_id` does so once; with another request it is a `conflict`. Raises
        `ChatError`.
        """
        content = storable(frame.content)
        if not has_visible(content):
            raise ChatError(ErrorCode.EMPTY_MESSAGE)
        wanted = NewTurn(
            owner=actor.owner,
            device=actor.device,
            client_msg_id=frame.client_msg_id,
            model=frame.model or "",
            is_model_named=bool(frame.model),
            is_owner=actor.is_owner,
            options=frame.options,
            content=content,
            conversation=frame.conversation,
            parent=frame.parent,
        )
        self._titler.interrupt()
        return await self._opener.open(wanted)

    async def regenerate(self, actor: Actor, frame: Regenerate) -> Turn:
        """Begin another answer beside one there is, as `send` does. Raises `ChatError`."""
        wanted = NewAnswer(
            owner=actor.owner,
            device=actor.device,
            client_msg_id=frame.client_msg_id,
            model=frame.model or "",
            is_model_named=bool(frame.model),
            is_owner=actor.is_owner,
            options=frame.options,
            message=frame.message,
            conversation=await in_database(store.conversation_of, actor.owner, frame.message),
        )
        self._titler.interrupt()
        return await self._opener.open(wanted)

    async def attach(self, actor: Actor, run: str, after: int, epoch: int | None) -> Reading:
        """The run's events after the cursor, then live.

        Raises `ChatError`: `unknown_run` or `bad_cursor`.
        """
        return _reading(await self._opener.find(actor.owner, run), after, epoch)

    def card(self, model: str) -> ModelCard | None:
        """The model as it is now; None for one that is gone."""
        return next((card for card in self.listing.models() if card.id == model), None)

    def watch(self) -> AsyncIterator[None]:
        """Now, and after every change of a model."""
        return self.listing.watch()

    async def stop(self, actor: Actor, run: str) -> None:
        """Stop the model for this run. Raises `ChatError` with `unknown_run`."""
        await self._opener.runs.stop(await self._opener.find(actor.owner, run))

    async def resume(self, actor: Actor, run: str) -> Reading:
        """Go on with an interrupted, stopped or length-limited run, in a new epoch and with a fresh
        allowance of tokens; nothing for one that is live. The run's events from its first.

        Raises `ChatError`: `unknown_run`, `not_interrupted`, `not_resumable`,
        `conversation_busy`, or a limit.
        """
        self._titler.interrupt()
        found = await self._opener.find(actor.owner, run)
        resumed = await self._opener.resume(found, actor.device, is_owner=actor.is_owner)
        return _reading(resumed, 0, None)

    async def withdraw(self, actor: Actor, run: str) -> None:
        """Take back a message that waits. Raises `ChatError`: `unknown_run`, `already_begun`."""
        await self._opener.withdraw(await self._opener.find(actor.owner, run))

    def _run_ended(self, run: RunKey) -> None:
        self._titler.want(run.conversation, run.model)

    async def _start(self) -> None:
        await self.listing.open_all()
        await self._opener.take_up_leftovers()
        self._engine.load_default()
        self._opener.keeper.start(self._opener.runs.live)


def _reading(run: LiveRun, after: int, epoch: int | None) -> Reading:
    """Raises `ChatError` with `bad_cursor`."""
    return Reading(run.log.epoch, follow(run, cursor(run, after, epoch)), run.key.model)


def _has_failed(task: asyncio.Task[None]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
