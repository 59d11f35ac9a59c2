"""Dates of other programs, limited to those that every database can store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from chat.transfer.alternation import Joined

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Near year 1 or 9999, a time zone's offset may lead to a date that cannot be stored."""
_MILLISECONDS = 100_000_000_000
"""As seconds it is the year 5138, as milliseconds 1973."""
_NUMBER = re.compile(r"\d{9,16}(?:\.\d+)?", re.ASCII)
"""Seconds or milliseconds; a date without separators has eight digits."""
_INSTANT = timedelta(microseconds=1)


def from_datetime(moment: datetime | None) -> datetime | None:
    """The same in UTC, also without an offset; None if it cannot be stored."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if _EARLIEST < aware < _LATEST else None


def from_seconds(seconds: float | None) -> datetime | None:
    """A moment from seconds since 1970; None if it cannot be stored."""
    if seconds is None or not _EARLIEST.timestamp() < seconds < _LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)


def from_epoch(number: float | None) -> datetime | None:
    """A moment from seconds or milliseconds since 1970, distinguished by size."""
    if number is None:
        return None
    return from_seconds(number / 1000 if abs(number) > _MILLISECONDS else number)


RawMoment = float | str | None
"""A date in a file: a number or a text."""


def parse_moment(raw: RawMoment) -> datetime | None:
    """Numbers are read by `from_epoch`, also as texts; other texts by `from_text`."""
    if not isinstance(raw, str):
        return from_epoch(raw)
    return from_epoch(float(raw)) if _NUMBER.fullmatch(raw) else from_text(raw)


def from_text(text: str | None) -> datetime | None:
    """A moment from ISO 8601; None if it is invalid or cannot be stored."""
    try:
        return from_datetime(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None


def in_order(messages: Iterable[Joined], now: datetime) -> dict[str | None, datetime]:
    """The moment of each message by its id: replies are later than their parents, and messages
    without a date get `now`. Parents have to come before replies.
    """
    moments: dict[str | None, datetime] = {}
    for one in messages:
        before = moments.get(one.parent)
        least = before + _INSTANT if before else None
        wanted = one.created_at or least or now
        moments[one.id] = max(wanted, least) if least else wanted
    return moments
