"""An owner who names what is no chat model reads what it is and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inference.config import EngineConfig
from inference.events import GenerationFinished
from inference.specs.reader import ModelSpecError
from inference.specs.registry import check_spec, open_spec
from tests.inference.backends.contract import ignore, read, request
from tests.inference.catalog.found.layouts import layer, write_folder, write_json, write_manifest
from tests.inference.catalog.gguf_file import write_gguf


def _unknown(place: Path) -> Path:
    return write_gguf(place / "model.gguf", "frobnicate")


def _adapter(place: Path) -> Path:
    return write_json(place / "adapter_config.json", {"base_model_name_or_path": "Q/3"}).parent


def _empty(place: Path) -> Path:
    place.mkdir(exist_ok=True)
    return place


def _cache(place: Path) -> Path:
    write_folder(place / "models--Qwen--Qwen3" / "snapshots" / "abc")
    return place


def _bert(place: Path) -> Path:
    return write_folder(place / "bge", {"model_type": "bert", "architectures": ["BertModel"]})


def _without_weights(place: Path, *names: str, **config: object) -> Path:
    folder = write_folder(place / "other", dict(config))
    (folder / "model.safetensors").unlink()
    for name in names:
        (folder / name).write_bytes(bytes(8))
    return folder


def _tensorflow(place: Path) -> Path:
    return _without_weights(place, "tf_model.h5")


def _onnx(place: Path) -> Path:
    folder = _without_weights(place)
    (folder / "onnx").mkdir()
    return folder


def _openvino(place: Path) -> Path:
    return _without_weights(place, "openvino_model.xml", "openvino_model.bin")


def _mlx(place: Path) -> Path:
    bits = {"group_size": 64, "bits": 4}
    return write_folder(place / "mlx", {"quantization": bits, "quantization_config": bits})


def _first_part(place: Path) -> Path:
    return write_gguf(place / "Big-00001-of-00003.gguf", "qwen3")


def _parts(place: Path) -> Path:
    return _first_part(place).parent


def _weights(place: Path) -> Path:
    return write_folder(place / "whole") / "model.safetensors"


def _archive(place: Path) -> Path:
    return write_json(place / "model.zip", {})


def _lone_weights(place: Path) -> Path:
    return write_json(place / "weights.bin", {})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_tensorflow, r"format of TensorFlow; choose a GGUF file"),
        (_onnx, r"format of ONNX"),
        (_openvino, r"format of OpenVINO"),
        (_mlx, r"format of MLX"),
        (_first_part, r"Big-00002-of-00003.gguf is missing; download it and put it"),
        (_parts, r"Big-00002-of-00003.gguf is missing; download it and put it"),
        (_weights, r"one file of a model; name its folder, .*whole"),
        (_archive, r"a packed archive; unpack it"),
        (_lone_weights, r"no model that can be used by itself; choose a .gguf file"),
        (_unknown, r"its architecture, frobnicate, is not known .* update MyLLM"),
        (_adapter, r"an adapter \(LoRA\) for Q/3 .* merge it into that model"),
        (_empty, r"an empty folder; name the one"),
        (_cache, r"a hub's cache .* such as .*models--Qwen--Qwen3"),
        (_bert, r"vectors for search .* choose a chat model"),
    ],
)
def test_the_sentence_reports_what_it_is_and_what_to_do(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    spec = str(make(tmp_path / "place"))
    with pytest.raises(ModelSpecError, match=words):
        check_spec(spec)
    with pytest.raises(ModelSpecError, match=words):
        open_spec(spec, EngineConfig((spec,), Path("models")))


@pytest.mark.parametrize("spec", ["/none", "./none", "../none", "~none", r"C:\none", r"\\none"])
def test_a_path_to_nothing_is_no_unknown_word(spec: str) -> None:
    with pytest.raises(ModelSpecError, match="no such file or folder"):
        check_spec(spec)


def test_a_gguf_file_of_any_name_is_opened_after_its_kind(tmp_path: Path) -> None:
    file = write_gguf(tmp_path / "weights", values={"general.file_type": 7})
    (backend,) = open_spec(f"gguf:{file}", EngineConfig((), Path("models")))
    assert (backend.card.name, backend.card.quantisation) == ("weights", "Q8_0")
    assert backend.card.size == file.stat().st_size


def test_the_first_of_several_files_names_the_model(tmp_path: Path) -> None:
    file = write_gguf(tmp_path / "Qwen3-00001-of-00002.gguf", "qwen3")
    write_gguf(tmp_path / "Qwen3-00002-of-00002.gguf", "qwen3")
    (backend,) = open_spec(str(file), EngineConfig((), Path("models")))
    assert backend.card.id == "Qwen3"


@pytest.mark.model
async def test_a_model_of_ollamas_store_answers(tmp_path: Path, builtin_file: Path) -> None:
    digest = "a" * 64
    (tmp_path / "blobs").mkdir()
    blob = tmp_path / "blobs" / f"sha256-{digest}"
    blob.symlink_to(builtin_file)
    model = layer("model", "a", blob.stat().st_size)
    write_manifest(tmp_path, "registry.ollama.ai/library/tiny/1b", model)
    config = EngineConfig((), Path("models"), slots=1, kv_tokens=256, threads=1)
    (backend,) = open_spec(f"gguf:{blob}", config)
    assert backend.card.id == "tiny:1b"
    await backend.load(ignore)
    assert isinstance(
        (await read(backend.generate(request("Hi", max_new_tokens=2))))[-1], GenerationFinished
    )
    await backend.close()
