"""Tool calls found in a model's text while it is generated."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from inference.text.tool_calls.attempt import Attempt
from inference.text.tool_calls.call_events import AnswerText, CallEvent, CallMalformed, Markup
from inference.text.tool_calls.call_format import CallFormat
from inference.text.tool_calls.quotation import Quotation
from inference.text.tool_calls.tool import Tool


class CallParser:
    """Text in, events out: however the text is cut, and whatever it is.

    The texts of the events, joined, are the text that came in. Only calls of `tools` are found,
    in the first of `formats` that fits. Nothing is raised.
    """

    def __init__(self, formats: Sequence[CallFormat], tools: Sequence[Tool]) -> None:
        self._formats = formats if tools else ()
        self._tools = {tool.name: tool for tool in tools}
        self._attempt: Attempt | None = None
        self._waiting: deque[str] = deque()
        self._events: list[CallEvent] = []
        self._quotation = Quotation()
        self._is_blank = True
        self._index = 0

    def push(self, text: str) -> Iterator[CallEvent]:
        """The events that are certain now."""
        self._waiting.extend(text)
        self._read()
        yield from self._drained()

    def flush(self) -> Iterator[CallEvent]:
        """What was held back, at the end of the text."""
        while self._attempt is not None:
            self._end(self._attempt, "the text ended", ended=True)
            self._read()
        yield from self._drained()

    def _read(self) -> None:
        while self._waiting:
            char = self._waiting.popleft()
            if self._attempt is None:
                self._attempt = self._begun(char)
            if self._attempt is None:
                self._show(char)
            elif reason := self._attempt.read(char):
                self._end(self._attempt, reason)
            else:
                self._keep(self._attempt)

    def _begun(self, char: str) -> Attempt | None:
        formats = [each for each in self._formats if char in each.starts and self._allows(each)]
        return Attempt(formats, self._tools, self._index) if formats else None

    def _allows(self, each: CallFormat) -> bool:
        return not self._quotation.is_open and (self._is_blank or not each.only_first)

    def _keep(self, attempt: Attempt) -> None:
        self._events += attempt.drained()
        self._index = attempt.index

    def _end(self, attempt: Attempt, reason: str, *, ended: bool = False) -> None:
        """Give back what belongs to no call, and read it again from its second character."""
        self._keep(attempt)
        self._attempt = None
        if attempt.has_begun:
            return self._malformed(attempt, reason)
        text = attempt.text + attempt.unread
        if ended and attempt.has_calls and not text.strip():
            self._events += [Markup(text)] if text else []
        elif other := None if attempt.has_calls else attempt.other():
            self._attempt = other
            self._waiting.extendleft(reversed(text))
        elif text:
            self._waiting.extendleft(reversed(text[1:]))
            self._show(text[0])
        return None

    def _malformed(self, attempt: Attempt, reason: str) -> None:
        self._waiting.extendleft(reversed(attempt.unread))
        self._events.append(CallMalformed(self._index, attempt.text, reason))
        self._index += 1
        self._follow(attempt.text)

    def _show(self, text: str) -> None:
        self._follow(text)
        last = self._events[-1] if self._events else None
        if isinstance(last, AnswerText):
            self._events[-1] = AnswerText(last.text + text)
        else:
            self._events.append(AnswerText(text))

    def _follow(self, text: str) -> None:
        self._is_blank = self._is_blank and not text.strip()
        for char in text:
            self._quotation.read(char)

    def _drained(self) -> list[CallEvent]:
        events, self._events = self._events, []
        return events
