"""Real exports of ChatGPT: branches, hidden nodes, images, missing parts."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest

from chat.errors import ChatError, ErrorCode
from tests.chat.transfer.reading import LIMIT, read_file


def _node(parent: str | None, role: str = "user", *parts: Any, **metadata: object) -> Any:
    content = {"content_type": "text", "parts": list(parts)}
    message = {"author": {"role": role}, "content": content, "metadata": metadata}
    return {"parent": parent, "message": message, "children": []}


def _conversation(mapping: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"title": "旅行", "conversation_id": "c-1", "mapping": mapping, **more}


def _read(*conversations: object) -> Any:
    return read_file(json.dumps(conversations).encode()).conversations


TREE = {
    "root": {"parent": None, "message": None},
    "sys": _node("root", "system", "说中文"),
    "ask": _node("sys", "user", "去哪里？"),
    "tool": _node("ask", "tool", "search()"),
    "one": _node("tool", "assistant", "北京", model_slug="gpt-x"),
    "two": _node("ask", "assistant", "上海"),
    "hidden": _node("two", "user", "secret", is_visually_hidden_from_conversation=True),
    "next": _node("hidden", "user", "好"),
}


def test_branches_are_kept_and_nodes_without_text_are_skipped() -> None:
    (found,) = _read(_conversation(TREE, current_node="next", create_time=1700000000.5))
    assert [(m.id, m.parent, m.content) for m in found.messages] == [
        ("ask", None, "去哪里？"),
        ("one", "ask", "北京"),
        ("two", "ask", "上海"),
        ("next", "two", "好"),
    ]
    assert (found.leaf, found.system_prompt, found.title) == ("next", "说中文", "旅行")
    assert found.messages[1].model == "gpt-x"


def test_images_become_placeholders() -> None:
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file://x"}
    content = {"content_type": "multimodal_text", "parts": [picture, "这是什么？", None, {}]}
    node = {"parent": None, "message": {"author": {"role": "user"}, "content": content}}
    (found,) = _read(_conversation({"a": node}))
    assert found.messages[0].content == "[image]\n\n这是什么？"


@pytest.mark.parametrize(
    "node",
    [
        {},
        {"message": {}},
        {"message": {"author": {"role": "user"}, "content": None}},
        {"message": {"author": {"role": "user"}, "content": {"parts": None}}},
        {"message": {"author": {"role": "user"}, "create_time": 1e300}},
        {"parent": "nowhere"},
        {"parent": "a"},
    ],
)
def test_missing_parts_are_no_reason_to_refuse(node: object) -> None:
    (found,) = _read(_conversation({"a": node, "b": _node("a", "user", "x")}))
    assert [message.content for message in found.messages] == ["x"]


def test_a_conversation_without_text_is_left_out() -> None:
    found = read_file(json.dumps([_conversation({"a": {}}), _conversation(TREE)]).encode())
    assert len(found.conversations) == 1
    assert [(one.title, one.why) for one in found.skipped] == [("旅行", "empty")]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"[", "JSON"),
        (b'[{"mapping": null}]', r"Expected `object` - at `\$\[0\]\.mapping`"),
        (b'[{"mapping": {"a": {"parent": 5}}}]', "parent"),
        (b'{"format": "myllm", "version": 9, "conversations": []}', "version"),
        (b'{"format": "myllm", "version": 1, "conversations": [{"id": 3}]}', "id"),
        (b'{"format": "myllm", "version": 1}', "conversations"),
        (b"[" * 100_000, "JSON|\\["),
        (b"PK\x03\x04broken", "zip"),
    ],
)
def test_the_error_of_a_bad_file_has_the_reason(body: bytes, named: str) -> None:
    with pytest.raises(ChatError) as raised:
        read_file(body)
    assert raised.value.code is ErrorCode.BAD_IMPORT
    assert re.search(named, str(raised.value.detail["reason"]))


def _zip(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".json", content)
    return packed.getvalue()


def test_the_conversations_of_a_zip_are_found_in_their_folder() -> None:
    text = json.dumps([_conversation(TREE)]).encode()
    found = read_file(_zip(export__conversations=text, user=b"{}"))
    assert len(found.conversations) == 1


def test_a_zip_without_conversations_is_refused() -> None:
    with pytest.raises(ChatError) as raised:
        read_file(_zip(user=b"{}"))
    assert raised.value.code is ErrorCode.UNKNOWN_IMPORT


@pytest.mark.parametrize("body", [b"", b"<html>", b"# Title", b"%PDF-1.7", b'{"format": "other"}'])
def test_an_unknown_export_is_refused(body: bytes) -> None:
    with pytest.raises(ChatError) as raised:
        read_file(body)
    assert raised.value.code is ErrorCode.UNKNOWN_IMPORT


def test_a_zip_of_files_with_other_names_is_read_by_their_content() -> None:
    text = json.dumps([_conversation(TREE)]).encode()
    assert len(read_file(_zip(**{"chat-export-17": text})).conversations) == 1


def test_a_file_in_a_folder_of_windows_is_found() -> None:
    text = json.dumps([_conversation(TREE)]).encode()
    files = {"export\\conversations": text, "user": b"["}
    assert len(read_file(_zip(**files)).conversations) == 1


def test_a_zip_of_googles_takeout_is_refused_by_name() -> None:
    with pytest.raises(ChatError) as raised:
        read_file(_zip(**{"Takeout/My Activity/Gemini Apps/MyActivity": b"[]"}))
    assert raised.value.detail == {"program": "Gemini"}


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = _zip(conversations=b"[" + b" " * (LIMIT * 20) + b"]")
    assert len(bomb) < LIMIT
    with pytest.raises(ChatError) as raised:
        read_file(bomb)
    assert raised.value.code is ErrorCode.BODY_TOO_LARGE


LONG = "😀" + "a" * 200


@pytest.mark.parametrize(
    "conversation",
    [
        {"mapping": {LONG: _node(None, "user", "x")}},
        {"mapping": {"a": _node(LONG, "user", "x")}},
        {"mapping": {}, "current_node": LONG},
    ],
)
def test_ids_are_bounded_since_all_of_them_are_held_in_memory(conversation: Any) -> None:
    with pytest.raises(ChatError, match="bad_import"):
        _read(conversation)
