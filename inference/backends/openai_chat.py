"""OpenAI's chat completion shape, both ways: a request's body, and chunks into events.

Pure. llama.cpp speaks this shape in process, remote servers over HTTP.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.events import Finished, GenerationEvent, TextDelta
from inference.types import Channel, FinishReason, GenerationRequest, SamplingOptions, Usage
from inference.whole_text import WholeText

Json = Mapping[str, Any]

_REASONS: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "content_filter": "content_filter",
}


def body(request: GenerationRequest) -> dict[str, Any]:
    """The request as a streaming chat completion that reports its usage at the end."""
    return {"messages": messages(request), **_streamed(request)}


def prompt_body(request: GenerationRequest, prompt: list[str | int]) -> dict[str, Any]:
    """The request as a completion that goes on from `prompt`, texts and tokens mixed."""
    wanted = _streamed(request)
    wanted.pop("chat_template_kwargs", None)
    return {"prompt": prompt, **wanted}


def messages(request: GenerationRequest) -> list[dict[str, str]]:
    """The messages in OpenAI's shape."""
    return [{"role": m.role, "content": m.content} for m in request.messages]


def template_switches(options: SamplingOptions) -> dict[str, bool]:
    """What a model's chat template is told beside the messages."""
    thinking = options.enable_thinking
    return {} if thinking is None else {"enable_thinking": thinking}


def _streamed(request: GenerationRequest) -> dict[str, Any]:
    return {
        "stream": True,
        "stream_options": {"include_usage": True},
        **_sampling(request.options),
    }


def _sampling(options: SamplingOptions) -> dict[str, Any]:
    wanted = {
        "temperature": 0.0 if options.is_greedy else options.temperature,
        "top_k": options.top_k,
        "top_p": options.top_p,
        "min_p": options.min_p,
        "repeat_penalty": options.repetition_penalty,
        "presence_penalty": options.presence_penalty,
        "frequency_penalty": options.frequency_penalty,
        "seed": options.seed,
        "stop": list(options.stop) or None,
        "max_tokens": options.max_new_tokens,
    }
    given: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
    if switches := template_switches(options):
        given["chat_template_kwargs"] = switches
    return given


@dataclass(slots=True)
class ChunkReader:
    """Turns one completion's chunks into events.

    The reason and the usage come in different chunks, so the end is told by `finished`.
    `so_far` is the usage up to the latest chunk, where llama.cpp was asked for it.
    A chunk's JSON may escape half a character; the other half is in the next.
    """

    reason: FinishReason | None = None
    usage: Usage | None = field(default=None)
    so_far: Usage = Usage(0, 0)  # noqa: RUF009 - it is frozen
    _texts: defaultdict[Channel, WholeText] = field(default_factory=lambda: defaultdict(WholeText))

    def read(self, chunk: Json) -> Iterator[GenerationEvent]:
        """The text in one chunk. Raises `InferenceError` for an error in its place."""
        if "error" in chunk:
            raise failure(chunk["error"])
        if usage := chunk.get("usage"):
            self.usage = _usage(usage)
        if timings := chunk.get("timings"):
            self.so_far = usage_so_far(timings)
        for choice in chunk.get("choices") or ():
            yield from self._choice(choice)

    def finished(self) -> Finished:
        """The end. Raises `InferenceError` when the stream broke off before it."""
        if self.reason is None or self.usage is None:
            raise InferenceError(
                InferenceErrorCode.BACKEND_FAILED, "the stream ended early", retryable=True
            )
        return Finished(self.reason, self.usage)

    def _choice(self, choice: Json) -> Iterator[GenerationEvent]:
        delta = choice.get("delta") or {}
        yield from self._text("reasoning", delta.get("reasoning_content"))
        yield from self._text("answer", delta.get("content") or choice.get("text"))
        if reason := choice.get("finish_reason"):
            self.reason = _REASONS.get(reason, "stop")
            for channel, text in self._texts.items():
                if rest := text.flush():
                    yield TextDelta(channel, rest)

    def _text(self, channel: Channel, piece: str | None) -> Iterator[TextDelta]:
        if piece and (text := self._texts[channel].push(piece)):
            yield TextDelta(channel, text)


def failure(error: Json) -> InferenceError:
    """The error object of an OpenAI-shaped server as ours."""
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
