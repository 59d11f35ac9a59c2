"""The owner's word first, then the hardware's; several devices only where one is too small."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.loading.placement import (
    Placement,
    chosen_device,
    chosen_dtype,
    device_map,
    free_memory,
    weights_bytes,
)

CPU, CUDA = torch.device("cpu"), torch.device("cuda")


def test_what_fits_goes_to_one_device() -> None:
    assert device_map(CUDA, needed=100, free=100) == {"device_map": {"": CUDA}}
    assert device_map(CUDA, needed=100, free=None) == {"device_map": {"": CUDA}}


def test_what_does_not_fit_goes_to_all() -> None:
    assert device_map(CUDA, needed=101, free=100) == {"device_map": "auto"}


def test_a_device_that_was_named_is_filled_first() -> None:
    planned = device_map(torch.device("cuda:1"), needed=101, free=100)["max_memory"]
    assert planned.pop(1) == 100
    assert planned.pop("cpu") == free_memory(CPU)
    assert not planned
    assert device_map(CPU, needed=101, free=100)["max_memory"] == {"cpu": 100}


def test_the_folders_precision_is_kept_unless_a_cpu_is_slow_at_it() -> None:
    choose = Placement()
    assert chosen_dtype(choose, torch.float16, CUDA) == torch.float16
    assert chosen_dtype(choose, torch.float16, CPU) == torch.bfloat16
    assert chosen_dtype(choose, None, CPU) == torch.float32
    assert chosen_dtype(Placement(dtype="float16"), torch.float32, CPU) == torch.float16


def test_a_device_that_is_not_there_is_named() -> None:
    with pytest.raises(InferenceError, match="MYLLM_DEVICE=cuda:99") as raised:
        chosen_device(Placement(device="cuda:99"))
    assert raised.value.code is InferenceErrorCode.DEVICE_UNAVAILABLE
    assert chosen_device(Placement(device="cpu")) == CPU


def test_weights_are_counted_in_either_format(tmp_path: Path) -> None:
    for shard in (1, 2):
        (tmp_path / f"pytorch_model-0000{shard}-of-00002.bin").write_bytes(b"x" * 10)
    assert weights_bytes(tmp_path) == 20
    (tmp_path / "model.safetensors").write_bytes(b"x" * 7)
    assert weights_bytes(tmp_path) == 7
