"""Text as every database takes it: whole characters, and no NUL."""

from __future__ import annotations

import re

from inference import whole_text

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def storable(text: str) -> str:
    """PostgreSQL stores no NUL, in texts nor in JSON, and no database half a surrogate pair: each
    becomes U+FFFD, and two halves that form a pair become its character.
    """
    return whole_text(text)


def whole_json(text: str) -> str:
    """JSON that msgspec reads: it refuses escaped halves of surrogate pairs, which become U+FFFD.

    Text that is no JSON stays none.
    """
    whole = whole_text(text)
    return _ESCAPES.sub(_replaced, whole) if _SURROGATE.search(whole) else whole


def _replaced(escape: re.Match[str]) -> str:
    return r"\ufffd" if escape["half"] else escape[0]
