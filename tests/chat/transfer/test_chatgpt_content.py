"""The content of ChatGPT's messages that is imported."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chat.transfer.portable import PortableMessage
from tests.chat.transfer.reading import read_file


def _node(content: Any, role: str = "assistant", **more: object) -> dict[str, Any]:
    parts = {"content_type": "text", "parts": [content]} if isinstance(content, str) else content
    return {"author": {"role": role}, "content": parts, "recipient": "all"} | more


def _answer(*messages: dict[str, Any]) -> PortableMessage:
    """The answer that consists of these nodes."""
    rows = [_node("问", "user"), *messages]
    mapping = {
        str(number): {"parent": str(number - 1) if number else None, "message": message}
        for number, message in enumerate(rows)
    }
    (found,) = read_file(json.dumps([{"mapping": mapping}]).encode()).conversations
    return found.messages[-1]


def test_what_a_tool_was_sent_is_no_part_of_the_answer() -> None:
    sent = _node('{"prompt": "a cat"}', recipient="dalle.text2im")
    assert _answer(sent, _node("画好了")).content == "画好了"


@pytest.mark.parametrize(
    ("kind", "shown"), [("document", "正文"), ("code/python", "```python\n正文\n```")]
)
def test_a_canvas_is_part_of_the_answer(kind: str, shown: str) -> None:
    document = json.dumps({"name": "n", "type": kind, "content": "正文"})
    sent = {"content_type": "code", "language": "json", "text": document}
    canvas = _node(sent, recipient="canmore.create_textdoc")
    assert _answer(canvas, _node("写好了")).content == f"{shown}\n\n写好了"


def test_thoughts_are_the_reasoning_of_the_answer_behind_them() -> None:
    parts = {"content_type": "thoughts", "thoughts": [{"summary": "想", "content": "一想"}]}
    recap = {"content_type": "reasoning_recap", "content": "Thought for 3s"}
    found = _answer(_node(parts), _node(recap), _node("答"))
    assert (found.content, found.reasoning) == ("答", "想\n\n一想")


def test_marks_of_sources_are_left_out_and_names_stay() -> None:
    cited = "事实 \ue200cite\ue202turn0search0\ue201。"
    entity = '\ue200entity\ue202["company","OpenAI"]\ue201'
    link = "\ue200url\ue202标题\ue202https://example.com\ue201"
    found = _answer(_node(f"{cited}{entity} {link}"))
    assert found.content == "事实。OpenAI [标题](https://example.com)"


def test_only_the_transcript_of_speech_is_imported() -> None:
    transcription = {"content_type": "audio_transcription", "text": "你好"}
    sound = {"content_type": "real_time_user_audio_video_asset_pointer"}
    speech = {"content_type": "multimodal_text", "parts": [transcription, sound]}
    assert _answer(_node(speech)).content == "你好"


@pytest.mark.parametrize(
    "parts", [1700000000, 1700000000000, "1700000000", "2023-11-14T22:13:20Z", 1700000000.0]
)
def test_a_date_may_be_a_number_or_a_text(parts: float | str) -> None:
    found = _answer(_node("答", create_time=parts))
    assert found.created_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_a_message_without_an_author_is_stepped_over() -> None:
    assert _answer({"author": None, "content": None}, _node("答")).content == "答"
