"""Zip files are unpacked up to the limit, and invalid ones only raise `ChatError`."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chat.errors import ChatError, ErrorCode
from chat.transfer import unpacked as module
from chat.transfer.bounds import ImportBounds
from tests.chat.transfer.reading import LIMIT, read_file

EMPTY = b'{"format":"myllm","version":1,"conversations":[]}'


def _zip(*files: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def _refused(body: bytes) -> ErrorCode:
    with pytest.raises(ChatError) as raised:
        read_file(body)
    return raised.value.code


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_file_of_a_zip_is_read(kind: int) -> None:
    conversation = b'{"format":"myllm","version":1,"conversations":[{"id":"%d"}]}'
    files = ((f"x/myllm-{n}.json", conversation % n) for n in range(3))
    assert [one.id for one in read_file(_zip(*files, kind=kind)).conversations] == ["0", "1", "2"]


def test_the_limit_is_for_all_files_of_a_zip_together() -> None:
    half = EMPTY + b" " * (LIMIT // 2)
    assert _refused(_zip(*((f"myllm-{n}.json", half) for n in range(2)))) == "body_too_large"


def test_a_zip_of_very_many_files_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    body = _zip(("myllm.json", EMPTY), *((f"{n}", b"") for n in range(20)))
    assert read_file(body).conversations == []
    monkeypatch.setattr(module, "_MOST_FILES", 10)
    assert _refused(body) == "bad_import"


def _directory_of(entries: int) -> bytes:
    """A zip that is nothing but a directory."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", *(0,) * 18).ljust(46, b"\0")
    return entry * entries


def _end(size: int, disks: bytes = b"\0" * 4) -> bytes:
    return b"PK\x05\x06" + disks + struct.pack("<2H2LH", 1, 1, size, 0, 0)


def test_a_long_directory_is_refused_whatever_other_records_say() -> None:
    directory = _directory_of(100_000)
    size = len(directory)
    decoy = b"PK\x05\x06" + b"\0" * 4
    longer = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, size, 1)
    ends = (decoy + _end(size + len(decoy)), _end(size, decoy[:4]), longer + locator + _end(46))
    for end in ends:
        with pytest.raises(ChatError, match="bad_import") as raised:
            read_file(b"PK" + directory[2:] + end, ImportBounds(10 * size, 9, 9, "x"))
        assert "files" in str(raised.value.detail)


def test_a_mark_before_the_text_is_no_part_of_it() -> None:
    for body in (EMPTY, _zip(("myllm.json", b"\xef\xbb\xbf" + EMPTY))):
        assert read_file(body).conversations == []
    assert read_file(b"\xef\xbb\xbf" + EMPTY).conversations == []


@given(some.data())
def test_a_damaged_zip_is_refused_or_read(data: some.DataObject) -> None:
    body = bytearray(_zip(("myllm.json", EMPTY), ("conversations.json", b"[]")))
    for _ in range(data.draw(some.integers(1, 4))):
        body[data.draw(some.integers(2, len(body) - 1))] = data.draw(some.integers(0, 255))
    with suppress(ChatError):
        read_file(bytes(body), ImportBounds(10_000, 100, 10_000, "x"))


def test_a_zip_that_points_before_its_beginning_is_refused() -> None:
    body = bytearray(_zip(("myllm.json", EMPTY)))
    size = body.rindex(b"PK\x05\x06") + 12
    body[size] += 40
    assert _refused(bytes(body)) == "bad_import"
