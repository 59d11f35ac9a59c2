"""The tokens whose keys and values each slot holds, also after its run has ended."""

from __future__ import annotations

from dataclasses import dataclass, field

_CHANGED_TAIL = 4
"""Tokens at the end of a prompt that its template may write differently in the next turn, for
example Qwen3's empty reasoning block.
"""

_WORTH_COPYING = 16
"""Tokens; fewer are computed about as fast as their keys and values are copied."""


@dataclass(frozen=True, slots=True)
class PrefixCopy:
    """The first `tokens` keys and values of slot `source` are to be written to slot `target`."""

    source: int
    target: int
    tokens: int


@dataclass(frozen=True, slots=True)
class TakenSlot:
    """A slot for a prompt of which `computed` tokens need not be computed.

    Their keys and values are in it already or, with a `copy`, after that was done.
    """

    index: int
    computed: int
    copy: PrefixCopy | None = None


@dataclass(slots=True)
class Slot:
    """`tokens[:computed]` are those whose keys and values are in the slot and valid.

    The first `prompt_length` of `tokens` were the prompt of the slot's last run.
    """

    index: int
    tokens: list[int] = field(default_factory=list)
    computed: int = 0
    prompt_length: int = 0
    busy: bool = False
    used_at: int = 0

    def shared(self, prompt: list[int]) -> int:
        """How many of the prompt's tokens it holds. One is always left to compute: without it
        there would be nothing to sample from.
        """
        return common_prefix(self.tokens, prompt, min(self.computed, len(prompt) - 1))

    def is_continued_by(self, shared: int) -> bool:
        """Whether a prompt that shares so many tokens is a later turn of the same conversation.

        It repeats the prompt of the turn before; of the answer maybe nothing, since templates leave
        earlier reasoning out. For a prompt that was not fully computed, the computed part.
        """
        known = min(self.prompt_length, self.computed)
        return shared > 0 and shared >= known - min(_CHANGED_TAIL, known // 4)


class SlotTable:
    """Assigns slots; a prefix that an earlier turn left in one is found by its tokens."""

    def __init__(self, count: int) -> None:
        self._slots = [Slot(index) for index in range(count)]
        self._clock = 0

    @property
    def free(self) -> int:
        """How many slots are free."""
        return sum(not slot.busy for slot in self._slots)

    def take(self, prompt: list[int]) -> TakenSlot:
        """Assign a free slot, with the part of the prompt that is computed in it.

        Prefers the slot of the same conversation; then an empty one; then the least recently used.
        Where another slot, busy or not, holds clearly more of the prompt's beginning, such as the
        same system prompt, that part is to be copied. Copies must be done in the order in which
        slots were taken, before anything is computed. `prompt` may be appended to by the caller and
        must not be changed otherwise while the slot is taken. Raises `LookupError` when no slot is
        free.
        """
        shared = [slot.shared(prompt) for slot in self._slots]
        slot = self._choose(shared)
        copy = self._copy(slot, shared)
        slot.busy, slot.tokens, slot.prompt_length = True, prompt, len(prompt)
        slot.computed = copy.tokens if copy else shared[slot.index]
        return TakenSlot(slot.index, slot.computed, copy)

    def computed(self, index: int, count: int) -> None:
        """Note that so many tokens of the slot's run are computed; others may copy them."""
        self._slots[index].computed = count

    def give_back(self, index: int, computed: int) -> None:
        """Free the slot; the first `computed` of its tokens stay in it."""
        self._clock += 1
        slot = self._slots[index]
        slot.tokens = slot.tokens[:computed]
        slot.computed = computed
        slot.busy = False
        slot.used_at = self._clock

    def _choose(self, shared: list[int]) -> Slot:
        idle = [slot for slot in self._slots if not slot.busy]
        if not idle:
            raise LookupError("no slot is free")
        own = [slot for slot in idle if slot.is_continued_by(shared[slot.index])]
        if own:
            return max(own, key=lambda slot: (shared[slot.index], slot.used_at))
        return min(idle, key=lambda slot: (slot.computed > 0, slot.used_at, slot.index))

    def _copy(self, target: Slot, shared: list[int]) -> PrefixCopy | None:
        source = max(self._slots, key=lambda slot: shared[slot.index])
        tokens = shared[source.index]
        if tokens < shared[target.index] + _WORTH_COPYING:
            return None
        return PrefixCopy(source.index, target.index, tokens)


def common_prefix(left: list[int], right: list[int], limit: int) -> int:
    """How many tokens both begin with, at most `limit`."""
    low, high = 0, min(len(left), len(right), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
