"""Folders whole and broken, large and strange."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import GenerationConfig

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.loading import loader, quantisation
from inference.transformers_engine.loading.loader import LoadedModel, load
from inference.transformers_engine.loading.placement import Placement
from inference.transformers_engine.prompts.chat_template import Prompt
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.serial_worker import SerialWorker
from inference.types import SamplingOptions
from tests.inference.transformers_engine.any_model import any_model, save_any_model
from tests.inference.transformers_engine.loading.test_architecture import alone, prompts
from tests.inference.transformers_engine.scheduling.test_serial_worker import CollectingReader

SHARD = "60KB"


def loaded(folder: Path, **placement: Any) -> LoadedModel:
    return load(folder, Placement(**placement), lambda _: None)


def refusal(folder: Path, **placement: Any) -> InferenceError:
    with pytest.raises(InferenceError) as raised:
        loaded(folder, **placement)
    return raised.value


def change_config(folder: Path, **changes: object) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny Llama in several shards."""
    save_any_model("llama", tmp_path / "Tiny")
    (tmp_path / "Tiny" / "model.safetensors").unlink()
    any_model("llama").save_pretrained(tmp_path / "Tiny", max_shard_size=SHARD)
    return tmp_path / "Tiny"


def shards(folder: Path) -> list[Path]:
    return sorted(folder.glob("model-*.safetensors"))


def test_shards_are_one_model(folder: Path) -> None:
    assert len(shards(folder)) > 2
    model = loaded(folder).model
    assert alone(model, prompts()[1]) == alone(any_model("llama"), prompts()[1])


def test_a_missing_shard_is_named(folder: Path) -> None:
    gone = shards(folder)[1]
    gone.unlink()
    error = refusal(folder)
    assert error.code is InferenceErrorCode.MODEL_FILE_MISSING
    assert error.detail["file"] == gone.name


def test_a_shard_cut_short_is_damaged(folder: Path) -> None:
    cut = shards(folder)[1]
    cut.write_bytes(cut.read_bytes()[:-100])
    assert refusal(folder).code is InferenceErrorCode.MODEL_FILE_DAMAGED


def test_weights_that_are_not_all_there_are_no_model(folder: Path) -> None:
    """transformers would fill the gap with random numbers and only warn."""
    change_config(folder, num_hidden_layers=3)
    error = refusal(folder)
    assert error.code is InferenceErrorCode.MODEL_FILE_DAMAGED
    assert "model.layers.2" in error.message


def test_a_folder_without_weights_is_missing_them(folder: Path) -> None:
    for shard in shards(folder):
        shard.unlink()
    assert refusal(folder).code is InferenceErrorCode.MODEL_FILE_MISSING


def test_the_older_format_loads_and_can_be_damaged(folder: Path) -> None:
    for file in (*shards(folder), folder / "model.safetensors.index.json"):
        file.unlink()
    weights = folder / "pytorch_model.bin"
    torch.save(any_model("llama").state_dict(), weights)
    assert loaded(folder).batchable
    weights.write_bytes(weights.read_bytes()[:1000])
    assert refusal(folder).code is InferenceErrorCode.MODEL_FILE_DAMAGED


def test_a_computer_without_the_memory_reports_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a CPU, torch reports it only in the message."""
    monkeypatch.setattr(loader, "_load", lambda *_, **__: torch.empty(1 << 55))
    assert refusal(folder).code is InferenceErrorCode.OUT_OF_MEMORY


def test_progress_grows_with_the_weights(folder: Path) -> None:
    received: list[float] = []
    load(folder, Placement(), received.append)
    assert received == sorted(received)
    assert len(set(received)) > 10
    assert received[-1] == 1.0


def test_the_number_of_threads_holds_for_threads_that_come_later(folder: Path) -> None:
    before, seen = torch.get_num_threads(), []
    loaded(folder, threads=3)
    thread = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    torch.set_num_threads(before)
    assert seen == [3]


def test_the_precision_can_be_chosen(folder: Path) -> None:
    assert loaded(folder, dtype="bfloat16").model.dtype == torch.bfloat16


def test_a_model_that_does_not_fit_reports_the_same_from_the_disk(folder: Path) -> None:
    found = loaded(folder, device="cpu", memory=120_000, offload_folder=folder / "offloaded")
    assert found.offloaded
    assert not found.batchable
    worker, reader = SerialWorker(found.model), CollectingReader()
    tokenizer = found.tokenizer.backend_tokenizer
    greedy = SamplingOptions(temperature=0.0)
    one = Generation(Prompt(prompts()[1], False), greedy, 12, tokenizer, frozenset())
    worker.submit(one, reader)
    assert reader.wait() is None
    worker.close(5)
    generated = one.sequence.tokens[one.sequence.prompt_tokens :]
    assert generated == alone(any_model("llama"), prompts()[1])


@pytest.mark.parametrize(
    ("method", "packages"),
    [("gptq", "gptqmodel optimum"), ("awq", "gptqmodel"), ("bitsandbytes", "bitsandbytes")],
)
def test_a_quantised_folder_names_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, method: str, packages: str
) -> None:
    monkeypatch.setattr(quantisation, "find_spec", lambda _: None)
    change_config(folder, quantization_config={"quant_method": method, "bits": 4})
    error = refusal(folder)
    assert error.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert error.detail["package"] == packages


def test_another_method_names_its_package_itself(folder: Path) -> None:
    change_config(folder, quantization_config={"quant_method": "compressed-tensors"})
    error = refusal(folder)
    assert error.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert error.detail["package"] == "compressed-tensors"


@pytest.mark.parametrize(
    ("received", "options"),
    [
        ({}, SamplingOptions(temperature=0.0)),
        ({"do_sample": True}, SamplingOptions()),
        ({"do_sample": False}, SamplingOptions(temperature=0.0)),
        (
            {"do_sample": False, "temperature": 0.6},
            SamplingOptions(temperature=0.6, do_sample=False),
        ),
        ({"do_sample": True, "top_k": -1}, SamplingOptions(top_k=0)),
        ({"temperature": 0.6, "top_p": 0.9}, SamplingOptions(temperature=0.6, top_p=0.9)),
        (
            {"repetition_penalty": 1.1},
            SamplingOptions(temperature=0.0, repetition_penalty=1.1),
        ),
    ],
)
def test_without_values_for_sampling_the_likeliest_token_is_taken(
    received: dict[str, Any], options: SamplingOptions
) -> None:
    assert loader.recommended(GenerationConfig(**received)) == options


def test_a_folder_that_takes_all_tokens_by_minus_one_is_loaded(folder: Path) -> None:
    values = {"do_sample": True, "top_k": -1}
    (folder / "generation_config.json").write_text(json.dumps(values))
    assert loaded(folder).defaults == SamplingOptions(top_k=0)


def test_who_asks_to_sample_gets_it_over_a_greedy_default() -> None:
    greedy = SamplingOptions(temperature=0.0)
    assert SamplingOptions(do_sample=True).over(greedy).temperature is None
    assert SamplingOptions(do_sample=True, temperature=0.0).over(greedy).is_greedy
    assert SamplingOptions(temperature=0.7).over(greedy).temperature == 0.7
    assert SamplingOptions(top_p=0.9).over(greedy).is_greedy


def test_values_beside_sampling_switched_off_hold_for_who_switches_it_on() -> None:
    received = GenerationConfig(do_sample=False, temperature=0.6, top_k=7)
    defaults = loader.recommended(received)
    assert SamplingOptions().over(defaults).is_greedy
    sampled = SamplingOptions(do_sample=True).over(defaults)
    assert (sampled.is_greedy, sampled.temperature, sampled.top_k) == (False, 0.6, 7)
    warmer = SamplingOptions(temperature=0.9).over(defaults)
    assert (warmer.is_greedy, warmer.temperature, warmer.top_k) == (False, 0.9, 7)
    assert SamplingOptions(temperature=0.0).over(defaults).is_greedy


def test_code_in_the_folder_runs_only_for_those_trusted(folder: Path) -> None:
    classes = {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.OwnModel"}
    change_config(folder, model_type="own", auto_map=classes)
    (folder / "own.py").write_text('raise ValueError("it ran")\n')
    error = refusal(folder)
    assert error.code is InferenceErrorCode.REMOTE_CODE_UNTRUSTED
    assert "MYLLM_TRUST_REMOTE_CODE" in error.message
    assert error.detail["model"] == "Tiny"
    assert "it ran" in refusal(folder, trust_remote_code=True).message
