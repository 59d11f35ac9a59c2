"""A conversation of a file without its texts, which are read again when they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from msgspec import Struct

from chat.transfer.portable import PortableConversation

Role = Literal["user", "assistant"]


class Outline(Struct, frozen=True, gc=False):
    """A message, and the `size` bytes from `at` on that tell it.

    There may be hundreds of thousands: objects that the garbage collector has to look at would
    hold the interpreter's lock for as long as that takes.
    """

    id: str
    role: Role
    parent: str | None
    created_at: datetime | None
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class OutlinedConversation:
    """The conversation that begins at byte `at`, None where it stands scattered in its file.
    `heading` has no messages of its own, `repaired` counts what was not as it should be.
    """

    at: int | None
    heading: PortableConversation
    messages: list[Outline]
    repaired: int = 0
