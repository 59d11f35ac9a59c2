"""Reasoning told apart from the answer, from the first token on.

Models mark it in three ways: by a tag of one token or of several, both of which are text here;
or the template opens the block itself and only the closing tag comes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from inference.events import TextDelta
from inference.text.reasoning_tags import THINK, ReasoningTags
from inference.text.stop_strings import StopStrings
from inference.types import Channel

OPEN = THINK.opening.strip()
CLOSE = THINK.closing.strip()


class ReasoningSplitter:
    """Text in, deltas of the two channels out. `opened`: the template began the reasoning.

    An opening tag counts only as the first thing said and a closing one only once after it:
    models also quote the tags in their answers.
    """

    def __init__(
        self, *, opened: bool, goes_on: Channel | None = None, tags: ReasoningTags = THINK
    ) -> None:
        """`goes_on` names the channel in whose middle the text begins."""
        self._channel: Channel | None = goes_on or ("reasoning" if opened else None)
        self._tags = tags
        self._openings = tags.first
        self._closing = tags.closing.strip()
        self._close = StopStrings([self._closing])
        self._undecided = ""
        self._blank = goes_on is None

    def push(self, text: str) -> Iterator[TextDelta]:
        """The deltas that are certain now."""
        while text:
            if self._channel is None:
                text = self._decide(text)
            elif self._channel == "reasoning":
                thought = self._close.push(text)
                yield from self._delta(thought.text)
                text = self._leave_reasoning() if thought.stopped else ""
            else:
                yield from self._delta(text)
                text = ""

    def flush(self) -> Iterator[TextDelta]:
        """What was held back, at the end of the run. Half of a tag that is made of control tokens
        is no text.
        """
        undecided = "" if self._tags.answer else self._undecided
        rest = undecided + self._close.flush()
        self._channel = self._channel or "answer"
        yield from self._delta(rest)

    def _decide(self, text: str) -> str:
        """Settle the channel by the first words; what of them is still to be told. Without a tag
        the blanks before them are the answer's: a text that is continued needs them.
        """
        self._undecided += text
        said = self._undecided.lstrip()
        if any(tag != said and tag.startswith(said) for tag in self._openings):
            return ""
        tag = next((tag for tag in self._openings if said.startswith(tag)), "")
        self._channel = self._openings.get(tag, "answer")
        whole, self._undecided = self._undecided, ""
        return said.removeprefix(tag) if tag else whole

    def _leave_reasoning(self) -> str:
        self._openings = self._tags.next
        self._channel = None if self._openings else "answer"
        self._blank = True
        return self._close.flush().removeprefix(self._closing)

    def _delta(self, text: str) -> Iterator[TextDelta]:
        """Blank lines around the tags belong to neither channel."""
        if self._blank:
            text = text.lstrip("\n")
        if text:
            self._blank = False
            yield TextDelta(self._channel or "answer", text)
