"""The fields of a request that one server takes, learned from what it refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from inference.remote.preset import ProviderPreset
from inference.remote.refusal import Refusal

_STREAM = re.compile(r"\bstream(ing)?\b")
_NOT = re.compile(r"\b(not?|unsupported|disabled|false|cannot)\b|不支持|n't")

_UNKNOWN = re.compile(r"unsupported|unknown|unrecogni[sz]ed|not (supported|permitted)|instead")
_LENGTHS = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
"""What is tried where a server wants the other, or knows only one."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a server wants to be asked: whether it streams and counts tokens in a stream, what it
    calls the longest answer, and how many stop strings it takes.
    """

    stream: bool
    stream_options: bool
    max_tokens_field: str
    stops: int

    @classmethod
    def of(cls, preset: ProviderPreset) -> Dialect:
        """What is known beforehand."""
        return cls(True, preset.stream_options, preset.max_tokens_field, preset.stops)

    def after(self, refusal: Refusal) -> Dialect | None:
        """How the same is asked in a way that was not refused; None where nothing is left to try.

        Servers that are compatible in the main refuse fields that came later; OpenAI's reasoning
        models refuse `max_tokens` and `stop`.
        """
        if refusal.status not in (400, 404, 405, 422, 501):
            return None
        words = f"{refusal.param} {refusal.message}".lower()
        if self.stream_options and "stream_options" in words:
            return replace(self, stream_options=False)
        if self.stream and _STREAM.search(words) and _NOT.search(words):
            return replace(self, stream=False)
        if "max_completion_tokens" in words and _UNKNOWN.search(words):
            return replace(self, max_tokens_field=_LENGTHS[self.max_tokens_field])
        return replace(self, stops=0) if self.stops and refusal.param == "stop" else None
