"""One kind of error: its HTTP status, whether to retry, and what people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from chat.errors.codes import ErrorCode


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """`zh` and `en` say what is wrong and what to do; `{names}` are filled from the error's
    detail. `retryable`: the very same request may succeed later.
    """

    status: HTTPStatus
    zh: str
    en: str
    retryable: bool = False


ErrorKinds = Mapping[ErrorCode, ErrorKind]
