"""Reads the documents of a chat completion, whole or in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inference.types import Channel, FinishReason

_REASONS: dict[str, FinishReason] = {
    "length": "length",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
    "sensitive": "content_filter",
    "safety": "content_filter",
    "repetition": "repetition",
    "repetition_truncation": "repetition",
}
OVERLOADED = "insufficient_system_resource"
"""DeepSeek: the request was interrupted because resources were short."""
BROKEN = frozenset({"network_error", "error"})
"""Zhipu's and OpenRouter's inference failed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as the provider sent it."""

    channel: Channel
    text: str


def choice_of(document: Any) -> Mapping[str, Any] | None:
    """The first answer in a document; None in one that has only counts, or nothing."""
    choices = document.get("choices") if isinstance(document, Mapping) else None
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, Mapping) and not choice.get("index"):
            return choice
    return None


def usage_of(document: Any) -> Mapping[str, Any] | None:
    """The usage that it reports; Moonshot puts it inside the choice."""
    if not isinstance(document, Mapping):
        return None
    choice = choice_of(document)
    for place in (document, choice or {}):
        usage = place.get("usage")
        if isinstance(usage, Mapping):
            return usage
    return None


def pieces_of(choice: Mapping[str, Any]) -> Iterator[Piece]:
    """Its text, reasoning first. A whole completion has a `message` in place of a `delta`."""
    delta = choice.get("delta")
    message = delta if isinstance(delta, Mapping) and delta else choice.get("message")
    if not isinstance(message, Mapping):
        if text := _text(choice.get("text")):
            yield Piece("answer", text)
        return
    if reasoning := _text(message.get("reasoning_content")) or _text(message.get("reasoning")):
        yield Piece("reasoning", reasoning)
    content = message.get("content")
    if isinstance(content, list):
        yield from _parts(content)
    elif text := _text(content) or _text(message.get("refusal")):
        yield Piece("answer", text)


def reason_of(word: str) -> FinishReason:
    """Our finish reason for a provider's; an unknown one counts as `stop`."""
    return _REASONS.get(word.lower(), "stop")


def _parts(content: list[Any]) -> Iterator[Piece]:
    """Mistral's content in parts: `text`, or `thinking` with parts of its own."""
    for part in content:
        if not isinstance(part, Mapping):
            continue
        thinking = part.get("thinking")
        if isinstance(thinking, list):
            for piece in _parts(thinking):
                yield Piece("reasoning", piece.text)
        elif text := _text(thinking):
            yield Piece("reasoning", text)
        elif text := _text(part.get("text")):
            yield Piece("answer", text)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
