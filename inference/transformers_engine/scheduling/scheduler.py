"""Decides what the model computes next: plain Python, no tensors.

Every step decodes one token of each sequence that is ready, and fills the rest of its token budget
with pieces of prompts, the earliest first. Several prompts are packed into one step; a long one is
spread over many, so that no other sequence waits for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.slots import PrefixCopy, SlotTable
from inference.transformers_engine.scheduling.step import Piece, Step
from inference.transformers_engine.scheduling.step_budget import StepBudget


class Scheduler:
    """The waiting, prefilling and decoding sequences. Admits them in the order of `add`."""

    def __init__(self, slots: SlotTable, step_tokens: int) -> None:
        self._slots = slots
        self._budget = StepBudget(step_tokens)
        self._waiting: deque[Sequence] = deque()
        self._running: list[Sequence] = []

    def add(self, sequence: Sequence) -> None:
        """Add a sequence; it begins when a slot is free."""
        self._waiting.append(sequence)

    def plan(self) -> Step:
        """The next step, maybe empty. The caller computes it, or calls `not_copied`."""
        copies = tuple(self._admit())
        ready = [s for s in self._running if s.pending == 1]
        decodes = [_piece(s, 1) for s in sorted(ready, key=lambda s: s.slot or 0)]
        budget = max(self._budget.tokens(len(decodes)) - len(decodes), 0)
        return Step(tuple(decodes), tuple(self._prefills(budget)), copies)

    def computed(self, step: Step, seconds: float | None = None) -> None:
        """Note that the step was computed, in `seconds` where known."""
        for piece in step.pieces:
            self._set_computed(piece.sequence, piece.end)
        if seconds is not None and any(not piece.samples for piece in step.prefills):
            self._budget.observe(step.tokens, seconds)

    def not_copied(self, step: Step) -> None:
        """Note that the step's copies failed: the prompts are computed instead."""
        targets = {copy.target for copy in step.copies}
        for sequence in self._running:
            if sequence.slot in targets:
                sequence.cached = 0
                self._set_computed(sequence, 0)

    def cancelled(self) -> list[Sequence]:
        """Cancelled sequences that were not ended yet; the caller ends them."""
        return [s for s in (*self._running, *self._waiting) if s.cancelled]

    def end(self, sequence: Sequence) -> None:
        """Take a sequence out; its slot is free for the next step, its prefix kept."""
        if sequence.slot is None:
            self._waiting.remove(sequence)
            return
        self._running.remove(sequence)
        self._slots.give_back(sequence.slot, sequence.computed)

    def forget(self, sequence: Sequence) -> None:
        """Like `end`, and discard its keys and values."""
        sequence.computed = 0
        self.end(sequence)

    def all(self) -> tuple[Sequence, ...]:
        """All sequences that have not been ended."""
        return (*self._running, *self._waiting)

    def _admit(self) -> Iterator[PrefixCopy]:
        while self._waiting and self._slots.free:
            sequence = self._waiting.popleft()
            taken = self._slots.take(sequence.tokens)
            sequence.slot = taken.index
            sequence.cached = sequence.computed = taken.computed
            self._running.append(sequence)
            if taken.copy:
                yield taken.copy

    def _set_computed(self, sequence: Sequence, count: int) -> None:
        sequence.computed = count
        if sequence.slot is not None:
            self._slots.computed(sequence.slot, count)

    def _prefills(self, budget: int) -> Iterator[Piece]:
        for sequence in self._running:
            if sequence.pending < 2:
                continue
            if budget <= 0:
                return
            piece = _piece(sequence, min(budget, sequence.pending))
            budget -= piece.end - piece.begin
            yield piece


def _piece(sequence: Sequence, length: int) -> Piece:
    return Piece(sequence, sequence.computed, sequence.computed + length)
