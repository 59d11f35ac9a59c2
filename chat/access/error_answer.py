"""Error responses sent before Django, in the shape that the path requires."""

from __future__ import annotations

from collections.abc import Iterable

from chat.access.paths import path_of, rule_of
from chat.access.peers import header_of
from chat.errors import KINDS, ChatError
from chat.errors.sentences import error_body, sentence
from chat.network.asgi import Header, Scope, Send, answer_json, answer_text


async def answer_error(
    scope: Scope, send: Send, error: ChatError, headers: Iterable[Header] = ()
) -> None:
    """Send the error's status and sentence in the caller's language, not to be cached."""
    locale, status = header_of(scope, b"accept-language"), KINDS[error.code].status
    headers = [(b"cache-control", b"no-store"), *headers]
    if rule_of(path_of(scope)).error_shape == "json":
        await answer_json(send, status, error_body(error.code, error.detail, locale), headers)
    else:
        await answer_text(send, status, sentence(error.code, error.detail, locale), headers)
