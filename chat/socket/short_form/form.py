"""Which form a socket speaks: the short one until it has used the protocol."""

from __future__ import annotations

from chat.wire.protocol import (
    Attach,
    ClientFrame,
    ClientHello,
    Regenerate,
    Resume,
    Send,
    ShortMessage,
)

_PROTOCOL = (ClientHello, Send, Regenerate, Attach, Resume)
"""Frames whose sender reads `error`. Pages of the short form may well send `ping` or `stop`."""


class Form:
    """One socket's. A refusal of a short-form client has to be told as text too."""

    def __init__(self) -> None:
        self._speaks_protocol = False

    def note(self, frame: ClientFrame) -> None:
        """A frame that could be read has arrived."""
        self._speaks_protocol |= isinstance(frame, _PROTOCOL)

    def is_short(self, frame: ClientFrame | None) -> bool:
        """Whether whoever sent the frame draws text alone; None is one that could not be read."""
        return isinstance(frame, ShortMessage) or (frame is None and not self._speaks_protocol)
