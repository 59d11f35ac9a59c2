"""A refusal as an answer of the short form: a line with the sentence, and its end."""

from __future__ import annotations

from collections.abc import Iterator

from chat.errors import Detail, ErrorCode
from chat.errors.sentences import Sentence, is_chinese, sentence
from chat.wire.protocol import End, ServerFrame, Start, Stream

NO_RUN = "refused"
"""In place of a run's id, which frames need: nothing can be attached to by this name."""

_FOR_PROGRAMS = Sentence(
    "自己写的页面或程序：在电脑上运行 python3 manage.py apikey create 名字，"
    '连接后先发送 {"type": "hello", "token": "密钥"}。',
    "For a page or program of your own, run python3 manage.py apikey create NAME on the computer "
    'and begin the connection with {"type": "hello", "token": "KEY"}.',
)


def refusal_frames(code: ErrorCode, detail: Detail, locale: str) -> Iterator[ServerFrame]:
    """What a short-form client draws of a refusal. `locale` is the language of the sentence."""
    yield Start(NO_RUN, 1, 0, "")
    yield Stream(NO_RUN, 1, "answer", refusal_text(code, detail, locale))
    yield End(NO_RUN, 2, "failed", None, None, None)


def refusal_text(code: ErrorCode, detail: Detail, locale: str) -> str:
    """The sentence for `code`. An unpaired caller's page cannot scan a QR code, so what it can do
    is told as well.
    """
    told = sentence(code, detail, locale)
    if code is not ErrorCode.UNPAIRED:
        return told
    more = _FOR_PROGRAMS.zh if is_chinese(locale) else _FOR_PROGRAMS.en
    return f"{told}\n{more}"
