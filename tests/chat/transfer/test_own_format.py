"""Our own JSON with errors: refused with the place, or repaired without losing messages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chat.errors import ChatError, ErrorCode
from chat.transfer.bounds import ImportBounds
from tests.chat.transfer.reading import BOUNDS, ReadFile, read_file


def _message(key: str, parent: str | None = None, role: str = "user", **more: object) -> Any:
    return {"id": key, "role": role, "content": key, "parent": parent, **more}


def _file(*conversations: dict[str, Any]) -> bytes:
    return json.dumps({"format": "myllm", "version": 1, "conversations": conversations}).encode()


def _read(*messages: Any, **heading: object) -> ReadFile:
    return read_file(_file({"id": "c", "messages": messages, **heading}))


def _refused(body: bytes, bounds: ImportBounds = BOUNDS) -> ChatError:
    with pytest.raises(ChatError) as raised:
        read_file(body, bounds)
    return raised.value


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.999999-12:00",
        "9999-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00",
    ],
)
def test_dates_that_cannot_be_kept_are_left_out(moment: str) -> None:
    found = _read(_message("a", created_at=moment), created_at=moment, updated_at=moment)
    (conversation,) = found.conversations
    assert conversation.created_at is conversation.updated_at is None
    assert conversation.messages[0].created_at is None
    assert found.repaired == 3


def test_dates_of_any_zone_are_kept() -> None:
    found = _read(_message("a", created_at="2026-01-01T00:00:00+14:00"))
    assert str(found.conversations[0].messages[0].created_at) == "2025-12-31 10:00:00+00:00"
    assert found.repaired == 0


def test_a_circle_is_cut_and_all_its_messages_are_kept() -> None:
    found = _read(_message("a", "c"), _message("b", "a", "assistant"), _message("c", "b"))
    assert {one.id for one in found.conversations[0].messages} >= {"b"}
    text = " ".join(one.content for one in found.conversations[0].messages)
    assert all(word in text for word in "abc")
    assert found.repaired == 1


def test_a_message_that_replies_to_itself_begins_a_branch() -> None:
    found = _read(_message("a", "a"))
    assert found.conversations[0].messages[0].parent is None
    assert found.repaired == 1


def test_a_reply_to_nothing_begins_a_branch() -> None:
    found = _read(_message("a", "nowhere"))
    assert found.conversations[0].messages[0].parent is None
    assert found.repaired == 1


def test_messages_of_one_id_are_both_kept() -> None:
    found = _read(_message("a"), _message("a", content="again"), _message("a-2", content="third"))
    texts = {one.id: one.content for one in found.conversations[0].messages}
    assert texts == {"a": "a", "a-3": "again", "a-2": "third"}
    assert found.repaired == 1


def test_conversations_of_one_id_are_both_kept() -> None:
    found = read_file(_file(*({"id": "c", "messages": [_message(key)]} for key in "ab")))
    assert [one.id for one in found.conversations] == ["c", "c-2"]
    assert found.repaired == 1


def test_the_error_names_the_place() -> None:
    good, bad = {"id": "a"}, {"id": "b", "messages": [_message("x"), {"id": "y", "role": "cat"}]}
    found = read_file(_file(good, bad))
    assert [one.id for one in found.conversations] == ["a"]
    (skipped,) = found.skipped
    assert skipped.why == "unreadable"
    assert "`$.conversations[1].messages[1].role`" in skipped.reason


@pytest.mark.parametrize("key", ["title", "options", "leaf", "pinned"])
def test_the_place_of_a_wrong_field_is_named(key: str) -> None:
    error = _refused(_file({"id": "a", key: [7]}))
    assert f"`$.conversations[0].{key}`" in str(error.detail["reason"])


def test_the_keys_of_a_file_come_in_any_order() -> None:
    conversation = {"messages": [_message("x")], "leaf": "x", "title": "t", "id": "c"}
    body = {"conversations": [conversation], "later": [{}], "version": 1, "format": "myllm"}
    (found,) = read_file(json.dumps(body).encode()).conversations
    assert (found.id, found.title, found.leaf, len(found.messages)) == ("c", "t", "x", 1)


def test_a_file_of_more_messages_than_allowed_is_refused_with_the_number() -> None:
    bounds = ImportBounds(1_000_000, 3, 100_000, "guest_import_messages")
    body = _file({"id": "c", "messages": [_message(key) for key in "abc"]})
    error = _refused(body, bounds)
    assert error.code is ErrorCode.IMPORT_TOO_LONG
    assert error.detail == {"limit": 3, "setting": "guest_import_messages"}
    assert _refused(_file(*({"id": key} for key in "abcd")), bounds).code == error.code


def test_messages_joined_to_more_than_allowed_are_refused() -> None:
    bounds = ImportBounds(1_000_000, 1000, 500, "import_messages")
    row = [_message(str(n), str(n - 1) if n else None) for n in range(20)]
    assert "500" in str(_refused(_file({"id": "c", "messages": row}), bounds).detail["reason"])
    long = _message("long", content="x" * 500)
    reason = str(_refused(_file({"id": "c", "messages": [long]}), bounds).detail["reason"])
    assert "`$.conversations[0].messages[0]`" in reason


def test_a_very_long_value_is_not_read_to_its_end() -> None:
    nested = b"[" + b"[]," * 100_000 + b"[]]"
    bounds = ImportBounds(1_000_000, 1000, 500, "import_messages")
    own = b'{"format":"myllm","version":1,"conversations":[{"messages":[{"x":%s}]}]}' % nested
    chatgpt = b'[{"mapping":{"a":{"x":%s}}}]' % nested
    for body, place in ((own, "$.conversations[0].messages[0]"), (chatgpt, "$[0].mapping.a")):
        reason = str(_refused(body, bounds).detail["reason"])
        assert f"`{place}` has more than 500 bytes" in reason


def test_a_small_file_that_joins_to_a_large_one_is_refused() -> None:
    """Every message begins a branch from each message before it."""
    bounds = ImportBounds(100_000, 10_000, 100_000, "import_messages")
    row = [_message(str(n), str(n - 1) if n else None) for n in range(300)]
    branches = [_message(f"{n}-answer", str(n), "assistant") for n in range(300)]
    body = _file({"id": "c", "messages": row + branches})
    assert len(body) < bounds.size
    assert _refused(body, bounds).code is ErrorCode.BODY_TOO_LARGE


def test_half_a_character_is_replaced_and_whole_ones_are_kept() -> None:
    whole = r'"\ud83d\ude00 \\ud83d"'
    half = r'"\ud83d!\uDE00"'
    body = _file({"id": "c", "messages": [_message("a"), _message("b")]}).decode()
    texts = body.replace('"content": "a"', f'"content": {whole}')
    texts = texts.replace('"content": "b"', f'"content": {half}')
    found = [one.content for one in read_file(texts.encode()).conversations[0].messages]
    assert found == ["😀 \\ud83d", "\ufffd!\ufffd"]
