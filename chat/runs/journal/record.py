"""A journal's records as bytes: length, checksum, and the event in MessagePack.

`CRC-32 | length | payload`, both numbers unsigned, 32 bits, little-endian. The checksum covers the
length and the payload, and begins from the journal's own number, so that what an earlier journal
left on the disk is never taken for a record of this one.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from chat.protocol import Channel
from chat.run_events import Delta, Ended, RunEvent, Started, TextSnapshot

_HEAD = struct.Struct("<II")
_LENGTH = struct.Struct("<I")
HEAD_BYTES = _HEAD.size


class _Started(Struct, frozen=True, array_like=True, tag="started"):
    model: str
    dropped_turns: int


class _Delta(Struct, frozen=True, array_like=True, tag="delta"):
    channel: Channel
    offset: int
    text: str


class _Ended(Struct, frozen=True, array_like=True, tag="ended"):
    ended: Ended


class _Text(Struct, frozen=True, array_like=True, tag="text"):
    text: TextSnapshot


@dataclass(frozen=True, slots=True)
class Entry:
    """Event `seq` of a run's numbering `epoch`; a snapshot stands for all events up to it.

    `tokens` are those generated so far. `offset` is how many characters its channel's text had
    before a delta, 0 for other events.
    """

    run: str
    epoch: int
    seq: int
    tokens: int
    event: RunEvent | TextSnapshot
    offset: int = 0


class _Payload(Struct, frozen=True, array_like=True):
    run: str
    epoch: int
    seq: int
    tokens: int
    event: _Started | _Delta | _Ended | _Text


@dataclass(frozen=True, slots=True)
class Records:
    """What was read: the payloads up to the first that is not whole, and whether there is one."""

    payloads: tuple[bytes, ...]
    torn: bool


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Payload)


def encode_entry(entry: Entry) -> bytes:
    """The payload of a record."""
    return _encoder.encode(
        _Payload(entry.run, entry.epoch, entry.seq, entry.tokens, _packed(entry))
    )


def decode_entry(payload: bytes) -> Entry:
    """Raises `msgspec.MsgspecError` for what `encode_entry` of this version has not made."""
    found = _decoder.decode(payload)
    event, offset = _unpacked(found.event)
    return Entry(found.run, found.epoch, found.seq, found.tokens, event, offset)


def frame(payload: bytes, seed: int) -> bytes:
    """The record of a payload, in the journal of number `seed`."""
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


def _packed(entry: Entry) -> _Started | _Delta | _Ended | _Text:
    match entry.event:
        case Delta(channel, text):
            return _Delta(channel, entry.offset, text)
        case Started(model, dropped_turns):
            return _Started(model, dropped_turns)
        case Ended() as ended:
            return _Ended(ended)
        case TextSnapshot() as text:
            return _Text(text)


def _unpacked(found: _Started | _Delta | _Ended | _Text) -> tuple[RunEvent | TextSnapshot, int]:
    match found:
        case _Delta(channel, offset, text):
            return Delta(channel, text), offset
        case _Started(model, dropped_turns):
            return Started(model, dropped_turns), 0
        case _Ended(ended):
            return ended, 0
        case _Text(text):
            return text, 0
