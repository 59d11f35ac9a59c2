"""Members' passwords: kept as Django keeps them, and compared in the same time for everybody."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from chat.errors import ChatError, ErrorCode


def encode(password: str) -> str:
    """The form that is kept; an empty password stays empty, which lets nobody in. Blocks.

    Raises `ChatError` with `weak_password` for one that is easily guessed.
    """
    if not password:
        return ""
    try:
        validate_password(password)
    except ValidationError:
        raise ChatError(ErrorCode.WEAK_PASSWORD) from None
    return make_password(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the one that is kept. Takes as long where none is. Blocks."""
    nobodys = _nobodys()
    return check_password(password, kept or nobodys) and bool(kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return make_password("nobody's")
