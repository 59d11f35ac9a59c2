"""The free space of a disk."""

from __future__ import annotations

from pathlib import Path

from chat.health.disk_space import free_disk


def test_there_is_some_disk(tmp_path: Path) -> None:
    assert free_disk(tmp_path) > 0
