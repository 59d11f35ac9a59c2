"""Reads a file in the same way as an import, with its texts."""

from __future__ import annotations

import io
from dataclasses import dataclass

from msgspec.structs import replace

from chat.transfer.bounds import ImportBounds
from chat.transfer.portable import PortableConversation
from chat.transfer.skipped import Skipped
from chat.transfer.unpacked import receive, unpacked
from chat.transfer.upload import Upload

LIMIT = 1_000_000
BOUNDS = ImportBounds(LIMIT, 10_000, 100_000, "import_messages")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The conversations of a file, the number of repairs, and what was left out."""

    conversations: list[PortableConversation]
    repaired: int
    skipped: list[Skipped]


def read_file(body: bytes, bounds: ImportBounds = BOUNDS) -> ReadFile:
    """Raises `ChatError`."""
    with receive(io.BytesIO(body), bounds) as file, unpacked(file, bounds) as opened:
        upload = Upload(opened, bounds)
        upload.check()
        conversations: list[PortableConversation] = []
        repaired = 0
        for read in upload.conversations():
            messages = [
                replace(
                    upload.message(read, one),
                    id=one.id,
                    parent=one.parent,
                    created_at=one.created_at,
                )
                for one in read.messages
            ]
            conversations.append(replace(read.heading, messages=messages))
            repaired += read.repaired
        return ReadFile(conversations, repaired, upload.skipped)
