"""How people write a repository's name."""

from __future__ import annotations

import pytest

from inference.catalog.hub_id import HubId, is_safe_name, parse_hub_id


def test_a_repository_is_at_both_hubs() -> None:
    assert parse_hub_id("Qwen/Qwen2.5-0.5B-Instruct") == HubId("Qwen/Qwen2.5-0.5B-Instruct")


@pytest.mark.parametrize(
    ("text", "hub"),
    [("modelscope:a/b", "ModelScope"), ("ms:a/b", "ModelScope"), ("hf:a/b", "Hugging Face")],
)
def test_a_prefix_names_one_hub(text: str, hub: str) -> None:
    found = parse_hub_id(text)
    assert found is not None
    assert (found.repository, found.hubs) == ("a/b", (hub,))


@pytest.mark.parametrize("text", ["a/b", "hf:a/b", "modelscope:a/b/c.gguf", "a/b/Q4/c-1.gguf"])
def test_written_out_it_reads_the_same(text: str) -> None:
    found = parse_hub_id(text)
    assert str(found) == text
    assert parse_hub_id(str(found)) == found


def test_a_file_gives_the_model_its_name() -> None:
    found = parse_hub_id("Qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf")
    assert found is not None
    assert (found.name, found.file) == ("Qwen3-4B-Q4_K_M", "Qwen3-4B-Q4_K_M.gguf")


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "/a/b", "./a/b", "../b", "a/../b", "a/b/", "a//b", "a/b/c", "a/b/c.py"),
        *("C:/a/b", "http://a/b", "gguf:a/b", "a\\b/c", "a/b/../c.gguf", "a/b/.c.gguf"),
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert parse_hub_id(text) is None


@pytest.mark.parametrize("name", ["..", ".hidden", "a/b", "a\\b", "a:b", "a\0", "a.", ""])
def test_a_name_that_leaves_the_folder_is_not_safe(name: str) -> None:
    assert not is_safe_name(name)
