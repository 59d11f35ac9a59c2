"""Calls are found in every family's text, however it is cut; all other text stays text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.tool_calls.call_events import (
    AnswerText,
    CallBegun,
    CallEvent,
    CallFinished,
    CallMalformed,
)
from inference.text.tool_calls.call_parser import CallParser
from tests.inference.text.tool_calls.written import BY_NAME, CALLS, NOW, WRITTEN, calls, read

CALL = '<tool_call>\n{"name": "now", "arguments": {}}\n</tool_call>'
PIECES = [
    "<tool_call>", "</tool_call>", "\n", " ", "[", "]", "{", "}", '"', "`", "```json\n", "(", ")",
    '{"name": "now"', ', "arguments": ', "now", "weather", "[TOOL_CALLS]", "[ARGS]", "x=1", "\\",
    "<function=now>", "<parameter=x>", "</function>", "<|tool_call|>", "<arg_key>", "Action: ",
    "<｜tool▁calls▁begin｜>", "<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<|channel|>commentary",
    " to=functions.now", "<|message|>", "<|tool_call_begin|>", "\ud800", "functools", "NaN",
]  # fmt: skip


def _text(events: list[CallEvent]) -> str:
    return "".join("" if isinstance(event, CallBegun) else event.text for event in events)


def _joined(events: list[CallEvent]) -> list[CallEvent]:
    joined: list[CallEvent] = []
    for event in events:
        if joined and isinstance(event, AnswerText) and isinstance(joined[-1], AnswerText):
            joined[-1] = AnswerText(joined[-1].text + event.text)
        else:
            joined.append(event)
    return joined


@pytest.mark.parametrize(("name", "text"), WRITTEN)
def test_both_calls_are_found_and_nothing_else_is_shown(name: str, text: str) -> None:
    events = read(name, [text])
    assert calls(events) == CALLS
    assert [event.index for event in events if isinstance(event, CallBegun)] == [0, 1]
    assert not any(isinstance(event, AnswerText) for event in events)
    assert _text(events) == text


@given(st.sampled_from(WRITTEN), st.lists(st.integers(0, 300), max_size=12))
def test_the_events_are_the_same_however_the_text_is_cut(
    written: tuple[str, str], cuts: list[int]
) -> None:
    name, text = written
    ends = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(ends)]
    assert _joined(read(name, pieces)) == _joined(read(name, list(text)))


@given(st.sampled_from(sorted(BY_NAME)), st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_text_is_lost_and_nothing_is_raised(name: str, pieces: list[str]) -> None:
    events = read(name, pieces)
    assert _text(events) == "".join(pieces)
    assert _joined(events) == _joined(read(name, list("".join(pieces))))


@given(st.sampled_from(WRITTEN), st.integers(0, 300), st.sampled_from(PIECES))
def test_a_damaged_call_is_not_lost(written: tuple[str, str], at: int, piece: str) -> None:
    name, text = written
    damaged = text[:at] + piece + text[at + 1 :]
    assert _text(read(name, [damaged])) == damaged


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hermes", f"Write `{CALL}` to call."),
        ("hermes", f"```\n{CALL}\n```"),
        ("hermes", 'The tag "<tool_call>" begins a call.'),
        ("hermes", CALL.replace("now", "unknown")),
        ("fenced", '```json\n{"name": "Ann", "arguments": {}}\n```'),
        ("fenced", '```json\n{"age": 3, "name": "now"}\n```'),
        ("bare", '{"name": "Ann", "arguments": {}}'),
        ("bare", '{"name": "now", "age": 3}'),
        ("bare", '{"function": {"name": "other", "arguments": {}}}'),
        ("bare", 'So: {"name": "now", "arguments": {}}'),
        ("bare", '[{"name": "now"}]'),
        ("llama_json", '{"title": "now", "arguments": {}}'),
        ("llama_json", 'So: {"name": "now", "parameters": {}}'),
        ("llama_list", "[1, 2]"),
        ("llama_list", "see [now()](x)"),
        ("mistral", '[TOOL_CALLS][{"name": "other", "arguments": {}}]'),
    ],
)
def test_what_only_looks_like_a_call_stays_text(name: str, text: str) -> None:
    assert _joined(read(name, [text])) == [AnswerText(text)]


@pytest.mark.parametrize(
    "rest", ["", ', "arguments": {"x": "', ', "arguments": 3}', ', "arguments": {"x": NaN}}']
)
def test_a_call_that_cannot_be_read_is_given_back_with_the_reason(rest: str) -> None:
    text = f'Sure. <tool_call>{{"name": "now"{rest}'
    first, begun, malformed = read("hermes", [text])
    assert (first, begun) == (AnswerText("Sure. "), CallBegun(0, "now"))
    assert isinstance(malformed, CallMalformed)
    assert malformed.reason
    assert _text([first, malformed]) == text


def test_a_call_is_begun_when_its_name_is_known_and_finished_when_its_arguments_are() -> None:
    parser = CallParser([BY_NAME["hermes"]], [NOW])
    assert list(parser.push('<tool_call>{"name": "now"')) == [CallBegun(0, "now")]
    (finished,) = parser.push(', "arguments": {}}')
    assert isinstance(finished, CallFinished)


def test_without_tools_all_is_text() -> None:
    parser = CallParser([BY_NAME["hermes"]], [])
    assert list(parser.push(CALL)) == [AnswerText(CALL)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"now(x='a\'b\n\u00e9\d')", "a'b\né\\d"),
        ("now(x=[True, null, {'a': -1.5}])", [True, None, {"a": -1.5}]),
        ("now(x=(1, 2,),)", [1, 2]),
    ],
)
def test_python_literals_are_read(text: str, value: object) -> None:
    assert calls(read("llama_list", [f"[{text}]"]))[0].arguments == {"x": value}


@pytest.mark.parametrize(
    "text", ["now(1)", "now(x=y)", "now(x=__import__('os'))", r"now(x='\ud800')", "now(x=1+1)"]
)
def test_python_that_is_no_literal_is_no_call(text: str) -> None:
    assert calls(read("llama_list", [f"[{text}]"])) == []
