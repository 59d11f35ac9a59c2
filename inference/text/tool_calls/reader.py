"""The text from where a call may begin, one character at a time.

A format is read by a generator: it asks for characters as it needs them, and so the result
cannot depend on how the text was cut into pieces.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, TypeVar

from inference.text.tool_calls.call_events import (
    CallBegun,
    CallEvent,
    CallFinished,
    Markup,
    ToolCall,
)
from inference.text.tool_calls.tool import Tool

T = TypeVar("T")
Reading = Generator[None, str, T]

UNNAMED_LIMIT = 2_000
"""Characters within which a call must name its tool. It bounds what is read more than once."""


class Mismatch(Exception):  # noqa: N818 - it is no failure: the text is none of this format
    """The text is no call in this format."""


class Reader:
    """Characters and what was found in them. `index` is the number of the next call."""

    def __init__(self, tools: Mapping[str, Tool], index: int) -> None:
        self.tools = tools
        self.index = index
        self.events: list[CallEvent] = []
        self.begun: Tool | None = None
        self._text: list[str] = []
        self._unread = ""

    @property
    def text(self) -> str:
        """What was read and belongs to no finished call yet."""
        return "".join(self._text)

    @property
    def unread(self) -> str:
        """Characters that were given but not read."""
        return self._unread

    def take(self) -> Reading[str]:
        """The next character. Raises `Mismatch` where a call has been nameless for too long."""
        if self.begun is None and len(self._text) >= UNNAMED_LIMIT:
            raise Mismatch("no tool is named")
        if self._unread:
            char, self._unread = self._unread[0], self._unread[1:]
        else:
            char = yield
        self._text.append(char)
        return char

    def put_back(self, text: str) -> None:
        """Characters that were taken last are to be taken again."""
        del self._text[len(self._text) - len(text) :]
        self._unread = text + self._unread

    def peek(self) -> Reading[str]:
        """The next character, which stays the next one."""
        char = yield from self.take()
        self.put_back(char)
        return char

    def blank(self) -> Reading[None]:
        """Skip white space, if there is any."""
        while (char := (yield from self.take())).isspace():
            pass
        self.put_back(char)

    def one_of(self, wanted: Sequence[str]) -> Reading[str]:
        """The first of `wanted` with which the text continues. Raises `Mismatch`."""
        found = ""
        while True:
            found += yield from self.take()
            if found in wanted:
                return found
            if not any(each.startswith(found) for each in wanted):
                self.put_back(found)
                raise Mismatch(f"expected {' or '.join(wanted)}")

    def literal(self, wanted: str) -> Reading[str]:
        """Exactly this text. Raises `Mismatch`."""
        return (yield from self.one_of((wanted,)))

    def until(self, end: str) -> Reading[str]:
        """The text before `end`, which is read too."""
        read: list[str] = []
        tail = ""
        while tail != end:
            char = yield from self.take()
            read.append(char)
            tail = (tail + char)[-len(end) :]
        return "".join(read).removesuffix(end)

    def name(self, ends: str) -> Reading[str]:
        """A tool's name up to one of the characters `ends`, which is read too: a call has begun.
        Raises `Mismatch` where no tool of that name was offered.
        """
        read = ""
        while (char := (yield from self.take())) not in ends:
            read += char
            if not any(name.startswith(read.lstrip()) for name in self.tools):
                raise Mismatch(f"no tool begins with {read.strip()!r}")
        self.begin(read.strip())
        return char

    def begin(self, name: str) -> None:
        """A call of this tool has begun. Raises `Mismatch` where it was not offered."""
        if self.begun is not None and self.begun.name == name:
            return
        tool = self.tools.get(name)
        if tool is None:
            raise Mismatch(f"no tool is named {name!r}")
        self.begun = tool
        self.events.append(CallBegun(self.index, name))

    def finish(self, arguments: dict[str, Any]) -> None:
        """The call that has begun ends with the last character that was read."""
        assert self.begun is not None  # noqa: S101 - a format's own mistake
        call = ToolCall(self.begun.name, arguments)
        self.events.append(CallFinished(self.index, call, self.text))
        self._text, self.begun = [], None
        self.index += 1

    def close(self) -> None:
        """What was read after the last call is only markers."""
        if self._text:
            self.events.append(Markup(self.text))
            self._text = []
