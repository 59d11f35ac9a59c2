"""A conversation of a file without its texts, which are read again when they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chat.transfer.portable import PortableConversation

Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Outline:
    """A message, and the `size` bytes from `at` on that tell it."""

    id: str
    role: Role
    parent: str | None
    created_at: datetime | None
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class OutlinedConversation:
    """The conversation that begins at byte `at`. `heading` has no messages of its own, `repaired`
    counts what was not as it should be.
    """

    at: int
    heading: PortableConversation
    messages: list[Outline]
    repaired: int = 0
