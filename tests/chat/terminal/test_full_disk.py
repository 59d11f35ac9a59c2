"""The sentence for a full disk."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from chat.terminal import full_disk, language
from chat.terminal.full_disk import free_bytes, is_no_space


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def test_the_sentence_has_the_free_and_the_needed_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_disk, "free_bytes", lambda folder: 3_000_000)
    sentence = str(full_disk.full_disk(Path("data")))
    assert "data is full (3 MB free, 100 MB needed)" in sentence
    assert "do not move or delete it" in sentence


def test_a_disk_that_does_not_tell_is_full_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_disk, "free_bytes", lambda folder: None)
    assert "is full (100 MB needed)" in str(full_disk.full_disk(Path("data")))


def test_a_folder_that_is_still_missing_has_its_disks_room(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "yet") == pytest.approx(free_bytes(tmp_path), rel=0.5)


def test_a_quota_counts_as_a_full_disk() -> None:
    assert is_no_space(OSError(errno.ENOSPC, "full"))
    assert not is_no_space(OSError(errno.EACCES, "denied"))
