"""Authentication of a socket: when it is opened, or by the token in `hello`."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from chat.access.identification import identify, refuse_token_in_address
from chat.access.peers import Scope, rate_limit_key
from chat.access.presence import CloseSocket, watches_of
from chat.access.unauthenticated_sockets import unauthenticated_sockets
from chat.actor import Identity
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.supervised import detach

CLOSE_UNPAIRED = 4401
"""The close code for a socket that sent no valid token in time, whose device was revoked, or whose
user has logged out.
"""


class SocketAuthentication:
    """The identity of one socket. `close_socket` is called when no `hello` is received in time, and
    when the right is revoked.
    """

    def __init__(self, scope: Scope, close_socket: CloseSocket) -> None:
        self._scope = scope
        self._close_socket = close_socket
        self._identity: Identity | None = None
        self._expired = asyncio.Event()
        self._deadline: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raises `ChatError` if the socket must not be accepted."""
        refuse_token_in_address(self._scope)
        found = await identify(self._scope, None)
        if found is not None:
            self._enter(found)
            return
        if not unauthenticated_sockets.enter(rate_limit_key(self._scope), self._expired.set):
            raise ChatError(ErrorCode.UNPAIRED)
        self._deadline = detach(self._wait_for_hello, "hello")

    async def greet(self, token: str | None) -> bool:
        """Authenticate by the token of a `hello`; None keeps the current identity. Returns whether
        the socket now belongs to another member. Raises `ChatError` with `unpaired`.
        """
        before = self._identity
        found = self.identity if token is None else await identify(self._scope, token)
        if found is None:
            raise ChatError(ErrorCode.UNPAIRED)
        self._leave()
        self._enter(found)
        return before is not None and before.owner != found.owner

    @property
    def is_authenticated(self) -> bool:
        """Whether the socket has an identity."""
        return self._identity is not None

    @property
    def identity(self) -> Identity:
        """Raises `ChatError` with `unpaired` before the socket is authenticated."""
        if self._identity is None:
            raise ChatError(ErrorCode.UNPAIRED)
        return self._identity

    def close(self) -> None:
        """End the authentication of a closed socket."""
        self._leave()
        self._identity = None

    def _enter(self, identity: Identity) -> None:
        self._identity = identity
        for presence, who in watches_of(self._identity, self._scope):
            presence.enter(who, self._close_socket)

    def _leave(self) -> None:
        unauthenticated_sockets.leave(self._expired.set)
        if self._deadline is not None:
            self._deadline.cancel()
        for presence, who in watches_of(self._identity, self._scope):
            presence.leave(who, self._close_socket)

    async def _wait_for_hello(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._expired.wait(), conf().hello_seconds)
        await self._close_socket()
