"""One line of progress in the terminal. Standard library only: the bootstrap uses it."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import TextIO

SECONDS_BETWEEN_LINES = 5.0
"""Where lines cannot be rewritten (a log, CI) they come this far apart, or they flood it."""


class ProgressLine:
    """What one slow step is doing, with the seconds it has taken.

    On a terminal the line is rewritten in place; anywhere else a new line is written now and
    then. `done` ends it with a line that stays.
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
        """Write a sentence that stays, above the line, which goes on below it."""
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
        """Blanks cover what the last text left: old Windows consoles know no erase code."""
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
