"""A journal's records as bytes: length, checksum, and entries in MessagePack.

`CRC-32 | length | payload`, both numbers unsigned, 32 bits, little-endian; the payload is all that
was written at once. The checksum covers the length and the payload, and begins from the segment's
own number, so that what an earlier journal left on the disk is never taken for a record of it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from chat.run_events import RunEnded, RunEvent, RunStarted, TextDelta, TextSnapshot
from chat.wire.protocol import Channel

_HEAD = struct.Struct("<II")
_LENGTH = struct.Struct("<I")
HEAD_BYTES = _HEAD.size


class _Numbered(Struct, frozen=True, array_like=True, gc=False):
    """Event `seq` of a run's numbering `epoch`; `tokens` are those generated up to it."""

    run: str
    epoch: int
    seq: int
    tokens: int


class StartedEntry(_Numbered, frozen=True, array_like=True, gc=False, tag="started"):
    """The model began to work on the run. Records of versions before 0.4 have no `provider`."""

    model: str
    dropped_turns: int
    provider: str = ""


class DeltaEntry(_Numbered, frozen=True, array_like=True, gc=False, tag="delta"):
    """Text that follows the first `offset` characters of its channel."""

    channel: Channel
    offset: int
    text: str


class EndedEntry(_Numbered, frozen=True, array_like=True, tag="ended"):
    """The run's last event."""

    ended: RunEnded


class TextEntry(_Numbered, frozen=True, array_like=True, tag="text"):
    """Stands for all events up to `seq`."""

    text: TextSnapshot


Entry = StartedEntry | DeltaEntry | EndedEntry | TextEntry


@dataclass(frozen=True, slots=True)
class Records:
    """What was read: the payloads up to the first that is not whole, and whether there is one."""

    payloads: tuple[bytes, ...]
    torn: bool


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Entry])


def encode_entries(entries: Sequence[Entry]) -> bytes:
    """The payload of a record."""
    return _encoder.encode(entries)


def decode_entries(payload: bytes) -> list[Entry]:
    """Raises `msgspec.MsgspecError` for what `encode_entries` of this version has not made."""
    return _decoder.decode(payload)


def event_of(entry: StartedEntry | DeltaEntry | EndedEntry) -> RunEvent:
    """The event as the run's log has it."""
    match entry:
        case DeltaEntry():
            return TextDelta(entry.channel, entry.text)
        case StartedEntry():
            return RunStarted(entry.model, entry.dropped_turns, entry.provider)
        case EndedEntry():
            return entry.ended


def frame(payload: bytes, seed: int) -> bytes:
    """The record of a payload, in the segment of number `seed`."""
    length = _LENGTH.pack(len(payload))
    return _HEAD.pack(_checksum(length, payload, seed), len(payload)) + payload


def record_at(data: bytes, at: int, seed: int) -> bytes | None:
    """The payload of the record that begins at `at`; None where it is cut off or damaged."""
    start = at + HEAD_BYTES
    if start > len(data):
        return None
    checksum, length = _HEAD.unpack_from(data, at)
    payload = data[start : start + length]
    if len(payload) < length or _checksum(_LENGTH.pack(length), payload, seed) != checksum:
        return None
    return payload


def unframe(data: bytes, at: int, seed: int) -> Records:
    """All records from `at` on to the first that is cut off or damaged."""
    payloads: list[bytes] = []
    while (payload := record_at(data, at, seed)) is not None:
        payloads.append(payload)
        at += HEAD_BYTES + len(payload)
    return Records(tuple(payloads), torn=at < len(data))


def _checksum(length: bytes, payload: bytes, seed: int) -> int:
    return zlib.crc32(payload, zlib.crc32(length, seed))
