"""Why a file cannot be imported, in the reader's language."""

from __future__ import annotations

from typing import get_args

import pytest

from chat.errors.sentences import sentence
from chat.transfer.refusal import Why, refused


@pytest.mark.parametrize("why", get_args(Why))
def test_each_reason_is_a_sentence_before_the_place(why: Why) -> None:
    error = refused("Expected `object` - at `$[0]`", why)
    for locale, beginning in (
        ("zh-CN", "这个文件无法导入："),
        ("en", "This file can’t be imported: "),
    ):
        text = sentence(error.code, error.detail, locale)
        assert text.startswith(beginning)
        assert not text.removeprefix(beginning).startswith("Expected")
        assert "`$[0]`" in text
