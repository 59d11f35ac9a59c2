"""Clients with open sockets and requests, checked for revoked rights while these are open.

One query asks for all of them, so a device is disconnected within a second, whether it was revoked
by another device, on the admin site, or by a command in another process.
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
from chat.current_service import current_service
from chat.errors import ChatError
from chat.store import in_database
from chat.store.devices import mark_seen, still_valid
from chat.supervised import detach, supervise

logger = logging.getLogger(__name__)

CloseSocket = Callable[[], Coroutine[None, None, None]]
_CHECKS_A_MINUTE = 150


class Presence(ABC):
    """Used from one event loop; runs no queries while no client is connected."""

    def __init__(self, every_seconds: float) -> None:
        self._every_seconds = every_seconds
        self._open: defaultdict[str, set[CloseSocket]] = defaultdict(set)
        self._checking: asyncio.Task[None] | None = None
        self._check_now = asyncio.Event()

    @abstractmethod
    async def _still_valid(self, clients: tuple[str, ...]) -> Collection[str]: ...

    def enter(self, client: str, close_socket: CloseSocket) -> None:
        """Add an open socket or request of the client; `close_socket` is called when the client's
        right is revoked.
        """
        self._open[client].add(close_socket)
        if self._checking is None or self._checking.done():
            self._check_now = asyncio.Event()
            self._checking = supervise(self._check_repeatedly, "presence")

    def leave(self, client: str, close_socket: CloseSocket) -> None:
        self._open[client].discard(close_socket)
        if not self._open[client]:
            del self._open[client]

    def check_now(self) -> None:
        """Check at once: a right was revoked in this process."""
        self._check_now.set()

    async def _check_repeatedly(self) -> None:
        while self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._check_now.wait(), self._every_seconds)
            self._check_now.clear()
            if not self._open:
                return  # most requests are answered before the first check
            try:
                await self._check()
            except ChatError:
                logger.warning("the rights of open connections could not be checked")

    async def _check(self) -> None:
        clients = tuple(self._open)
        valid = await self._still_valid(clients)
        revoked = [client for client in clients if client not in valid]
        for client in revoked:
            for close_socket in self._open.get(client, ()):
                # Not awaited: a client that does not read must not block the others.
                detach(close_socket, "close a revoked connection")
        await self._checked(valid, is_one_revoked=bool(revoked))

    async def _checked(self, valid: Collection[str], *, is_one_revoked: bool) -> None:
        """Called after a check, while revoked clients are being disconnected."""
        return


class PairedDevices(Presence):
    """Devices by id. Once a minute the connected ones are saved as seen."""

    _checks = 0

    async def _still_valid(self, clients: tuple[str, ...]) -> Collection[str]:
        return await in_database(still_valid, clients)

    async def _checked(self, valid: Collection[str], *, is_one_revoked: bool) -> None:
        if is_one_revoked:
            current_service().remover.wake()
        self._checks += 1
        if self._checks % _CHECKS_A_MINUTE == 0:
            await in_database(mark_seen, tuple(valid))


class Logins(Presence):
    """Users of the project that the chat is installed in, by session key."""

    async def _still_valid(self, clients: tuple[str, ...]) -> Collection[str]:
        return await in_database(still_logged_in, clients)


presence = PairedDevices(every_seconds=0.4)
"""The connected devices of this process."""
logins = Logins(every_seconds=2)
"""The connected logins of this process."""


def watches_of(identity: Identity | None, scope: Scope) -> Iterator[tuple[Presence, str]]:
    """The watches of a connection with its ids; empty if the caller's right cannot be revoked."""
    if identity is None:
        return
    if identity.is_paired:
        yield presence, identity.device
    elif login := login_of(scope):
        yield logins, login
