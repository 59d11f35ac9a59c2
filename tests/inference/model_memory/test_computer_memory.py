"""The memory there is, and the part of it that a control group leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.model_memory import computer_memory
from inference.model_memory.computer_memory import Memory, memory

GROUP = "system.slice/myllm.service"


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A process in a service of a slice, neither of them limited."""
    own = tmp_path / "own"
    own.write_text(f"0::/{GROUP}\n")
    monkeypatch.setattr(computer_memory, "OWN_CGROUP", own)
    monkeypatch.setattr(computer_memory, "CGROUPS", tmp_path / "cgroup")
    for folder in (GROUP, "system.slice"):
        limit(tmp_path / "cgroup" / folder, "max", used=10)
    return tmp_path / "cgroup"


def limit(folder: Path, most: str, *, used: int, cached: int = 0) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(most)
    (folder / "memory.current").write_text(str(used))
    (folder / "memory.stat").write_text(f"anon 1\ninactive_file {cached}\n")


def test_there_is_some_memory() -> None:
    found = memory()
    assert found.total > 1 << 28
    assert 0 < found.available <= found.total


@pytest.mark.usefixtures("groups")
def test_groups_without_a_limit_change_nothing() -> None:
    assert memory().total > 1 << 28


@pytest.mark.parametrize("folder", [GROUP, "system.slice"])
def test_the_tightest_limit_counts_and_cached_files_are_free(groups: Path, folder: str) -> None:
    limit(groups / folder, "1000", used=900, cached=300)
    assert memory() == Memory(1000, 400)


def test_a_limit_of_version_1_counts_too(groups: Path) -> None:
    computer_memory.OWN_CGROUP.write_text("5:cpu,cpuacct:/x\n4:memory:/docker/abc\n")
    folder = groups / "memory"
    folder.mkdir()
    (folder / "memory.limit_in_bytes").write_text("1000")
    (folder / "memory.usage_in_bytes").write_text("900")
    (folder / "memory.stat").write_text("total_inactive_file 300\n")
    assert memory() == Memory(1000, 400)


def test_a_system_without_groups_has_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computer_memory, "OWN_CGROUP", tmp_path / "none")
    assert memory().total > 1 << 28
