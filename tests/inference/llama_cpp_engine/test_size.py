"""How much memory llama.cpp is given."""

from __future__ import annotations

import pytest

from inference.llama_cpp_engine.size import KV_TOKENS, SizeSettings, server_size

MIB = 1 << 20


@pytest.mark.parametrize(
    ("context", "tokens"), [(8192, 8192), (32_768, KV_TOKENS), (None, KV_TOKENS)]
)
def test_the_kv_cache_is_no_longer_than_the_models_context(
    context: int | None, tokens: int
) -> None:
    assert server_size(SizeSettings(8), context, 98 * MIB).kv_tokens == tokens


@pytest.mark.parametrize(("file", "cache"), [(98, 32), (469, 117), (4096, 512)])
def test_the_prompt_cache_grows_with_the_model_within_bounds(file: int, cache: int) -> None:
    assert server_size(SizeSettings(8), 8192, file * MIB).prompt_cache_mib == cache


def test_what_was_set_is_taken() -> None:
    wanted = SizeSettings(2, kv_tokens=20_000, threads=3, prompt_cache_mib=7)
    size = server_size(wanted, 8192, 98 * MIB)
    assert (size.kv_tokens, size.threads, size.prompt_cache_mib) == (20_000, 3, 7)
