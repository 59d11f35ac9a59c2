"""The request fields that a server accepts, learned from its refusals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from inference.remote.preset import ProviderPreset
from inference.remote.refusal import Refusal

_STREAM = re.compile(r"\bstream(ing)?\b")
_NOT = re.compile(r"\b(not?|unsupported|disabled|false|cannot)\b|不支持|n't")

_UNKNOWN = re.compile(r"unsupported|unknown|unrecogni[sz]ed|not (supported|permitted)|instead")
_LENGTHS = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
"""The field names to try, of which a server may accept only one."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The form of a server's requests: whether it streams and counts tokens in a stream, its name
    for the longest answer, and how many stop strings it takes.
    """

    stream: bool
    stream_options: bool
    max_tokens_field: str
    stops: int

    @classmethod
    def of(cls, preset: ProviderPreset) -> Dialect:
        """The dialect of a preset."""
        return cls(True, preset.stream_options, preset.max_tokens_field, preset.stops)

    def after(self, refusal: Refusal) -> Dialect | None:
        """The next dialect to try after a refusal; None where none is left.

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
