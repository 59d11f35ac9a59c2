"""One socket's way in: known at once, or by the token in its first frame, or sent away."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from django.conf import settings

from chat.access.identification import identify, refuse_token_in_address
from chat.access.peers import Scope, place_of
from chat.access.presence import SendAway, watches_of
from chat.access.unauthenticated_sockets import lobby
from chat.actor import Identity
from chat.errors import ChatError, ErrorCode
from chat.supervised import detach

CLOSE_UNPAIRED = 4401
"""The socket said no token in time, or one that lets nobody in; or its device was revoked, or its
user logged out.
"""


class Admission:
    """Whose a socket is. `send_away` closes it, once the time is up or the right to it lost."""

    def __init__(self, scope: Scope, send_away: SendAway) -> None:
        self._scope = scope
        self._send_away = send_away
        self._identity: Identity | None = None
        self._hurry = asyncio.Event()
        self._deadline: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raises `ChatError` for a socket that is not to be opened at all."""
        refuse_token_in_address(self._scope)
        found = await identify(self._scope, None)
        if found is not None:
            self._enter(found)
            return
        if not lobby.enter(place_of(self._scope), self._hurry.set):
            raise ChatError(ErrorCode.UNPAIRED)
        self._deadline = detach(self._wait_for_hello, "hello")

    async def greet(self, token: str | None) -> bool:
        """Somebody says hello; whether that makes the socket another member's than before.

        Raises `ChatError` with `unpaired`.
        """
        before = self._identity
        found = self.identity if token is None else await identify(self._scope, token)
        if found is None:
            raise ChatError(ErrorCode.UNPAIRED)
        self._leave()
        self._enter(found)
        return before is not None and before.owner != found.owner

    @property
    def is_settled(self) -> bool:
        """Whether it is known whose the socket is."""
        return self._identity is not None

    @property
    def identity(self) -> Identity:
        """Raises `ChatError` with `unpaired` as long as nobody said hello."""
        if self._identity is None:
            raise ChatError(ErrorCode.UNPAIRED)
        return self._identity

    def close(self) -> None:
        """The socket is gone."""
        self._leave()
        self._identity = None

    def _enter(self, identity: Identity) -> None:
        self._identity = identity
        for those, who in watches_of(self._identity, self._scope):
            those.enter(who, self._send_away)

    def _leave(self) -> None:
        lobby.leave(self._hurry.set)
        if self._deadline is not None:
            self._deadline.cancel()
        for those, who in watches_of(self._identity, self._scope):
            those.leave(who, self._send_away)

    async def _wait_for_hello(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), settings.MYLLM_HELLO_SECONDS)
        await self._send_away()
