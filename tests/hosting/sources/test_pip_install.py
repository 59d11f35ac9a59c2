"""The computer's real pip, with sources on this computer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hosting.sources import stall
from hosting.sources.candidates import Candidates
from hosting.sources.pip_install import PipInstall
from hosting.sources.sequential_fetch import Fetched, SequentialFetch
from hosting.sources.stall import Activity
from tests.hosting.sources.fake_sources import Trickling, dead, folder, mute, serving
from tests.hosting.sources.test_sequential_fetch import Notes
from tests.hosting.sources.wheel import write_wheel


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """An index that has `apple`."""
    write_wheel(tmp_path / "simple" / "apple", "apple", {"apple.py": ""})
    with serving(folder(tmp_path)) as url:
        yield url


@pytest.fixture(autouse=True)
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this computer's indexes, cache and proxy; ten seconds pass in one."""
    for name in [name for name in os.environ if name.startswith("PIP_") or "_proxy" in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(stall, "STALLED_SECONDS", 1.0)


def install(tmp_path: Path, *sources: str) -> tuple[Fetched, Notes]:
    arguments = ("--no-deps", "--target", str(tmp_path / "here"), "apple==1.0")
    run = PipInstall(Path(sys.executable), Path(sys.prefix), arguments, tmp_path / "downloads")
    notes = Notes()
    return SequentialFetch(run, Candidates("X", sources[:1], sources[1:]), notes).fetch(), notes


@pytest.mark.parametrize("kind", ["mute", "trickling"])
def test_a_stalled_source_is_replaced(tmp_path: Path, mirror: str, kind: str) -> None:
    with ExitStack() as stack:
        source = stack.enter_context(mute() if kind == "mute" else serving(Trickling))
        fetched, notes = install(tmp_path, source, mirror)
    assert fetched.outcome.code == 0, fetched.outcome.output
    assert (tmp_path / "here" / "apple.py").exists()
    assert len(notes.sentences) == 2


def test_an_unreachable_source_is_replaced(tmp_path: Path, mirror: str) -> None:
    fetched, _ = install(tmp_path, dead(), mirror)
    assert fetched.outcome.code == 0, fetched.outcome.output
    assert not (tmp_path / "downloads").exists()


def test_a_source_without_the_package_is_replaced(tmp_path: Path, mirror: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with serving(folder(empty)) as source:
        assert install(tmp_path, source, mirror)[0].outcome.code == 0


@pytest.mark.parametrize(
    ("line", "activity"),
    [
        ("Collecting apple==1.0", Activity.PROGRESS),
        ("WARNING: Retrying (Retry(total=4, connect=None)) after connection", Activity.NONE),
        ("", Activity.NONE),
        ("Installing collected packages: apple", Activity.DOWNLOADED),
    ],
)
def test_pips_output_is_understood(line: str, activity: Activity) -> None:
    run = PipInstall(Path(sys.executable), Path(sys.prefix), (), Path("downloads"))
    assert run.activity_of(line) is activity


@pytest.mark.parametrize(
    ("line", "size", "busy"),
    [
        ("  Downloading torch-2.whl (10.0 kB)", 9_000, False),
        ("  Downloading torch-2.whl (10.0 kB)", 9_960, True),
        ("  Downloading torch-2.whl (1.2 GB)", 9_960, False),
        ("Processing /wheels/torch-2.whl", 0, True),
        ("Collecting torch==2", 9_960, False),
    ],
)
def test_a_complete_file_keeps_pip_busy(tmp_path: Path, line: str, size: int, busy: bool) -> None:
    run = PipInstall(Path(sys.executable), Path(sys.prefix), (), tmp_path)
    (tmp_path / "torch-2.whl").write_bytes(bytes(size))
    run.activity_of(line)
    run.activity_of("")
    assert run.is_busy() is busy
