"""An event loop in its own thread, for commands that block."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """Runs coroutines from `start` to `stop`, beside the caller's thread, which alone receives
    Ctrl-C.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Call it once."""
        self._thread.start()

    def stop(self) -> None:
        """Coroutines that still run are abandoned: end them before."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for the result of `work`. Raises what it raises."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
