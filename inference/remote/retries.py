"""Decides on retries: only before the first text, twice at most, and only for transient errors."""

from __future__ import annotations

import random

from inference.errors import InferenceError, InferenceErrorCode

_MOST = 2
_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 5.0

_SERVER_FAILURES = frozenset(
    {
        InferenceErrorCode.PROVIDER_UNREACHABLE,
        InferenceErrorCode.PROVIDER_OVERLOADED,
        InferenceErrorCode.PROVIDER_FAILED,
        InferenceErrorCode.PROVIDER_DISCONNECTED,
    }
)


class Retries:
    """The retries of one answer."""

    def __init__(self) -> None:
        self._made = 0

    def seconds(self, error: InferenceError, *, others: bool) -> float | None:
        """Seconds until the next attempt, None for none. With `others`, servers that were not tried
        yet, it is made at once.
        """
        if self._made == _MOST or not error.retryable:
            return None
        seconds = error.detail.get("seconds")
        self._made += 1
        if error.code is InferenceErrorCode.PROVIDER_RATE_LIMITED:
            return (
                float(seconds) if isinstance(seconds, int) and seconds <= _LONGEST_SECONDS else None
            )
        if error.code not in _SERVER_FAILURES:
            return None
        backoff = _FIRST_SECONDS * 2 ** (self._made - 1)
        return 0.0 if others else backoff * random.uniform(0.75, 1.25)  # noqa: S311 - jitter


def is_server_failure(error: InferenceError) -> bool:
    """Whether another server of the same model may well do better."""
    return error.code in _SERVER_FAILURES
