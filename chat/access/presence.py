"""Those with open sockets and requests who may lose the right to them: looked after meanwhile.

The database is asked for all of them together, so that a device is cut off within a second
whoever revoked it: another device, the admin's pages, or a command in another process.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import suppress

from chat.access.peers import Scope
from chat.access.project_users import login_of, still_logged_in
from chat.actor import Identity
from chat.errors import ChatError
from chat.members.members import part_with_guests
from chat.store import in_database
from chat.store.devices import saw, still_welcome
from chat.supervised import detach, supervise

logger = logging.getLogger(__name__)

SendAway = Callable[[], Coroutine[None, None, None]]
_LOOKS_A_MINUTE = 150


class Presence(ABC):
    """Used from one event loop; asks nothing while nobody is here."""

    def __init__(self, every_seconds: float) -> None:
        self._every_seconds = every_seconds
        self._here: defaultdict[str, set[SendAway]] = defaultdict(set)
        self._looking: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()

    @abstractmethod
    async def _may_stay(self, here: tuple[str, ...]) -> Collection[str]: ...

    def enter(self, who: str, send_away: SendAway) -> None:
        """A socket or request of theirs is open. `send_away` ends it, once they are not welcome."""
        self._here[who].add(send_away)
        if self._looking is None or self._looking.done():
            self._hurry = asyncio.Event()
            self._looking = supervise(self._look_after, "presence")

    def leave(self, who: str, send_away: SendAway) -> None:
        self._here[who].discard(send_away)
        if not self._here[who]:
            del self._here[who]

    def look_now(self) -> None:
        """Somebody was just revoked in this very process."""
        self._hurry.set()

    async def _look_after(self) -> None:
        while self._here:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), self._every_seconds)
            self._hurry.clear()
            if not self._here:
                return  # most requests are answered sooner than that
            try:
                await self._look()
            except ChatError:
                logger.warning("the database does not tell who may stay")

    async def _look(self) -> None:
        here = tuple(self._here)
        welcome = await self._may_stay(here)
        gone = [who for who in here if who not in welcome]
        for who in gone:
            for send_away in self._here.get(who, ()):
                # Not awaited: one that does not read what it is told must not hold up the others.
                detach(send_away, "send away")
        await self._looked(welcome, is_somebody_gone=bool(gone))

    async def _looked(self, welcome: Collection[str], *, is_somebody_gone: bool) -> None:
        """Those not welcome are being sent away."""
        return


class PairedDevices(Presence):
    """By their ids; those here are written down as seen, once a minute."""

    _looks = 0

    async def _may_stay(self, here: tuple[str, ...]) -> Collection[str]:
        return await in_database(still_welcome, here)

    async def _looked(self, welcome: Collection[str], *, is_somebody_gone: bool) -> None:
        if is_somebody_gone:
            await part_with_guests()
        self._looks += 1
        if self._looks % _LOOKS_A_MINUTE == 0:
            await in_database(saw, tuple(welcome))


class Logins(Presence):
    """Users of the project that the chat is in, by their session's key."""

    async def _may_stay(self, here: tuple[str, ...]) -> Collection[str]:
        return await in_database(still_logged_in, here)


presence = PairedDevices(every_seconds=0.4)
"""Of this process."""
logins = Logins(every_seconds=2)
"""Of this process."""


def watches_of(identity: Identity | None, scope: Scope) -> Iterator[tuple[Presence, str]]:
    """What the right to an open socket or request may be lost by, and as whom."""
    if identity is None:
        return
    if identity.is_paired:
        yield presence, identity.device
    elif login := login_of(scope):
        yield logins, login
