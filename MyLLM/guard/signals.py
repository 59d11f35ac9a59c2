"""What asks a server to stop, while its guard is the one who is asked."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Where there are such; the last is Windows' Ctrl-Break."""
_ONLY_IN_FRONT = ("SIGTTOU", "SIGTTIN")


class Signals:
    """From `listen` on they call `stop` and do nothing else."""

    def __init__(self, stop: Callable[[int], None]) -> None:
        self._stop = stop
        self._before: dict[int, Any] = {}

    def listen(self) -> None:
        for name in STOPPING:
            number = getattr(signal, name, None)
            # With `nohup` the process ignores SIGHUP, and so does the guard.
            if number is None or (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
                continue
            self._before[number] = signal.signal(number, self._heard)

    def restore(self) -> None:
        """As they were, for the server."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """What comes meanwhile comes afterwards, to the one it was sent to."""
        if sys.platform == "win32":
            raise OSError("Windows does not fork")
        before = signal.pthread_sigmask(signal.SIG_BLOCK, self._before)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self._stop(number)


def stay_in_background() -> None:
    """The server is not in its terminal's foreground, where Ctrl-C would reach it twice. It writes
    there all the same, and is not stopped for it.
    """
    for name in _ONLY_IN_FRONT:
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def pass_on(number: int, group: int) -> None:
    """To a server and what it started. A terminal that was closed ends it like anybody who asks;
    Windows tells every process of the console itself.
    """
    if sys.platform == "win32":
        return
    if number == signal.SIGHUP:
        number = signal.SIGTERM
    with suppress(ProcessLookupError):
        os.killpg(group, number)
