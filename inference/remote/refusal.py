"""Reads a provider's refusal from the many forms of error responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

_CODE_FIELDS = ("code", "type", "status", "error_code", "reason")
_MESSAGE_FIELDS = ("message", "msg", "error_msg", "detail", "error_description")
_NO_ERROR = (None, "", 0, "0", 200, "200")
"""Codes that Spark and others send with every part of an answer."""
_MOST_TOKENS = 1 << 40


@dataclass(frozen=True, slots=True)
class Refusal:
    """`status` is the HTTP status, or what stands for it in the middle of a stream, 0 for none.
    `codes` are all words and numbers that classify it, in small letters; `param` is the field of
    the request that is to blame. `numbers` are the prompt's tokens and the limit, where known.
    """

    status: int
    codes: frozenset[str] = frozenset()
    message: str = ""
    param: str = ""
    numbers: tuple[int, int] | None = None


class RefusedError(Exception):
    """An error response."""

    def __init__(self, refusal: Refusal, headers: Mapping[str, str]) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal
        self.headers = headers


def read_refusal(status: int, body: Any) -> Refusal:
    """From a response's parsed body, or from an error object in a stream; text where it is none."""
    error = _error(body)
    if isinstance(error, str):
        outer = body if isinstance(body, Mapping) else {}
        return Refusal(status, frozenset(_codes(outer)), error)
    codes = frozenset((*_codes(body), *_codes(error)))
    message = next(filter(None, (_text(error.get(name)) for name in _MESSAGE_FIELDS)), "")
    numbers = _numbers(error)
    own_status = status or next((int(code) for code in codes if _is_status(code)), 0)
    return Refusal(own_status, codes, message, _text(error.get("param")), numbers)


def is_error(document: Any) -> bool:
    """Whether a document of a stream is an error in place of a part of the answer."""
    if isinstance(document, list):
        return bool(document) and is_error(document[0])
    if not isinstance(document, Mapping) or document.get("choices"):
        return False
    if document.get("error"):
        return True
    return document.get("code") not in _NO_ERROR and bool(_error(document))


def _error(body: Any) -> Mapping[str, Any] | str:
    """The innermost object with the words: Gemini puts it in a list, some into `error`."""
    if isinstance(body, list):
        return _error(body[0]) if body else ""
    if not isinstance(body, Mapping):
        return _text(body)
    error = body.get("error")
    if isinstance(error, (Mapping, str)) and error:
        return error
    return body if any(_text(body.get(name)) for name in _MESSAGE_FIELDS) else ""


def _codes(error: Any) -> Iterator[str]:
    """Azure has a finer code inside, Gemini a list of details."""
    if not isinstance(error, Mapping):
        return
    for name in _CODE_FIELDS:
        value = error.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            yield str(value).lower()
    yield from _codes(error.get("innererror"))
    details = error.get("details")
    for detail in details if isinstance(details, list) else ():
        yield from _codes(detail)


def _numbers(error: Mapping[str, Any]) -> tuple[int, int] | None:
    """As llama.cpp reports them."""
    tokens, limit = error.get("n_prompt_tokens"), error.get("n_ctx")
    return (tokens, limit) if _is_count(tokens) and _is_count(limit) else None


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST_TOKENS


def _text(value: Any) -> str:
    """FastAPI's `detail` is a list of objects."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, Mapping):
        return next(filter(None, (_text(value.get(name)) for name in ("msg", "message"))), "")
    return value if isinstance(value, str) else ""


def _is_status(code: str) -> bool:
    return len(code) == 3 and code.isdecimal() and 400 <= int(code) <= 599
