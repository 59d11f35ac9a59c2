"""Every error has a sentence in both languages."""

from __future__ import annotations

import string
from http import HTTPStatus

import pytest

from chat.errors import KINDS, ChatError, ErrorCode
from chat.errors.sentences import sentence
from chat.errors.table import TOPICS
from inference import InferenceErrorCode


def test_every_code_has_exactly_one_entry_in_one_topic() -> None:
    entries = [code for topic in TOPICS for code in topic]
    assert sorted(entries) == sorted(ErrorCode)


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_is_a_failure_over_http(code: ErrorCode) -> None:
    assert KINDS[code].status >= HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_has_both_sentences_with_the_same_names(code: ErrorCode) -> None:
    zh, en = KINDS[code].zh, KINDS[code].en
    assert not zh.isascii()
    assert en.isprintable()
    assert _names(zh) == _names(en)


@pytest.mark.parametrize("code", list(InferenceErrorCode))
def test_every_inference_error_has_a_sentence(code: InferenceErrorCode) -> None:
    assert ErrorCode(code) in KINDS


@pytest.mark.parametrize(
    ("locale", "chinese"),
    [("zh-CN,zh;q=0.9,en", True), ("", True), ("en-US", False), ("de-DE,de", False)],
)
def test_the_locale_chooses_the_language(locale: str, chinese: bool) -> None:
    assert sentence(ErrorCode.EMPTY_MESSAGE, {}, locale).isascii() is not chinese


def test_the_detail_fills_the_sentence() -> None:
    error = ChatError(ErrorCode.CONTEXT_EXCEEDED, tokens=9000, limit=8192)
    text = sentence(error.code, error.detail, "en")
    assert "9000" in text
    assert "8192" in text


def test_a_missing_detail_does_not_hide_the_sentence() -> None:
    assert "?" in sentence(ErrorCode.OVERLOADED, {}, "en")


def _names(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
