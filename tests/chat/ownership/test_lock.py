from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from chat.ownership.lock import FolderLock
from chat.ownership.owner import Owner


def test_one_of_two_has_it_until_it_is_released(tmp_path: Path) -> None:
    one, other = FolderLock(tmp_path / "data"), FolderLock(tmp_path / "data")
    assert one.take()
    assert not other.take()
    one.describe(Owner(pid=7))
    assert other.described() == Owner(pid=7)
    one.release()
    assert other.take()
    other.release()


def test_a_shorter_description_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.take()
    lock.describe(Owner(command="x" * 100))
    lock.describe(Owner(command="x"))
    assert lock.described() == Owner(command="x")
    lock.release()


def test_programs_that_are_started_do_not_inherit_it(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.take()
    assert lock._descriptor is not None
    assert not os.get_inheritable(lock._descriptor)
    lock.release()


def test_a_full_disk_costs_the_description_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    lock = FolderLock(tmp_path)
    assert lock.take()
    monkeypatch.setattr(os, "write", full)
    lock.describe(Owner())
    monkeypatch.undo()
    assert not FolderLock(tmp_path).take()
    assert lock.described() is None
    lock.release()
