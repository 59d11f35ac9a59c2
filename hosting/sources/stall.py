"""Detects a stalled download."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto

STALLED_SECONDS = 10.0
LEAST_BYTES = 20_000
"""Bytes that must arrive in that time: 2 kB/s, a hundredth of a poor connection."""


class Activity(Enum):
    """What a line of pip or npm reports."""

    NONE = auto()
    PROGRESS = auto()
    DOWNLOADED = auto()
    """Nothing more is downloaded, however long the rest takes."""


class StallWatch:
    """Watches one run from its first report of progress on: until then the source is not involved.
    `downloaded` returns the bytes in the folder of downloads; `is_busy` whether none are expected.
    """

    def __init__(
        self,
        downloaded: Callable[[], int],
        is_busy: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._downloaded = downloaded
        self._is_busy = is_busy
        self._clock = clock
        self._before = 0
        self._arrived = 0
        self._since: float | None = None
        self._all_is_here = False

    def is_stalled(self, activity: Activity) -> bool:
        """Whether hardly anything arrived for STALLED_SECONDS; if so, counting restarts. Call it
        about twice a second.
        """
        if activity is Activity.DOWNLOADED:
            self._all_is_here = True
        if activity is Activity.PROGRESS:
            self._restart()
        if self._since is None or self._all_is_here:
            return False
        self._count()
        if self._clock() - self._since < STALLED_SECONDS:
            return False
        self._restart()
        return not self._is_busy()

    def _restart(self) -> None:
        self._arrived = 0
        self._since = self._clock()

    def _count(self) -> None:
        """Finished files that were moved away do not reduce the count."""
        now = self._downloaded()
        self._arrived += max(0, now - self._before)
        self._before = now
        if self._arrived >= LEAST_BYTES:
            self._restart()
