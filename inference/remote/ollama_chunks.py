"""Turns the chunks of an Ollama answer into events. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from inference.events import GenerationFinished, TextDelta
from inference.text.reasoning import ReasoningSplitter
from inference.types import Channel, FinishReason, Usage
from inference.whole_text import WholeText

if TYPE_CHECKING:
    from ollama import ChatResponse

_REASONS: dict[str, FinishReason] = {"stop": "stop", "length": "length"}


class ChunkReader:
    """Reasoning comes in a field of its own, or in the text between `<think>` and `</think>` where
    Ollama does not know that the model reasons. JSON may escape half a character; the other half
    is in the next chunk.
    """

    def __init__(self, prompt_tokens: int, continued: Channel | None) -> None:
        """`prompt_tokens` is an estimate until Ollama reports it; `continued` is the channel in
        which the text begins.
        """
        self._usage = Usage(prompt_tokens, 0)
        self._reason: FinishReason | None = None
        self._thought = WholeText()
        self._said = WholeText()
        self._splitter = ReasoningSplitter(opened=False, continued=continued)

    @property
    def usage(self) -> Usage:
        """The usage so far: one token per chunk, until the last chunk reports it."""
        return self._usage

    @property
    def finished(self) -> GenerationFinished | None:
        """The end, once it was read."""
        return None if self._reason is None else GenerationFinished(self._reason, self._usage)

    def read(self, chunk: ChatResponse) -> Iterator[TextDelta]:
        """The text of one chunk."""
        self._count(chunk)
        if thought := self._thought.push(chunk.message.thinking or ""):
            yield TextDelta("reasoning", thought)
        yield from self._splitter.push(self._said.push(chunk.message.content or ""))
        if chunk.done:
            self._reason = _REASONS.get(chunk.done_reason or "", "stop")
            yield from self._rest()

    def _rest(self) -> Iterator[TextDelta]:
        if thought := self._thought.flush():
            yield TextDelta("reasoning", thought)
        yield from self._splitter.push(self._said.flush())
        yield from self._splitter.flush()

    def _count(self, chunk: ChatResponse) -> None:
        known, counted = self._usage, chunk.done and chunk.eval_count is not None
        self._usage = Usage(
            chunk.prompt_eval_count or known.prompt_tokens,
            chunk.eval_count or 0 if counted else known.completion_tokens + (not chunk.done),
        )
