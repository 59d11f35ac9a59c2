"""The sizes of llama.cpp's caches, by the model and the settings."""

from __future__ import annotations

from dataclasses import dataclass

from inference.llama_cpp_engine.server import ServerSize

KV_TOKENS = 16_384
"""llama.cpp allocates the memory at once; a single chat may use all of it."""

_MIB = 1 << 20
_LEAST_CACHE_MIB = 32
_MOST_CACHE_MIB = 512
"""llama.cpp itself would keep up to 8 GiB of idle prompts, whatever the model."""


@dataclass(frozen=True, slots=True)
class SizeSettings:
    """The owner's settings; 0 leaves a number to the model, and `threads` to llama.cpp."""

    slots: int
    kv_tokens: int = 0
    threads: int = 0
    prompt_cache_mib: int = 0


def server_size(wanted: SizeSettings, context_tokens: int | None, file_bytes: int) -> ServerSize:
    """A KV cache no longer than the model's context, and a prompt cache of a quarter of its file:
    a conversation's state grows with the model.
    """
    usual = min(context_tokens or KV_TOKENS, KV_TOKENS)
    quarter = file_bytes // 4 // _MIB
    cache = wanted.prompt_cache_mib or min(max(quarter, _LEAST_CACHE_MIB), _MOST_CACHE_MIB)
    return ServerSize(wanted.slots, wanted.kv_tokens or usual, wanted.threads, cache)
