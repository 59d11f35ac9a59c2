import errno
import importlib.util
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from chat.management.terminal import language
from chat.management.terminal.progress import ProgressLine
from chat.management.terminal.refusal import Refusal
from MyLLM.bootstrap import installation
from MyLLM.bootstrap.environment import Environment
from MyLLM.bootstrap.installation import PipView, install


class Usage(NamedTuple):
    free: int


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(ProgressLine, "show", lambda _, detail="": lines.append(detail))
    return lines


def test_a_full_disk_is_seen_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=100_000_000))
    with pytest.raises(Refusal, match="700 MB are needed, 100 MB are free"):
        install(["django==5.2.19"], Environment(tmp_path / ".venv"), lock=0)
    assert not (tmp_path / ".venv").exists()


def test_torch_needs_more_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1_000_000_000))
    with pytest.raises(Refusal, match="000 MB are needed"):
        install(["torch==2.13.0"], Environment(tmp_path / ".venv"), lock=0)


def test_a_python_without_venv_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Refusal, match="sudo apt install python3"):
        installation.make(Environment(tmp_path / ".venv"), lock=0)


def test_a_disk_that_fills_up_meanwhile_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(own: Environment) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Environment, "is_sound", fill_up)
    with pytest.raises(Refusal, match="too full"):
        install(["django==5.2.19"], Environment(tmp_path / ".venv"), lock=0)


def test_downloads_are_counted_in_packages_and_megabytes(tmp_path: Path, shown: list[str]) -> None:
    view = PipView(Environment(tmp_path / ".venv"), 2, tmp_path)
    view.see("Collecting apple==1.0")
    unpacking = tmp_path / "pip-unpack-x"
    unpacking.mkdir()
    (unpacking / "apple.whl").write_bytes(bytes(3_000_000))
    view.see("")
    view.see("Collecting pear==2.0 (from basket)")
    view.see("Collecting seed>=1")
    assert shown == [
        "1/2 apple==1.0 · 0 MB",
        "1/2 apple==1.0 · 3 MB",
        "2/2 pear==2.0 · 3 MB",
        "3 seed>=1 · 3 MB",
    ]


def test_writing_is_counted_in_packages(tmp_path: Path, shown: list[str]) -> None:
    own = Environment(tmp_path / ".venv")
    view = PipView(own, 2, tmp_path)
    view.see("Installing collected packages: apple, Pear-Tree")
    (own.folder / "lib/python3.11/site-packages/pear_tree-2.0.dist-info").mkdir(parents=True)
    view.see("")
    assert shown == ["writing 0/2", "writing 1/2"]
