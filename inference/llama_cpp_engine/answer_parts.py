"""One answer written in several parts, which its reader sees as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from inference.events import GenerationEvent, GenerationFinished
from inference.text.stopped_deltas import StoppedDeltas
from inference.types import Channel, GenerationRequest, Usage


class AnswerParts:
    """The text written so far, the part that may be shown, and what is left to write. Pure."""

    def __init__(self, request: GenerationRequest) -> None:
        self._request = request
        self._texts: dict[Channel, list[str]] = {"reasoning": [], "answer": []}
        self._stopped = StoppedDeltas(request.options.stop)
        self._usage = Usage(0, 0)

    def rest(self) -> GenerationRequest:
        """The request of the next part, which continues the text written."""
        asked, done = self._request, self._usage.completion_tokens
        most = asked.options.max_new_tokens
        left = None if most is None else most - done
        return replace(
            asked,
            options=replace(asked.options, max_new_tokens=left),
            reasoning_so_far=asked.reasoning_so_far + "".join(self._texts["reasoning"]),
            answer_so_far=asked.answer_so_far + "".join(self._texts["answer"]),
            tokens_so_far=asked.tokens_so_far + done,
        )

    @property
    def has_all_tokens(self) -> bool:
        """Whether the parts wrote every token requested; with a limit of 0 llama.cpp would write
        one more.
        """
        most, done = self._request.options.max_new_tokens, self._usage.completion_tokens
        return most is not None and 0 < done >= most

    def ending(self) -> Iterator[GenerationEvent]:
        """The rest of the text and the end, where all tokens are written."""
        yield from self._stopped.flush()
        yield GenerationFinished("length", self._usage)

    def read(self, event: GenerationEvent, usage: Usage) -> Iterator[GenerationEvent]:
        """The events for the reader from one event of a part; `usage` is the part's so far. An end
        has the usage of all parts and comes early where a stop string appears, also across parts.
        """
        if isinstance(event, GenerationFinished):
            yield from self._stopped.flush()
            yield GenerationFinished(event.reason, self._with(event.usage), event.timings)
            return
        self._texts[event.channel].append(event.text)
        yield from self._stopped.push(event)
        if self._stopped.stopped:
            yield GenerationFinished("stop", self._with(usage))

    def interrupted(self, usage: Usage) -> None:
        """Note that a part ended and the answer did not."""
        self._usage = self._with(usage)

    def _with(self, usage: Usage) -> Usage:
        """The prompt is the first part's; later ones have the text so far in theirs."""
        if not self._usage.completion_tokens:
            return usage
        tokens = self._usage.completion_tokens + usage.completion_tokens
        return replace(self._usage, completion_tokens=tokens)
