"""The use cases: what a client may ask for, whatever it asks through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from chat import store
from chat.engine import get_engine
from chat.errors import ChatError, ErrorCode
from chat.protocol import Regenerate, Send
from chat.runs.journal.journal import FileJournal
from chat.runs.journal.run_journal import RunJournal
from chat.runs.journal.unjournaled import Unjournaled
from chat.runs.opener import Policy, RunOpener
from chat.runs.reading import ReaderEvent, cursor, follow
from chat.storable import storable
from chat.store import NewAnswer, NewTurn, Turn, in_database
from chat.store.allowance import Limits
from inference import Engine, ModelActivity, ModelCard


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: `owner` is whose conversations they are, `device` what limits count."""

    owner: str
    device: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's way through a run: the numbering, and the events in it."""

    epoch: int
    events: AsyncIterator[ReaderEvent]


class ChatService:
    """One per process; built around its engine. Used from one event loop."""

    def __init__(self, engine: Engine, policy: Policy, journal: RunJournal | None = None) -> None:
        self._engine = engine
        self._opener = RunOpener(engine, policy, journal or Unjournaled())
        self._starting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Go on with what an earlier process left and begin to load the model. Idempotent; one
        that failed is tried again.
        """
        if self._starting is None or _has_failed(self._starting):
            self._starting = asyncio.create_task(self._start(), name="start")
        await asyncio.shield(self._starting)

    async def close(self) -> None:
        """Save all texts and free the models. Runs of local models go on at the next start."""
        await self._opener.close()
        await self._engine.close()

    def models(self) -> tuple[ModelCard, ...]:
        """The models offered, the default first."""
        return self._engine.models()

    def activity(self) -> tuple[ModelActivity, ...]:
        """What each of `models()` does, in the same order."""
        return self._engine.activity()

    def watch_models(self) -> AsyncIterator[tuple[ModelCard, ...]]:
        """`models()` now and after every change."""
        return self._engine.watch()

    async def send(self, actor: Actor, frame: Send) -> Turn:
        """Store the message and begin its run, or let it wait for the answer being written.

        The same `client_msg_id` does so once; with another request it is a `conflict`. Raises
        `ChatError`.
        """
        content = storable(frame.content)
        if not content.strip():
            raise ChatError(ErrorCode.EMPTY_MESSAGE)
        wanted = NewTurn(
            owner=actor.owner,
            device=actor.device,
            client_msg_id=frame.client_msg_id,
            model=frame.model or self._engine.default_model,
            is_model_named=bool(frame.model),
            options=frame.options,
            content=content,
            conversation=frame.conversation,
            parent=frame.parent,
        )
        return await self._opener.open(wanted)

    async def regenerate(self, actor: Actor, frame: Regenerate) -> Turn:
        """Begin another answer beside one there is, as `send` does. Raises `ChatError`."""
        wanted = NewAnswer(
            owner=actor.owner,
            device=actor.device,
            client_msg_id=frame.client_msg_id,
            model=frame.model or self._engine.default_model,
            is_model_named=bool(frame.model),
            options=frame.options,
            message=frame.message,
            conversation=await in_database(store.conversation_of, actor.owner, frame.message),
        )
        return await self._opener.open(wanted)

    async def check_owner(self, actor: Actor, run: str) -> None:
        """Raises `ChatError` with `unknown_run` for one of somebody else's, too."""
        if (await self._opener.find(run)).key.owner != actor.owner:
            raise ChatError(ErrorCode.UNKNOWN_RUN)

    async def attach(self, run: str, after: int, epoch: int | None) -> Reading:
        """The run's events after the cursor, then live.

        Raises `ChatError`: `unknown_run` or `bad_cursor`.
        """
        found = await self._opener.find(run)
        return Reading(found.log.epoch, follow(found, cursor(found, after, epoch)))

    async def stop(self, run: str) -> None:
        """Stop the model for this run. Raises `ChatError` with `unknown_run`."""
        await self._opener.runs.stop(await self._opener.find(run))

    async def resume(self, actor: Actor, run: str) -> None:
        """Go on with an interrupted run, in a new epoch; nothing for one that is live.

        Raises `ChatError`: `unknown_run`, `not_interrupted`, `conversation_busy`, or a limit.
        """
        await self._opener.resume(run, actor.device)

    async def withdraw(self, run: str) -> None:
        """Take back a message that waits. Raises `ChatError`: `unknown_run`, `already_begun`."""
        await self._opener.withdraw(run)

    async def _start(self) -> None:
        await self._opener.take_up_leftovers()
        self._engine.load_default()
        self._opener.keeper.start(self._opener.runs.live)


def _has_failed(task: asyncio.Task[None]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


def usual_limits() -> Limits:
    """What holds for a member who has no limits of their own."""
    return Limits(
        messages_per_minute=settings.MYLLM_MESSAGES_PER_MINUTE,
        messages_per_day=settings.MYLLM_MESSAGES_PER_DAY,
        runs_at_once=settings.MYLLM_RUNS_PER_MEMBER,
        prompt_tokens=settings.MYLLM_PROMPT_TOKENS,
    )


@lru_cache(maxsize=1)
def get_service() -> ChatService:
    """The service of this process."""
    policy = Policy(
        system_prompt=settings.MYLLM_SYSTEM_PROMPT,
        runs_per_device=settings.MYLLM_RUNS_PER_DEVICE,
        keep_events=settings.MYLLM_RUN_LOG_EVENTS,
        waiting_per_conversation=settings.MYLLM_WAITING_PER_CONVERSATION,
        limits=usual_limits(),
        messages_per_device=settings.MYLLM_MESSAGES_PER_DEVICE,
        crashes=settings.MYLLM_CRASHES,
    )
    return ChatService(get_engine(), policy, _journal())


def _journal() -> RunJournal | None:
    limit = settings.MYLLM_JOURNAL_MB * 1_000_000
    return FileJournal(settings.MYLLM_DATA_DIR / "journal", limit) if limit else None
