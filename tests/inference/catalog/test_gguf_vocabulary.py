"""Tokens that a tokenizer finds by their strings are read from a file's header alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.catalog.gguf_vocabulary import AddedTokens, added_tokens
from tests.inference.catalog.gguf_file import Value, header, write_gguf

TOKENS = ["<unk>", "a", "<|im_end|>", "<think>", "好", "\n\n", "<|im_start|>"]
VALUES: dict[str, Value] = {
    "tokenizer.ggml.tokens": TOKENS,
    "tokenizer.ggml.token_type": [2, 1, 3, 4, 1, 4, 3],
}


def test_control_and_user_defined_tokens_are_distinguished(tmp_path: Path) -> None:
    found = added_tokens(write_gguf(tmp_path / "a.gguf", "qwen3", dict(VALUES)))
    assert found.control == ("<unk>", "<|im_end|>", "<|im_start|>")
    assert found.user_defined == ("<think>", "\n\n")


def test_the_types_may_come_before_the_tokens(tmp_path: Path) -> None:
    turned = dict(reversed(VALUES.items()))
    assert added_tokens(write_gguf(tmp_path / "a.gguf", "qwen3", turned)).control[0] == "<unk>"


def test_a_file_without_types_has_none(tmp_path: Path) -> None:
    values: dict[str, Value] = {"tokenizer.ggml.tokens": TOKENS}
    assert added_tokens(write_gguf(tmp_path / "a.gguf", "qwen3", values)) == AddedTokens()


def test_more_types_than_tokens_are_damage(tmp_path: Path) -> None:
    values: dict[str, Value] = {**VALUES, "tokenizer.ggml.token_type": [1] * 9 + [3]}
    with pytest.raises(ValueError, match="vocabulary"):
        added_tokens(write_gguf(tmp_path / "a.gguf", "qwen3", values))


def test_a_header_cut_short_is_damage(tmp_path: Path) -> None:
    file = tmp_path / "a.gguf"
    file.write_bytes(header("qwen3", dict(VALUES))[:200])
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is cut
        added_tokens(file)
