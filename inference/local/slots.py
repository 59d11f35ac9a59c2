"""Which slot holds which tokens' keys and values, also after its run has ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile


@dataclass(slots=True)
class Slot:
    """`tokens` are those whose keys and values lie in the slot and are right."""

    index: int
    tokens: list[int] = field(default_factory=list)
    busy: bool = False
    used_at: int = 0


class SlotTable:
    """Hands out slots; what an earlier turn left in one is found again by its tokens."""

    def __init__(self, count: int) -> None:
        self._slots = [Slot(index) for index in range(count)]
        self._clock = 0

    @property
    def free(self) -> int:
        """How many runs could come in now."""
        return sum(not slot.busy for slot in self._slots)

    def take(self, prompt: list[int]) -> tuple[int, int]:
        """A free slot's index, and how many of the prompt's tokens are computed in it.

        The slot with the longest common prefix; among equals the one unused for longest, so
        that other conversations' prefixes live on. At least one token is left to compute:
        without one there would be nothing to sample from. Raises `LookupError` when none is
        free.
        """
        idle = [slot for slot in self._slots if not slot.busy]
        if not idle:
            raise LookupError("no slot is free")
        shared = {slot.index: common_prefix(slot.tokens, prompt) for slot in idle}
        best = max(idle, key=lambda slot: (shared[slot.index], -slot.used_at, -slot.index))
        reused = min(shared[best.index], len(prompt) - 1)
        best.busy = True
        del best.tokens[reused:]
        return best.index, reused

    def give_back(self, index: int, computed: list[int]) -> None:
        """The run has left; `computed` are the tokens that stay in the slot."""
        self._clock += 1
        slot = self._slots[index]
        slot.busy = False
        slot.tokens = computed
        slot.used_at = self._clock


def common_prefix(left: list[int], right: list[int]) -> int:
    """How many tokens both begin with."""
    pairs = zip(left, right, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
