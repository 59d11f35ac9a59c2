import errno
import importlib.util
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from chat.terminal import language
from chat.terminal.refusal import Refusal
from hosting.sources.candidates import Candidates
from hosting.sources.pip_install import PipInstall
from hosting.sources.sequential_fetch import Fetched, SequentialFetch
from hosting.sources.tried_sources import TriedSources
from hosting.terminal.child import Outcome
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


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Sequence[str], Candidates, str]]:
    """pip's arguments and sources, and its requirement file meanwhile."""
    seen: list[tuple[Sequence[str], Candidates, str]] = []

    def fetch(self: SequentialFetch) -> Fetched:
        run, indexes = self._fetcher, self._candidates
        assert isinstance(run, PipInstall)
        file = run.prefix / "requirements.txt"
        seen.append((run.arguments, indexes, file.read_text() if file.exists() else ""))
        return Fetched(Outcome(0, ""), TriedSources("X"))

    monkeypatch.setattr(SequentialFetch, "fetch", fetch)
    monkeypatch.setattr(installation, "read_hashes", lambda file: {"a==1": ("sha256:1",)})
    monkeypatch.setenv("PIP_INDEX_URL", "http://own/simple")
    monkeypatch.delenv("MYLLM_PIP_INDEXES", raising=False)
    return seen


def test_what_has_digests_is_installed_by_them(
    tmp_path: Path, runs: list[tuple[Sequence[str], Candidates, str]]
) -> None:
    installation.fill(Environment(tmp_path), ["a==1"], lock=0)
    [(arguments, indexes, file)] = runs
    assert arguments == ("--require-hashes", "-r", str(tmp_path / "requirements.txt"))
    assert file == "a==1 --hash=sha256:1"
    assert indexes.others
    assert list(tmp_path.iterdir()) == []


def test_what_has_none_comes_second_and_from_chosen_sources_alone(
    tmp_path: Path, runs: list[tuple[Sequence[str], Candidates, str]]
) -> None:
    installation.fill(Environment(tmp_path), ["a==1", "torch==2"], lock=0)
    assert runs[0][2] == "a==1 --hash=sha256:1"
    arguments, indexes, _ = runs[1]
    assert list(arguments) == ["a==1", "torch==2"]
    assert indexes.all == ("http://own/simple",)
