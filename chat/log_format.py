"""The format of log entries: a message cannot forge further entries."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from types import TracebackType

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_CONTINUED = "  | "
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneEntry(logging.Formatter):
    """A message is one line with escaped control characters, and a traceback's lines are marked. So
    text in a message can neither look like another entry nor control a terminal.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return visible(super().formatMessage(record).rstrip("\n"))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's name
        return _marked(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        return _marked(super().formatStack(stack_info))


def visible(text: str) -> str:
    """The text with line breaks, control characters and changes of direction escaped."""
    return _UNSEEN.sub(_spelled, text)


def _marked(text: str) -> str:
    return "\n".join(f"{_CONTINUED}{visible(line)}" for line in text.split("\n"))


_SHORT: Mapping[str, str] = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _spelled(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
