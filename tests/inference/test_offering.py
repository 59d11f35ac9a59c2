"""What is offered, with whether it fits and which one is recommended."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.catalog.fit import Machine, Verdict
from inference.catalog.model_download import ModelDownload
from inference.config import EngineConfig
from inference.model_memory.computer_memory import Memory
from inference.offering import offered_entries, this_machine
from inference.types import ModelCard

GB = 1_000_000_000


def machine(gigabytes: float, disk: float = 500, rate: float | None = 50e9) -> Machine:
    memory = Memory(int(gigabytes * GB), int(gigabytes * GB))
    return Machine(memory, int(disk * GB), rate)


def config(tmp_path: Path) -> EngineConfig:
    return EngineConfig((), tmp_path)


def recommended(tmp_path: Path, machine: Machine) -> list[str]:
    entries = offered_entries(config(tmp_path), machine)
    return [entry.id for entry in entries if entry.recommended]


@pytest.mark.parametrize(
    ("gigabytes", "rate", "best"),
    [
        (64, 100e9, ["qwen3-8b"]),
        (64, 25e9, ["qwen3-4b"]),
        (64, 20e9, ["qwen3-1.7b"]),
        (8, 25e9, ["qwen3-4b"]),
        (4, 20e9, ["minicpm5-1b"]),
        (0.5, 50e9, []),
    ],
)
def test_the_best_chinese_model_that_fits_and_is_fast_enough_is_recommended(
    tmp_path: Path, gigabytes: float, rate: float, best: list[str]
) -> None:
    assert recommended(tmp_path, machine(gigabytes, rate=rate)) == best


def test_without_a_measured_rate_memory_decides(tmp_path: Path) -> None:
    entries = offered_entries(config(tmp_path), machine(64, rate=None))
    assert {entry.fit.tokens_per_second for entry in entries} == {None}
    assert [entry.id for entry in entries if entry.recommended] == ["qwen3-8b"]


def test_a_full_disk_is_reported(tmp_path: Path) -> None:
    entries = offered_entries(config(tmp_path), machine(64, disk=1))
    verdicts = {entry.id: entry.fit.verdict for entry in entries}
    assert verdicts["qwen3-8b"] is Verdict.NO_DISK
    assert verdicts["qwen2.5-0.5b"] is Verdict.FITS


def test_what_is_there_needs_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelDownload, "missing", lambda self: None)
    entries = offered_entries(config(tmp_path), machine(64, disk=0))
    found = {entry.id: entry for entry in entries}["qwen3-8b"]
    assert (found.is_there, found.fit.verdict) == (True, Verdict.FITS)


def test_the_settings_count(tmp_path: Path) -> None:
    """A smaller cache frees memory."""
    small = EngineConfig((), tmp_path, kv_tokens=2048)
    fits = {e.id: e.fit for e in offered_entries(small, machine(64))}
    usual = {e.id: e.fit for e in offered_entries(config(tmp_path), machine(64))}
    assert fits["qwen3-4b"].memory < usual["qwen3-4b"].memory


def test_a_model_that_has_answered_here_shows_the_speed(tmp_path: Path) -> None:
    card = ModelCard("m", "m", "llama_cpp", 8, size=2 * GB)
    small = ModelCard("s", "s", "llama_cpp", 8, size=GB // 10)
    remote = ModelCard("r", "r", "openai_compatible", 8, local=False, size=GB)
    answered = [(card, 10.0), (small, 500.0), (remote, 90.0)]
    assert this_machine(config(tmp_path), answered).bytes_per_second == pytest.approx(20 * GB)


def test_else_the_memory_is_timed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inference.catalog import reading_rate  # noqa: PLC0415

    monkeypatch.setattr(reading_rate, "_probe", lambda: 12e9)
    assert this_machine(config(tmp_path)).bytes_per_second == 12e9
    monkeypatch.setattr(reading_rate, "_probe", lambda: 1.0)
    assert this_machine(config(tmp_path)).bytes_per_second == 12e9
