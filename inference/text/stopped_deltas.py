"""An answer's deltas, ended by stop strings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from inference.events import TextDelta
from inference.text.stop_strings import StopStrings
from inference.types import Channel


class StoppedDeltas:
    """Lets deltas through until a stop string appears in the text of either channel.

    Tags are no part of the text here: no stop string is found in one, or across it.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self.stopped = False
        self._stops = StopStrings(stops)
        self._channel: Channel = "answer"

    def push(self, delta: TextDelta) -> Iterator[TextDelta]:
        """The deltas that are certain now; none once a stop string has appeared."""
        if self.stopped:
            return
        if delta.channel != self._channel:
            yield from self.flush()
            self._channel = delta.channel
        shown = self._stops.push(delta.text)
        self.stopped = shown.stopped
        if shown.text:
            yield replace(delta, text=shown.text)

    def flush(self) -> Iterator[TextDelta]:
        """The rest, at the end of the run or of a channel's text."""
        if not self.stopped and (held := self._stops.flush()):
            yield TextDelta(self._channel, held)
