"""The prompt for a title."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af]")
_CHINESE = "请用不超过 12 个字概括我们的对话，作为它的标题。只回答标题，不要引号和标点。"
_OTHER = (
    "Write a title of at most six words for our conversation, in the language of my first message. "
    "Answer with the title alone, without quotation marks."
)


def is_chinese(text: str) -> bool:
    """Whether it has Chinese characters and no Japanese or Korean ones."""
    return bool(_HAN.search(text)) and not _KANA_OR_HANGUL.search(text)


def wording(question: str) -> str:
    """The prompt, which is appended to the conversation as one more question."""
    return _CHINESE if is_chinese(question) else _OTHER
