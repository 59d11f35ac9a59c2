"""What people name things by: one line, with something in it."""

from __future__ import annotations

from chat.errors import ChatError, ErrorCode
from chat.text.names import on_one_line
from chat.text.storable import storable
from chat.text.visible import has_visible


def line(text: str, field: str) -> str:
    """The text on one line. Raises `ChatError` that names the field if nothing is to be seen."""
    found = on_one_line(storable(text))
    if not has_visible(found):
        raise ChatError(ErrorCode.BAD_FIELD, reason=f"`{field}`")
    return found
