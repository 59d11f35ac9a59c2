"""Work that is done to its end, whether or not somebody still waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

R = TypeVar("R")

_tasks: set[asyncio.Task[Any]] = set()
"""asyncio itself keeps weak references alone."""


async def uncancelled(work: Coroutine[Any, Any, R]) -> R:
    """What `work` returns or raises. It goes on where the caller is cancelled, as requests are
    whose connection is closed: half of it could be in the database, and the rest nowhere.
    """
    task = asyncio.create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return await asyncio.shield(task)
