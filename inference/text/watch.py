"""One answer watched for loops."""

from __future__ import annotations

from inference.events import TextDelta
from inference.text.repetition import Repetition
from inference.text.similar_lines import SimilarLines
from inference.types import Channel, GenerationRequest

_ASKED_CHARACTERS = 20_000
"""So much of what the person wrote is searched for what repeats, the latest of it."""


Readers = tuple[Repetition, SimilarLines]


class RepetitionWatch:
    """Reads both channels separately: an answer may repeat its reasoning."""

    def __init__(self, channels: dict[Channel, Readers]) -> None:
        self._channels = channels

    @classmethod
    def of(cls, request: GenerationRequest) -> RepetitionWatch:
        """The watch of a new or continued answer; its text so far counts. Nothing is a loop where
        the request does not want to be stopped.
        """
        if not request.stop_repetition:
            return cls({})
        watch = cls({"reasoning": _readers(request), "answer": _readers(request)})
        watch.is_loop(TextDelta("reasoning", request.reasoning_so_far))
        watch.is_loop(TextDelta("answer", request.answer_so_far))
        return watch

    def is_loop(self, delta: TextDelta) -> bool:
        """Whether the text has gone into a loop with this delta."""
        readers = self._channels.get(delta.channel, ())
        return any(reader.push(delta.text) is not None for reader in readers)


def _readers(request: GenerationRequest) -> Readers:
    asked = "\n".join(m.content for m in request.messages if m.role == "user")
    return Repetition(asked[-_ASKED_CHARACTERS:]), SimilarLines()
