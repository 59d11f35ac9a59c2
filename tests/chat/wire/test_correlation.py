"""The ids that match an error to its frame are read also from invalid frames."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.wire.correlation import Correlation, correlation

MESSAGE = Correlation(client_msg_id="m1")
RUN = Correlation(run="r1")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"type":"send","client_msg_id":"m1"}', MESSAGE),
        ('{"type":"send","client_msg_id":"m1","content":5}', MESSAGE),
        ('{"type":"send","client_msg_id":"m1","content":"\\ud83d"', MESSAGE),
        ('{"type":"send","content":"cut off","client_msg_id" : "m1', Correlation()),
        ('{"type":"send","client_msg_id":"m1","content":"cut of', MESSAGE),
        ('{"type":"send","client_msg_id":"m1",}', MESSAGE),
        ('{"type":"dance","run":"r1"}', RUN),
        ('{"type":"attach","run":"r1","after":-1}', RUN),
        ('{"run":"r1","deep":' + "[" * 100_000, RUN),
        ('{"client_msg_id":7,"run":["r1"]}', Correlation()),
        ('{"options":{"run":"r1"}}', Correlation()),
        ('{"content":"\\"client_msg_id\\":\\"m1\\"', Correlation()),
        ("", Correlation()),
        ("[]", Correlation()),
        ('{"run":"' + "r" * 2000 + '"}', Correlation()),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_names_in_a_frame(text: str, named: Correlation) -> None:
    assert correlation(text) == named


@given(st.text() | st.text(st.characters(categories=["Cs"])), st.integers(min_value=0))
def test_a_name_is_read_until_the_frame_is_cut_before_it(content: str, cut: int) -> None:
    frame: dict[str, Any] = {"client_msg_id": "m1", "content": content}
    text = json.dumps(frame)
    assert correlation(text[: 23 + cut]) == MESSAGE


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    correlation(text)
