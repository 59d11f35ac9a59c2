"""The client's ranges are the server's."""

from __future__ import annotations

from hosting.reference.ranges import render


def test_a_range_says_whether_its_least_is_in_it() -> None:
    lines = render().splitlines()
    assert "  temperature: { min: 0, max: 5, isWhole: false }," in lines
    assert "  top_p: { above: 0, max: 1, isWhole: false }," in lines
    assert "  seed: { min: 0, max: 4294967295, isWhole: true }," in lines


def test_what_is_no_number_has_none() -> None:
    assert not {"enable_thinking", "stop:"} & set(render().split())
    assert "export const STOP_STRINGS = 8" in render()
    assert "export const STOP_LETTERS = 64" in render()
