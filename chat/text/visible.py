"""Whether a text has visible characters."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)
"""White space, controls, Unicode's Default_Ignorable_Code_Point, interlinear annotation marks and
the Braille pattern without dots."""


def has_visible(text: str) -> bool:
    """Whether any of its characters is visible."""
    return _INVISIBLE.fullmatch(text) is None
