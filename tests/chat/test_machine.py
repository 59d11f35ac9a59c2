"""What this computer says of itself."""

from __future__ import annotations

from pathlib import Path

from chat.machine import free_disk, memory


def test_there_is_some_disk_and_memory(tmp_path: Path) -> None:
    found = memory()
    assert free_disk(tmp_path) > 0
    assert found is not None
    assert found.total > 1 << 28
    assert found.available is None or 0 < found.available <= found.total
