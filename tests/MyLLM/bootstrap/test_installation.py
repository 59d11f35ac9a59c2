import errno
import importlib.util
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from chat.management.terminal import language
from chat.management.terminal.refusal import Refusal
from MyLLM.bootstrap import installation
from MyLLM.bootstrap.environment import Environment
from MyLLM.bootstrap.installation import install


class Usage(NamedTuple):
    free: int


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


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
