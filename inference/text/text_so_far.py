"""An answer's text so far, marked as the model itself would have marked it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inference.text.reasoning_tags import THINK, ReasoningTags
from inference.types import Channel, GenerationRequest


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A piece after the prompt: a `tag` around the reasoning, or text that was generated."""

    text: str
    tag: bool = False


@dataclass(frozen=True, slots=True)
class TextSoFar:
    """The text so far of both channels. An answer that has begun ended the reasoning; without
    `may_reason` it has begun before its first word.
    """

    reasoning: str = ""
    answer: str = ""
    may_reason: bool = True

    @classmethod
    def of(cls, request: GenerationRequest) -> TextSoFar:
        """The text from which this request continues."""
        may_reason = request.options.response_format is None
        return cls(request.reasoning_so_far, request.answer_so_far, may_reason)

    @property
    def channel(self) -> Channel | None:
        """The channel of the next token; None while it is not decided."""
        if self._has_begun:
            return "answer"
        return "reasoning" if self.reasoning else None

    def after(self, prompt: str, tags: ReasoningTags = THINK) -> Iterator[AnswerPart]:
        """What follows a prompt whose end may have opened the reasoning already.

        The blank lines at the tags, which were not emitted, are those that the models write.
        """
        if self.reasoning and not tags.is_opened_by(prompt):
            yield AnswerPart(tags.opening, tag=True)
        if self.reasoning:
            yield AnswerPart(self.reasoning)
        if not self._has_begun:
            return
        if before := self._before_answer(prompt, tags):
            yield AnswerPart(before, tag=True)
        if self.answer:
            yield AnswerPart(self.answer)

    def _before_answer(self, prompt: str, tags: ReasoningTags) -> str:
        if self.reasoning or tags.is_opened_by(prompt):
            return tags.before_answer
        return "" if prompt.rstrip().endswith(tags.answer) else tags.answer

    @property
    def _has_begun(self) -> bool:
        return bool(self.answer) or not self.may_reason
