"""The memory that a GGUF model will need, before it is loaded."""

from __future__ import annotations

import glob
from pathlib import Path

from inference.catalog.entry import CatalogEntry
from inference.catalog.fit import memory_needed
from inference.catalog.gguf import GgufHeader
from inference.catalog.gguf_names import SPLIT_NAME
from inference.catalog.header_shape import gguf_shape
from inference.catalog.offer import OfferEntry
from inference.catalog.shape import ModelShape
from inference.catalog.stored import length
from inference.config import EngineConfig
from inference.llama_cpp_engine.settings import size_settings
from inference.llama_cpp_engine.size import server_size

_MIB = 1 << 20


def weights_memory(
    weights: int, shape: ModelShape | None, context_tokens: int | None, config: EngineConfig
) -> int:
    """Bytes for a file of `weights` bytes, with the KV cache configured here, and the prompts that
    llama.cpp may keep. Pure.
    """
    size = server_size(size_settings(config), context_tokens, weights)
    return memory_needed(weights, shape, size.kv_tokens, size.prompt_cache_mib * _MIB)


def gguf_weights(path: Path) -> int:
    """Bytes of the file, and of the other parts of one in several; 0 where there is none."""
    part = SPLIT_NAME.fullmatch(path.name)
    if part is None:
        return length(path)
    ending = path.name.rpartition(".")[2]
    others = f"{glob.escape(part['stem'])}-*-of-{part['count']}.{ending}"
    return sum(map(length, path.parent.glob(others)))


def header_memory(header: GgufHeader, weights: int, config: EngineConfig) -> int:
    """Of a file that is there, or of all the files of one in parts."""
    return weights_memory(weights, gguf_shape(header), header.context_tokens, config)


def builtin_memory(entry: CatalogEntry, config: EngineConfig) -> int:
    """Of a built-in model."""
    return weights_memory(entry.size, entry.shape, entry.context_tokens, config)


def offer_memory(entry: OfferEntry, config: EngineConfig) -> int:
    """Of one that is offered."""
    return weights_memory(entry.weights, entry.model_shape, entry.context_tokens, config)
