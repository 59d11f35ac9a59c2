"""The sentences for errors, in Chinese or English."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from chat.errors import KINDS, Detail, ErrorCode
from chat.errors.field_reasons import with_field_reason
from chat.errors.import_reasons import with_import_reason
from chat.errors.model_reasons import with_reason


class Sentence(NamedTuple):
    """A sentence in both languages; `{names}` are filled from the error's detail."""

    zh: str
    en: str


class ErrorBody(TypedDict):
    """An error in an HTTP response; `message` is for people, in their language."""

    code: str
    message: str
    retryable: bool


NOT_SAVED = Sentence(
    "回答暂时无法保存（电脑磁盘可能已满，或数据库被占用），回答会继续，恢复后自动保存。",
    "This answer can’t be saved right now (the computer’s disk may be full, or the database is "
    "locked). It continues, and is saved as soon as possible.",
)
"""Shown while an answer continues that cannot be saved."""


def not_saved(locale: str) -> str:
    """The sentence that an answer is not saved yet, in the language of `locale`."""
    return NOT_SAVED.zh if is_chinese(locale) else NOT_SAVED.en


def sentence(code: ErrorCode, detail: Detail, locale: str) -> str:
    """The sentence for `code` in the language of `locale`; Chinese by default."""
    kind = KINDS[code]
    chinese = is_chinese(locale)
    values = with_import_reason(with_reason(detail, chinese=chinese), chinese=chinese)
    if code is ErrorCode.BAD_FIELD:
        values = with_field_reason(values, chinese=chinese)
    return (kind.zh if chinese else kind.en).format_map(_Known(values))


def error_body(code: ErrorCode, detail: Detail, locale: str) -> ErrorBody:
    """The error, with its sentence in the language of `locale`."""
    message = sentence(code, detail, locale)
    return ErrorBody(code=code, message=message, retryable=KINDS[code].retryable)


def is_chinese(locale: str) -> bool:
    """Whether sentences for `locale` are in Chinese."""
    return not locale or locale.lower().startswith("zh")


class _Known(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "?"
