"""A model's measured throughput, and the waiting times that follow from it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inference.types import Timings, Usage

_SMOOTHING = 0.3
"""Weight of the newest run in the means: about the last five runs count."""
_USUAL_ANSWER = 256
"""Tokens of an answer, until one was measured."""


@dataclass(slots=True)
class Throughput:
    """Exponential means over the latest finished runs; None until there is one.

    Measured while other runs are being served, so they hold for a model whose slots are full.
    """

    prefill_seconds: float | None = None
    decode_seconds: float | None = None
    answer_tokens: float | None = None

    def observe(self, usage: Usage, timings: Timings) -> None:
        """Include a finished run: prefill by token computed, decoding by token written."""
        computed = max(usage.prompt_tokens - usage.cached_tokens, 1)
        answer = max(usage.completion_tokens, 1)
        first = timings.first_token_seconds or 0.0
        self.prefill_seconds = _mean(self.prefill_seconds, first / computed)
        self.decode_seconds = _mean(self.decode_seconds, timings.decode_seconds / answer)
        self.answer_tokens = _mean(self.answer_tokens, answer)

    @property
    def tokens_per_second(self) -> float | None:
        """The mean decode rate of one answer; None until one was measured."""
        return 1 / self.decode_seconds if self.decode_seconds else None

    def expected_answer(self, allowed: int | None) -> int:
        """The mean length of an answer in tokens, `allowed` at most."""
        usual = round(self.answer_tokens or _USUAL_ANSWER)
        return usual if allowed is None else min(usual, allowed)

    def seconds(self, prompt_tokens: int, answer_tokens: int) -> float | None:
        """The expected seconds for which a run holds its slot; None until a rate is known."""
        if self.prefill_seconds is None or self.decode_seconds is None:
            return None
        return prompt_tokens * self.prefill_seconds + answer_tokens * self.decode_seconds


def starts(running: Iterable[float], waiting: Sequence[float], slots: int) -> Iterator[float]:
    """Seconds until each of `waiting`, in order, gets a slot.

    `running` are the seconds still needed by the runs that hold one, `waiting` those that each
    waiting run will need.
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
