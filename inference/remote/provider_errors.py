"""Errors of a provider, with its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.remote.account import Account
from inference.remote.quotation import quoted
from inference.remote.refusal import Refusal
from inference.remote.refusal_kinds import kind_of
from inference.remote.waiting import UNTOLD_SECONDS, seconds_to_wait

Code = InferenceErrorCode

_RETRYABLE = frozenset(
    {
        Code.PROVIDER_RATE_LIMITED,
        Code.PROVIDER_OVERLOADED,
        Code.PROVIDER_FAILED,
        Code.PROVIDER_UNREACHABLE,
        Code.PROVIDER_TIMEOUT,
        Code.PROVIDER_DISCONNECTED,
    }
)
_REASONED = frozenset({Code.PROVIDER_FORBIDDEN, Code.PROVIDER_FAILED, Code.PROVIDER_REFUSED})
_NUMBERS = re.compile(r"\d{2,15}")
_LIMIT = re.compile(
    r"(?:maximum context length (?:is|of)|token limit:|context (?:size|window|length) \(?|\[1,)"
    r"\s*(?:only )?([1-9]\d{0,14})"
)
_UNKNOWN = "?"


class ProviderErrors:
    """Makes the errors of one account's model. What is quoted is bounded and holds no key."""

    def __init__(self, account: Account, model: str = "") -> None:
        self._account = account
        self._model = model

    def refused(
        self, refusal: Refusal, headers: Mapping[str, str], prompt_tokens: int = 0
    ) -> InferenceError:
        """For an error response, or an error in the middle of a stream. `prompt_tokens` is what was
        sent, estimated, where the provider does not report it.
        """
        code = kind_of(refusal)
        message = self._quoted(refusal.message) or f"HTTP {refusal.status}"
        detail: Detail = {}
        if code in _REASONED:
            detail["reason"] = message
        elif code is Code.PROVIDER_RATE_LIMITED:
            now = datetime.now(UTC)
            waits = seconds_to_wait(headers, refusal.message, now)
            detail["seconds"] = UNTOLD_SECONDS if waits is None else waits
        elif code is Code.CONTEXT_EXCEEDED:
            detail |= _context_detail(refusal, prompt_tokens)
        return self.of(code, message, detail)

    def key_missing(self, variable: str) -> InferenceError:
        """No key was entered, and none is in the environment."""
        return self.of(Code.PROVIDER_KEY_MISSING, "no key", {"variable": variable})

    def failed(self, reason: str) -> InferenceError:
        """The response is no valid answer."""
        message = self._quoted(reason)
        return self.of(Code.PROVIDER_FAILED, message, {"reason": message})

    def rejected(self, reason: str) -> InferenceError:
        """The provider cannot serve the request."""
        message = self._quoted(reason)
        return self.of(Code.PROVIDER_REFUSED, message, {"reason": message})

    def unreachable(self, host: str, reason: str, *, retryable: bool = True) -> InferenceError:
        """`host` is named to people, with the proxy where there is one."""
        message = f"{host}: {self._quoted(reason)}"
        detail: Detail = {"provider": self._account.name, "host": host}
        code = Code.PROVIDER_UNREACHABLE
        return InferenceError(code, message, retryable=retryable, detail=detail)

    def silent(self, seconds: float) -> InferenceError:
        """The provider was silent for so long."""
        message = f"silent for {seconds:g} s"
        return self.of(Code.PROVIDER_TIMEOUT, message, {"seconds": round(seconds)})

    def disconnected(self, reason: str) -> InferenceError:
        """The answer broke off before its end."""
        return self.of(Code.PROVIDER_DISCONNECTED, self._quoted(reason))

    def of(
        self, code: InferenceErrorCode, message: str, detail: Detail | None = None
    ) -> InferenceError:
        """An error with the provider's and the model's names."""
        details: Detail = {"provider": self._account.name, **(detail or {})}
        if code is Code.PROVIDER_MODEL_UNKNOWN:
            details["model"] = self._model
        return InferenceError(
            code, f"{self._account.name}: {message}", retryable=code in _RETRYABLE, detail=details
        )

    def _quoted(self, text: str) -> str:
        return quoted(text, self._account.key().strip())


def _context_detail(refusal: Refusal, prompt_tokens: int) -> Detail:
    if refusal.numbers is not None:
        tokens, limit = refusal.numbers
        return {"tokens": tokens, "limit": limit}
    limits = _LIMIT.search(refusal.message.lower())
    if limits is None:
        return {"tokens": prompt_tokens, "limit": _UNKNOWN}
    limit = int(limits[1])
    beyond = [n for n in map(int, _NUMBERS.findall(refusal.message)) if n > limit]
    return {"tokens": min(beyond, default=max(prompt_tokens, limit + 1)), "limit": limit}
