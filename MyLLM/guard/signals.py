"""Signals that stop a server, handled by its guard."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Those that the system has; the last is Windows' Ctrl-Break."""
_BACKGROUND_ACCESS = ("SIGTTOU", "SIGTTIN")


class Signals:
    """From `listen` on, signals call `stop` and do nothing else."""

    def __init__(self, stop: Callable[[int], None]) -> None:
        self._stop = stop
        self._before: dict[int, Any] = {}

    def listen(self) -> None:
        for name in STOPPING:
            number = getattr(signal, name, None)
            # With `nohup` the process ignores SIGHUP, and so does the guard.
            if number is None or (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
                continue
            self._before[number] = signal.signal(number, self._handle)

    def restore(self) -> None:
        """Restore the former handlers, for the server."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def blocked(self) -> Iterator[None]:
        """Within the context signals are blocked; afterwards each process handles its own."""
        if sys.platform == "win32":
            raise OSError("Windows does not fork")
        before = signal.pthread_sigmask(signal.SIG_BLOCK, self._before)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self._stop(number)


def stay_in_background() -> None:
    """Ignore SIGTTOU and SIGTTIN: the server is not in the terminal's foreground group, where
    Ctrl-C would reach it twice, and still writes to the terminal.
    """
    for name in _BACKGROUND_ACCESS:
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def pass_on(number: int, group: int) -> None:
    """Send the signal to a server and its children. A closed terminal stops it as any other request
    does; Windows informs every process of the console itself.
    """
    if sys.platform == "win32":
        return
    if number == signal.SIGHUP:
        number = signal.SIGTERM
    with suppress(ProcessLookupError):
        os.killpg(group, number)
