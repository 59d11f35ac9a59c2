"""Reads a file into the page cache before it is mapped."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from inference.backends.model_file import Cancelled
from inference.model_memory.computer_memory import memory

_BLOCK_BYTES = 1 << 20
"""The size of a block, which fits a processor's cache; 32 MB took twice the time."""
_REPORT_BYTES = 32 << 20


def read_ahead(path: Path, on_progress: Callable[[float], None], cancelled: Cancelled) -> None:
    """Blocking. `on_progress` grows to 1, unless there is less memory free than the file is long:
    then its beginning would be gone before its end is read. Ignores failures: the later use of the
    file raises them.
    """
    with suppress(OSError), path.open("rb", buffering=0) as file:
        size, done, reported = path.stat().st_size, 0, 0
        if size > memory().available:
            return
        block = bytearray(_BLOCK_BYTES)
        while not cancelled() and (count := file.readinto(block)):
            done += count
            if done - reported >= _REPORT_BYTES or done == size:
                reported = done
                on_progress(done / size)
