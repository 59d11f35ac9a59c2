"""Failures of asyncio tasks that nobody read.

asyncio tells them from the garbage collector, in the middle of whatever runs: a test that leaves
one makes another fail, and on Python 3.11 even the compiler (formatting the traceback parses
source while source is being parsed).
"""

from __future__ import annotations

import logging


class UnreadFailures(logging.Handler):
    """Keeps what asyncio says of failures that were never read, until they are taken."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's text; its traceback is not formatted here."""
        if "never retrieved" in record.msg:
            self._told.append(record.getMessage())

    def take(self) -> list[str]:
        """All that was told since the last call."""
        told, self._told = self._told, []
        return told
