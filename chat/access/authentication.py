"""Authentication of HTTP requests, before the body is read: unknown callers cannot upload."""

from __future__ import annotations

from chat.access.error_answer import answer_error
from chat.access.identification import (
    bearer,
    identify,
    may_administer,
    refuse_token_in_address,
)
from chat.access.open_requests import OpenRequests
from chat.access.origins import OriginKind, canonical, kind_of
from chat.access.paths import ADMIN, path_of, rule_of
from chat.access.peers import header_of
from chat.actor import Identity
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.network.asgi import Application, Header, Receive, Scope, Send

_PAIRING = ("", "/password", "/request", "/claim", "/decline", "/server")
PUBLIC = frozenset(f"/api/v1/pair{path}" for path in _PAIRING)
"""Paths by which a client that is not paired becomes paired."""


class Authentication:
    """ASGI middleware: puts the caller's `Identity` into the scope, or refuses the request. It is
    None on public paths.
    """

    def __init__(self, application: Application) -> None:
        self._application = OpenRequests(application)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            identity = await _identity(scope)
        except ChatError as error:
            await _refuse(scope, send, error)
            return
        await self._application({**scope, "identity": identity}, receive, send)


async def _identity(scope: Scope) -> Identity | None:
    path = path_of(scope)
    if not rule_of(path).private or _is_preflight(scope):
        return None
    refuse_token_in_address(scope)
    if path in PUBLIC:
        return None
    found = await identify(scope, bearer(scope))
    if found is None:
        raise ChatError(ErrorCode.UNPAIRED)
    if path.startswith(ADMIN) and not may_administer(scope, found):
        raise ChatError(ErrorCode.NOT_ALLOWED)
    return found


def _is_preflight(scope: Scope) -> bool:
    """Whether it is a CORS preflight, which has no token and reaches no view."""
    asks = header_of(scope, b"access-control-request-method")
    return scope["method"] == "OPTIONS" and bool(asks)


async def _refuse(scope: Scope, send: Send, error: ChatError) -> None:
    headers = _cors(scope)
    if error.code is ErrorCode.UNPAIRED:
        headers.append((b"www-authenticate", b"Bearer"))
    await answer_error(scope, send, error, headers)


def _cors(scope: Scope) -> list[Header]:
    """The headers that allow a page of an allowed origin to read the refusal."""
    origin = header_of(scope, b"origin")
    kind = kind_of(origin, header_of(scope, b"host"), canonical(tuple(conf().origins)))
    if kind not in (OriginKind.LISTED, OriginKind.APP):
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"origin")]
