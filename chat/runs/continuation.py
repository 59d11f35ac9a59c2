"""Going on with an answer after its end."""

from __future__ import annotations

from chat import store
from chat.changes import publish
from chat.errors import ChatError, ErrorCode
from chat.runs.admission import Admission
from chat.runs.keeper import Keeper
from chat.runs.keyed_locks import KeyedLocks
from chat.runs.live_run import LiveRun
from chat.runs.registry import RunRegistry
from chat.runs.starter import RunStarter
from chat.store import Revision, in_database
from chat.store.allowance import Limits


class Continuation:
    """Used from one event loop."""

    def __init__(
        self,
        locks: KeyedLocks,
        runs: RunRegistry,
        admission: Admission,
        keeper: Keeper,
        starter: RunStarter,
    ) -> None:
        self._locks = locks
        self._runs = runs
        self._admission = admission
        self._keeper = keeper
        self._starter = starter

    async def resume(self, ended: LiveRun, device: str, *, is_owner: bool) -> LiveRun:
        """The run in a new epoch, counted as the device's; or as it is, where it is live.

        Raises `ChatError`: `conversation_busy`, `not_resumable` where the model cannot go on with
        a text, `not_interrupted`, or a limit.
        """
        key = ended.key
        async with self._locks.hold(key.conversation):
            if self._runs.is_live(key.run):
                return self._runs.get(key.run) or ended
            if self._runs.in_conversation(key.conversation):
                raise ChatError(ErrorCode.CONVERSATION_BUSY)
            limits = await self._allowed(ended, is_owner=is_owner)
            with self._admission.admitted(key.owner, device, limits):
                revision = await self._reopened(key.run, device)
                live = await self._starter.begin(key.run, limits)
        publish(revision.owner, revision.conversation, revision.number)
        return live

    async def _allowed(self, ended: LiveRun, *, is_owner: bool) -> Limits:
        """The member's limits. Raises `ChatError` where the model may not, or cannot, go on."""
        key = ended.key
        standing = await self._admission.standing(key.owner, is_owner=is_owner)
        card = await self._admission.model(key.owner, key.model, standing)
        if not card.resumable:
            raise ChatError(ErrorCode.NOT_RESUMABLE, model=card.name)
        return standing.limits

    async def _reopened(self, run: str, device: str) -> Revision:
        await self._keeper.settle()  # its end may still be owed to the database
        revision = await in_database(store.reopen, run, device)
        if revision is None:
            raise ChatError(ErrorCode.NOT_INTERRUPTED)
        self._runs.forget(run)
        return revision
