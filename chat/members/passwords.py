"""Members' passwords: hashed as Django does, and compared in constant time."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from chat.errors import ChatError, ErrorCode


def encode(password: str) -> str:
    """The hash that is stored; an empty password stays empty and matches nothing. Blocks.

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
    """Whether the password is the stored one. Takes as long if none is stored. Blocks."""
    return check_password(password, kept or _unusable()) and bool(kept)


@lru_cache(maxsize=1)
def _unusable() -> str:
    return make_password("nobody's")
