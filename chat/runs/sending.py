"""New runs: a message or a further answer is stored, and its run begins or waits."""

from __future__ import annotations

from dataclasses import replace

from chat import store
from chat.changes import publish
from chat.errors import ChatError, ErrorCode
from chat.runs.admission import Admission
from chat.runs.keyed_locks import KeyedLocks
from chat.runs.live_run import RunKey
from chat.runs.options import check_options
from chat.runs.policy import Policy
from chat.runs.registry import RunRegistry
from chat.runs.starter import RunStarter
from chat.store import NewAnswer, NewTurn, Turn, in_database
from chat.store.allowance import Limits, check_messages


class Sending:
    """One at a time in a conversation, and for a `client_msg_id`. Used from one event loop."""

    def __init__(
        self,
        policy: Policy,
        locks: KeyedLocks,
        runs: RunRegistry,
        admission: Admission,
        starter: RunStarter,
    ) -> None:
        self._policy = policy
        self._locks = locks
        self._runs = runs
        self._admission = admission
        self._starter = starter
        self._requests = KeyedLocks()

    async def send(self, wanted: NewTurn | NewAnswer) -> Turn:
        """Store what is wanted, and begin it or let it wait. Idempotent on `client_msg_id`.

        Raises `ChatError`, with `conflict` where that named another request before.
        """
        if isinstance(wanted, NewTurn) and wanted.conversation is None:
            wanted = replace(wanted, conversation=store.new_id(), is_first=True)
        # Always in this order: the request is waited for before its conversation.
        request = f"{wanted.owner} {wanted.client_msg_id}"
        conversation = str(wanted.conversation)
        async with self._requests.hold(request), self._locks.hold(conversation):
            known = await in_database(store.repeated_turn, wanted)
            return known or await self._store(wanted, conversation)

    async def _store(self, wanted: NewTurn | NewAnswer, conversation: str) -> Turn:
        standing = await self._admission.standing(wanted.owner, is_owner=wanted.is_owner)
        limits = standing.limits
        model = wanted.model or self._admission.default_model(standing)
        card = await self._admission.model(wanted.owner, model, standing)
        check_options(wanted.options, card)
        is_busy = self._is_busy(conversation)
        wanted = replace(wanted, model=model, waits=is_busy)
        with self._admission.admitted(wanted.owner, wanted.device, limits):
            per_device = self._policy.messages_per_device
            turn = await in_database(_insert, wanted, limits, per_device)
            if is_busy:
                self._wait(turn, wanted)
            else:
                await self._starter.begin(turn.run, limits)
        publish(wanted.owner, turn.conversation, turn.revision)
        return turn

    def _is_busy(self, conversation: str) -> bool:
        """Whether a run has to wait there. Raises `ChatError` where too many do already."""
        live = self._runs.in_conversation(conversation)
        limit = self._policy.waiting_per_conversation
        if sum(run.waiting for run in live) >= limit:
            raise ChatError(ErrorCode.TOO_MANY_WAITING, limit=limit)
        return bool(live)

    def _wait(self, turn: Turn, wanted: NewTurn | NewAnswer) -> None:
        names = (turn.run, turn.conversation, wanted.device, wanted.model, wanted.owner)
        self._runs.wait(RunKey(*names, wanted.is_owner))


def _insert(wanted: NewTurn | NewAnswer, limits: Limits, per_device: int) -> Turn:
    """On the database's one thread, so that nothing comes between the count and the new run."""
    check_messages(wanted.owner, wanted.device, limits, per_device)
    if isinstance(wanted, NewTurn):
        return store.open_turn(wanted)
    return store.open_answer(wanted)
