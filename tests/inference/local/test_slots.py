"""Slots are handed out by what they remember."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.local.slots import SlotTable, common_prefix


def test_the_next_turn_finds_its_slot_again() -> None:
    table = SlotTable(3)
    index, _ = table.take([1, 2, 3])
    table.give_back(index, [1, 2, 3, 4, 5])
    assert table.take([1, 2, 3, 4, 5, 6, 7]) == (index, 5)


def test_at_least_one_token_is_left_to_compute() -> None:
    table = SlotTable(1)
    index, _ = table.take([1, 2, 3])
    table.give_back(index, [1, 2, 3])
    assert table.take([1, 2, 3]) == (index, 2)


def test_a_stranger_takes_the_slot_unused_for_longest() -> None:
    table = SlotTable(3)
    for prompt in ([1, 1], [2, 2], [3, 3]):
        table.take(prompt)
    for index in (1, 0, 2):
        table.give_back(index, [index + 1, index + 1])
    assert table.take([9, 9]) == (1, 0)


def test_a_diverging_prompt_keeps_only_the_common_part() -> None:
    table = SlotTable(1)
    index, _ = table.take([1, 2, 3])
    table.give_back(index, [1, 2, 3])
    assert table.take([1, 2, 9, 9]) == (index, 2)


def test_no_slot_is_handed_out_twice() -> None:
    table = SlotTable(2)
    assert {table.take([1])[0], table.take([1])[0]} == {0, 1}
    assert table.free == 0
    with pytest.raises(LookupError):
        table.take([1])


@given(st.lists(st.integers(0, 2)), st.lists(st.integers(0, 2)))
def test_the_common_prefix_is_the_longest_common_beginning(
    left: list[int], right: list[int]
) -> None:
    length = common_prefix(left, right)
    assert left[:length] == right[:length]
    assert length in (len(left), len(right)) or left[length] != right[length]
