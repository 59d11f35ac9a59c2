"""One line of progress in the terminal. Standard library only: the bootstrap uses it."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import TextIO

SECONDS_BETWEEN_LINES = 5.0
"""The interval of lines where they cannot be rewritten, as in a log or CI."""


class ProgressLine:
    """The progress of one slow step, with its elapsed seconds.

    On a terminal the line is rewritten in place; elsewhere new lines are written at intervals.
    `done` ends it with a final line.
    """

    def __init__(
        self,
        title: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._title = title
        self._stream = stream or sys.stderr
        self._clock = clock
        self._began = clock()
        self._written_at: float | None = None
        self._width = 0

    def show(self, detail: str = "") -> None:
        if self._stream.isatty():
            self._rewrite(self._text(detail))
        elif self._is_due():
            self._write_line(self._text(detail))

    def done(self, detail: str = "") -> None:
        if self._stream.isatty():
            self._rewrite(self._text(detail))
            self._write_line("")
        else:
            self._write_line(self._text(detail))

    def note(self, sentence: str) -> None:
        """Write a permanent sentence above the line."""
        if self._stream.isatty():
            self._rewrite("")
            self._stream.write("\r")
        print(sentence, file=self._stream, flush=True)

    def _text(self, detail: str) -> str:
        elapsed = f"{self._clock() - self._began:.0f} s"
        return " · ".join(part for part in (self._title, detail, elapsed) if part)

    def _is_due(self) -> bool:
        if self._written_at is None:
            return True
        return self._clock() - self._written_at >= SECONDS_BETWEEN_LINES

    def _write_line(self, text: str) -> None:
        self._written_at = self._clock()
        print(text, file=self._stream, flush=True)

    def _rewrite(self, text: str) -> None:
        """Blanks cover the rest of the last text, as old Windows consoles have no erase code."""
        columns = shutil.get_terminal_size().columns
        shown = _cut(text, columns - 1)
        width = _columns(shown)
        self._stream.write("\r" + shown + " " * (self._width - width))
        self._stream.flush()
        self._width = width


def _cut(text: str, columns: int) -> str:
    while _columns(text) > columns:
        text = text[:-1]
    return text


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
