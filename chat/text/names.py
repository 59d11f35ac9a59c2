"""Cleans names and titles, so that they are safe to show in one line to other members."""

from __future__ import annotations

import re
import unicodedata

from chat.errors import ChatError, ErrorCode
from chat.text.graphemes import cut

LONGEST = 64
_JOINER = "\u200d"
"""Joins emoji, and is invisible alone."""
_REPLACED = "\ufffd"
"""Replaces lone surrogates and NUL before."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters of terminals, and marks that change the direction of writing."""


def clean(name: str) -> str:
    """The name on one line without invisible characters: controls, marks that change the direction
    of writing, lone surrogates. Cut to `LONGEST`.

    Raises `ChatError` with `bad_field` if nothing is left.
    """
    seen = "".join(one for one in name if one.isspace() or not _is_unseen(one))
    spaced = " ".join(seen.split())
    kept = cut(unicodedata.normalize("NFC", spaced), LONGEST, LONGEST).strip()
    if not kept.strip(_JOINER):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`name`")
    return kept


def on_one_line(text: str) -> str:
    """A longer text on one line, without control characters."""
    return _CONTROLS.sub("", " ".join(text.split()))


def _is_unseen(character: str) -> bool:
    if character == _REPLACED:
        return True
    return character != _JOINER and unicodedata.category(character) in _UNSEEN
