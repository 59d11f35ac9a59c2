"""Background tasks: failures are logged, and supervised tasks are restarted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

logger = logging.getLogger(__name__)

Work = Callable[[], Coroutine[None, None, None]]

_tasks: set[asyncio.Task[None]] = set()
"""Strong references, as asyncio keeps only weak ones."""
_failing: dict[asyncio.Task[None], float] = {}
"""Tasks that failed several times in a row, and until when they count as failing."""


@dataclass(frozen=True, slots=True)
class Restarts:
    """Seconds before a restart: `first`, doubled with each consecutive failure up to `longest`.

    Running for `longest` seconds resets the count; `reported` failures make a task failing.
    """

    first: float = 1.0
    longest: float = 60.0
    reported: int = 3

    def pause(self, failures: int) -> float:
        """Seconds to wait after so many consecutive failures, from 1 on."""
        return float(min(self.first * 2 ** min(failures - 1, 32), self.longest))


USUAL = Restarts()


def supervise(work: Work, name: str, restarts: Restarts = USUAL) -> asyncio.Task[None]:
    """Run `work` until it returns, and restart it with increasing delays when it raises.

    Cancelling the task ends it. The task itself never raises.
    """
    return _keep(asyncio.create_task(_restarted(work, name, restarts), name=name))


def detach(work: Work, name: str) -> asyncio.Task[None]:
    """Run `work` once. Exceptions are logged and not raised."""
    return _keep(asyncio.create_task(_logged(work, name), name=name))


def failing() -> tuple[str, ...]:
    """The names of supervised tasks that failed several times in a row and did not recover yet."""
    now = time.monotonic()
    return tuple(sorted({task.get_name() for task, until in _failing.items() if until > now}))


async def _restarted(work: Work, name: str, restarts: Restarts) -> None:
    task = asyncio.current_task()
    failures = 0
    while True:
        begun = time.monotonic()
        if await _ended(work(), name):
            return
        failures = 1 if time.monotonic() - begun >= restarts.longest else failures + 1
        pause = restarts.pause(failures)
        if task is not None and failures >= restarts.reported:
            _failing[task] = time.monotonic() + pause + restarts.longest
            logger.error("task %s died %d times in a row", name, failures)
        await asyncio.sleep(pause)


async def _logged(work: Work, name: str) -> None:
    await _ended(work(), name)


async def _ended(work: Coroutine[None, None, None], name: str) -> bool:
    """Whether the work returned; exceptions are logged.

    Raises `CancelledError` only if this task is cancelled, not if the work awaited another task
    that was cancelled.
    """
    try:
        await work
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        logger.exception("task %s was left by what it awaited", name)
    except Exception:
        logger.exception("task %s died", name)
    else:
        return True
    return False


def _keep(task: asyncio.Task[None]) -> asyncio.Task[None]:
    _tasks.add(task)
    task.add_done_callback(_forget)
    return task


def _forget(task: asyncio.Task[None]) -> None:
    _tasks.discard(task)
    _failing.pop(task, None)
