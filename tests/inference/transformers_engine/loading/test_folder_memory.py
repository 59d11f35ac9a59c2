"""What a folder's model will take, before torch is imported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inference.config import EngineConfig
from inference.transformers_engine.loading import folder_memory as reckoned
from inference.transformers_engine.loading.folder_memory import folder_memory

CONFIG = {
    "num_hidden_layers": 30,
    "hidden_size": 576,
    "num_attention_heads": 9,
    "num_key_value_heads": 3,
    "vocab_size": 49_152,
    "dtype": "bfloat16",
}
WEIGHTS = 269_060_552


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reckoned, "_has_own_memory", lambda device: device == "cuda")
    monkeypatch.setattr(reckoned, "_is_native", lambda: False)
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    with (tmp_path / "model.safetensors").open("wb") as weights:
        weights.truncate(WEIGHTS)
    return tmp_path


def config(**choices: object) -> EngineConfig:
    return EngineConfig((), Path("models"), **choices)  # type: ignore[arg-type]


def test_it_is_what_was_measured_where_bfloat16_is_emulated(folder: Path) -> None:
    """SmolLM2-135M in bfloat16: 1.41 GB once loaded, 1.46 GB after eight answers at once."""
    assert folder_memory(folder, config()) == pytest.approx(1_435_000_000, rel=0.25)


def test_a_processor_that_computes_in_bfloat16_keeps_the_weights_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulated = folder_memory(folder, config())
    monkeypatch.setattr(reckoned, "_is_native", lambda: True)
    native = folder_memory(folder, config())
    assert emulated is not None
    assert native is not None
    assert emulated - native == 2 * WEIGHTS


def test_where_memory_is_short_they_are_kept_once_too(folder: Path) -> None:
    little = folder_memory(folder, config(free_memory=WEIGHTS))
    assert little == folder_memory(folder, config(dtype="float32"))


def test_what_goes_to_a_graphics_card_is_not_counted(folder: Path) -> None:
    assert folder_memory(folder, config(device="cuda")) is None


def test_without_weights_there_is_nothing_to_reckon(tmp_path: Path) -> None:
    assert folder_memory(tmp_path, config(device="cpu")) is None


def test_a_config_that_cannot_be_read_leaves_the_weights(folder: Path) -> None:
    (folder / "config.json").write_text("{")
    found = folder_memory(folder, config())
    assert found is not None
    assert found > WEIGHTS
