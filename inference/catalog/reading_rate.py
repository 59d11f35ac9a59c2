"""The memory bandwidth of this computer, which bounds the speed of a model on a CPU.

Copies in memory are timed once, and the figure is kept in a file.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import msgspec

_FILE_NAME = "reading-rate.json"
_BYTES = 32 << 20
"""More than a processor's caches hold."""
_ROUNDS = 40
_PAUSE_SECONDS = 0.005
"""Between two rounds: the other threads stand still during one, for some milliseconds. Spread out
so, some rounds find the computer idle.
"""


class _Measured(msgspec.Struct, frozen=True):
    bytes_per_second: float


def measure_speed(folder: Path) -> float:
    """Bytes a second, as measured on this computer before, or now, which takes a third of a second.
    Blocking. The figure is kept in `folder`.
    """
    file = folder / _FILE_NAME
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(file.read_bytes(), type=_Measured).bytes_per_second
    rate = _probe()
    with suppress(OSError):  # measured again next time
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(_Measured(rate)))
    return rate


def _probe() -> float:
    """The best of several rounds: load can only make one slower. A copy reads and writes."""
    # Written once: pages that never were are all the same one, which stays in the cache.
    source, sink = memoryview(bytearray(b"\1") * _BYTES), memoryview(bytearray(b"\2") * _BYTES)
    best = min(_seconds(source, sink) for _ in range(_ROUNDS))
    return 2 * _BYTES / best


def _seconds(source: memoryview, sink: memoryview) -> float:
    time.sleep(_PAUSE_SECONDS)
    began = time.perf_counter()
    sink[:] = source
    return time.perf_counter() - began
