"""The time that a provider asks clients to wait."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

UNTOLD_SECONDS = 30
_MOST_SECONDS = 86_400
_RESETS = (
    "x-ratelimit-reset-requests",
    "x-ratelimit-reset-tokens",
    "x-ratelimit-reset",
    "ratelimit-reset",
)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_IN_WORDS = re.compile(r"(?:retry|try again) (?:after|in) (\d+(?:\.\d+)?) ?(ms|s|m)?")


def seconds_to_wait(headers: Mapping[str, str], message: str, now: datetime) -> int | None:
    """By `Retry-After` (RFC 9110, 10.2.3: seconds or a date), else by the limits' own headers, else
    by the message; at least 1, None where no time is given.
    """
    found = _retry_after(headers, now)
    if found is None:
        found = _reset(headers, now)
    if found is None and (words := _IN_WORDS.search(message.lower())):
        found = float(words[1]) * _UNITS[words[2] or "s"]
    return None if found is None else max(math.ceil(min(found, _MOST_SECONDS)), 1)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    if (milliseconds := _number(headers.get("retry-after-ms", ""))) is not None:
        return milliseconds / 1000
    value = headers.get("retry-after", "")
    return _number(value) if _number(value) is not None else _until(value, now)


def _reset(headers: Mapping[str, str], now: datetime) -> float | None:
    """OpenAI writes `6m0s`, OpenRouter the time in milliseconds, others seconds. The longest
    counts: each is of another limit, and the response does not name the one that was exceeded.
    """
    found = [_duration(headers[name], now) for name in _RESETS if name in headers]
    return max((seconds for seconds in found if seconds is not None), default=None)


def _duration(value: str, now: datetime) -> float | None:
    number = _number(value)
    if number is None:
        parts = _PART.findall(value)
        return sum(float(n) * _UNITS[unit] for n, unit in parts) if parts else None
    for scale in (1000, 1):
        if number / scale > 1e9:
            return number / scale - now.timestamp()
    return number


def _until(value: str, now: datetime) -> float | None:
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds()


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
