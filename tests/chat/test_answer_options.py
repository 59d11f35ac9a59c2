"""The request's options override the conversation's, and these the server's."""

from __future__ import annotations

from typing import Any

import pytest

from chat.answer_options import check_together, over, with_usual
from chat.errors import ChatError
from chat.wire.protocol import Options


@pytest.mark.parametrize(
    ("chosen", "others", "together"),
    [
        ({"top_k": 3}, {"top_k": 5, "top_p": 0.5}, {"top_k": 3, "top_p": 0.5}),
        ({"max_length": 9}, {"max_new_tokens": 5}, {"max_length": 9}),
        ({"max_new_tokens": 9}, {"max_length": 5}, {"max_new_tokens": 9}),
        ({"do_sample": True}, {"temperature": 0}, {"do_sample": True}),
        ({"do_sample": False}, {"temperature": 0.7}, {"do_sample": False, "temperature": 0.7}),
        ({}, {"max_length": 5, "temperature": 0}, {"max_length": 5, "temperature": 0}),
    ],
)
def test_options_of_the_request_override_others(
    chosen: dict[str, Any], others: dict[str, Any], together: dict[str, Any]
) -> None:
    assert over(chosen, others) == together


def test_the_servers_own_fill_what_a_run_leaves_open() -> None:
    found = with_usual(Options(temperature=0.5), Options(temperature=0.9, enable_thinking=False))
    assert (found.temperature, found.enable_thinking, found.top_k) == (0.5, False, None)


def test_options_that_exclude_each_other_are_refused() -> None:
    check_together(Options(do_sample=False, temperature=0))
    check_together(Options(do_sample=True, temperature=1e-300))
    with pytest.raises(ChatError, match="bad_field"):
        check_together(Options(do_sample=True, temperature=0))
