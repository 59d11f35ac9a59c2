"""Cursors: a position in a list as an opaque text."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

from chat.errors import ChatError, ErrorCode
from chat.text.storable import storable

Part = datetime | str | None


def encode(*parts: Part) -> str:
    """A cursor from the sorting columns of the last row of a page."""
    words = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return base64.urlsafe_b64encode(json.dumps(words).encode()).decode().rstrip("=")


def decode(cursor: str, width: int) -> tuple[Part, ...]:
    """The columns of a cursor: moments in UTC, of which all but the last may be None, then an id.

    Raises `ChatError` with `bad_field`.
    """
    try:
        words = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return _parts(words, width)
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`cursor`") from None


def _parts(words: Any, width: int) -> tuple[Part, ...]:
    if not isinstance(words, list) or len(words) != width:
        raise TypeError
    *optional, moment, last = words
    if not isinstance(last, str) or storable(last) != last:
        raise TypeError
    return (*(None if one is None else _moment(one) for one in optional), _moment(moment), last)


def _moment(text: str) -> datetime:
    """Raises `OverflowError` if the moment in UTC is before year 1 or after 9999."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError
    return found.astimezone(UTC)
