"""JSON of other programs, which may contain lone surrogates."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

T = TypeVar("T")

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def decode(text: bytes, kind: type[T]) -> T:
    """Decode a value. A lone surrogate becomes U+FFFD: JavaScript writes one where it cuts an
    emoji. Raises msgspec's errors.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        replaced = _ESCAPE.sub(_replace_surrogate, text)
        if replaced == text:
            raise
        return msgspec.json.decode(replaced, type=kind)


def _replace_surrogate(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape[1] else escape[0]
