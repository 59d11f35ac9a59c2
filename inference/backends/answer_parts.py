"""One answer written in several parts, which its reader sees as one."""

from __future__ import annotations

from dataclasses import replace

from inference.events import Finished, GenerationEvent, TextDelta
from inference.types import Channel, GenerationRequest, Usage


class AnswerParts:
    """Pure: what was told so far, and what is left to write."""

    def __init__(self, request: GenerationRequest) -> None:
        self._request = request
        self._texts: dict[Channel, list[str]] = {"reasoning": [], "answer": []}
        self._usage = Usage(0, 0)

    def rest(self) -> GenerationRequest:
        """What the next part is asked for: it goes on from the text told."""
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
    def end(self) -> Finished | None:
        """Where an interrupted part wrote the last of the tokens allowed; None where some are
        left.
        """
        most = self._request.options.max_new_tokens
        is_full = most is not None and self._usage.completion_tokens >= most
        return Finished("length", self._usage) if is_full else None

    def tell(self, event: GenerationEvent) -> GenerationEvent:
        """The event for the reader: an end has the usage of all parts."""
        if isinstance(event, TextDelta):
            self._texts[event.channel].append(event.text)
            return event
        return Finished(event.reason, self._with(event.usage), event.timings)

    def interrupted(self, usage: Usage) -> None:
        """A part is over and the answer is not."""
        self._usage = self._with(usage)

    def _with(self, usage: Usage) -> Usage:
        """The prompt is the first part's; later ones have the text so far in theirs."""
        if not self._usage.completion_tokens:
            return usage
        tokens = self._usage.completion_tokens + usage.completion_tokens
        return replace(self._usage, completion_tokens=tokens)
