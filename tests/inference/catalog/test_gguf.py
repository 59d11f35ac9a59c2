"""The properties of a GGUF file are read from its header alone, whatever the file is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.catalog.gguf import read_header
from inference.errors import InferenceError, InferenceErrorCode
from tests.inference.catalog.gguf_file import Value, header, write_gguf

VALUES: dict[str, Value] = {
    "general.name": "Qwen3 4B",
    "general.type": "model",
    "general.file_type": 15,
    ".context_length": 40960,
    ".block_count": 36,
    ".attention.head_count_kv": [8, 8, 4],
    "tokenizer.ggml.tokens": ["<a>", "b", "好"] * 3000,
    "tokenizer.chat_template": "{{ messages }}",
}


def test_a_header_shows_what_the_model_is(tmp_path: Path) -> None:
    found = read_header(write_gguf(tmp_path / "sha256-0", "qwen3", dict(VALUES)))
    assert (found.architecture, found.name, found.kind) == ("qwen3", "Qwen3 4B", "model")
    assert (found.context_tokens, found.quantisation) == (40960, "Q4_K_M")
    assert (found.parameters, found.has_chat_template, found.shards) == (16, True, 1)


def test_numbers_are_asked_for_by_their_keys(tmp_path: Path) -> None:
    found = read_header(write_gguf(tmp_path / "a.gguf", "qwen3", dict(VALUES)))
    assert found.number("block_count") == 36
    assert found.number("attention.head_count_kv") == 8
    assert found.number("expert_count") is None


def test_a_header_longer_than_the_first_read_is_read_whole(tmp_path: Path) -> None:
    tokens = ["a word of a vocabulary"] * 60_000
    values: dict[str, Value] = {"tokenizer.ggml.tokens": tokens, "general.file_type": 7}
    assert read_header(write_gguf(tmp_path / "a.gguf", "llama", values)).quantisation == "Q8_0"


@pytest.mark.parametrize("kept", [0, 3, 4, 20, 60, 200])
def test_a_file_that_broke_off_is_damaged(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "a.gguf"
    file.write_bytes(header("qwen3", dict(VALUES))[:kept])
    _check_damaged(file)


def test_a_file_without_its_last_tensor_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a.gguf"
    file.write_bytes(header())
    _check_damaged(file)


@pytest.mark.parametrize(
    "start",
    [
        b"PK\x03\x04" + bytes(100),
        b"GGUF" + (1).to_bytes(4, "little") + bytes(16),
        b"GGUF" + (3).to_bytes(4, "big") + bytes(16),
        b"GGUF" + (3).to_bytes(4, "little") + b"\xff" * 16,
        b"GGUF" + (3).to_bytes(4, "little") + bytes(8) + (1).to_bytes(8, "little") + b"\xff" * 8,
    ],
)
def test_what_is_no_such_file_is_damaged_and_eats_no_memory(tmp_path: Path, start: bytes) -> None:
    file = tmp_path / "a.gguf"
    file.write_bytes(start)
    _check_damaged(file)


@pytest.mark.parametrize("name", ["none.gguf", "."])
def test_a_file_that_is_not_there_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(InferenceError) as raised:
        read_header(tmp_path / name)
    assert raised.value.code is InferenceErrorCode.MODEL_FILE_MISSING


def _check_damaged(file: Path) -> None:
    with pytest.raises(InferenceError) as raised:
        read_header(file)
    assert raised.value.code is InferenceErrorCode.MODEL_FILE_DAMAGED
    assert raised.value.detail == {"file": file.name}
