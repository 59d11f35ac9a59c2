"""Names and titles people give, fit to be shown in a line of somebody else's."""

from __future__ import annotations

import re
import unicodedata

from chat.errors import ChatError, ErrorCode
from chat.text.graphemes import cut

LONGEST = 64
_JOINER = "\u200d"
"""Holds families of emoji together, and alone is invisible."""
_REPLACED = "\ufffd"
"""What a half of a character, or NUL, has become on its way here."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, and what turns the direction of writing."""


def clean(name: str) -> str:
    """The name on one line without what is unseen: controls, marks that turn the direction of
    writing, halves of characters. Longer ones are cut.

    Raises `ChatError` with `bad_field` if nothing is left.
    """
    seen = "".join(one for one in name if one.isspace() or not _is_unseen(one))
    spaced = " ".join(seen.split())
    kept = cut(unicodedata.normalize("NFC", spaced), LONGEST, LONGEST).strip()
    if not kept.strip(_JOINER):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`name`")
    return kept


def on_one_line(text: str) -> str:
    """A longer text, as people write it, on one line and without orders to whatever shows it."""
    return _ORDERS.sub("", " ".join(text.split()))


def _is_unseen(character: str) -> bool:
    if character == _REPLACED:
        return True
    return character != _JOINER and unicodedata.category(character) in _UNSEEN
