"""How folders say that their weights are quantised, and what each method takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.loading import quantisation as module
from inference.transformers_engine.loading.folder_check import checked_weights
from inference.transformers_engine.loading.quantisation import precision_name, quantisation

CPU = torch.device("cpu")
GPU = torch.device("cuda")


def write(folder: Path, name: str, content: dict[str, Any]) -> None:
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"quant_method": "gptq", "bits": 4, "group_size": 128}, "GPTQ 4-bit"),
        ({"quant_method": "gptq", "bits": 8}, "GPTQ 8-bit"),
        ({"quant_method": "awq", "bits": 4, "version": "gemm"}, "AWQ 4-bit"),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, "bitsandbytes 4-bit"),
        ({"load_in_8bit": True}, "bitsandbytes 8-bit"),
        ({"quant_method": "fp8", "fmt": "e4m3"}, "FP8"),
        ({"quant_method": "mxfp4"}, "MXFP4"),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {"group_0": {"weights": {"num_bits": 4}}},
            },
            "compressed-tensors 4-bit",
        ),
        ({"quant_method": "compressed-tensors"}, "compressed-tensors"),
    ],
)
def test_the_method_is_named_as_people_know_it(
    tmp_path: Path, settings: dict[str, Any], name: str
) -> None:
    assert precision_name(tmp_path, {"quantization_config": settings}) == name


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ({"torch_dtype": "bfloat16"}, "bfloat16"),
        ({"dtype": "float16"}, "float16"),
        ({"text_config": {"dtype": "torch.bfloat16"}}, "bfloat16"),
        ({}, ""),
        ({"quantization_config": None, "torch_dtype": "float32"}, "float32"),
    ],
)
def test_other_weights_are_named_by_their_precision(
    tmp_path: Path, config: dict[str, Any], name: str
) -> None:
    assert precision_name(tmp_path, config) == name


def test_auto_gptqs_own_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "quantize_config.json", {"bits": 4, "group_size": 128, "desc_act": False})
    found = quantisation(tmp_path, {})
    assert found is not None
    assert found.name == "GPTQ 4-bit"
    assert found.settings["quant_method"] == "gptq"
    assert found.settings["group_size"] == 128


def test_auto_awqs_own_file_is_read_in_transformers_words(tmp_path: Path) -> None:
    received = {"zero_point": True, "q_group_size": 64, "w_bit": 4, "version": "GEMM"}
    write(tmp_path, "quant_config.json", received)
    found = quantisation(tmp_path, {})
    assert found is not None
    wanted = {
        "quant_method": "awq", "bits": 4, "group_size": 64, "zero_point": True, "version": "gemm",
    }  # fmt: skip
    assert (found.name, dict(found.settings)) == ("AWQ 4-bit", wanted)


def test_the_config_is_believed_before_an_older_file(tmp_path: Path) -> None:
    write(tmp_path, "quantize_config.json", {"bits": 4})
    found = quantisation(tmp_path, {"quantization_config": {"quant_method": "awq", "bits": 4}})
    assert found is not None
    assert found.method == "awq"


def test_transformers_understands_what_the_older_files_become(tmp_path: Path) -> None:
    from transformers.quantizers.auto import AutoQuantizationConfig  # noqa: PLC0415 - slow

    write(tmp_path, "quantize_config.json", {"bits": 4, "group_size": 128, "model_name_or_path": 0})
    gptq = quantisation(tmp_path, {})
    (tmp_path / "quantize_config.json").unlink()
    write(tmp_path, "quant_config.json", {"w_bit": 4, "q_group_size": 128, "version": "GEMM"})
    awq = quantisation(tmp_path, {})
    for found, method in ((gptq, "gptq"), (awq, "awq")):
        assert found is not None
        assert AutoQuantizationConfig.from_dict(dict(found.settings)).quant_method == method


@pytest.mark.parametrize(
    ("method", "packages"),
    [
        ("gptq", "gptqmodel optimum"),
        ("awq", "gptqmodel"),
        ("bitsandbytes", "bitsandbytes"),
        ("compressed-tensors", "compressed-tensors"),
        ("torchao", "torchao"),
    ],
)
def test_what_is_missing_is_reported_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, packages: str
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    write(tmp_path, "config.json", {"quantization_config": {"quant_method": method, "bits": 4}})
    with pytest.raises(InferenceError) as raised:
        checked_weights(tmp_path, CPU)
    assert raised.value.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert raised.value.detail["package"] == packages
    assert str(raised.value.detail["command"]).endswith(f"-m pip install {packages}")


@pytest.mark.parametrize(("version", "is_missing"), [("1.4.2", True), ("1.4.3", False)])
def test_too_old_a_package_counts_as_missing(
    monkeypatch: pytest.MonkeyPatch, version: str, is_missing: bool
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: object())
    monkeypatch.setattr(module, "version", lambda _: version)
    found = module.Quantisation("gptq", {"bits": 4})
    assert ("gptqmodel" in found.missing_packages) is is_missing


@pytest.mark.parametrize("method", ["eetq", "vptq", "spqr", "higgs", "fbgemm_fp8", "hqq"])
def test_a_method_without_kernels_for_processors_needs_a_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: object())
    write(tmp_path, "config.json", {"quantization_config": {"quant_method": method}})
    with pytest.raises(InferenceError) as raised:
        checked_weights(tmp_path, CPU)
    assert raised.value.code is InferenceErrorCode.GPU_NEEDED
    assert raised.value.detail["model"] == tmp_path.name
    assert checked_weights(tmp_path, GPU) is not None


def test_weights_that_are_not_quantised_need_nothing(tmp_path: Path) -> None:
    write(tmp_path, "config.json", {"torch_dtype": "bfloat16"})
    assert checked_weights(tmp_path, CPU) is None
