"""What is read before a model is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.llama_cpp_engine import read_ahead as module
from inference.llama_cpp_engine.read_ahead import read_ahead
from inference.model_memory.computer_memory import Memory

SIZE = 1000


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_BLOCK_BYTES", 100)
    monkeypatch.setattr(module, "_REPORT_BYTES", 300)
    made = tmp_path / "a.gguf"
    made.write_bytes(bytes(SIZE))
    return made


def _received(file: Path, *, after: int = SIZE) -> list[float]:
    received: list[float] = []
    read_ahead(file, received.append, lambda: len(received) >= after)
    return received


def test_it_is_read_to_its_end(file: Path) -> None:
    assert _received(file) == [0.3, 0.6, 0.9, 1.0]


def test_it_can_be_given_up(file: Path) -> None:
    assert _received(file, after=2) == [0.3, 0.6]


def test_what_the_memory_cannot_hold_is_left(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "memory", lambda: Memory(SIZE, SIZE - 1))
    assert _received(file) == []


def test_a_missing_file_is_ignored(tmp_path: Path) -> None:
    assert _received(tmp_path / "none.gguf") == []
