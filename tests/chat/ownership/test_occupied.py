from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from chat.ownership import occupied as module
from chat.ownership.occupied import occupied
from chat.ownership.owner import Owner
from chat.ownership.process import ProcessState
from chat.terminal import language

FOLDER = Path("/data")
HERE = Owner(pid=41, server=42, since="2025-01-02 03:04:05", address="http://localhost:8000/")


@pytest.fixture(params=[True, False], ids=["zh", "en"])
def chinese(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(language, "prefers_chinese", lambda: request.param)
    return bool(request.param)


def refusal(monkeypatch: pytest.MonkeyPatch, owner: Owner | None, **states: ProcessState) -> str:
    """The sentence; `states` are those of processes, by `p` and their id."""
    monkeypatch.setattr(
        module, "process_state", lambda pid: states.get(f"p{pid}", ProcessState.RUNNING)
    )
    sentence = str(occupied(FOLDER, owner))
    assert "\n" not in sentence
    assert str(FOLDER) in sentence
    return sentence


@pytest.mark.usefixtures("chinese")
def test_one_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(monkeypatch, HERE)
    for part in ("41", HERE.since, HERE.address, "Ctrl-C", "41", "MYLLM_DATA_DIR"):
        assert part in sentence


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("suspended", "way"), [(41, "kill -CONT 41 && kill 41"), (42, "kill -CONT 42 && kill 41")]
)
def test_one_that_is_suspended_itself_or_by_its_guard(
    monkeypatch: pytest.MonkeyPatch, suspended: int, way: str
) -> None:
    sentence = refusal(monkeypatch, HERE, **{f"p{suspended}": ProcessState.SUSPENDED})
    assert "fg" in sentence
    assert way in sentence


@pytest.mark.usefixtures("chinese")
def test_one_on_another_computer_is_not_looked_for_here(monkeypatch: pytest.MonkeyPatch) -> None:
    away = Owner(pid=41, host="elsewhere", address="")
    sentence = refusal(monkeypatch, away, p41=ProcessState.ENDED)
    assert sentence.count("elsewhere") == 2


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("owner", [None, HERE])
def test_one_that_is_not_known(monkeypatch: pytest.MonkeyPatch, owner: Owner | None) -> None:
    sentence = refusal(monkeypatch, owner, p41=ProcessState.ENDED)
    assert "owner.lock" in sentence
    assert "41" not in sentence


@pytest.mark.usefixtures("chinese")
def test_several_workers_are_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = SimpleNamespace(pid=os.getppid())
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: parent)
    assert "--workers 1" in refusal(monkeypatch, HERE)
