"""An attempt to read calls in one format, from a character where they may begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inference.text.tool_calls.call_events import CallEvent
from inference.text.tool_calls.call_format import CallFormat
from inference.text.tool_calls.reader import Mismatch, Reader, Reading
from inference.text.tool_calls.tool import Tool


class Attempt:
    """Reads with the first of `formats`, which is not empty; see `other` for the next one."""

    def __init__(
        self, formats: Sequence[CallFormat], tools: Mapping[str, Tool], index: int
    ) -> None:
        self._formats = formats
        self._tools = tools
        self._first_index = index
        self._reader = Reader(tools, index)
        self._reading = _blocks(self._reader, formats[0])
        next(self._reading)

    @property
    def text(self) -> str:
        """The text read that belongs to no finished call."""
        return self._reader.text

    @property
    def unread(self) -> str:
        """What was given after that."""
        return self._reader.unread

    @property
    def index(self) -> int:
        """The number of the next call."""
        return self._reader.index

    @property
    def has_begun(self) -> bool:
        """Whether a call has begun that is not finished."""
        return self._reader.begun is not None

    @property
    def has_calls(self) -> bool:
        """Whether a call was finished."""
        return self.index > self._first_index

    def read(self, char: str) -> str:
        """The next character. Returns why the text does not follow this format; empty if it
        does.
        """
        try:
            self._reading.send(char)
        except Mismatch as error:
            return str(error)
        return ""

    def drained(self) -> list[CallEvent]:
        """The events since the last call."""
        events, self._reader.events = self._reader.events, []
        return events

    def other(self) -> Attempt | None:
        """The same in the next format, from the beginning."""
        rest = self._formats[1:]
        return Attempt(rest, self._tools, self._first_index) if rest else None


def _blocks(reader: Reader, used: CallFormat) -> Reading[None]:
    """Read successive calls until the text is no call."""
    while True:
        yield from used.read(reader)
        reader.close()
        yield from reader.blank()
