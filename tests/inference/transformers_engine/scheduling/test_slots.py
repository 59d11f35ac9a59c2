"""Slots are handed out by what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.transformers_engine.scheduling.slots import (
    PrefixCopy,
    SlotTable,
    TakenSlot,
    common_prefix,
)

SYSTEM = list(range(100, 120))


def _used(table: SlotTable, prompt: list[int], answer: list[int]) -> int:
    """A run from its beginning to its end; the slot it had."""
    tokens = list(prompt)
    index = table.take(tokens).index
    tokens += answer
    table.give_back(index, len(tokens))
    return index


def test_the_next_turn_finds_its_slot_again() -> None:
    table = SlotTable(3)
    index = _used(table, [1, 2, 3], [4, 5])
    assert table.take([1, 2, 3, 4, 5, 6, 7]) == TakenSlot(index, 5)


def test_two_conversations_that_begin_alike_keep_a_slot_each() -> None:
    table = SlotTable(8)
    first = _used(table, [1, 2, 3, 10, 11, 12], [13] * 5)
    second = _used(table, [1, 2, 3, 20, 21, 22], [23] * 5)
    assert first != second
    history = [1, 2, 3, 10, 11, 12, *[13] * 5]
    assert table.take([*history, 14, 15]) == TakenSlot(first, len(history))


def test_a_conversation_whose_reasoning_was_left_out_keeps_its_slot() -> None:
    table = SlotTable(2)
    prompt = list(range(20))
    index = _used(table, [*prompt, 90, 91], [92] * 30)
    assert table.take([*prompt, 40, 41, 42]) == TakenSlot(index, 20)


def test_a_common_beginning_is_copied_also_from_a_run_under_way() -> None:
    table = SlotTable(3)
    busy = table.take([*SYSTEM, 1, 2, 3, 4, 5, 6]).index
    table.computed(busy, 18)
    assert table.take([*SYSTEM, 9]) == TakenSlot(1, 18, PrefixCopy(busy, 1, 18))


def test_a_short_common_beginning_is_computed_again() -> None:
    table = SlotTable(2)
    _used(table, [1] * 15 + [2] * 15, [3])
    assert table.take([1] * 15 + [9] * 15) == TakenSlot(1, 0)


def test_at_least_one_token_is_left_to_compute() -> None:
    table = SlotTable(1)
    index = _used(table, [1, 2, 3], [])
    assert table.take([1, 2, 3]) == TakenSlot(index, 2)


def test_a_stranger_takes_the_slot_unused_for_longest() -> None:
    table = SlotTable(3)
    for prompt in ([1, 1], [2, 2], [3, 3]):
        table.take(prompt)
    for index in (1, 0, 2):
        table.give_back(index, 2)
    assert table.take([9, 9]) == TakenSlot(1, 0)


def test_a_diverging_prompt_keeps_only_the_common_part() -> None:
    table = SlotTable(1)
    index = _used(table, [1, 2, 3], [])
    assert table.take([1, 2, 9, 9]) == TakenSlot(index, 2)


def test_no_slot_is_handed_out_twice() -> None:
    table = SlotTable(2)
    assert {table.take([1]).index, table.take([1]).index} == {0, 1}
    assert table.free == 0
    with pytest.raises(LookupError):
        table.take([1])


@given(st.lists(st.integers(0, 2)), st.lists(st.integers(0, 2)), st.integers(0, 9))
def test_the_common_prefix_is_the_longest_common_beginning(
    left: list[int], right: list[int], limit: int
) -> None:
    length = common_prefix(left, right, limit)
    assert left[:length] == right[:length]
    assert length in (len(left), len(right), limit) or left[length] != right[length]


@dataclass
class Simulation:
    """A table beside what a model's cache would hold if it did as the table says."""

    table: SlotTable
    held: dict[int, list[int]] = field(default_factory=dict)
    running: dict[int, list[int]] = field(default_factory=dict)

    def take(self, prompt: list[int]) -> None:
        taken = self.table.take(prompt)
        assert taken.index not in self.running
        if taken.copy:
            assert taken.copy.target == taken.index != taken.copy.source
            held = self.held[taken.copy.source][: taken.copy.tokens]
            self.held[taken.index] = held
        known = self.held.get(taken.index, [])[: taken.computed]
        assert known == prompt[: taken.computed]
        assert len(known) == taken.computed < len(prompt)
        self.held[taken.index] = known
        self.running[taken.index] = prompt

    def compute(self, index: int, tokens: int, answer: list[int]) -> None:
        run = self.running[index]
        if len(self.held[index]) + tokens >= len(run):
            run += answer
        self.held[index] = run[: len(self.held[index]) + tokens]
        self.table.computed(index, len(self.held[index]))

    def leave(self, index: int, *, forget: bool) -> None:
        del self.running[index]
        if forget:
            self.held[index] = [-1] * len(self.held[index])
        self.table.give_back(index, 0 if forget else len(self.held[index]))


BEGINNINGS: list[list[int]] = [[], SYSTEM, [*SYSTEM, *range(200, 230)], [7] * 16]
WORDS = st.lists(st.integers(0, 2), min_size=1, max_size=8)
ACTS = st.tuples(st.sampled_from("tttcccelf"), st.integers(0, 99), st.integers(1, 30), WORDS)


@given(st.lists(ACTS, max_size=60), st.integers(1, 4))
def test_what_a_slot_is_taken_for_always_lies_in_it(
    acts: list[tuple[str, int, int, list[int]]], slots: int
) -> None:
    seen = Simulation(SlotTable(slots))
    received = [list(one) for one in BEGINNINGS]
    for act, which, tokens, words in acts:
        if act == "t" and seen.table.free:
            received.append([*received[which % len(received)], *words])
            seen.take(list(received[-1]))
        elif act != "t" and seen.running:
            index = sorted(seen.running)[which % len(seen.running)]
            if act == "c":
                seen.compute(index, tokens, words)
            else:
                received.append(list(seen.running[index]))
                seen.leave(index, forget=act == "f")
    assert seen.table.free == slots - len(seen.running)
