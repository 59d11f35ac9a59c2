"""The frames: golden examples shared with the client, and arbitrary input."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.errors import ChatError, ErrorCode
from chat.text.storable import storable
from chat.wire.codec import encode, parse
from chat.wire.protocol import (
    ClientHello,
    KeptOptions,
    Options,
    Send,
    ServerFrame,
    ShortMessage,
    Stream,
)
from hosting.reference.structs import CLIENT, SERVER, tag

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "contract" / "frames.json").read_text(encoding="utf-8")
)

BAD: list[tuple[str, ErrorCode]] = [
    ("{", ErrorCode.BAD_JSON),
    ("", ErrorCode.BAD_JSON),
    ("NaN", ErrorCode.BAD_JSON),
    ("[" * 100_000, ErrorCode.BAD_FRAME),
    ('{"a":' * 100_000, ErrorCode.BAD_JSON),
    ("[]", ErrorCode.BAD_FRAME),
    ("3", ErrorCode.BAD_FRAME),
    ("null", ErrorCode.BAD_FRAME),
    ('"hello"', ErrorCode.BAD_FRAME),
    ("{}", ErrorCode.BAD_FIELD),
    ('{"type": 5}', ErrorCode.BAD_FIELD),
    ('{"message": 3}', ErrorCode.BAD_FIELD),
    ('{"type": "nonsense"}', ErrorCode.UNKNOWN_FRAME),
    ('{"type": "send", "client_msg_id": "a"}', ErrorCode.BAD_FIELD),
    ('{"type": "send", "client_msg_id": "", "content": "x"}', ErrorCode.BAD_FIELD),
    ('{"type": "send", "client_msg_id": "a\\u0000", "content": "x"}', ErrorCode.BAD_FIELD),
    ('{"type": "stop", "run": "\\u0000"}', ErrorCode.BAD_FIELD),
    ('{"type": "stop", "run": "\\ud800"}', ErrorCode.BAD_FIELD),
    ('{"type": "send", "client_msg_id": "a\\ud800", "content": "x"}', ErrorCode.BAD_FIELD),
    ('{"type": "attach", "run": "r", "after": -1}', ErrorCode.BAD_FIELD),
    ('{"type": "attach", "run": "r", "after": "1"}', ErrorCode.BAD_FIELD),
]


@pytest.mark.parametrize(("text", "code"), BAD, ids=lambda value: str(value)[:30])
def test_a_bad_frame_gets_its_code(text: str, code: ErrorCode) -> None:
    with pytest.raises(ChatError) as raised:
        parse(text)
    assert raised.value.code is code


def test_the_short_form_needs_only_a_message() -> None:
    assert parse('{"message": "你好"}') == ShortMessage("你好")


def test_the_short_form_accepts_options() -> None:
    frame = parse('{"message": "你好", "options": {"top_k": 5}, "colour": 1}')
    assert frame == ShortMessage("你好", Options(top_k=5))


@pytest.mark.parametrize("frame", [{"type": "send", "client_msg_id": "a"}, {"message": "x"}])
def test_an_option_that_there_is_not_is_refused_with_those_that_there_are(
    frame: dict[str, Any],
) -> None:
    with pytest.raises(ChatError) as raised:
        parse(json.dumps({"content": "x"} | frame | {"options": {"logprobs": 5}}))
    reason = str(raised.value.detail["reason"])
    assert raised.value.code is ErrorCode.BAD_FIELD
    assert reason.startswith("`logprobs` - at `$.options` ∉ {temperature, top_k,")


@pytest.mark.parametrize("name", Options.__struct_fields__)
@pytest.mark.parametrize(
    "frame",
    [{"type": "send"}, {"type": "regenerate", "message": "b"}, {"message": "x"}],
)
def test_an_option_beside_the_options_is_refused_with_a_hint(
    frame: dict[str, Any], name: str
) -> None:
    sent = {"client_msg_id": "a", "content": "x", "options": {"top_k": 5}} | frame
    parse(json.dumps(sent))
    with pytest.raises(ChatError) as raised:
        parse(json.dumps(sent | {name: None}))
    assert raised.value.code is ErrorCode.BAD_FIELD
    assert raised.value.detail["reason"] == f"`$.{name}` → `$.options.{name}`"


@pytest.mark.parametrize(
    "named",
    [
        {"type": "xml"},
        {"type": "json_schema"},
        {"type": "json_object", "json_schema": {"schema": {}}},
        {"type": "json_schema", "json_schema": {"schema": []}},
        {"type": "json_schema", "json_schema": {"schema": {}, "grammar": "x"}},
        "json_object",
    ],
)
def test_a_response_format_that_makes_no_sense_is_refused(named: object) -> None:
    with pytest.raises(ChatError, match="bad_field"):
        parse(json.dumps({"message": "x", "options": {"response_format": named}}))


def test_unknown_fields_are_ignored() -> None:
    assert parse('{"type": "hello", "colour": "red"}') == ClientHello()


def test_options_out_of_range_are_named() -> None:
    text = '{"type":"send","client_msg_id":"a","content":"x","options":{"top_p":2}}'
    with pytest.raises(ChatError) as raised:
        parse(text)
    assert "$.options.top_p" in str(raised.value.detail["reason"])


@pytest.mark.parametrize("name", ["logprobs", "num_beams", "top_K"])
def test_an_unknown_option_is_refused_by_its_name(name: str) -> None:
    frame = {"type": "send", "client_msg_id": "a", "content": "x", "options": {name: 1}}
    with pytest.raises(ChatError) as raised:
        parse(json.dumps(frame))
    assert raised.value.code is ErrorCode.BAD_FIELD
    assert f"`{name}` - at `$.options`" in str(raised.value.detail["reason"])


def test_kept_options_of_a_later_version_are_read() -> None:
    kept = msgspec.convert({"top_k": 3, "mirostat": 2}, KeptOptions)
    assert kept.top_k == 3


def test_chinese_is_not_escaped_on_the_wire() -> None:
    assert "你好" in encode(Stream("r", 2, "answer", "你好"))


@pytest.mark.parametrize("example", GOLDEN["client"], ids=str)
def test_golden_client_frames_are_understood(example: dict[str, Any]) -> None:
    parse(json.dumps(example))


@pytest.mark.parametrize("example", GOLDEN["server"], ids=lambda e: str(e["type"]))
def test_golden_server_frames_are_written_to_the_letter(example: dict[str, Any]) -> None:
    frame = msgspec.convert(example, ServerFrame)
    assert json.loads(encode(frame)) == example


def test_there_is_a_golden_example_of_every_frame() -> None:
    assert {e["type"] for e in GOLDEN["server"]} == {tag(struct) for struct in SERVER}
    assert {e.get("type") for e in GOLDEN["client"]} == {tag(struct) for struct in CLIENT}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
frames = st.dictionaries(
    st.sampled_from(["type", "message", "content", "client_msg_id", "run", "after", "options"]),
    values | st.sampled_from(["send", "attach", "stop", "hello", "ping", "detach"]),
)


@given(values | frames)
def test_arbitrary_json_is_a_frame_or_a_chat_error(value: Any) -> None:
    with suppress(ChatError):
        parse(json.dumps(value))


@given(st.text())
def test_arbitrary_text_is_a_frame_or_a_chat_error(text: str) -> None:
    with suppress(ChatError):
        parse(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_message_arrives_as_it_was_typed(content: str) -> None:
    frame = parse(json.dumps({"type": "send", "client_msg_id": "a", "content": content}))
    assert isinstance(frame, Send)
    assert frame.content == content


@given(st.text(st.characters() | st.characters(categories=["Cs"]), min_size=1), st.booleans())
def test_a_message_of_any_code_points_is_taken_and_storable(content: str, escaped: bool) -> None:
    frame_fields = {"type": "send", "client_msg_id": "a", "content": content}
    frame = parse(json.dumps(frame_fields, ensure_ascii=escaped))
    assert isinstance(frame, Send)
    assert storable(frame.content) == storable(content)
