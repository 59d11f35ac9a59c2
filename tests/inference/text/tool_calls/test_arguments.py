"""What is wrong with arguments is reported with the argument's and the tool's name."""

from __future__ import annotations

from typing import Any

import pytest

from inference.text.tool_calls.arguments import problems
from inference.text.tool_calls.call_events import ToolCall
from tests.inference.text.tool_calls.written import CALLS, TOOLS, WEATHER


def test_valid_arguments_have_no_problems() -> None:
    assert [problems(call, tool) for call, tool in zip(CALLS, TOOLS, strict=True)] == [[], []]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({}, "argument city of tool weather must be given."),
        ({"city": 3}, "argument city of tool weather must be a string."),
        ({"city": "x" * 21}, "argument city of tool weather must have at most 20 characters."),
        ({"city": "x", "days": 10}, "argument days of tool weather must be at most 9."),
        ({"city": "x", "days": True}, "argument days of tool weather must be an integer."),
        (
            {"city": "x", "y": 1},
            "argument y of tool weather must be left out: there is no such argument.",
        ),
    ],
)
def test_a_problem_names_the_argument(arguments: dict[str, Any], problem: str) -> None:
    assert problems(ToolCall("weather", arguments), WEATHER) == [problem]
