"""Names given by people: one line with visible characters."""

from __future__ import annotations

from chat.errors import ChatError, ErrorCode
from chat.text.names import on_one_line
from chat.text.storable import storable
from chat.text.visible import has_visible


def line(text: str, field: str) -> str:
    """The text on one line. Raises `ChatError` with the field if nothing in it is visible."""
    found = on_one_line(storable(text))
    if not has_visible(found):
        raise ChatError(ErrorCode.BAD_FIELD, reason=f"`{field}`")
    return found
