"""What a segment of a journal begins with: whose it is, and whether it may be trusted."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import msgspec

from chat.runs.journal.record import HEAD_BYTES, frame, record_at

FORMAT = 1
"""Raised with every change in what a record means; a journal of another format is none."""


@dataclass(frozen=True, slots=True)
class Header:
    """`journal` is a random name that the database holds too, `server` the database's own.

    `boot` names the time since the computer was last started: pages that the system had not yet
    written are lost with it, so a journal of an earlier one may lack its end. Segments of one
    journal are numbered from 1.
    """

    journal: str
    server: str
    boot: str
    segment: int
    format: int = FORMAT

    @property
    def seed(self) -> int:
        """What the checksums of the segment's records begin from."""
        return zlib.crc32(f"{self.journal}/{self.segment}".encode())


def encode_header(header: Header) -> bytes:
    """A segment's first record."""
    return frame(msgspec.msgpack.encode(header), FORMAT)


def decode_header(data: bytes) -> tuple[Header, int] | None:
    """The header and where the records begin; None for what is no segment of this format."""
    payload = record_at(data, 0, FORMAT)
    if payload is None:
        return None
    try:
        header = msgspec.msgpack.decode(payload, type=Header)
    except msgspec.MsgspecError:
        return None
    return (header, HEAD_BYTES + len(payload)) if header.format == FORMAT else None


def without_trust(data: bytes) -> bytes:
    """A segment's bytes with the same records, of a journal that may lack its end: runs continue
    from it in a new epoch. Bytes of no segment stay as they are.
    """
    found = decode_header(data)
    if found is None:
        return data
    header, begin = found
    return encode_header(replace(header, boot="")) + data[begin:]
