"""A model's measured rate, and the waiting times that follow from it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inference.types import Timings, Usage

_SMOOTHING = 0.3
"""Weight of the newest run in the means: about the last five runs count."""
_USUAL_ANSWER = 256
"""Tokens of an answer, until the first one tells."""


@dataclass(slots=True)
class Pace:
    """Exponential means over the latest finished runs; None until there is one.

    Measured beside each other's runs they hold for a full model, which is when people wait.
    """

    prefill_seconds: float | None = None
    decode_seconds: float | None = None
    answer_tokens: float | None = None

    def observe(self, usage: Usage, timings: Timings) -> None:
        """A run that has finished. Prefill is by token computed, decoding by token told."""
        computed = max(usage.prompt_tokens - usage.cached_tokens, 1)
        answer = max(usage.completion_tokens, 1)
        first = timings.first_token_seconds or 0.0
        self.prefill_seconds = _mean(self.prefill_seconds, first / computed)
        self.decode_seconds = _mean(self.decode_seconds, timings.decode_seconds / answer)
        self.answer_tokens = _mean(self.answer_tokens, answer)

    @property
    def tokens_per_second(self) -> float | None:
        """The rate at which one answer is written."""
        return 1 / self.decode_seconds if self.decode_seconds else None

    def expected_answer(self, allowed: int | None) -> int:
        """Tokens that an answer is likely to have."""
        usual = round(self.answer_tokens or _USUAL_ANSWER)
        return usual if allowed is None else min(usual, allowed)

    def seconds(self, prompt_tokens: int, answer_tokens: int) -> float | None:
        """How long a run is likely to hold its slot; None until a rate is known."""
        if self.prefill_seconds is None or self.decode_seconds is None:
            return None
        return prompt_tokens * self.prefill_seconds + answer_tokens * self.decode_seconds


def starts(running: Iterable[float], waiting: Sequence[float], slots: int) -> Iterator[float]:
    """Seconds until each of `waiting`, in order, gets a slot.

    `running` are the seconds still needed by who holds one, `waiting` those that each will need.
    """
    free = list(running)[:slots]
    free += [0.0] * (slots - len(free))
    heapq.heapify(free)
    for seconds in waiting:
        begins = free[0]
        yield begins
        heapq.heapreplace(free, begins + seconds)


def _mean(before: float | None, newest: float) -> float:
    return newest if before is None else before + _SMOOTHING * (newest - before)
