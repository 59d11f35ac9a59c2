"""The structs of our own JSON, which moves conversations between computers.

The file is `{"format": "myllm", "version": 1, "conversations": […]}`. Fields may be added within
a version, and readers ignore those they do not know.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chat.wire.protocol import KeptOptions

FORMAT = "myllm"
VERSION = 1

PortableStatus = Literal["completed", "cancelled", "failed", "interrupted"]
Id = Annotated[str, Meta(min_length=1, max_length=200)]


class PortableMessage(Struct, frozen=True, omit_defaults=True):
    """One message; `model`, `status` and `finish_reason` are those of the run of an answer.

    The reason may be one that only newer servers know.
    """

    id: Id
    role: Literal["user", "assistant"]
    content: str
    parent: Id | None = None
    reasoning: str = ""
    created_at: datetime | None = None
    model: Annotated[str, Meta(max_length=200)] = ""
    status: PortableStatus = "completed"
    finish_reason: Annotated[str, Meta(max_length=64)] = ""


class PortableConversation(Struct, frozen=True, omit_defaults=True):
    """A conversation with all branches; `leaf` is the end of the shown path."""

    id: Id
    title: str = ""
    system_prompt: str = ""
    persona: Annotated[str, Meta(max_length=32)] = ""
    options: KeptOptions = KeptOptions()
    pinned: bool = False
    archived: bool = False
    leaf: Id | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    messages: list[PortableMessage] = []
