"""Folders that cannot answer say so when they are loaded, by the file or by what they are for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.loading.loader import load
from inference.transformers_engine.loading.placement import Placement
from tests.inference.transformers_engine.any_model import save_any_model


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "Tiny"
    save_any_model("llama", folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy whose files may be changed; the large ones are links."""
    copy = tmp_path / "Tiny"
    copy.mkdir()
    for file in whole.iterdir():
        (copy / file.name).symlink_to(file)
    return copy


def put(file: Path, content: str) -> None:
    file.unlink(missing_ok=True)
    file.write_text(content, encoding="utf-8")


def refusal(folder: Path) -> InferenceError:
    with pytest.raises(InferenceError) as raised:
        load(folder, Placement(), lambda _: None)
    return raised.value


def test_a_whole_folder_loads(folder: Path) -> None:
    assert load(folder, Placement(), lambda _: None).batchable


@pytest.mark.parametrize("also_missing", [(), ("tokenizer_config.json",)])
def test_without_a_vocabulary_the_missing_file_is_named(
    folder: Path, also_missing: tuple[str, ...]
) -> None:
    for name in ("tokenizer.json", *also_missing):
        (folder / name).unlink()
    error = refusal(folder)
    assert error.code is InferenceErrorCode.MODEL_FILE_MISSING
    assert error.detail["file"] == "tokenizer.json"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", '{"model_type": '),
        ("tokenizer.json", '{"version": "1.0"'),
        ("tokenizer.json", '{"version": "1.0"}'),
        ("tokenizer_config.json", "[]"),
        ("tokenizer.json", '{"added_tokens": [], "model": null}'),
        ("special_tokens_map.json", "{"),
        ("added_tokens.json", "{"),
        ("chat_template.json", "{"),
        ("model.safetensors.index.json", "{"),
        ("generation_config.json", "<html>"),
        ("chat_template.jinja", "{% for m in messages %}{{ m.content }"),
        ("chat_template.jinja", "{{ messages.absent.more }}"),
        ("chat_template.jinja", "{{ messages + 1 }}"),
        ("chat_template.jinja", "{{ messages[1].absent.more if messages | length > 1 else 'x' }}"),
    ],
)
def test_a_damaged_file_is_named(folder: Path, name: str, content: str) -> None:
    put(folder / name, content)
    error = refusal(folder)
    assert error.code is InferenceErrorCode.MODEL_FILE_DAMAGED
    assert error.detail["file"] == name


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({"model_type": "bert", "architectures": ["BertModel"]}, "embedding"),
        ({"model_type": "roberta", "architectures": ["RobertaForMaskedLM"]}, "embedding"),
        ({"model_type": "t5", "architectures": ["T5ForConditionalGeneration"]}, "encoder_decoder"),
        ({"model_type": "whisper"}, "speech"),
        ({"model_type": "vit"}, "image"),
        ({"model_type": "qwen2_5_vl"}, "vision"),
        (
            {"model_type": "qwen2", "architectures": ["Qwen2ForSequenceClassification"]},
            "classifier",
        ),
        ({"model_type": "rumour-9"}, "unknown_to_transformers"),
        ({}, "unknown_to_transformers"),
        ({"model_type": "timesfm", "architectures": ["TimesFmModel"]}, "no_text_model"),
    ],
)
def test_a_model_for_another_purpose_is_refused_with_that(
    folder: Path, config: dict[str, object], reason: str
) -> None:
    put(folder / "config.json", json.dumps(config))
    error = refusal(folder)
    assert error.code is InferenceErrorCode.MODEL_UNSUITABLE
    assert error.detail["unsuitable"] == reason
    assert error.detail["model"] == "Tiny"


def test_a_bert_that_was_made_to_write_is_none_of_these(folder: Path) -> None:
    put(
        folder / "config.json",
        json.dumps({"model_type": "bert", "architectures": ["BertLMHeadModel"]}),
    )
    assert refusal(folder).code is not InferenceErrorCode.MODEL_UNSUITABLE


def test_a_sentence_transformers_folder_embeds(folder: Path) -> None:
    put(folder / "modules.json", "[]")
    assert refusal(folder).detail["unsuitable"] == "embedding"


def test_an_adapter_is_distinguished(tmp_path: Path) -> None:
    put(tmp_path / "adapter_config.json", '{"peft_type": "LORA"}')
    assert refusal(tmp_path).detail["unsuitable"] == "adapter"
