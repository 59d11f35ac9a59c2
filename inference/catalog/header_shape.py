"""The shape of a model, from its GGUF header or config.json. Pure.

The keys: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md and transformers' configuration
classes.
"""

from __future__ import annotations

from collections.abc import Mapping

from inference.catalog.gguf import GgufHeader
from inference.catalog.shape import USUAL_VOCABULARY, ModelShape

_MOST = 1 << 32
"""Of a damaged config.json, whose numbers may have any length."""


def gguf_shape(header: GgufHeader) -> ModelShape | None:
    """None where the file lacks a number that the cache size needs."""
    layers, hidden = header.number("block_count"), header.number("embedding_length")
    heads = header.number("attention.head_count")
    if not layers or not hidden or not heads:
        return None
    key = header.number("attention.key_length") or hidden // heads
    value = header.number("attention.value_length") or key
    cached = _kv_heads(header, layers, heads) * (key + value)
    return ModelShape(layers, cached, hidden, header.number("vocab_size") or USUAL_VOCABULARY)


def _kv_heads(header: GgufHeader, layers: int, heads: int) -> int:
    """Of all layers together; a file may give one number for each."""
    found = header.values.get(f"{header.architecture}.attention.head_count_kv")
    if isinstance(found, tuple):
        return sum(int(count) for count in found)
    return layers * (header.number("attention.head_count_kv") or heads)


def config_shape(config: Mapping[str, object]) -> ModelShape | None:
    """Of a config.json; a model that also sees has its language model's under `text_config`."""
    text = config.get("text_config")
    values: Mapping[str, object] = {**config, **text} if isinstance(text, dict) else config
    layers, hidden = _number(values, "num_hidden_layers"), _number(values, "hidden_size")
    heads = _number(values, "num_attention_heads")
    if not layers or not hidden or not heads:
        return None
    kv_heads = _number(values, "num_key_value_heads") or heads
    size = _number(values, "head_dim") or hidden // heads
    vocabulary = _number(values, "vocab_size") or USUAL_VOCABULARY
    return ModelShape.uniform(layers, kv_heads, size, hidden, vocabulary)


def _number(values: Mapping[str, object], key: str) -> int | None:
    found = values.get(key)
    if not isinstance(found, int) or isinstance(found, bool):
        return None
    return found if 0 < found < _MOST else None
