"""The reason why a field is invalid, in the caller's language."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chat.errors import ChatError
from chat.errors.sentences import sentence
from chat.wire.codec import parse

UNREADABLE: list[tuple[dict[str, Any], str]] = [
    ({"temperature": -1}, "`$.options.temperature` 应不小于 0.0"),
    ({"temperature": 6}, "`$.options.temperature` 应不大于 5.0"),
    ({"top_p": 0}, "`$.options.top_p` 应大于 0.0"),
    ({"top_k": "5"}, "`$.options.top_k` 应为 整数，不能是 文字"),
    ({"do_sample": 1}, "`$.options.do_sample` 应为 true 或 false，不能是 整数"),
    ({"stop": [""]}, "`$.options.stop[0]` 的长度应不小于 1"),
    ({"stop": ["a"] * 9}, "`$.options.stop` 的长度应不大于 8"),
    ({"stop": ["\0"]}, "`$.options.stop[0]` 含有不能用的字符"),
    ({"response_format": {"type": "xml"}}, "`$.options.response_format.type` 不能是 'xml'"),
    ({"response_format": {}}, "`$.options.response_format` 缺少 `type`"),
    (
        {"response_format": {"type": "json_schema"}},
        "`$.options.response_format` `json_schema` 和类型 `json_schema` 缺一不可",
    ),
]


def _refusal(text: str) -> ChatError:
    with pytest.raises(ChatError) as raised:
        parse(text)
    return raised.value


@pytest.mark.parametrize(("options", "reason"), UNREADABLE)
def test_the_reason_is_in_the_readers_language(options: dict[str, Any], reason: str) -> None:
    error = _refusal(json.dumps({"message": "x", "options": options}))
    assert sentence(error.code, error.detail, "zh-CN") == f"参数不正确：{reason}。请改正后重发。"
    assert str(error.detail["reason"]) in sentence(error.code, error.detail, "en")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "缺少 `type` 或 `message`"),
        ('{"message": "x", "options": null}', "`$.options` 应为 对象，不能是 null"),
        ('{"message": "x", "options": {"top_p": 1e999}}', "`$.options.top_p` 数太大"),
        ('{"type": "send"}', "缺少 `client_msg_id`"),
        ('{"message": "x", "top_k": 5}', "`$.top_k` → `$.options.top_k`"),
    ],
)
def test_so_is_the_reason_of_a_frame(text: str, reason: str) -> None:
    error = _refusal(text)
    assert reason in sentence(error.code, error.detail, "")
