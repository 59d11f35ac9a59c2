"""The dimensions of a transformer that determine its memory. Pure."""

from __future__ import annotations

from dataclasses import dataclass

USUAL_VOCABULARY = 152_000
"""Tokens, where a file does not say: of the models people download most it is the largest."""


@dataclass(frozen=True, slots=True)
class ModelShape:
    """`cached_values` are the keys and values that one token leaves in the cache, of all layers
    together; `hidden` is the width of a layer, `vocabulary` a count of tokens.
    """

    layers: int
    cached_values: int
    hidden: int
    vocabulary: int = USUAL_VOCABULARY

    @classmethod
    def uniform(
        cls, layers: int, kv_heads: int, head_size: int, hidden: int, vocabulary: int
    ) -> ModelShape:
        """Of a model whose layers are all alike."""
        return cls(layers, 2 * layers * kv_heads * head_size, hidden, vocabulary)

    def cache_bytes(self, tokens: int, bytes_per_value: float = 2.0) -> int:
        """A cache of so many tokens takes this; two bytes a value are float16."""
        return round(tokens * self.cached_values * bytes_per_value)
