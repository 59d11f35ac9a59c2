"""A conversation of a file without its texts, which are read when they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from msgspec import Struct

from chat.transfer.portable import PortableConversation

Role = Literal["user", "assistant"]


class Outline(Struct, frozen=True, gc=False):
    """A message, whose JSON is the `size` bytes from `at` on.

    There may be hundreds of thousands. They are hidden from the garbage collector, which would
    hold the interpreter's lock while it visits them.
    """

    id: str
    role: Role
    parent: str | None
    created_at: datetime | None
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class OutlinedConversation:
    """The conversation that begins at byte `at`; None if it is not in one place of its file.
    `heading` has no messages, and `repaired` counts the corrections made.
    """

    at: int | None
    heading: PortableConversation
    messages: list[Outline]
    repaired: int = 0
