"""Descriptions of models whose values are of other kinds, or beyond all bounds."""

from __future__ import annotations

import json
import random
import struct
import time
from pathlib import Path

import pytest

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.described import described
from inference.catalog.found.suitability import of_config
from inference.catalog.gguf import read_header
from inference.catalog.header_shape import config_shape
from inference.errors import InferenceError, InferenceErrorCode
from tests.inference.catalog.gguf_file import write_gguf


@pytest.mark.parametrize("kind", [[], {}, None, 3, True])
def test_a_model_type_that_is_no_name_is_survived(kind: object) -> None:
    assert of_config({"model_type": kind, "architectures": kind}, ()) is None


@pytest.mark.parametrize("layers", [10**400, -3, True, "8"])
def test_a_shape_beyond_all_bounds_is_none(layers: object) -> None:
    config = {"num_hidden_layers": layers, "hidden_size": 64, "num_attention_heads": 4}
    assert config_shape(config) is None


def test_a_context_beyond_all_bounds_is_not_known(tmp_path: Path) -> None:
    config = {"model_type": "llama", "max_position_embeddings": 10**400, "n_ctx": True}
    (tmp_path / "config.json").write_text(json.dumps(config))
    found = described(Candidate(str(tmp_path), "a", Origin.FOLDER, tmp_path, ()))
    assert found is not None
    assert found.context_tokens is None


@pytest.mark.parametrize("counts", [(0, 1 << 22), (1 << 22, 0)], ids=["values", "tensors"])
def test_a_header_of_countless_entries_is_damaged_at_once(
    counts: tuple[int, int], tmp_path: Path
) -> None:
    file = tmp_path / "a.gguf"
    file.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, *counts) + bytes(1 << 22))
    _assert_damaged(file)


def test_a_tensor_beyond_all_bounds_is_damage(tmp_path: Path) -> None:
    file = write_gguf(tmp_path / "a.gguf")
    file.write_bytes(
        file.read_bytes().replace(struct.pack("<2Q", 4, 4), struct.pack("<2Q", 2**63, 2**63))
    )
    _assert_damaged(file)


def test_flipped_bytes_are_damage_or_another_header(tmp_path: Path) -> None:
    whole = write_gguf(tmp_path / "w.gguf", values={"a": [1, 2], "b": ["x", "y"]}).read_bytes()
    drawn, until = random.Random(3), time.monotonic() + 3
    for number in range(500):
        data = bytearray(whole)
        for _ in range(3):
            data[drawn.randrange(len(data))] = drawn.choice((0, 1, 8, 9, 127, 255))
        file = tmp_path / f"{number}.gguf"
        file.write_bytes(data[: drawn.randrange(len(data)) if number % 5 == 0 else None])
        try:
            read_header(file)
        except InferenceError as error:
            assert error.code is InferenceErrorCode.MODEL_FILE_DAMAGED  # noqa: PT017
        if time.monotonic() > until:
            break


def _assert_damaged(file: Path) -> None:
    with pytest.raises(InferenceError) as raised:
        read_header(file)
    assert raised.value.code is InferenceErrorCode.MODEL_FILE_DAMAGED
