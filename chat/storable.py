"""Text as every database takes it."""

from __future__ import annotations


def storable(text: str) -> str:
    """PostgreSQL stores no NUL, in texts nor in JSON, and no database half a character: what
    cannot be kept is replaced, so that the rest is.
    """
    return text.replace("\x00", "\ufffd").encode(errors="replace").decode()
