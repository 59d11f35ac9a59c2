"""Why a file cannot be imported, in the language of the client."""

from __future__ import annotations

from chat.errors.codes import Detail

_WORDS = {
    "unreadable": ("内容不完整或格式有误", "it is incomplete or in the wrong format"),
    "too_large": ("内容过多", "it holds too much"),
    "empty": ("没有消息", "it has no messages"),
    "unknown": ("无法识别", "it wasn’t recognized"),
}


def with_import_reason(detail: Detail, *, chinese: bool) -> Detail:
    """The detail of `bad_import` with its reason in words, the technical reason in brackets."""
    words = _WORDS.get(str(detail.get("why", "")))
    if words is None:
        return detail
    zh, en = words
    reason = detail["reason"]
    return detail | {"reason": f"{zh}（{reason}）" if chinese else f"{en} ({reason})"}
