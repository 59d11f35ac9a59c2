"""Limits by what is repeated, and by what was asked for."""

from __future__ import annotations

import pytest

from inference.text.thresholds import SHORTEST, limit, limit_if_asked


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("I do. ", "I must not.\n"),
        ("I must not.\n", "| I | do |\n"),
        ("\n", " "),
        (".", "0 "),
        ("0 ", "0\n"),
    ],
)
def test_what_is_more_often_asked_for_may_come_more_often(less: str, more: str) -> None:
    assert limit(less, in_code=False) < limit(more, in_code=False)


def test_code_may_repeat_itself_more_than_prose_in_a_code_block() -> None:
    call, prose = "print(0)\n", "# Summary\n"
    assert limit(call, in_code=True) > limit(call, in_code=False)
    assert limit(prose, in_code=True) == limit(prose, in_code=False)


@pytest.mark.parametrize("unit", ["a", "ab cd", "|", "0", "a\n", "a" * 2000, "a\n" * 1000])
def test_a_unit_comes_at_least_four_times(unit: str) -> None:
    assert limit(unit, in_code=False) >= max(SHORTEST, 4 * len(unit))


def test_a_request_is_recognised_wherever_the_loop_was_cut() -> None:
    assert limit_if_asked("talk in class. I must not ", "Write: I must not talk in class!")
    assert not limit_if_asked("Sit down. ", "Write: I must not talk in class!")
