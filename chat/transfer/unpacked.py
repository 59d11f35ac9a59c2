"""An uploaded file, unpacked to JSON texts in a temporary file, not in memory."""

from __future__ import annotations

import io
import lzma
import mmap
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from errno import EINVAL, ENOSPC
from typing import IO, Protocol

from chat.errors import ChatError, ErrorCode
from chat.transfer.bounds import ImportBounds
from chat.transfer.json_reader import Text
from chat.transfer.refusal import refused

_ZIP = b"PK"
_PIECE = 65_536
_MARK = b"\xef\xbb\xbf"
"""The byte order mark that some editors put before UTF-8."""
_NAME = re.compile(r"(?:.*[/\\])?(?:conversations|myllm)[^/\\]*\.json", re.IGNORECASE)
_ANY_JSON = re.compile(r"(?!__MACOSX/)(?:.*[/\\])?[^/\\.][^/\\]*\.json", re.IGNORECASE)
"""Read if no file has the name of an export; the format is recognised by the content."""
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError),
)
_MOST_FILES = 10_000
_LARGEST_DIRECTORY = 4_194_304
"""Bytes. Parsed entries take ten times as many in memory, whatever number the zip claims."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The texts, and the beginning and end of each."""

    text: Text
    parts: list[tuple[int, int]]


class _BoundedReads(io.BufferedIOBase):
    """A zip file that limits the size of one read to that of the largest directory: `zipfile` reads
    the directory at once, and trusts the size in its records.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises `ChatError` with `bad_import`."""
        if size is not None and size > _LARGEST_DIRECTORY:
            raise _too_many_files()
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


class Source(Protocol):
    """An uploaded file, read once."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


def receive(source: Source, bounds: ImportBounds) -> IO[bytes]:
    """Copy the upload to a temporary file, which the caller closes. Blocks.

    Raises `ChatError`: `body_too_large`, `disk_full`.
    """
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        _append(source, file, bounds)
        stack.pop_all()
    return file


@contextmanager
def unpacked(received: IO[bytes], bounds: ImportBounds) -> Iterator[Unpacked]:
    """The JSON texts of a file, which may be a zip. Blocks.

    Raises `ChatError`: `bad_import`, `disk_full`, or `body_too_large` for the unpacked size.
    """
    received.seek(0)
    if received.read(len(_ZIP)) != _ZIP:
        with _mapped(received) as text:
            yield Unpacked(text, [_without_mark(text, 0, len(text))])
        return
    with tempfile.TemporaryFile() as file:
        parts = _unzip(received, file, bounds)
        with _mapped(file) as text:
            yield Unpacked(text, [_without_mark(text, *part) for part in parts])


@contextmanager
def _mapped(file: IO[bytes]) -> Iterator[Text]:
    """Its bytes, mapped into memory."""
    file.flush()
    if not file.seek(0, 2):
        yield b""
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        yield text


def _unzip(source: IO[bytes], file: IO[bytes], bounds: ImportBounds) -> list[tuple[int, int]]:
    try:
        with zipfile.ZipFile(_BoundedReads(source)) as archive:
            if len(archive.filelist) > _MOST_FILES:
                raise _too_many_files()
            return [_append_member(archive, one, file, bounds) for one in _members(archive)]
    except _UNREADABLE as error:
        raise refused(f"the zip cannot be read ({error})") from None
    except OSError as error:
        if error.errno != EINVAL:  # a position before the file's beginning
            raise
        raise refused("the zip cannot be read (it points outside of itself)") from None


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files to read, at least one. Raises `ChatError`: `unsupported_import` or
    `unknown_import`.
    """
    if program := _unsupported_program(archive):
        raise ChatError(ErrorCode.UNSUPPORTED_IMPORT, program=program)
    named = [one for one in archive.filelist if _NAME.fullmatch(one.filename)]
    members = named or [one for one in archive.filelist if _ANY_JSON.fullmatch(one.filename)]
    if not members:
        raise ChatError(ErrorCode.UNKNOWN_IMPORT)
    return members


def _unsupported_program(archive: zipfile.ZipFile) -> str | None:
    """The program recognised by its folders, whose files cannot be read; else None."""
    names = {name.replace("\\", "/") for name in archive.namelist()}
    folders = {name.partition("/")[0] for name in names}
    if folders >= {"data.json", "Data"} or folders >= {"IndexedDB", "Local Storage"}:
        return "Cherry Studio"
    return "Gemini" if any("/Gemini Apps/" in name for name in names) else None


def _too_many_files() -> ChatError:
    return refused(f"the zip holds more than {_MOST_FILES} files")


def _append_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: IO[bytes], bounds: ImportBounds
) -> tuple[int, int]:
    with archive.open(member) as packed:
        return _append(packed, file, bounds)


def _append(source: Source, file: IO[bytes], bounds: ImportBounds) -> tuple[int, int]:
    """Copied and counted in pieces, as the sizes in headers cannot be trusted."""
    began = file.tell()
    while piece := source.read(_PIECE):
        _write(piece, file)
        bounds.check_size(file.tell())
    return began, file.tell()


def _write(piece: bytes, file: IO[bytes]) -> None:
    try:
        file.write(piece)
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        raise ChatError(ErrorCode.DISK_FULL) from error


def _without_mark(text: Text, began: int, end: int) -> tuple[int, int]:
    has_mark = text[began : min(end, began + len(_MARK))] == _MARK
    return (began + len(_MARK) if has_mark else began), end
