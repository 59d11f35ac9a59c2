"""What a person reads at the end of an answer that did not end well."""

from __future__ import annotations

from chat.errors.sentences import Sentence, is_chinese
from chat.run_events import Failure
from chat.socket.short_form.refusal import refusal_text
from chat.wire.protocol import RunStatus

_STOPPED = Sentence("回答已停止。", "The answer was stopped.")
_INTERRUPTED = Sentence("回答中断了，请重新提问。", "The answer was interrupted; ask again.")
_EMPTY = Sentence(
    "模型没有写出任何内容，请换一种问法，或换一个模型。",
    "The model wrote nothing; ask in another way, or choose another model.",
)


def closing_text(status: RunStatus, failure: Failure | None, locale: str, *, has_text: bool) -> str:
    """The sentence, set off from the text where there is any; "" where nothing is to be said.

    An answer that was stopped looks as whoever stopped it expects, unless it has no text at all.
    """
    told = _told(status, failure, locale, has_text=has_text)
    if not told or not has_text:
        return told
    return f"\n\n错误：{told}" if is_chinese(locale) else f"\n\nError: {told}"


def _told(status: RunStatus, failure: Failure | None, locale: str, *, has_text: bool) -> str:
    if failure is not None:
        return refusal_text(failure.code, failure.detail, locale)
    chosen = _sentence(status, has_text=has_text)
    if chosen is None:
        return ""
    return chosen.zh if is_chinese(locale) else chosen.en


def _sentence(status: RunStatus, *, has_text: bool) -> Sentence | None:
    if status in ("interrupted", "failed"):
        return _INTERRUPTED
    if has_text:
        return None
    return _STOPPED if status == "cancelled" else _EMPTY
