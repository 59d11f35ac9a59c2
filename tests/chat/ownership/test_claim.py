from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chat.ownership import claim as module
from chat.ownership import lock
from chat.ownership.claim import claim, owned, record_stopping, release, require_free
from chat.ownership.lock import FolderLock
from chat.ownership.occupied import Occupied
from chat.ownership.owner import Owner
from chat.terminal.refusal import Refusal


@pytest.fixture(autouse=True)
def unclaimed() -> Iterator[None]:
    yield
    release()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[FolderLock]:
    """Another process's, as far as the system can tell."""
    held = FolderLock(tmp_path)
    assert held.take()
    held.describe(Owner())
    yield held
    held.release()


def test_what_is_claimed_is_kept_and_described(tmp_path: Path) -> None:
    claim(tmp_path, "http://localhost:8000/")
    claim(tmp_path)
    with owned(tmp_path):
        pass
    beside = FolderLock(tmp_path)
    assert not beside.take()
    beside.release()
    record = beside.described()
    assert record
    assert (record.pid, record.server, record.address) == (os.getpid(), 0, "http://localhost:8000/")


def test_a_server_that_was_forked_has_the_claim_of_its_guard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim(tmp_path, "http://localhost:8000/")
    guard = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: guard + 1)
    claim(tmp_path)
    record = FolderLock(tmp_path).described()
    assert record
    assert (record.pid, record.server, record.address) == (
        guard,
        guard + 1,
        "http://localhost:8000/",
    )


def test_a_folder_that_is_owned_is_refused(
    tmp_path: Path, other: FolderLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHORTLY", 0)
    for attempt in (claim, require_free):
        with pytest.raises(Occupied, match=str(os.getpid())):
            attempt(tmp_path)
    other.release()
    claim(tmp_path)


@pytest.mark.parametrize("found", [None, Owner(is_stopping=True), Owner(pid=1 << 30)])
def test_one_that_is_ending_is_waited_for(
    tmp_path: Path,
    other: FolderLock,
    found: Owner | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SHORTLY", -1)
    if found is None:
        other.file.write_bytes(b"")
    else:
        other.describe(found)
    monkeypatch.setattr(time, "sleep", lambda seconds: other.release())
    claim(tmp_path)


def test_an_ending_owner_is_recorded(tmp_path: Path) -> None:
    record_stopping()
    claim(tmp_path)
    record_stopping()
    record = FolderLock(tmp_path).described()
    assert record
    assert record.is_stopping


def test_checking_a_folder_creates_and_holds_nothing(tmp_path: Path) -> None:
    require_free(tmp_path / "data")
    assert not (tmp_path / "data").exists()
    (tmp_path / lock.NAME).touch()
    require_free(tmp_path)
    beside = FolderLock(tmp_path)
    assert beside.take()
    beside.release()


def test_a_file_system_without_locks_is_warned_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unsupported(descriptor: int, at: int) -> bool:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "try_lock", unsupported)
    for _ in range(2):
        claim(tmp_path)
        release()
    assert caplog.text.count("No locks available") == 1


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="file"):
        claim(tmp_path / "file")
