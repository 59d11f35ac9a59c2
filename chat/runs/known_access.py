"""What members may use, as lists of models show it: asked of the database once a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from chat.errors import ChatError
from chat.store.model_access import ModelAccess

Ask = Callable[[str], Awaitable[ModelAccess]]

_SECONDS = 60.0
"""What another process has changed, an administrator's command say, shows after as long."""
_MEMBERS = 1024
_NOTHING = ModelAccess(is_owner=False, remote=False)


class KnownAccess:
    """Every change of a model shows its list to everybody connected, and the database is not asked
    each time. Runs are not begun by this. Used from one event loop.
    """

    def __init__(self, ask: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._known: OrderedDict[str, tuple[float | None, ModelAccess]] = OrderedDict()
        self._changes = 0

    async def of(self, member: str) -> ModelAccess:
        """Where the database does not answer, what everybody may use."""
        asked_at, known = self._known.get(member, (None, _NOTHING))
        if asked_at is not None and self._clock() - asked_at < _SECONDS:
            return known
        changes = self._changes
        try:
            found = await self._ask(member)
        except ChatError:
            return known
        if changes == self._changes:
            self._remember(member, found)
        return found

    def forget(self) -> None:
        """Rights were changed."""
        self._changes += 1
        self._known.clear()

    def _remember(self, member: str, found: ModelAccess) -> None:
        self._known[member] = (self._clock(), found)
        if len(self._known) > _MEMBERS:
            self._known.popitem(last=False)
