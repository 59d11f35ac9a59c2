"""What is no chat model is recognised by its files, and a chat model is not taken for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inference.catalog.found import architectures
from inference.catalog.found.installed_library import library_files
from inference.catalog.found.named_path import unsuitable_path
from inference.catalog.found.suitability import of_config
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from tests.inference.catalog.found.layouts import write_folder, write_json
from tests.inference.catalog.gguf_file import Value, write_gguf

U = Unsuitability


@pytest.mark.parametrize(
    ("config", "files", "reason"),
    [
        ({"model_type": "bert", "architectures": ["BertModel"]}, (), U.EMBEDDING),
        ({"model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"]}, (), U.EMBEDDING),
        ({"model_type": "bert", "architectures": ["BertForMaskedLM"]}, (), U.EMBEDDING),
        ({"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]}, ("modules.json",),
         U.EMBEDDING),
        ({"model_type": "bert", "architectures": ["BertForSequenceClassification"]}, (),
         U.CLASSIFIER),
        ({"model_type": "t5", "architectures": ["T5ForConditionalGeneration"]}, (),
         U.ENCODER_DECODER),
        ({"model_type": "something", "is_encoder_decoder": True}, (), U.ENCODER_DECODER),
        ({"model_type": "whisper", "architectures": ["WhisperForConditionalGeneration"]}, (),
         U.SPEECH),
        ({"model_type": "clip", "architectures": ["CLIPModel"]}, (), U.IMAGE),
        ({}, ("model_index.json",), U.IMAGE),
        ({"model_type": "qwen3", "quantization": {"bits": 4}}, (), U.MLX),
    ],
)  # fmt: skip
def test_a_folder_is_judged_by_its_config_and_files(
    config: dict[str, Any], files: tuple[str, ...], reason: Unsuitability
) -> None:
    assert of_config(config, files) == Unsuitable(reason)


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]},
        {"model_type": "chatglm", "architectures": ["ChatGLMModel"]},
        {"model_type": "qwen2_5_vl", "architectures": ["Qwen2_5_VLForConditionalGeneration"]},
        {"model_type": "bert", "architectures": ["BertLMHeadModel"]},
        {"model_type": "qwen", "architectures": ["QWenLMHeadModel"]},
        {"model_type": "llama", "quantization_config": {"quant_method": "gptq", "bits": 4}},
        {"model_type": 3, "architectures": "Qwen"},
    ],
)
def test_a_model_that_writes_is_not_refused(config: dict[str, Any]) -> None:
    assert of_config(config, ("config.json",), "A-Model") is None


def test_a_reranker_is_known_by_its_name() -> None:
    config = {"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]}
    assert of_config(config, (), "Qwen3-Reranker-0.6B") == Unsuitable(U.RERANKER)


@pytest.mark.parametrize(
    ("name", "architecture", "values", "wanted"),
    [
        ("a.gguf", "frobnicate", {}, Unsuitable(U.UNKNOWN_ARCHITECTURE, "frobnicate")),
        ("a.gguf", "bert", {}, Unsuitable(U.EMBEDDING)),
        ("a.gguf", "qwen3", {".pooling_type": 3}, Unsuitable(U.EMBEDDING)),
        ("a.gguf", "qwen3", {".pooling_type": 4}, Unsuitable(U.RERANKER)),
        ("qwen3-reranker.gguf", "qwen3", {}, Unsuitable(U.RERANKER)),
        ("a.gguf", "t5", {}, Unsuitable(U.ENCODER_DECODER)),
        ("a.gguf", "clip", {}, Unsuitable(U.PROJECTOR)),
        ("mmproj-a.gguf", "qwen2vl", {}, Unsuitable(U.PROJECTOR)),
        ("a.gguf", "flux", {}, Unsuitable(U.IMAGE)),
        ("a.gguf", "llama", {"general.type": "adapter", "general.base_model.0.name": "Llama"},
         Unsuitable(U.ADAPTER, "Llama")),
        ("a-00002-of-00003.gguf", "llama", {}, Unsuitable(U.SHARD, "a-00001-of-00003.gguf")),
        ("a-00001-of-00003.gguf", "llama", {},
         Unsuitable(U.SHARD_MISSING, "a-00002-of-00003.gguf")),
        ("a.gguf", "qwen3", {".pooling_type": 0}, None),
    ],
)  # fmt: skip
def test_a_gguf_file_is_judged_by_its_header(
    tmp_path: Path,
    name: str,
    architecture: str,
    values: dict[str, Value],
    wanted: Unsuitable | None,
) -> None:
    assert unsuitable_path(write_gguf(tmp_path / name, architecture, values)) == wanted


def test_what_is_missing_or_damaged_is_reported_when_it_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(b"nothing")
    assert unsuitable_path(tmp_path / "a.gguf") is None
    assert unsuitable_path(tmp_path / "b.gguf") is None


class TestFolders:
    def test_an_empty_one(self, tmp_path: Path) -> None:
        assert unsuitable_path(tmp_path) == Unsuitable(U.EMPTY_FOLDER)

    def test_one_of_other_things(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear")
        assert unsuitable_path(tmp_path) == Unsuitable(U.NO_MODEL)

    def test_one_of_gguf_files_names_one_of_them(self, tmp_path: Path) -> None:
        file = write_gguf(tmp_path / "b.gguf")
        assert unsuitable_path(tmp_path) == Unsuitable(U.GGUF_FOLDER, str(file))

    def test_a_hubs_cache_names_a_model_in_it(self, tmp_path: Path) -> None:
        write_folder(tmp_path / "models--Qwen--Qwen3/snapshots/abc")
        wanted = Unsuitable(U.HUB_CACHE, str(tmp_path / "models--Qwen--Qwen3"))
        assert unsuitable_path(tmp_path) == wanted

    def test_an_empty_cache_of_a_hub(self, tmp_path: Path) -> None:
        (tmp_path / "models--Qwen--Qwen3").mkdir()
        assert unsuitable_path(tmp_path) == Unsuitable(U.HUB_CACHE)

    def test_a_folder_of_models_names_one(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "Qwen" / "Qwen3")
        assert unsuitable_path(tmp_path) == Unsuitable(U.HUB_CACHE, str(folder))

    def test_an_adapters_names_its_model(self, tmp_path: Path) -> None:
        write_json(tmp_path / "adapter_config.json", {"base_model_name_or_path": "Qwen/Qwen3"})
        assert unsuitable_path(tmp_path) == Unsuitable(U.ADAPTER, "Qwen/Qwen3")


@pytest.mark.parametrize("reason", Unsuitability)
@pytest.mark.parametrize("about", ["", "Qwen/Qwen3"])
def test_each_reason_is_one_sentence_that_reports_what_to_do(
    reason: Unsuitability, about: str
) -> None:
    sentence = Unsuitable(reason, about).sentence
    assert any(verb in sentence for verb in ("choose", "name", "put"))
    assert "{" not in sentence
    assert not sentence.endswith(".")


def test_every_architecture_is_one_that_the_installed_library_knows() -> None:
    library = b"".join(file.read_bytes() for file in library_files())
    if not library:
        pytest.skip("needs xllamacpp")
    known = architectures.CHAT | architectures.ENCODERS | architectures.ENCODER_DECODERS
    assert not [name for name in known if name.encode() + b"\0" not in library]


def test_an_architecture_that_only_the_library_knows_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(architectures, "CHAT", frozenset[str]())
    if not library_files():
        pytest.skip("needs xllamacpp")
    assert unsuitable_path(write_gguf(tmp_path / "a.gguf", "hunyuan-dense")) is None
