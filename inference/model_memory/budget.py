"""How many bytes all models together may hold."""

from __future__ import annotations

from collections.abc import Callable

import psutil

from inference.model_memory.computer_memory import memory

_MARGIN = 250_000_000
"""Bytes left to the server and to other programs where the budget is measured."""


def private_memory() -> int:
    """Bytes of this process and those that it started which no file stands for."""
    own = psutil.Process()
    return sum(map(_private, (own, *own.children(recursive=True))))


def _private(process: psutil.Process) -> int:
    """Linux alone tells what is shared; elsewhere all of it is taken for the process's own."""
    try:
        found = process.memory_info()
    except psutil.Error:  # it has ended
        return 0
    return int(found.rss) - int(getattr(found, "shared", 0))


class MemoryBudget:
    """A fixed `limit`, or with 0 what is free now and what the models would give back."""

    def __init__(
        self,
        limit: int = 0,
        available: Callable[[], int] = lambda: memory().available,
        private: Callable[[], int] = private_memory,
    ) -> None:
        self._limit = limit
        self._available = available
        self._measure = private
        self._private = 0
        self._holders: frozenset[str] = frozenset()

    def look(self, holders: frozenset[str]) -> None:
        """Measure what the models of this process hold, `holders` being loaded. Blocks for some
        milliseconds.
        """
        self._private = self._measure()
        self._holders = holders

    def knows(self, holders: frozenset[str]) -> bool:
        """Whether that was measured since these are loaded."""
        return bool(self._limit) or holders == self._holders

    def total(self, held: int) -> int:
        """In bytes, where the models that are loaded are said to hold `held` of them.

        What the system counts as free already, as it does weights mapped from a file, is not
        counted twice.
        """
        if self._limit:
            return self._limit
        return max(self._available() + min(held, self._private) - _MARGIN, 0)
