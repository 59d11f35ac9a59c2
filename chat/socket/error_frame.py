"""A failure as an `error` frame."""

from __future__ import annotations

from chat.errors import KINDS, Detail, ErrorCode
from chat.errors.sentences import sentence
from chat.wire.protocol import Error


def error_frame(
    code: ErrorCode,
    detail: Detail,
    locale: str,
    *,
    run: str | None = None,
    client_msg_id: str | None = None,
) -> Error:
    """The `error` frame for a code, its sentence in the reader's language."""
    message = sentence(code, detail, locale)
    seconds = detail.get("seconds")
    retry_after = None if seconds is None else int(seconds)
    return Error(code, message, KINDS[code].retryable, run, client_msg_id, retry_after)
