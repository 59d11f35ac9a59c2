"""Whether a model can be batched over slots, and its context length, from its configuration."""

from __future__ import annotations

from typing import Any

PROVEN = frozenset(
    {
        "ernie4_5",
        "gemma",
        "glm",
        "glm4",
        "gpt2",
        "llama",
        "mistral",
        "mixtral",
        "olmo2",
        "phi",
        "phi3",
        "qwen2",
        "qwen2_moe",
        "qwen3",
        "qwen3_moe",
        "seed_oss",
        "smollm3",
        "starcoder2",
    }
)
"""Architectures whose batched text a test holds token-identical to `generate`. Others may cap or
scale scores outside of the attention function, and would give other text without an error.
"""

_STEADY_ROPE = frozenset({"default", "linear", "llama3", "yarn"})
"""Rotations that depend on the position alone; the others change with the longest sequence."""

_BOUNDLESS = 1 << 20
"""For recurrent models, which name no limit; the KV setting still applies to them."""


def is_batchable(model: Any) -> bool:
    """Whether the loaded model uses plain causal attention only, so that slots can serve it."""
    config = model.config.get_text_config()
    return (
        config.model_type in PROVEN
        and type(model).__module__.startswith("transformers.models.")
        and _sees_everything(config)
        and _rotates_steadily(config)
        and not spans_devices(model)
    )


def spans_devices(model: Any) -> bool:
    """Whether accelerate spread it over devices or the disk; a slot lies on one device only."""
    places = set((getattr(model, "hf_device_map", None) or {}).values())
    return len(places) > 1 or "disk" in places


def is_offloaded(model: Any) -> bool:
    """Whether part of its weights lies in slower memory or on the disk."""
    return spans_devices(model) and not {"cpu", "disk"}.isdisjoint(model.hf_device_map.values())


def context_tokens(config: Any) -> int:
    """The longest text the model was trained for, in tokens."""
    named = getattr(config.get_text_config(), "max_position_embeddings", None)
    return named if isinstance(named, int) and named > 0 else _BOUNDLESS


def _sees_everything(config: Any) -> bool:
    """Whether every layer attends to all earlier positions."""
    if layers := getattr(config, "layer_types", None):
        return set(layers) == {"full_attention"}
    window = getattr(config, "sliding_window", None)
    return not window or window >= context_tokens(config)


def _rotates_steadily(config: Any) -> bool:
    rope = getattr(config, "rope_parameters", None) or {}
    return rope.get("rope_type", "default") in _STEADY_ROPE
