"""Reads the items of a llama.cpp completion: text, usage and errors. Pure.

The shape is that of OpenAI's completions, with llama.cpp's own fields beside:
https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.events import GenerationFinished
from inference.types import FinishReason, Usage
from inference.whole_text import WholeText

Json = Mapping[str, Any]

_REASONS: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "content_filter": "content_filter",
}


@dataclass(slots=True)
class ItemReader:
    """Turns one completion's items into text.

    The reason and the usage come in different items, so `finished` returns the end. `so_far` is the
    usage up to the latest item, where the request asked for it. An item's JSON may escape half a
    character; the other half is in the next.
    """

    reason: FinishReason | None = None
    usage: Usage | None = field(default=None)
    so_far: Usage = Usage(0, 0)  # noqa: RUF009 - it is frozen
    _text: WholeText = field(default_factory=WholeText)

    def read(self, item: Json) -> Iterator[str]:
        """The text in one item. Raises `InferenceError` if the item is an error."""
        if "error" in item:
            raise failure(item["error"])
        if usage := item.get("usage"):
            self.usage = _usage(usage)
        if timings := item.get("timings"):
            self.so_far = usage_so_far(timings)
        for choice in item.get("choices") or ():
            yield from self._choice(choice)

    @property
    def has_ended(self) -> bool:
        """Whether the reason and the usage of the end were read."""
        return self.reason is not None and self.usage is not None

    def finished(self) -> GenerationFinished:
        """The end. Raises `InferenceError` when the stream broke off before it."""
        if self.reason is None or self.usage is None:
            raise InferenceError(
                InferenceErrorCode.BACKEND_FAILED, "the stream ended early", retryable=True
            )
        return GenerationFinished(self.reason, self.usage)

    def _choice(self, choice: Json) -> Iterator[str]:
        if text := self._text.push(choice.get("text") or ""):
            yield text
        if reason := choice.get("finish_reason"):
            self.reason = _REASONS.get(reason, "stop")
            if rest := self._text.flush():
                yield rest


def failure(error: Json) -> InferenceError:
    """Our error for the error object of an OpenAI-compatible server."""
    message = str(error.get("message", error))
    match error.get("type"):
        case "exceed_context_size_error":
            detail: Detail = {
                "tokens": int(error["n_prompt_tokens"]),
                "limit": int(error["n_ctx"]),
            }
            return InferenceError(InferenceErrorCode.CONTEXT_EXCEEDED, message, detail=detail)
        case "invalid_request_error":
            return InferenceError(
                InferenceErrorCode.INVALID_REQUEST, message, detail={"reason": message}
            )
        case _:
            return InferenceError(InferenceErrorCode.BACKEND_FAILED, message, retryable=True)


def usage_so_far(timings: Json) -> Usage:
    """The usage up to an item of llama.cpp's that has `timings`.

    It counts the prompt's tokens apart by whether they were computed.
    """
    cached = int(timings["cache_n"])
    return Usage(cached + int(timings["prompt_n"]), int(timings["predicted_n"]), cached)


def _usage(usage: Json) -> Usage:
    details = usage.get("prompt_tokens_details") or {}
    return Usage(
        prompt_tokens=int(usage["prompt_tokens"]),
        completion_tokens=int(usage["completion_tokens"]),
        cached_tokens=int(details.get("cached_tokens") or 0),
    )
