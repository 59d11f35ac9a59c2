"""Handles Ctrl-C while an answer is written."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Self


class Interrupts:
    """While entered, the first Ctrl-C is recorded for `take`, so that it interrupts no call of a
    socket or a lock; every further one raises `KeyboardInterrupt`. To be entered in the main
    thread.
    """

    def __init__(self) -> None:
        self._seen = False
        self._is_pending = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def take(self) -> bool:
        """Whether Ctrl-C was pressed since the last call."""
        pending, self._is_pending = self._is_pending, False
        return pending

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._seen:
            raise KeyboardInterrupt
        self._seen = self._is_pending = True
