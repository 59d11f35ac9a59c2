"""When a download stands still."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto

STILL_SECONDS = 10.0
LEAST_BYTES = 20_000
"""What has to come within those: 2 kB/s, a hundredth of a poor connection."""


class Heard(Enum):
    """What a line of pip or npm tells."""

    NOTHING = auto()
    MOVED = auto()
    ALL_IS_HERE = auto()
    """Nothing is downloaded from here on, however long it still takes."""


class Stall:
    """Watches one run from its first line on: until then it waits for this computer alone.
    `downloaded` gives the bytes that lie where it downloads to; `is_busy`, whether it needs none.
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
        self._come = 0
        self._since: float | None = None
        self._all_is_here = False

    def is_still(self, heard: Heard) -> bool:
        """Whether next to nothing has come for STILL_SECONDS; then it counts anew. To be asked
        about twice a second.
        """
        if heard is Heard.ALL_IS_HERE:
            self._all_is_here = True
        if heard is Heard.MOVED:
            self._begin_anew()
        if self._since is None or self._all_is_here:
            return False
        self._count()
        if self._clock() - self._since < STILL_SECONDS:
            return False
        self._begin_anew()
        return not self._is_busy()

    def _begin_anew(self) -> None:
        self._come = 0
        self._since = self._clock()

    def _count(self) -> None:
        """Files that were finished and moved away do not count against it."""
        now = self._downloaded()
        self._come += max(0, now - self._before)
        self._before = now
        if self._come >= LEAST_BYTES:
            self._begin_anew()
