"""An event loop whose clock jumps: minutes of waiting take no time, and a deadlock is found."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class DeadlockError(AssertionError):
    """Nothing will ever happen any more."""


class _Jumping(selectors.DefaultSelector):
    """Never sleeps: the clock advances by the time to sleep."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if found:
            return found
        if timeout is None:
            raise DeadlockError
        self.now += timeout
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Begins at 0 seconds. For code without threads and sockets."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def simulated(work: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns, run in a simulated loop of its own."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(work)
