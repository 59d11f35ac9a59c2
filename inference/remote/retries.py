"""When a call is made again: only before the first text, twice at most, and only for what passes
by itself.
"""

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
    """Of one answer."""

    def __init__(self) -> None:
        self._made = 0

    def seconds(self, error: InferenceError, *, others: bool) -> float | None:
        """After how long the call is made again, None for never. With `others`, servers that were
        not tried yet, one of them is asked at once.
        """
        if self._made == _MOST or not error.retryable:
            return None
        told = error.detail.get("seconds")
        self._made += 1
        if error.code is InferenceErrorCode.PROVIDER_RATE_LIMITED:
            return float(told) if isinstance(told, int) and told <= _LONGEST_SECONDS else None
        if error.code not in _SERVER_FAILURES:
            return None
        backoff = _FIRST_SECONDS * 2 ** (self._made - 1)
        return 0.0 if others else backoff * random.uniform(0.75, 1.25)  # noqa: S311 - jitter


def is_server_failure(error: InferenceError) -> bool:
    """Whether another server of the same model may well do better."""
    return error.code in _SERVER_FAILURES
