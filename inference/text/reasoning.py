"""Reasoning told apart from the answer, from the first token on.

Models mark it in three ways: `<think>` as one token or several, both of which are text here;
or the template opens the block itself and only `</think>` comes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from inference.events import TextDelta
from inference.text.stop_strings import StopStrings
from inference.types import Channel

OPEN = "<think>"
CLOSE = "</think>"


class ReasoningSplitter:
    """Text in, deltas of the two channels out. `opened`: the template began the reasoning.

    `<think>` counts only as the first thing said and `</think>` only once after it: models
    also quote the tags in their answers.
    """

    def __init__(self, *, opened: bool, goes_on: Channel | None = None) -> None:
        """`goes_on` names the channel in whose middle the text begins."""
        self._channel: Channel | None = goes_on or ("reasoning" if opened else None)
        self._close = StopStrings([CLOSE])
        self._undecided = ""
        self._blank = goes_on is None

    def push(self, text: str) -> Iterator[TextDelta]:
        """The deltas that are certain now."""
        if self._channel is None:
            text = self._decide(text)
        if self._channel == "reasoning":
            thought = self._close.push(text)
            yield from self._delta(thought.text)
            text = self._leave_reasoning() if thought.stopped else ""
        if self._channel == "answer":
            yield from self._delta(text)

    def flush(self) -> Iterator[TextDelta]:
        """What was held back, at the end of the run."""
        rest = self._undecided + self._close.flush()
        self._channel = self._channel or "answer"
        yield from self._delta(rest)

    def _decide(self, text: str) -> str:
        """Settle the channel by the first words; what of them is still to be told."""
        self._undecided += text
        said = self._undecided.lstrip()
        if OPEN.startswith(said):
            return ""
        self._channel = "reasoning" if said.startswith(OPEN) else "answer"
        self._undecided = ""
        return said.removeprefix(OPEN)

    def _leave_reasoning(self) -> str:
        self._channel = "answer"
        self._blank = True
        return self._close.flush().removeprefix(CLOSE)

    def _delta(self, text: str) -> Iterator[TextDelta]:
        """Blank lines around the tags belong to neither channel."""
        if self._blank:
            text = text.lstrip("\n")
        if text:
            self._blank = False
            yield TextDelta(self._channel or "answer", text)
