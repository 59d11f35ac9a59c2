"""Whatever is zipped, no more is unpacked than allowed, and nothing but a refusal comes of it."""

from __future__ import annotations

import io
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
