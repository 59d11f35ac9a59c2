"""One file: for its owner alone, growing, and void at once where it must not be believed."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from chat.runs.journal.header import Header, decode_header
from chat.runs.journal.record import Records, frame, unframe
from chat.runs.journal.segment import Segment

HEADER = Header("j", "s", "b", 1)


@pytest.fixture
def segment(tmp_path: Path) -> Segment:
    return Segment(tmp_path / "journal", HEADER)


def _file(folder: Path) -> Path:
    return next((folder / "journal").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_it(segment: Segment, tmp_path: Path) -> None:
    assert stat.S_IMODE(_file(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "journal").stat().st_mode) == 0o700


def test_it_begins_with_its_header_and_grows(segment: Segment, tmp_path: Path) -> None:
    assert not segment.has_records
    segment.append(b"one")
    segment.append(b"two")
    data = _file(tmp_path).read_bytes()
    found = decode_header(data)
    assert found is not None
    assert (found[0], data[found[1] :]) == (HEADER, b"onetwo")
    assert segment.has_records
    assert segment.size == len(data)


def test_what_was_appended_can_be_synced_beside_the_event_loop(segment: Segment) -> None:
    segment.append(b"one")
    segment.sync()
    segment.sync()
    segment.close()
    segment.sync()  # closed meanwhile: nothing is left to be done


def test_void_it_is_torn_after_its_header(segment: Segment, tmp_path: Path) -> None:
    segment.append(frame(b"one", segment.seed))
    segment.void()
    data = _file(tmp_path).read_bytes()
    found = decode_header(data)
    assert found is not None
    assert unframe(data, found[1], segment.seed) == Records((), torn=True)


def test_removed_it_is_gone(segment: Segment, tmp_path: Path) -> None:
    segment.remove()
    segment.remove()
    assert list((tmp_path / "journal").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full disk to write to")
def test_a_full_disk_is_told(segment: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(segment, "_descriptor", full)
    with pytest.raises(OSError, match="No space left"):
        segment.append(b"one")
