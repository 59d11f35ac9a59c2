"""What the model is shown of a conversation."""

from __future__ import annotations

from chat.runs.prompt import build
from chat.store import StoredMessage
from inference import ChatMessage


def _path(*texts: str) -> list[StoredMessage]:
    roles = ("user", "assistant")
    return [StoredMessage(str(i), roles[i % 2], text) for i, text in enumerate(texts)]


def test_turns_come_in_order() -> None:
    assert build(_path("一", "二", "三"), "") == (
        ChatMessage("user", "一"),
        ChatMessage("assistant", "二"),
        ChatMessage("user", "三"),
    )


def test_the_system_prompt_stands_before_all() -> None:
    assert build(_path("一"), "简短些")[0] == ChatMessage("system", "简短些")


def test_a_question_without_an_answer_is_left_out_with_it() -> None:
    assert [m.content for m in build(_path("太长", "", "三"), "")] == ["三"]


def test_imported_turns_that_do_not_alternate_are_paired() -> None:
    told = [
        ("user", "一"),
        ("user", "二"),
        ("assistant", "答"),
        ("assistant", "又"),
        ("user", "三"),
    ]
    path = [StoredMessage(str(i), role, text) for i, (role, text) in enumerate(told)]
    assert [message.content for message in build(path, "")] == ["二", "答", "三"]
