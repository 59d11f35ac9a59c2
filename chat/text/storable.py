"""Text that every database can store: without lone surrogates and NUL."""

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
    """Replace NUL, which PostgreSQL cannot store, and lone surrogates, which no database can, by
    U+FFFD. Two surrogates that form a pair become its character.
    """
    return whole_text(text)


def whole_json(text: str) -> str:
    """JSON that msgspec accepts: escaped lone surrogates, which it refuses, become U+FFFD.

    Text that is not JSON is not made valid.
    """
    whole = whole_text(text)
    return _ESCAPES.sub(_replaced, whole) if _SURROGATE.search(whole) else whole


def _replaced(escape: re.Match[str]) -> str:
    return r"\ufffd" if escape["half"] else escape[0]
