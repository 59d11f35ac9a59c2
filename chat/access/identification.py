"""The identity of a caller: a paired device, this computer, a visitor of an open server, or a user
of the project that the chat is installed in.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from chat.access.origins import needs_token
from chat.access.peers import Scope, address_of, header_of, is_local
from chat.access.project_users import identity_of
from chat.actor import OWNER, VISITORS, Identity, Role
from chat.conf import conf
from chat.current_service import current_service
from chat.errors import ChatError, ErrorCode
from chat.members.pairing import recognise

_TOKEN_NAMES = frozenset({"token", "access_token"})


async def identify(scope: Scope, token: str | None) -> Identity | None:
    """The caller; None if it has to be paired first.

    A request that a page of another site may have sent is identified only by a token. A token must
    be valid even if none is required, so that a revoked device is notified. Raises `ChatError` with
    `unpaired` for an invalid one.
    """
    if token is None and needs_token(scope):
        return None
    address = address_of(scope) or "local"
    if conf().project_users and (token is None or not conf().pairing):
        return await identity_of(scope.get("user"))
    if not conf().pairing:
        return Identity(OWNER, address, Role.VISITOR)
    if token is not None:
        return await _device(token)
    return _without_token(scope, address)


def may_administer(scope: Scope, caller: Identity) -> bool:
    """Whether the caller may see the admin login: the owner's devices and this computer may."""
    if caller.is_paired:
        return caller.role is Role.OWNER and not caller.is_key
    return bool(conf().local_owner) and is_local(scope)


def bearer(scope: Scope) -> str | None:
    """The token in the `Authorization` header."""
    scheme, _, token = header_of(scope, b"authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def refuse_token_in_address(scope: Scope) -> None:
    """Raises `ChatError` with `token_in_address`: URLs end up in logs and histories."""
    if not conf().pairing:
        return
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    if any(name.lower() in _TOKEN_NAMES for name, _ in query):
        raise ChatError(ErrorCode.TOKEN_IN_ADDRESS)


def _without_token(scope: Scope, address: str) -> Identity | None:
    if conf().local_owner and is_local(scope):
        return Identity(OWNER, address, Role.OWNER)
    if conf().open:
        return Identity(VISITORS, address, Role.VISITOR)
    return None


async def _device(token: str) -> Identity:
    found = await recognise(token)
    if found is None:
        raise ChatError(ErrorCode.UNPAIRED)
    if found.is_over:
        current_service().remover.wake()
        raise ChatError(ErrorCode.UNPAIRED)
    return Identity(found.member, found.id, found.role, is_paired=True, is_key=found.is_key)
