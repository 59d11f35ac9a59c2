"""What models weigh before they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference import EngineConfig, ModelOnDisk, models_on_disk
from inference.catalog.builtin import SMOLLM2


def weighed(tmp_path: Path, *specs: str) -> list[ModelOnDisk]:
    return models_on_disk(EngineConfig(models=specs, models_dir=tmp_path))


def test_scripted_models_are_no_files(tmp_path: Path) -> None:
    assert weighed(tmp_path, "scripted", "scripted/plain") == []


def test_the_builtin_model_can_be_fetched(tmp_path: Path) -> None:
    (model,) = weighed(tmp_path, "smollm2")
    assert (model.size, model.is_there) == (SMOLLM2.size, False)
    assert model.to_fetch > SMOLLM2.size


def test_a_model_takes_more_than_its_file(tmp_path: Path) -> None:
    """SmolLM2, measured with its usual cache of 8192 tokens: 355 MB."""
    (model,) = weighed(tmp_path, "smollm2")
    assert model.memory == pytest.approx(355_000_000, rel=0.25)


def test_a_hubs_model_is_to_be_fetched(tmp_path: Path) -> None:
    (offered, hub) = weighed(tmp_path, "qwen3-4b", "owner/name")
    assert (offered.is_there, offered.size) == (False, 2_497_280_256)
    assert offered.to_fetch > offered.size
    assert offered.memory is not None
    assert offered.memory > offered.size
    assert (hub.is_there, hub.size, hub.memory) == (False, 0, None)
    assert hub.to_fetch > 0


def test_a_file_has_its_length(tmp_path: Path) -> None:
    file = tmp_path / "a.gguf"
    assert weighed(tmp_path, str(file)) == [ModelOnDisk(file, 0, False)]
    file.write_bytes(bytes(1000))
    assert weighed(tmp_path, str(file)) == [ModelOnDisk(file, 1000, True)]


def test_a_folder_weighs_its_weights(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    assert not weighed(tmp_path, str(tmp_path))[0].is_there
    for number in range(2):
        (tmp_path / f"model-{number}.safetensors").write_bytes(bytes(500))
    (model,) = weighed(tmp_path, str(tmp_path))
    assert (model.size, model.is_there) == (1000, True)
