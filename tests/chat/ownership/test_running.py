"""Which process owns a data folder, as seen by another process."""

from __future__ import annotations

from pathlib import Path

from chat.ownership.lock import FolderLock
from chat.ownership.owner import Owner
from chat.ownership.running import running_owner


def test_a_folder_that_was_never_owned_is_not_made(tmp_path: Path) -> None:
    assert running_owner(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_the_owner_is_described_while_it_holds_the_folder(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    assert lock.take()
    owner = Owner(address="http://localhost:8313/", https_port=8443)
    lock.describe(owner)
    assert running_owner(tmp_path) == owner
    lock.release()
    assert running_owner(tmp_path) is None


def test_one_that_is_not_known_by_name_is_there_all_the_same(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    assert lock.take()
    found = running_owner(tmp_path)
    lock.release()
    assert found is not None
    assert found.address == ""


def test_asking_leaves_the_folder_free(tmp_path: Path) -> None:
    lock, other = FolderLock(tmp_path), FolderLock(tmp_path)
    assert lock.take()
    lock.release()
    assert running_owner(tmp_path) is None
    assert other.take()
    other.release()
