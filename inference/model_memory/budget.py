"""How many bytes all models together may hold."""

from __future__ import annotations

from collections.abc import Callable

import psutil

from inference.model_memory.computer_memory import memory

_MARGIN = 250_000_000
"""Bytes left for the server and other programs where the budget is measured."""


def private_memory() -> int:
    """Resident bytes of this process and its children that are not mapped from a file."""
    own = psutil.Process()
    return sum(map(_private, (own, *own.children(recursive=True))))


def _private(process: psutil.Process) -> int:
    """Only Linux reports shared memory; elsewhere all resident memory counts as private."""
    try:
        found = process.memory_info()
    except psutil.Error:  # it has ended
        return 0
    return int(found.rss) - int(getattr(found, "shared", 0))


class MemoryBudget:
    """A fixed `limit` in bytes, or with 0 what is free now and what unloading the models frees."""

    def __init__(
        self,
        limit: int = 0,
        available: Callable[[], int] = lambda: memory().available,
        private: Callable[[], int] = private_memory,
    ) -> None:
        self._limit = limit
        self._available = available
        self._measure_private = private
        self._private = 0
        self._holders: frozenset[str] = frozenset()

    def measure(self, holders: frozenset[str]) -> None:
        """Measure the memory of this process while the models `holders` are loaded. Blocks for some
        milliseconds.
        """
        self._private = self._measure_private()
        self._holders = holders

    def knows(self, holders: frozenset[str]) -> bool:
        """Whether it was measured while exactly these are loaded."""
        return bool(self._limit) or holders == self._holders

    def total(self, held: int) -> int:
        """The bytes that all models may hold, where the loaded ones hold `held` by their cards.

        Memory that the system already counts as available, like weights mapped from a file, is
        not counted twice.
        """
        if self._limit:
            return self._limit
        return max(self._available() + min(held, self._private) - _MARGIN, 0)
