"""The timings of one run, as the engine measures them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from inference.types import Timings

Clock = Callable[[], float]


@dataclass(slots=True)
class RunClock:
    """When a run was queued, admitted, and had its first text; in seconds of a monotonic clock."""

    clock: Clock = time.monotonic
    queued_at: float = field(init=False)
    admitted_at: float | None = None
    first_text_at: float | None = None

    def __post_init__(self) -> None:
        self.queued_at = self.clock()

    def admitted(self) -> None:
        self.admitted_at = self.clock()

    def text(self) -> None:
        if self.first_text_at is None:
            self.first_text_at = self.clock()

    def held_seconds(self) -> float:
        """Seconds since the run got its slot; 0 while it waits."""
        return 0.0 if self.admitted_at is None else self.clock() - self.admitted_at

    def timings(self, completion_tokens: int) -> Timings:
        """The timings now. The rate is of decoding alone: tokens after the first over the time
        after the first.
        """
        now = self.clock()
        admitted = now if self.admitted_at is None else self.admitted_at
        first = self.first_text_at
        decode = 0.0 if first is None else now - first
        return Timings(
            queued_seconds=round(admitted - self.queued_at, 4),
            first_token_seconds=None if first is None else round(first - admitted, 4),
            decode_seconds=round(decode, 4),
            tokens_per_second=round((completion_tokens - 1) / decode, 2) if decode else None,
        )
