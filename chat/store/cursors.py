"""A place in a list, as text that a client only gives back."""

from __future__ import annotations

import base64
import json
from datetime import datetime

from chat.errors import ChatError, ErrorCode

Part = datetime | str | None


def encode(*parts: Part) -> str:
    """A cursor of the sorting columns of the last row given out."""
    words = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return base64.urlsafe_b64encode(json.dumps(words).encode()).decode().rstrip("=")


def decode(cursor: str, width: int) -> tuple[Part, ...]:
    """The columns again: all moments but the last. Raises `ChatError` with `bad_field`."""
    try:
        words = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        *moments, last = words
        parts = (*(moment and datetime.fromisoformat(moment) for moment in moments), last)
    except (ValueError, TypeError):
        raise _refused() from None
    if len(parts) != width or not isinstance(last, str) or "\x00" in last:
        raise _refused()
    return parts


def _refused() -> ChatError:
    return ChatError(ErrorCode.BAD_FIELD, reason="`cursor`")
