"""An answer's text so far, marked as the model itself would have marked it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inference.text.reasoning import CLOSE, OPEN
from inference.types import Channel, GenerationRequest


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A piece after the prompt: a `tag` around the reasoning, or text that was generated."""

    text: str
    tag: bool = False


@dataclass(frozen=True, slots=True)
class TextSoFar:
    """The text so far of both channels. An answer that has begun ended the reasoning."""

    reasoning: str = ""
    answer: str = ""

    @classmethod
    def of(cls, request: GenerationRequest) -> TextSoFar:
        """What this request goes on from."""
        return cls(request.reasoning_so_far, request.answer_so_far)

    @property
    def channel(self) -> Channel | None:
        """Where the next word goes; None as long as there is no text."""
        if self.answer:
            return "answer"
        return "reasoning" if self.reasoning else None

    def after(self, prompt: str) -> Iterator[AnswerPart]:
        """What follows a prompt whose end may have opened the reasoning already.

        The blank lines at the tags, which nobody was told, are those that the models write.
        """
        opened = prompt.rstrip().endswith(OPEN)
        if self.reasoning and not opened:
            yield AnswerPart(f"{OPEN}\n", tag=True)
        if self.reasoning:
            yield AnswerPart(self.reasoning)
        if self.answer and (self.reasoning or opened):
            yield AnswerPart(f"{CLOSE}\n\n", tag=True)
        if self.answer:
            yield AnswerPart(self.answer)
