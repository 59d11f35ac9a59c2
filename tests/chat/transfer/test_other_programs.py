"""Real exports of other programs: DeepSeek, Claude, Open WebUI, LobeHub."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chat.errors import ChatError
from chat.transfer.bounds import ImportBounds
from chat.transfer.portable import PortableConversation
from tests.chat.transfer.reading import read_file

ROOT = "00000000-0000-4000-8000-000000000000"


def _read(file: object) -> list[PortableConversation]:
    return read_file(json.dumps(file).encode()).conversations


def _texts(one: PortableConversation) -> list[tuple[str, str, str]]:
    return [(message.role, message.content, message.reasoning) for message in one.messages]


def _deepseek(parent: str | None, *fragments: tuple[str, str], **more: object) -> dict[str, Any]:
    fields = [{"type": kind, "content": text} for kind, text in fragments]
    message = {"files": [], "model": "deepseek-reasoner", "fragments": fields, **more}
    return {"parent": parent, "children": [], "message": message}


def test_deepseek_has_its_thoughts_as_reasoning() -> None:
    when = "2025-03-30T04:49:36.505000+08:00"
    mapping = {
        "root": {"id": "root", "parent": None, "children": ["1"], "message": None},
        "1": _deepseek("root", ("REQUEST", "几点了？"), inserted_at=when),
        "2": _deepseek(
            "1", ("THINK", "想"), ("SEARCH", "x"), ("RESPONSE", "三点"), inserted_at=when
        ),
        "3": _deepseek("1", ("THINK", "再想"), ("RESPONSE", "四点"), inserted_at=when),
    }
    file = [{"id": "d-1", "title": "时间", "inserted_at": when, "updated_at": when}]
    (found,) = _read([file[0] | {"mapping": mapping}])
    assert (found.id, found.title) == ("deepseek-d-1", "时间")
    assert found.created_at == datetime(2025, 3, 29, 20, 49, 36, 505000, UTC)
    assert _texts(found) == [
        ("user", "几点了？", ""),
        ("assistant", "三点", "想"),
        ("assistant", "四点", "再想"),
    ]
    assert [message.parent for message in found.messages] == [None, "1", "1"]
    assert [message.model for message in found.messages] == ["", *["deepseek-reasoner"] * 2]


def test_deepseeks_older_export_had_plain_texts() -> None:
    mapping = {
        "1": {"parent": "root", "message": {"role": "USER", "content": "问"}},
        "2": {
            "parent": "1",
            "message": {"role": "ASSISTANT", "content": "答", "reasoning_content": "想"},
        },
    }
    (found,) = _read([{"id": "d", "inserted_at": "2025-01-30T00:00:00Z", "mapping": mapping}])
    assert _texts(found) == [("user", "问", ""), ("assistant", "答", "想")]


def _claude(key: str, sender: str, *blocks: dict[str, Any], **more: object) -> dict[str, Any]:
    when = "2026-03-23T03:44:28.917458Z"
    message = {"uuid": key, "text": "", "content": blocks, "sender": sender, "created_at": when}
    return message | {"attachments": [], "files": [], **more}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "citations": [], "flags": None}


def test_claude_has_branches_thoughts_and_attached_texts() -> None:
    attached = [{"file_name": "a.txt", "file_size": 3, "extracted_content": "内容"}]
    messages = [
        _claude("q", "human", _text("问"), attachments=attached, parent_message_uuid=ROOT),
        _claude(
            "a",
            "assistant",
            {"type": "thinking", "thinking": "想", "summaries": []},
            {"type": "tool_use", "name": "view", "input": {}},
            {"type": "tool_result", "content": []},
            _text("答"),
            parent_message_uuid="q",
        ),
        _claude("b", "assistant", _text("又答"), parent_message_uuid="q"),
    ]
    heading = {"uuid": "c-1", "name": "标题", "summary": "", "account": {"uuid": "x"}}
    (found,) = _read([heading | {"chat_messages": messages}])
    assert (found.id, found.title) == ("claude-c-1", "标题")
    assert _texts(found) == [
        ("user", "[a.txt]\n\n内容\n\n问", ""),
        ("assistant", "答", "想"),
        ("assistant", "又答", ""),
    ]
    assert [message.parent for message in found.messages] == [None, "q", "q"]


def test_claudes_older_export_is_a_list_of_texts() -> None:
    messages = [
        {"uuid": key, "sender": sender, "text": key}
        for key, sender in (("一", "human"), ("二", "assistant"), ("三", "human"))
    ]
    (found,) = _read([{"uuid": "c", "name": "", "chat_messages": messages}])
    assert [message.parent for message in found.messages] == [None, "一", "二"]


def _webui(key: str, parent: str | None, role: str, content: object, **more: object) -> Any:
    fields = {"id": key, "parentId": parent, "childrenIds": [], "role": role, "content": content}
    return fields | {"timestamp": 1735689600, **more}


REASONED = (
    '<details type="reasoning" done="true" duration="3">\n'
    "<summary>Thought for 3 seconds</summary>\n"
    "> 想一\n> \n> 想二\n</details>\n回答"
)


@pytest.mark.parametrize("is_row", [True, False])
def test_open_webui_has_the_shown_branch_and_its_reasoning(is_row: bool) -> None:
    messages = {
        "q": _webui("q", None, "user", "问", models=["m"]),
        "a": _webui("a", "q", "assistant", REASONED, model="qwen3:8b"),
        "b": _webui("b", "q", "assistant", "别的", model="qwen3:8b"),
        "s": _webui("s", "q", "system", "不"),
    }
    chat = {"title": "题", "models": ["m"], "timestamp": 1735689600123, "messages": []}
    chat["history"] = {"messages": messages, "currentId": "a"}
    row = {"id": "w", "user_id": "u", "chat": chat, "created_at": 1735689600, "archived": True}
    (found,) = _read([row if is_row else chat])
    assert (found.title, found.leaf, found.archived) == ("题", "a", is_row)
    assert found.created_at is not None
    assert found.created_at.year == 2025
    assert _texts(found) == [
        ("user", "问", ""),
        ("assistant", "回答", "想一\n\n想二"),
        ("assistant", "别的", ""),
    ]


def _lobe(key: str, role: str, content: str, when: int, **more: object) -> dict[str, Any]:
    return {"id": key, "role": role, "content": content, "topicId": "t", "createdAt": when, **more}


LOBE = [
    _lobe("c", "user", "再问", 1710649899000),
    _lobe("a", "user", "问", 1710649845534),
    _lobe("b", "assistant", "答", 1710649845605, parentId="a", reasoning={"content": "想"}),
    _lobe("t", "tool", "{}", 1710649846000, parentId="b"),
    _lobe("d", "assistant", "...", 1710649899100, parentId="c", error={"type": "x"}),
    _lobe("e", "user", "别处", 1710649899200, topicId=None, sessionId="inbox"),
]
TOPICS = [{"id": "t", "title": "话题", "favorite": False}]


@pytest.mark.parametrize(
    "file",
    [
        {"exportType": "sessions", "state": {"messages": LOBE, "topics": TOPICS}, "version": 7},
        {"data": {"messages": LOBE, "topics": TOPICS}, "mode": "pglite", "schemaHash": "x"},
    ],
)
def test_lobehub_has_a_conversation_for_each_topic(file: object) -> None:
    found = {one.id: one for one in _read(file)}
    assert set(found) == {"lobehub-t", "lobehub-inbox"}
    topic = found["lobehub-t"]
    assert topic.title == "话题"
    assert _texts(topic) == [("user", "问", ""), ("assistant", "答", "想"), ("user", "再问", "")]
    assert [message.parent for message in topic.messages] == [None, "a", "b"]


@pytest.mark.parametrize("is_simple", [True, False])
def test_a_topic_of_lobehub_may_come_alone(is_simple: bool) -> None:
    fields = [{"role": "user", "content": "问"}, {"role": "assistant", "content": "答"}]
    whole = {"exportedAt": "2026-01-01T00:00:00Z", "title": "题", "version": "2.0"}
    (found,) = _read(fields if is_simple else whole | {"messages": fields})
    assert _texts(found) == [("user", "问", ""), ("assistant", "答", "")]
    assert found.title == ("" if is_simple else "题")


@pytest.mark.parametrize(
    ("file", "program"),
    [
        ({"time": 1, "version": 5, "localStorage": {}, "indexedDB": {}}, "Cherry Studio"),
        ({"chat-next-web-store": {}}, "NextChat"),
        ([{"conversationId": "x", "messages": []}], "LibreChat"),
    ],
)
def test_a_known_program_whose_files_are_not_read_is_named(file: object, program: str) -> None:
    with pytest.raises(ChatError, match="unsupported_import") as raised:
        _read(file)
    assert raised.value.detail == {"program": program}


def test_what_is_left_out_counts_against_the_limit() -> None:
    bounds = ImportBounds(1_000_000, 100, 100_000, "import_messages")
    with pytest.raises(ChatError, match="import_too_long"):
        read_file(json.dumps([1] * 101).encode(), bounds)


def test_one_conversation_needs_no_list() -> None:
    (found,) = _read({"uuid": "c", "chat_messages": [_claude("q", "human", _text("问"))]})
    assert _texts(found) == [("user", "问", "")]


def test_a_list_may_have_several_programs_conversations() -> None:
    claude = {"uuid": "c", "chat_messages": [_claude("q", "human", _text("问"))]}
    chat = {"history": {"messages": {"q": _webui("q", None, "user", "问")}}, "title": "题"}
    assert [one.id.partition("-")[0] for one in _read([claude, chat])] == ["claude", "open"]


@pytest.mark.parametrize(
    ("file", "program"),
    [
        ({"conversations": [{"conversation": {"id": "1"}, "responses": []}]}, "Grok"),
        ({"data": {"chats": [{"id": "a"}]}, "checksum": "x"}, "TypingMind"),
        ([{"header": "Gemini Apps", "title": "t", "activityControls": []}], "Gemini"),
        ({"name": "n", "messages": [], "usePerChatPredictionConfig": True}, "LM Studio"),
    ],
)
def test_programs_that_share_a_key_with_known_ones_are_refused_by_name(
    file: object, program: str
) -> None:
    with pytest.raises(ChatError) as raised:
        _read(file)
    assert raised.value.detail == {"program": program}


def test_an_odd_message_of_lobehub_does_not_cost_the_others() -> None:
    messages = [None, {"id": "1", "role": "user", "content": "问"}]
    found = read_file(json.dumps({"data": {"messages": messages, "topics": None}}).encode())
    assert _texts(found.conversations[0]) == [("user", "问", "")]
    assert found.repaired == 1


def _open_webui(**answer: object) -> list[tuple[str, str, str]]:
    messages = {
        "1": {"role": "user", "content": "问", "parentId": None},
        "2": {"role": "assistant", "parentId": "1", **answer},
    }
    (found,) = _read([{"id": "a", "chat": {"history": {"messages": messages}}}])
    return _texts(found)


def test_tools_of_open_webui_are_left_out_and_escaped_reasoning_is_read() -> None:
    reasoning = '<details type="reasoning" done="true">\n<summary>T</summary>\n&gt; a &lt; b\n'
    tool = '<details type="tool_calls" name="y">\n<summary>Tool</summary>\n</details>\n'
    assert _open_webui(content=f"{reasoning}</details>\n{tool}答")[1:] == [
        ("assistant", "答", "a < b")
    ]


def test_an_answer_in_phases_is_read() -> None:
    phases = [{"phase": "think", "content": "想"}, {"phase": "answer", "content": "答"}]
    assert _open_webui(content="", content_list=phases)[1:] == [("assistant", "答", "想")]
