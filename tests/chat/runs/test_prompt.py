"""What the model is shown of a conversation."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("nothing", ["", "\n", "\u200b"])
def test_an_answer_without_text_is_left_out_and_its_question_stays(nothing: str) -> None:
    assert build(_path("一", nothing, "三"), "") == (
        ChatMessage("user", "一"),
        ChatMessage("user", "三"),
    )


def test_a_conversation_that_begins_with_an_answer_gets_a_question_before_it() -> None:
    path = [StoredMessage("0", "assistant", "答"), StoredMessage("1", "user", "二")]
    assert [message.content for message in build(path, "")] == ["…", "答", "二"]
